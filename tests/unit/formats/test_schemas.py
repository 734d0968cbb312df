"""What we write is valid against the schemas that OASIS publishes for XLIFF 1.2 (strict) and 2.0, where they are at hand.

They are no part of the project. XLIFF_SCHEMAS names the folder with xliff-core-1.2-strict.xsd,
xliff-core-2.0.xsd and xml.xsd; Debian has them in php-symfony-translation. test_dialects asserts the order of elements
without them.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.unit.formats.test_dialects import CASES, NAMES, translated

FOLDER = Path(os.environ.get("XLIFF_SCHEMAS", "/usr/share/php/Symfony/Component/Translation/Resources/schemas"))
FILES = {"1.2": "xliff-core-1.2-strict.xsd", "2.0": "xliff-core-2.0.xsd", "2.1": "xliff-core-2.0.xsd"}
VALID = {  # as they come; the others hold what tools write that does not keep to the schemas
    *("angular.xlf", "angular-two.xlf", "data.xlf", "nested.xlf", "order.xlf", "plain.xlf", "prefix.xlf"),
    *("protected.xlf", "two.xlf", "two-one.xlf"),
}


@cache
def schema(name: str) -> Any:
    from lxml import etree

    class Local(etree.Resolver):
        def resolve(self, url: str, pubid: str, context: object) -> object:
            return self.resolve_filename(str(FOLDER / Path(url).name), context)

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(FOLDER / name), parser))


def faults(data: bytes) -> list[str]:
    from lxml import etree

    root = etree.fromstring(data)
    name = FILES.get(root.get("version", ""))
    if name is None or not root.tag.startswith("{urn:oasis:names:tc:xliff:document:"):
        return ["no schema for it"]
    checker = schema(name)
    checker.validate(root)
    return [entry.message for entry in checker.error_log]


@pytest.mark.skipif(not (FOLDER / FILES["1.2"]).is_file(), reason="the schemas of OASIS are not installed")
@pytest.mark.parametrize("notes", [False, True])
@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".xlf")])
def test_what_is_valid_stays_valid(name: str, notes: bool) -> None:
    before = faults((CASES / name).read_bytes())
    assert (before == []) is (name in VALID), before
    assert set(faults(translated(name, notes=notes).encode())) <= set(before)
