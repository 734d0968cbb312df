"""Words that are a term by their letters alone: what stands for another sense stays, and is named in a flag."""

from __future__ import annotations

import pytest

from pipeline.enforce import Enforcer, homograph
from pipeline.enforce.view import View
from pipeline.glossary import Glossary
from pipeline.model import Form, Kind, Lang, Occurrence, Span, Term

CRANE = ("起重机", "кран", "crane")
SEAL = ("密封件", "уплотнение", "seal")
EXPORT = ("出口", "выход", "exit")


def _said(
    entry: tuple[str, str, str], source: str, word: str, target: str, rendering: str, langs: tuple[Lang, Lang],
    kind: Kind = "term", forbidden: str = "",
) -> bool:  # fmt: skip
    forms = {lang: (Form(text),) for lang, text in zip(("zh", "ru", "en"), entry, strict=True) if text}
    against = {langs[1]: (Form(forbidden),)} if forbidden else {}
    term = Term("one", forms, kind, forbidden=against)
    at, there = source.index(word), target.index(rendering)
    occurrence = Occurrence(term, Span(at, at + len(word)), Form(word))
    span = Span(there, there + len(rendering))
    return homograph.other_sense(occurrence, source, langs[0], span, View(target, langs[1]))


@pytest.mark.parametrize(
    ("entry", "case"),
    [
        (CRANE, ("The crane flew off.", "crane", "Журавль улетел.", "Журавль", ("en", "ru"))),
        (SEAL, ("A seal lay on the ice.", "seal", "На льду лежал тюлень.", "тюлень", ("en", "ru"))),
        (EXPORT, ("茶叶出口增长了。", "出口", "Экспорт чая вырос.", "Экспорт", ("zh", "ru"))),
        (CRANE, ("На кухне течет кран.", "кран", "厨房水龙头漏水。", "水龙头", ("ru", "zh"))),
    ],
)
def test_a_word_of_another_sense(
    entry: tuple[str, str, str], case: tuple[str, str, str, str, tuple[Lang, Lang]]
) -> None:
    assert _said(entry, *case)


def test_the_sense_of_the_entry() -> None:
    """起重机 is a crane that lifts: for «подъемник» the third language speaks, too, or no table knows it."""
    assert not _said(CRANE, "The crane broke.", "crane", "Кран сломался.", "Кран", ("en", "ru"))
    assert not _said(CRANE, "The crane broke.", "crane", "Грузоподъемник сломался.", "Грузоподъемник", ("en", "ru"))


def test_what_the_glossary_forbids_is_replaced_all_the_same() -> None:
    case = ("The crane flew off.", "crane", "Журавль улетел.", "Журавль", ("en", "ru"))
    assert not _said(CRANE, *case, forbidden="журавль")  # type: ignore[arg-type]


def test_without_a_third_language_nothing_tells() -> None:
    assert not _said(("", "кран", "crane"), "The crane flew off.", "crane", "Журавль улетел.", "Журавль", ("en", "ru"))


def test_a_name_and_several_words_are_no_homographs() -> None:
    case = ("The crane flew off.", "crane", "Журавль улетел.", "Журавль", ("en", "ru"))
    assert not _said(CRANE, *case, kind="body")  # type: ignore[arg-type]
    assert not _said(CRANE, "The crane flew off.", "crane", "Серый журавль улетел.", "Серый журавль", ("en", "ru"))


def test_it_is_flagged_and_stays() -> None:
    term = Term("sow", {"zh": (Form("母猪"),), "ru": (Form("свиноматка"),), "en": (Form("sow"),)}, "term")
    target = "农民等土壤一干就播种大麦。"
    done = Enforcer(Glossary((term,)), "en", "zh").enforce("Farmers sow barley as soon as the soil is dry.", target)
    assert done.target == target
    assert [line["status"] for line in done.terms] == ["flagged"]
    (finding,) = done.findings
    assert finding.message.endswith(", unless the word has another sense here")


TUNNEL = ("通道", "Тундао", "Tongdao")
PREMIER = ("总理", "премьер Государственного совета", "Premier")


def test_a_common_word_beside_the_name_of_a_place() -> None:
    case = ("口岸开通了绿色通道。", "通道", "Открыт зеленый коридор.", "коридор", ("zh", "ru"))
    assert _said(TUNNEL, *case, kind="place")  # type: ignore[arg-type]


def test_a_name_in_other_letters_is_no_common_word() -> None:
    case = ("游客来到通道。", "通道", "Туристы приехали в Коридор.", "Коридор", ("zh", "ru"))
    assert not _said(TUNNEL, *case, kind="place")  # type: ignore[arg-type]


def test_an_office_that_the_dictionary_gives_another_country() -> None:
    case = ("德国总理发表讲话。", "总理", "Канцлер Германии выступил с речью.", "Канцлер", ("zh", "ru"))
    assert _said(PREMIER, *case, kind="title")  # type: ignore[arg-type]
