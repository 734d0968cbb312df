"""tests/cases/pointed: what the enforcer does with words that a model takes for a term; and how the model reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import cast

import pytest

from pipeline import settings
from pipeline.asking import reader
from pipeline.enforce import Enforcer
from pipeline.enforce.heard import Word
from pipeline.enforce.stretches import Ways, stretches
from pipeline.enforce.view import View
from pipeline.engines.base import Engine, Link, make
from pipeline.engines.compact import FOLDER
from pipeline.model import Form, Kind, Lang, Span, Term

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
        return [(own if span.overlaps(case.pointed) else rest, span, 0.9) for span in words]

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

    assert reader(settings.load("draft", []), "zh", "ru", never) is None
    options = settings.load("news", [f"engines.compact.folder={tmp_path}"])
    read = reader(options, "zh", "ru", never)
    assert read is not None and read("会议", "совещание") == ()


def test_a_negation_at_the_end_of_a_stretch_is_left_out_once() -> None:
    words = [
        Word("新", 0, 1, 0.3, True, False, False, False, True, (0.0,)),
        Word("不", 1, 2, 0.9, False, False, False, False, True, (0.0,)),
    ]
    found = list(islice(stretches(words, View("新不", "zh"), Ways(False, False, 2, 2)), 9))
    assert [(first, last) for _, first, last in found] == [(0, 0)]
