"""A bundled term in another word that the dictionary lists for it is shown; a glossary of one's own is obeyed."""

from __future__ import annotations

import pytest

from pipeline.enforce import Enforcer
from pipeline.glossary import Glossary, store, tsv
from pipeline.model import Lang

LAWSUIT = "检察机关提起公益诉讼。", "The procuratorate filed a public interest lawsuit."
OWN = "id\tzh\ten\tkind\nlawsuit\t公益诉讼\tpublic interest litigation\tterm\n"


@pytest.mark.parametrize(
    ("langs", "source", "target"),
    [
        (("zh", "en"), *LAWSUIT),
        (("zh", "ru"), "上合组织成员国签署了协议。", "Страны — члены ШОС подписали соглашение."),
        (("en", "zh"), "The logistics hub opened.", "物流中心启用。"),
    ],
)
def test_a_listed_synonym_is_shown(langs: tuple[Lang, Lang], source: str, target: str) -> None:
    done = Enforcer(store.load(["builtin"]), *langs).enforce(source, target)
    assert done.target == target
    assert "flagged" in {line["status"] for line in done.terms}


def test_a_glossary_of_ones_own_is_obeyed() -> None:
    done = Enforcer(Glossary(tsv.read(OWN, "own.tsv")), "zh", "en").enforce(*LAWSUIT)
    assert "public interest litigation" in done.target
