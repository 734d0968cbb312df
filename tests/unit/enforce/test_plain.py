"""Repairs in English and Chinese: articles, number, capitals, quotation marks, edges; nothing crashes, nothing drifts."""

from __future__ import annotations

import random

import pytest

from pipeline.enforce import Enforcer, bridge, chinese, english, plain
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Ground
from pipeline.enforce.view import View
from pipeline.glossary import Glossary, english_forms, tsv
from pipeline.model import Form, Lang, Span, Term, apply_edits

GLOSSARY = Glossary(
    tsv.read(
        "id\tzh\tru\ten\tkind\n"
        "future\t人类命运共同体\tсообщество единой судьбы\ta community with a shared future\tslogan\n"
        "council\t国务院\tГоссовет\tthe State Council\tbody\n"
        "business\t营商环境\tделовая среда\tbusiness environment\tterm\n"
        "premier\t副总理\tвице-премьер\tVice Premier\ttitle\n"
        "belt\t一带一路倡议\tинициатива «Пояс и путь»\tBelt and Road Initiative\tslogan\n"
        "li\t李强\tЛи Цян\tLi Qiang\tperson\n",
        "glossary",
    )
)


def english_repair(form: str, kind: str, text: str, wrong: str, cells: tuple[str, ...] = ()) -> str:
    term = Term("t", {"en": (Form(form),)}, kind)  # type: ignore[arg-type]
    at = text.index(wrong)
    made = plain.english(term, Form(form), Candidate(Span(at, at + len(wrong)), 1.0, "", cells), View(text, "en"))
    return apply_edits(text, sorted(made.edits, key=lambda edit: edit.start)) if made else text


@pytest.mark.parametrize(
    ("form", "kind", "text", "wrong", "expected"),
    [
        ("a unified market", "term", "build single bazaar now", "single bazaar", "build a unified market now"),
        ("a unified market", "term", "its single bazaar", "single bazaar", "its unified market"),
        ("unicorn", "term", "an odd firm", "odd firm", "a unicorn"),
        ("the State Council", "body", "a Cabinet decision", "Cabinet", "a State Council decision"),
        ("the State Council", "body", "Cabinet met.", "Cabinet", "The State Council met."),
        ("the State Council", "body", "China's Cabinet", "Cabinet", "China's State Council"),
        ("free trade zone", "term", "FREE COMMERCE AREA", "FREE COMMERCE AREA", "FREE TRADE ZONE"),
        ("free trade zone", "term", "The Free Commerce Area", "Free Commerce Area", "The Free Trade Zone"),
        ("free trade zone", "term", "two free commerce areas", "free commerce areas", "two free trade zones"),
        ("Vice Premier", "title", "the deputy premier of", "deputy premier", "the vice premier of"),
        ("Li Qiang", "person", "Lee Chang's speech", "Lee Chang's", "Li Qiang's speech"),
        ("Harbin", "place", "in the Kharbin", "Kharbin", "in Harbin"),
        ("Harbin", "place", "the Kharbin fair", "Kharbin", "the Harbin fair"),
        ("shared future", "slogan", "the «common fate»", "common fate", "the “shared future”"),
    ],
)
def test_english(form: str, kind: str, text: str, wrong: str, expected: str) -> None:
    assert english_repair(form, kind, text, wrong) == expected


def test_a_title_that_replaces_nothing_like_it_keeps_its_capitals() -> None:
    text, wrong = "The member of the land board came.", "member of the land board"
    term = Term("t", {"en": (Form("State Councilor"),)}, "title")
    at = text.index(wrong)
    candidate = Candidate(Span(at, at + len(wrong)), 1.0, "", (), False, ground=Ground.TRANSLATED)
    made = plain.english(term, Form("State Councilor"), candidate, View(text, "en"))
    assert made is not None and apply_edits(text, made.edits) == "The State Councilor came."


def test_plural_cell_makes_a_plural() -> None:
    assert (
        english_repair("private enterprise", "term", "folk firms grow", "folk firms", ("pl",))
        == "private enterprises grow"
    )


@pytest.mark.parametrize(
    ("form", "text", "wrong", "expected"),
    [
        ("honey crop", "six species of flora here", "flora", "six species of honey crops here"),
        ("granite", "six kinds of stone here", "stone", "six kinds of granite here"),
        ("breathing apparatus", "divers in air masks were ready", "air masks",
         "divers in breathing apparatus were ready"),
        ("hillside closure", "begin fencing slopes to raise trees", "fencing slopes to raise trees",
         "begin hillside closure"),
        ("construction rule", "new building regulations", "building regulations", "new construction rules"),
    ],
)  # fmt: skip
def test_english_number(form: str, text: str, wrong: str, expected: str) -> None:
    at = text.index(wrong)
    cells = english.number(text, Span(at, at + len(wrong)))
    assert english_repair(form, "term", text, wrong, cells) == expected


@pytest.mark.parametrize(
    ("form", "text", "wrong", "expected"),
    [
        ("李强", "总理 Li Qiang 说", "Li Qiang", "总理李强说"),
        ("“一带一路”倡议", "“带路计划”下", "带路计划", "“一带一路”倡议下"),
        ("共同富裕", "«共同繁荣»", "共同繁荣", "“共同富裕”"),
        ("伙伴关系", "伙计关系", "伙计", "伙伴关系"),
        ("“三农”", "他说：“三农村。”", "三农村", "他说：“‘三农’。”"),
    ],
)
def test_chinese(form: str, text: str, wrong: str, expected: str) -> None:
    term = Term("t", {"zh": (Form(form),)}, "slogan")
    at = text.index(wrong)
    made = plain.chinese(term, Form(form), Candidate(Span(at, at + len(wrong)), 1.0, "", (), False), View(text, "zh"))
    assert made is not None
    assert apply_edits(text, made.edits) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("goal", "goals"), ("goals", ""), ("rural areas and farmers", ""), ("right of way", "rights of way"), ("GDP", "")],
)
def test_plural_of_a_phrase(text: str, expected: str) -> None:
    assert english_forms.plural(text) == expected


def test_a_title_may_stand_in_small_letters_a_body_may_not() -> None:
    assert english_forms.case_fits("Vice Premier", "vice premier", "title")
    assert not english_forms.case_fits("State Council", "state council", "body")


def test_pieces_cover_the_text_and_fall_apart_at_words() -> None:
    text = "确保食品安全和国家发展改革委员会"
    found = chinese.pieces(text)
    assert "".join(piece.text for piece in found) == text
    assert all(text[piece.start : piece.end] == piece.text for piece in found)


def test_a_plural_before_which_a_numeral_stands() -> None:
    text = "two trade area"
    assert english.number(text, Span(4, 14)) == ("pl",)
    assert english.number("business surroundings", Span(0, 21)) == ()


def test_word_tables_know_a_translation_from_a_stranger() -> None:
    assert bridge.strength("environment", "环境", "en", "zh") == 1.0
    assert bridge.strength("banana", "环境", "en", "zh") == 0.0


@pytest.mark.parametrize("langs", [("zh", "en"), ("ru", "en"), ("en", "zh"), ("ru", "zh")])
def test_any_text_keeps_its_edits_consistent(langs: tuple[Lang, Lang]) -> None:
    source, target = langs
    owner = Enforcer(GLOSSARY, source, target)
    chance = random.Random(7)
    names = [form.text for term in GLOSSARY for form in term.forms[source]]
    scraps = [
        *"“”«»《》·、，。 \n\u200b'’-",
        "the ",
        "community",
        "环境",
        "共同",
        "区",
        "a ",
        "Business",
        "李墙",
        "😀",
        "命运",
        "of ",
    ]
    for _ in range(60):
        text = " ".join(chance.choices(names, k=2))
        made = "".join(chance.choices(scraps, k=chance.randrange(1, 12)))
        done = owner.enforce(text, made)
        assert apply_edits(made, done.edits) == done.target
        assert owner.enforce(text, done.target).target == done.target


def test_a_formula_that_begins_with_a_verb_stands_behind_no_article() -> None:
    table = (
        "id	zh	ru	en	kind	en_forbidden\n"
        "forge	铸牢共同体意识	упрочение общности	forge a strong sense of community	slogan	awareness of the community\n"
    )
    owner = Enforcer(Glossary(tsv.read(table, "g.tsv")), "zh", "en")
    text = "The schools took steps to cast firm the awareness of the community."
    done = owner.enforce("学校采取措施，铸牢共同体意识。", text)
    assert done.target == text and [line["status"] for line in done.terms] == ["flagged"]
    done = owner.enforce("学校采取措施，铸牢共同体意识。", "The schools took steps to awareness of the community.")
    assert done.target == "The schools took steps to forge a strong sense of community."
