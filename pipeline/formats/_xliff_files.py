"""The <file> elements of an XLIFF: one pair of languages for all of them, and names for units whose ids stand twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.errors import InputError
from pipeline.formats import _inline, _xml
from pipeline.formats._xml import Node

Edit = tuple[int, int, bytes]
_SAID = ("source-language", "target-language")
_UNITS = ("unit", "trans-unit")


def said(root: Node, version: str, name: str) -> tuple[str, str]:
    """The languages that the file says it is in, as written, each "" where it says nothing.

    XLIFF 1.2 says them on each <file>. Raises InputError where one differs from those before it: a Document has one
    pair of languages, and the text would be translated into the wrong one.
    """
    if version == "2":
        return root.get("srcLang"), root.get("trgLang")
    told: dict[str, tuple[str, Node]] = {}
    for file in (file for file in root.all("file") if _units(file)):
        for key in _SAID:
            value = file.get(key)
            first, where = told.setdefault(key, (value, file)) if value else ("", file)
            if value and _plain(value) != _plain(first):
                raise InputError(
                    f'a <file> with {key}="{value[:40]}", the one in line {where.line} has "{first[:40]}"',
                    where=f"{name}:{file.line}",
                    hint="give each pair of languages an XLIFF of its own",
                )
    first, second = (told[key][0] if key in told else "" for key in _SAID)
    return first, second


def _plain(code: str) -> str:
    """ "zh-CN" and "zho" are one language, whatever the region."""
    return _inline.language(code) or code.strip().lower().replace("_", "-").partition("-")[0]


def _units(file: Node) -> Sequence[Node]:
    return list(file.all(*_UNITS))


def prefixes(root: Node) -> dict[int, str]:
    """What goes before the ids of a <file>'s units, by where the file starts: nothing, unless an id stands in two of
    them; then "news.docx:" (what each file was made of), or its number where two were made of the same."""
    files = list(root.all("file"))
    seen: set[str] = set()
    for file in files:
        ids = {unit.get("id") for unit in _units(file)} - {""}
        if seen & ids:
            break
        seen |= ids
    else:
        return {}
    names = [file.get("original") or file.get("id") for file in files]
    apart = all(names) and len(set(names)) == len(names)
    return {file.start: f"{names[i] if apart else i + 1}:" for i, file in enumerate(files)}


def of(unit: Node) -> int:
    """Where the <file> of a unit starts; -1 where it is in none."""
    node: Node | None = unit
    while node is not None and node.tag != "file":
        node = node.parent
    return node.start if node is not None else -1


def unlabelled(root: Node, version: str) -> tuple[Node, ...]:
    """The elements that should name the language of the targets and do not: required in 2.x where there are targets."""
    if version == "2":
        return () if root.get("trgLang") else (root,)
    return tuple(file for file in root.all("file") if not file.get("target-language") and _units(file))


def labels(data: bytes, nodes: Sequence[Node], language: str) -> Iterator[Edit]:
    """Edits that name the language there."""
    for node in nodes if language else ():
        yield _xml.set_attribute(data, node, "trgLang" if node.tag == "xliff" else "target-language", language)
