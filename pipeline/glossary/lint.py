"""What is wrong with a glossary: errors that make it wrong or ambiguous, warnings that a person should look at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.errors import DataError
from pipeline.glossary import forms
from pipeline.glossary.fold import key
from pipeline.glossary.store import Glossary
from pipeline.languages.russian.analyse import CASES
from pipeline.model import LANGS, Form, Lang, Term

_ID = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_GUARD = "guard-"  # ordinary words that contain a name: they keep it from being matched and have no translation
_FOREIGN = {
    "ru": re.compile(r"[\u3400-\u9fff]"),
    "en": re.compile(r"[\u3400-\u9fffА-Яа-яЁё]"),
    "zh": re.compile(r"[А-Яа-яЁё]"),
}
_OWN = {"ru": re.compile(r"[А-Яа-яЁё]"), "en": re.compile(r"[A-Za-z]"), "zh": re.compile(r"[\u3400-\u9fff]")}
_MIXED = re.compile(r"(?=\w*[A-Za-z])(?=\w*[А-Яа-яЁё])[A-Za-zА-Яа-яЁё]+")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x1f]")
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"), ("《", "》"), ("（", "）"), ("[", "]"))
_STRAIGHT = re.compile(r"\"")


@dataclass(frozen=True, slots=True)
class Problem:
    """level is error or warning; `where` is file:line of the entry."""

    level: Literal["error", "warning"]
    where: str
    term: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.level}: {self.term}: {self.message} [{self.rule}]"


def lint(glossary: Glossary | Iterable[Term], broken: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """All problems, in the order of the entries. `broken`: what was found when the tables were read."""
    terms = tuple(glossary)
    found = [*broken, *_doubles(terms), *_contradictions(terms)]
    for term in terms:
        found += _entry(term)
    order = {term.origin: number for number, term in enumerate(terms)}
    files = {file: n for n, file in enumerate(dict.fromkeys(_place(origin)[0] for origin in order))}

    def place(problem: Problem) -> tuple[int, int, str]:
        file, line = _place(problem.where)
        return files.get(file, len(files)), line or order.get(problem.where, 0), problem.level

    return tuple(sorted(found, key=place))


def flaw(rule: str, key: str, error: DataError) -> Problem:
    """A row that does not fit, as a problem of its entry: an unknown kind, a note that does not close. A column that is
    not read is no error: tables may have columns of their own."""
    said = f"{error.message} ({error.hint})" if error.hint else error.message
    return Problem("warning" if rule == "column" else "error", error.where, key, rule, said)


def _place(where: str) -> tuple[str, int]:
    """File and line, 0 where the origin of an entry has none."""
    file, _, line = where.rpartition(":")
    return file, int(line) if line.isdecimal() else 0


def _problem(term: Term, level: Literal["error", "warning"], rule: str, message: str) -> Problem:
    return Problem(level, term.origin, term.id, rule, message)


def _doubles(terms: Iterable[Term]) -> Iterator[Problem]:
    """The same id twice; the same form in two entries of one kind."""
    ids: dict[str, Term] = {}
    by_form: dict[tuple[Lang, str], Term] = {}
    for term in terms:
        if term.id in ids:
            yield _problem(term, "error", "duplicate-id", f"the id stands already at {ids[term.id].origin}")
        ids.setdefault(term.id, term)
        for lang in ("zh", "en"):
            seen: set[str] = set()
            for form in term.forms.get(lang, ()):
                folded = key(form.text, lang)
                if form.text in seen:
                    yield _problem(term, "warning", "duplicate-form", f"«{form.text}» stands twice in the cell {lang}")
                seen.add(form.text)
                other = by_form.setdefault((lang, folded), term)
                if other.id != term.id:
                    same = _targets(other, lang) & _targets(term, lang)
                    if lang == "zh" and not same:
                        message = f"«{form.text}» is also {other.id} ({other.origin}), with another rendering"
                        yield _problem(term, "error", "contradiction", message)
                    elif lang == "zh":
                        yield _problem(
                            term, "warning", "duplicate", f"«{form.text}» is also {other.id} ({other.origin})"
                        )


def _targets(term: Term, source: Lang) -> set[str]:
    return {key(form.text, lang) for lang in LANGS if lang != source for form in term.forms.get(lang, ())}


def _contradictions(terms: Iterable[Term]) -> Iterator[Problem]:
    """A form both admitted and forbidden in one entry; a forbidden form that is another entry's only admitted one."""
    admitted: dict[tuple[Lang, str], Term] = {}
    for term in terms:
        for lang in LANGS:
            for form in term.forms.get(lang, ()):
                admitted.setdefault((lang, key(form.text, lang)), term)
    for term in terms:
        for lang in LANGS:
            own = {key(form.text, lang) for form in term.forms.get(lang, ())}
            for form in term.forbidden.get(lang, ()):
                folded = key(form.text, lang)
                if folded in own:
                    yield _problem(term, "error", "forbidden-admitted", f"«{form.text}» is both admitted and forbidden")
                    continue
                other = admitted.get((lang, folded))
                if other is not None and other.id != term.id:
                    message = f"forbidden «{form.text}» is the right form of {other.id} ({other.origin})"
                    yield _problem(term, "warning", "forbidden-elsewhere", message)


def _entry(term: Term) -> Iterator[Problem]:
    if not _ID.fullmatch(term.id):
        yield _problem(term, "warning", "id", "ids are small ASCII letters, figures and hyphens")
    if not term.source:
        yield _problem(term, "warning", "source", "says nowhere where the official form stands")
    for lang in LANGS:
        if not term.forms.get(lang) and not term.id.startswith(_GUARD):
            yield _problem(term, "warning", "empty", f"has no form in {lang}")
        for form in (*term.forms.get(lang, ()), *term.forbidden.get(lang, ())):
            yield from _form(term, lang, form)
    if term.gender and term.kind != "person":
        yield _problem(term, "warning", "gender", "a gender is for people; put {m} or {f} behind the Russian form")
    for number, form in enumerate(term.forms.get("ru", ())):
        yield from _paradigm(term, form, preferred=number == 0)


def _form(term: Term, lang: Lang, form: Form) -> Iterator[Problem]:
    text = form.text
    if _HIDDEN.search(text):
        yield _problem(term, "error", "invisible", f"an invisible character in «{text}»")
    if "  " in text or text != text.strip() or re.search(r"\s[,;:!?»”)]|[«“(]\s", text):
        yield _problem(term, "error", "spacing", f"a space too many in «{text}»")
    mixed = _MIXED.search(text)
    if mixed:
        yield _problem(term, "error", "homoglyph", f"Latin and Cyrillic letters in one word: «{mixed.group()}»")
    if _FOREIGN[lang].search(text):
        yield _problem(term, "error", "script", f"«{text}» is not {lang}")
    elif form in term.forms.get(lang, ()) and not _OWN[lang].search(text) and not re.fullmatch(r"[\W\dA-Za-z]+", text):
        yield _problem(term, "warning", "script", f"«{text}» has no letter of {lang}")
    if any(text.count(a) != text.count(b) for a, b in _PAIRS):
        yield _problem(term, "error", "quotes", f"quotes or brackets that do not close in «{text}»")
    if lang == "ru" and _STRAIGHT.search(text):
        yield _problem(term, "warning", "quotes", f"straight quotes in «{text}»: official Russian has «»")
    if lang == "zh" and re.search(r"[\u3400-\u9fff] +[\u3400-\u9fff]", text):
        yield _problem(term, "error", "spacing", f"a space between characters in «{text}»")
    if unicodedata.normalize("NFC", text) != text:
        yield _problem(term, "warning", "unicode", f"«{text}» is not in normal form C")


def _paradigm(term: Term, form: Form, *, preferred: bool) -> Iterator[Problem]:
    made = forms.russian(form, term.kind, term.gender)
    missing = [case for case in CASES if not made.cells.get(case)]
    if missing:
        yield _problem(term, "error", "cells", f"«{form.text}» lacks {' '.join(missing)}")
    for doubt in made.guessed:
        level: Literal["error", "warning"] = "error" if "is not understood" in doubt else "warning"
        cure = "" if level == "error" else "; put the paradigm in braces"
        yield _problem(term, level, "guessed", f"«{form.text}»: {doubt}{cure}")
