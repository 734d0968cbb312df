"""tests/cases/pointed: what the enforcer does with words that a model takes for a term; and how the model reads."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from pipeline import settings
from pipeline.asking import ears
from pipeline.enforce import Enforcer, spans
from pipeline.enforce.english_rows import behind_verb
from pipeline.enforce.heard import Word
from pipeline.enforce.view import View
from pipeline.engines.base import Engine, Link, make
from pipeline.engines.compact import FOLDER
from pipeline.model import Form, Kind, Lang, Span, Term, apply_edits

CASES = Path(__file__).parents[2] / "cases" / "pointed" / "cases.txt"
bundled = pytest.mark.skipif(not (FOLDER / "model.bin").is_file(), reason="no bundled model: make model builds it")


@dataclass(frozen=True)
class Case:
    line: int
    langs: tuple[Lang, Lang]
    term: Term
    source: str
    target: str
    pointed: Span
    expected: str
    flagged: bool


def cases() -> Iterator[Case]:
    langs: tuple[str, ...] = ()
    row: dict[str, str] = {}
    for number, line in enumerate([*CASES.read_text(encoding="utf-8").splitlines(), ""], 1):
        word, _, rest = line.partition(": ")
        if line.startswith("#"):
            continue
        if word == "from":
            langs = tuple(rest.replace("to:", " ").split())
        elif line:
            row[word] = rest
        elif row:
            parts = re.fullmatch(r"(.+) = (.+) \((\w+)\)", row["term"])
            assert parts is not None, f"{CASES.name}:{number}"
            left, right, kind = parts.groups()
            source, target = cast("tuple[Lang, Lang]", langs)
            before, _, after = row["target"].partition("[")
            inside, _, after = after.partition("]")
            plain = before + inside + after
            term = Term("t", {source: (Form(left),), target: (Form(right),)}, cast(Kind, kind))
            expected = plain if row["expect"] == "same" else row["expect"]
            span = Span(len(before), len(before) + len(inside))
            yield Case(number, (source, target), term, row["source"], plain, span, expected, "flag" in row)
            row = {}


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.line}")
def test_case(case: Case) -> None:
    form = case.term.forms[case.langs[0]][0].text
    at = case.source.index(form)
    own, rest = Span(at, at + len(form)), Span(at + len(form), len(case.source))

    def read(source: str, target: str) -> Sequence[Link]:
        if target != case.target:
            return ()
        words = [Span(*match.span()) for match in re.finditer(r"[\u3400-\u9fff]|[^\W_]+|\S", target)]
        places = [rest.start + n * max(1, len(rest)) // len(words) for n in range(len(words))]  # each its own word
        return [
            (own if span.overlaps(case.pointed) else Span(place, place + 1), span, 0.9)
            for place, span in zip(places, words, strict=True)
        ]

    enforcer = Enforcer((case.term,), *case.langs, read=read)
    done = enforcer.enforce(case.source, case.target)
    assert done.target == case.expected
    assert [line["status"] == "flagged" for line in done.terms] == [case.flagged]
    assert enforcer.enforce(case.source, done.target).target == done.target


def test_a_bundled_entry_is_not_read(tmp_path: Path) -> None:
    from pipeline.glossary.store import builtin_folder

    folder = builtin_folder()
    assert folder is not None
    forms: dict[Lang, tuple[Form, ...]] = {"zh": (Form("投票站"),), "ru": (Form("избирательный участок"),)}
    term = Term("t", forms, "term", origin=str(folder / "terms.tsv"))

    def read(source: str, target: str) -> Sequence[Link]:
        raise AssertionError("asked")

    Enforcer((term,), "zh", "ru", read=read).enforce("设立了投票站。", "Открыты голосовательные пункты.")


@bundled
def test_the_model_reads_what_it_is_given() -> None:
    engine = make("compact", {"threads": 1})
    source, target = "市长在长春会见了俄罗斯代表团。", "Мэр Чанчуня встретился с российской делегацией."
    links = engine.read(source, target, "zh", "ru")
    assert links == engine.read(source, target, "zh", "ru")
    for left, right, weight in links:
        assert 0 <= left.start < left.end <= len(source) and 0 <= right.start < right.end <= len(target)
        assert 0 < weight <= 1.0001

    def share(left: str, right: str) -> float:
        here, there = Span(source.index(left), source.index(left) + len(left)), target.index(right)
        said = Span(there, there + len(right))
        return sum(weight for a, b, weight in links if a.overlaps(here) and b.overlaps(said))

    assert share("代表团", "делегацией") > share("会见", "делегацией")
    assert share("会见", "встретился") > share("代表团", "встретился")
    assert engine.read("会" * 400, target, "zh", "ru") == ()
    assert engine.read(source, "", "zh", "ru") == ()


def test_a_profile_may_do_without_and_a_missing_model_says_nothing(tmp_path: Path) -> None:
    def never() -> Engine:
        raise AssertionError("made")

    assert ears(settings.load("draft", []), "zh", "ru", never) == (None, None)
    options = settings.load("news", [f"engines.compact.folder={tmp_path}"])
    read, _ = ears(options, "zh", "ru", never)
    assert read is not None and read("会议", "совещание") == ()


def _word(text: str, start: int, share: float, *, other: bool = False, link: bool = False, noun: bool = True) -> Word:
    return Word(text, start, start + len(text), share, False, other, link, False, noun, (0.0,))


def test_the_rows_of_words_share_one_chance_and_the_words_read_have_most_of_it() -> None:
    text = "Открыто триста голосовательных пунктов в городе"
    told = (("Открыто", 0.02), ("триста", 0.05), ("голосовательных", 0.9), ("пунктов", 0.85), ("городе", 0.03))
    words = [
        _word(word, text.index(word), share, other=share < 0.5, noun=word in ("пунктов", "городе"))
        for word, share in told
    ]
    words.insert(4, _word("в", text.index(" в ") + 1, 0.1, link=True, noun=False))
    found = spans.rows(
        words,
        View(text, "ru"),
        spans.Asked("term", 2, 21, 2, False, "三百个投票站在本市开放。", Span(3, 6), "избирательный участок"),
    )
    assert found[0].chance > 0.6 and (found[0].first, found[0].last) == (2, 3)
    assert sum(row.chance for row in found) <= 1 + 1e-6
    assert all(not words[row.first].link and not words[row.last].link for row in found)
    assert spans.rows([], View("", "ru"), spans.Asked("term", 1, 1, 1, False, "", Span(0, 0), "")) == []


def test_rows_stop_at_marks_and_leave_what_must_stay() -> None:
    text = "новый центр, новый музей"
    words = [_word(word, at, 0.5) for word, at in (("новый", 0), ("центр", 6), ("новый", 13), ("музей", 19))]
    asked = spans.Asked("term", 2, 12, 2, False, "新中心和新博物馆", Span(0, 3), "новый центр")
    places, seen = spans.features(words, View(text, "ru"), asked)
    assert (1, 2) not in places and {(0, 1), (2, 3)} <= set(places)
    assert len({len(row) for row in seen}) == 1
    kept, _ = spans.features(words, View(text, "ru", (Span(0, 5),)), asked)
    assert (0, 1) not in kept and (2, 3) in kept


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_read_the_enforcer_ends_and_its_edits_hold(seed: int) -> None:
    """A reader that points anywhere: no error, no endless loop, and edits that give the text."""
    chance = random.Random(seed)
    langs = cast("tuple[Lang, Lang]", tuple(chance.sample(("zh", "ru", "en"), 2)))
    stock = {
        "zh": "市长在长春会见了代表团，不无意义的新能源汽车和人工智能专家说非遗很重要。",
        "ru": "Мэр города не встретился с новыми членами делегации и открыл музей, говорится в статье «Опыт» КНР",
        "en": "The mayor of the city did not meet the new delegation's members and opened a museum in Harbin",
    }

    def text(lang: Lang, size: int) -> str:
        pieces = list(stock[lang]) if lang == "zh" else stock[lang].split(" ")
        return ("" if lang == "zh" else " ").join(chance.choice(pieces) for _ in range(size))

    kinds: tuple[Kind, ...] = ("term", "slogan", "body", "title", "place", "person")
    terms = []
    for n in range(4):
        forms: dict[Lang, tuple[Form, ...]] = {lang: (Form(text(lang, chance.randint(1, 4))),) for lang in langs}
        terms.append(Term(f"t{n}", forms, chance.choice(kinds)))
    source = text(langs[0], 14) + terms[0].forms[langs[0]][0].text + text(langs[0], 5)

    def read(left: str, right: str) -> Sequence[Link]:
        told = random.Random(f"{seed}{right}")
        marks = [Span(*match.span()) for match in re.finditer(r"[\u3400-\u9fff]|[^\W_]+|\S", right)]
        made = []
        for mark in marks:
            at = told.randrange(len(left))
            made.append((Span(at, min(len(left), at + told.randint(1, 6))), mark, told.random()))
        return made

    target = text(langs[1], 18)
    enforcer = Enforcer(tuple(terms), *langs, read=read)
    done = enforcer.enforce(source, target)
    assert apply_edits(target, done.edits) == done.target


@pytest.mark.parametrize(
    ("text", "row", "kept"),
    [
        ("They are learning twisted wire now.", "learning twisted wire", "twisted wire"),
        ("Schoolchildren learned Hohloma decoration in May.", "learned Hohloma decoration", "Hohloma decoration"),
        ("They flooded the drained peat land.", "drained peat land", "drained peat land"),
    ],
)
def test_a_verb_that_governs_the_words_is_none_of_them(text: str, row: str, kept: str) -> None:
    at = text.index(row)
    words = [
        Word(m.group(), m.start(), m.end(), 0.5, False, False, False, False, True, ())
        for m in re.finditer(r"\w+", text)
        if at <= m.start() < at + len(row)
    ]
    made = behind_verb(words, (Form("filigree"),), View(text, "en"))
    assert text[made[0].start : made[-1].end] == kept
