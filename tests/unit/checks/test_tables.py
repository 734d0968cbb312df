"""The tables of calques and patterns: every line compiles, is spelt with known words, and does not flag its own cure."""

from __future__ import annotations

import re

import pytest

from pipeline import registry
from pipeline.checks import calques
from pipeline.checks._patterns import compile_pattern, matches
from pipeline.checks._tables import ASSETS, rows
from pipeline.checks._words import words
from pipeline.checks.base import View, run
from pipeline.glossary import store
from pipeline.model import Lang, Segment, Severity

CALQUES = ("zh-ru", "en-ru", "zh-en")
PATTERNS = sorted(path.stem for path in (ASSETS / "patterns").glob("*.tsv"))


@pytest.mark.parametrize("pair", CALQUES)
def test_calques(pair: str) -> None:
    source, target = pair.split("-")
    table = calques.table(source, target)  # type: ignore[arg-type]
    assert len(table) >= {"zh-ru": 300, "en-ru": 150, "zh-en": 100}[pair]
    for calque in table:
        assert calque.right, calque.wrong
        for pattern in filter(None, (calque.wrong, calque.alone)):
            compile_pattern(pattern)
        for right in re.split(r"; ", calque.right):
            plain = re.sub(r"[()…]", "", right)
            assert not list(matches(calque.wrong, plain, words(plain, target))), (calque.wrong, right)  # type: ignore[arg-type]
    lines = [(row["cue"], row["wrong"]) for row in rows("calques", pair)]
    assert len(lines) == len(set(lines))


def test_idioms() -> None:
    patterns = [row["pattern"] for row in rows("calques", "idioms")]
    assert patterns
    for pattern in patterns:
        compile_pattern(pattern)


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns(name: str) -> None:
    target = name.rpartition("-")[2]
    table = rows("patterns", name)
    assert table
    for row in table:
        compile_pattern(row["pattern"])
        Severity(row["severity"])
        assert row["message"]
        for column in ("cue", "unless"):
            re.compile(row[column])
        for right in re.split(r"; ", row["suggestion"]):
            plain = re.sub(r"[()…«»“”]", "", right)
            assert not list(matches(row["pattern"], plain, words(plain, target))), row["pattern"]  # type: ignore[arg-type]


@pytest.mark.parametrize("pattern", ["", "..3 слово", "слово? дело", "!слово", "сл* дело", "слово||дело"])
def test_broken_patterns(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("звук механизм", "звуки механизмов", True),
        ("звук механизм", "звук, механизм", False),
        ("звук ..1 механизм", "звук этих механизмов", True),
        ("звук ..1 механизм", "звук всех этих механизмов", False),
        ("звук ..2 механизм", "Слышен звук. Механизм стоит", False),
        ("звук? дело", "дело", None),
        ("большой новый? дело", "большие дела", True),
        ("большой новый? дело", "большие новые дела", True),
        ("=дела", "дело", False),
        ("=дела", "Дела", True),
        ("тверд*", "твёрдый", True),
        ("секретарь ^", "секретарь Ван", True),
        ("секретарь ^", "секретарь сказал", False),
        ("рост #", "рост 5", True),
        ("<gent>", "города", True),
        ("<ablt,plur>", "города", False),
        ("руководящий кадры", "руководящими кадрами", True),
        ("дело !работа", "дело города", True),
        ("дело !работа", "дело работы", False),
    ],
)
def test_pattern_language(pattern: str, text: str, found: bool | None) -> None:
    if found is None:
        with pytest.raises(ValueError, match="begin with a word"):
            compile_pattern(pattern)
        return
    assert bool(list(matches(pattern, text, words(text, "ru")))) is found


@pytest.mark.parametrize("target", ["ru", "en"])
@pytest.mark.parametrize("source", ["zh", None])
def test_official_forms_are_never_flagged(source: Lang | None, target: Lang) -> None:
    """No table contradicts the project's own glossaries."""
    views = []
    for term in store.builtin():
        chinese = term.forms.get("zh", ())
        for form in term.forms.get(target, ()):
            text = chinese[0].text if chinese else ""
            views.append(View(Segment(term.id, text, form.text), source if chinese else None, target))
    if not views:
        pytest.skip("the glossaries are not installed")
    others = set(registry.names("checks")) - {"formulas", "titles", "calques", "style"}
    wrong = [
        (view.segment.id, view.target, finding.check)
        for view, found in zip(views, run(views, others), strict=True)
        for finding in found
        if finding.severity is not Severity.NEUTRAL
    ]
    assert not wrong
