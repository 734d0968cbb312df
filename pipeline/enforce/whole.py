"""Is what stands for a term the whole of it and no more: its rank, its number, its capitals, nothing put in between?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.enforce import rendering, tree
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.marked import Says
from pipeline.enforce.result import Ground
from pipeline.enforce.synonyms import bundled
from pipeline.enforce.view import View
from pipeline.glossary.forms import Found
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.russian.analyse import analyses, lemmas, tokenise
from pipeline.model import Form, Lang, Occurrence, Span, Term

_ASIDE = {
    "zh": re.compile(r"(?:副|代理?|助理|前任?|原任?|候任|常务副|[一二三四五六七八九十几多数两各]个?|第[一二三]|们)$"),
    "en": re.compile(r"(?i)\b(?:vice|deputy|assistant|acting|former|ex|associate|first|under)[\s-]+$"),
    "ru": re.compile(r"(?i)(?:\b(?:первый |старший )?(?:зам\w*|помощник\w*|бывш\w+|экс|вице|и\. ?о\.)[\s-]+)$"),
}
_LOWER: dict[Lang, re.Pattern[str]] = {
    "ru": re.compile(r"(?i)(?:\b(?:зам|заместител\w+|помощник\w*|вице|экс)[\s-]+)$"),
    "en": re.compile(r"(?i)\b(?:vice|deputy|assistant|former)[\s-]+$"),
    "zh": re.compile(r"(?:副|助理|前任)$"),
}
_SEVERAL = re.compile(r"[各些均、和等们]|[多几两三四五六七八九十\d][个家位国]|分别")


def rank(occurrence: Occurrence, term: Term, found: Found, view: View, source: str, lang: Lang) -> str:
    """What is wrong with the rank of a title: a deputy's word before it that the source has not; else ""."""
    if term.kind != "title":
        return ""
    before = _LOWER[view.lang].search(view.text[: found.span.start])
    if before is None or _ASIDE[lang].search(source[: occurrence.span.start]):
        return ""
    if lang == "zh" and "副" in source[max(0, occurrence.span.start - 4) : occurrence.span.end]:
        return ""
    if re.search(_DEPUTIES[lang], source):
        return ""
    return f"«{before.group().strip()}» before «{found.span.of(view.text)}» is not in the source"


_DEPUTIES = {"zh": "副|助理|前任", "en": r"(?i)vice|deput|assist|former", "ru": r"(?i)замест|зам\.|помощник|вице|бывш"}


def number(occurrence: Occurrence, term: Term, found: Found, view: View, source: str, lang: Lang) -> str:
    """What is wrong with a name in the plural; else "". A body, a title or a formula in capitals is one of its kind."""
    text = found.span.of(view.text)
    if view.lang == "en":
        plural = found.surface.cells == ("pl",)
        single = term.kind in ("body", "title") and found.form.text[:1].isupper()
    elif view.lang == "ru":
        cells = found.surface.cells
        plural = bool(cells) and all(cell.endswith(".pl") and cell != "paucal.pl" for cell in cells)
        single = term.kind == "body" and found.form.text[:1].isupper()
    else:
        return ""
    if not plural or not single:
        return ""
    if lang == "zh" and _SEVERAL.search(source):
        return ""
    if lang != "zh" and (term.kind != "body" or occurrence.span.of(source).endswith("s")):
        return ""
    return f"«{text}» is in the plural"


def written(term: Term, found: Found, view: View) -> str:
    """What is wrong with the capitals of a body's or an initiative's name, or with what is put in between; else ""."""
    text = found.span.of(view.text)
    official = found.form.text
    if term.kind not in ("body", "slogan"):
        return ""
    if view.lang == "ru" and set('«»“”„"') & set(text[1:-1]) - set(official):
        return f"«{text}» has quotation marks around a part of it"
    if view.lang == "ru" and "other number" in found.surface.cells:
        if official[:1].isupper() and text[:1].islower() and len(official.split()) > 1:
            return f"«{text}» is written without its capitals"
        return ""
    if view.lang == "en" and not found.inserted and official[:1].isupper():
        wide = [w[:1].isupper() for w in re.findall(r"[A-Za-z]+", text)]
        own = [w[:1].isupper() for w in re.findall(r"[A-Za-z]+", official.removeprefix("the "))]
        if len(wide) == len(own) and sum(wide) < sum(own):
            return f"«{text}» is written without its capitals"
    if view.lang == "en" and found.inserted and term.kind == "body":
        return f"«{text}» has other words in it"
    return ""


def in_one_form(official: str, heads: frozenset[int], group: list[str], *, exact: bool = False) -> bool:
    """Do the words of a phrase in another number stand together: those that decline in one case and number, the others
    in a case that the official phrase has them in?

    `heads`: indices of the words that decline; `exact`: the others are the official ones to the letter.
    """
    names = [token.text for token in tokenise(official) if token.is_word]
    shared: set[tuple[str, str, str]] | None = None
    genitive_plural = False
    for at, (name, word) in enumerate(zip(names, group, strict=True)):
        readings = [a for a in analyses(word) if a.pos in ("NOUN", "ADJF", "PRTF") and a.case]
        if not readings:
            continue
        if at in heads:
            here = set()
            for a in readings:
                case = "prp" if a.case == "loc" else a.case
                animate = a.pos != "NOUN" and case == "acc" and "anim" in a.grammemes and "inan" not in a.grammemes
                if not animate or a.case != "acc":
                    sexes = ("m", "f", "n") if a.gender == "c" or not a.gender else (a.gender,)
                    here |= {(case, a.number, sex) for sex in (sexes if a.number == "sg" else ("",))}
            genitive_plural |= any(a.pos != "NOUN" and a.number == "pl" for a in readings)
            joined = here if shared is None else shared & here
            if not joined and shared is not None and genitive_plural:
                joined = {cell for cell in here if cell[:2] == ("gen", "sg")}  # «два индустриальных парка»
            if not joined:
                return False
            shared = joined
            continue
        if exact and name.lower() != word.lower():
            return False
        cases = {a.case for a in analyses(name) if a.pos in ("NOUN", "ADJF", "PRTF") and a.case}
        led = next((name.lower() for name in reversed(names[:at]) if analyses(name)[0].pos == "PREP"), "")
        if led:  # «на более высоком уровне», «на более высокий уровень»
            cases |= set(tree.governed("prep").get(led, ()))
        elif "gen" in cases:
            cases = {"gen"}
        if cases and not cases & {a.case for a in readings}:
            return False
    return True


def declining(rows: list[list[str]]) -> frozenset[int]:
    """Indices of the words that differ between the forms of a phrase."""
    size = len(rows[0]) if rows else 0
    return frozenset(at for at in range(size) if len({row[at] for row in rows if len(row) == size}) > 1)


_BARE = frozenset(f"{lead}{word}" for lead in ("", "the ") for word in ("province", "city", "county", "district"))


def swallows(official: str, words: str, lang: Lang) -> bool:
    """Does what resembles a term take in a word of the sentence beside it: a verb («ministry released», «Propose the
    Development Initiative»), a noun of action («формирование новой модели развития»)?"""
    if lang == "ru":
        first, own = words.split()[0], official.split()
        return len(words.split()) > len(own) and tree.of_action(first) and not tree.of_action(own[0])
    if lang == "en":
        if words.lower() in _BARE:
            return True
        row, name = words.split(), official.removeprefix("the ").split()
        if row[:1] in (["the"], ["The"]):
            row = row[1:]
        led = len(row) > 2 and row[1] in ("the", "a", "an") and name[1:2] != row[1:2]
        for before, word in pairwise(row):  # «Committee approved [a] standard»
            led = led or (word in ("the", "a", "an") and before.lower() not in FUNCTION_WORDS and word not in name)
        verb = len(row) > 1 and row[-1].islower() and row[-1].endswith("ed") and not name[-1].endswith("ed")
        return led or verb
    return False


def over(candidate: Candidate, wording: list[str], view: View) -> bool:
    """Does a candidate that is merely like the term take in words that are not the term's?"""
    form = wording[candidate.form if candidate.form < len(wording) else 0]
    alike = candidate.repair and (candidate.ground is not Ground.WRONG or candidate.score < 0.7)
    return alike and swallows(form, candidate.span.of(view.text), view.lang)


_AREAS = frozenset(("зона", "район", "округ"))


def named(candidate: Candidate, occurrence: Occurrence, wording: Sequence[Form], source: str, view: View) -> Candidate:
    """The candidate for a place's name with the Russian words for its kind before it, where the official form has such
    words («[в новой зоне] Сюнъань» for «новый район Сюнъань») and no other word of the source accounts for them; a word
    for an area right before the name is the name's in any case."""
    term, span = occurrence.term, candidate.span
    near = candidate.same or candidate.read
    if view.lang != "ru" or term.kind != "place" or not near or bundled(term.origin) or not source:
        return candidate
    form = wording[candidate.form if candidate.form < len(wording) else 0]
    lead = [word for word in form.text.split() if not word[:1].isupper()]
    if not lead or not form.text.split()[-1][:1].isupper() or " " in span.of(view.text):
        return candidate
    marks = [mark for mark in rendering.marks(occurrence, source, view, form) if mark.token.end <= span.start]
    start = span.start
    for mark in reversed(marks[-len(lead) - 1 :]):
        token = mark.token
        said = mark.says in (Says.OWN, Says.NOTHING) and not mark.shared
        said = said or (start == span.start and bool(lemmas(token.text) & _AREAS))
        parts = {a.pos for a in analyses(token.text)} if token.is_word else set()
        if not said or view.text[token.end : start] != " " or not view.free(Span(token.start, token.end)):
            break
        if not parts & ({"NOUN"} if start == span.start else {"ADJF"}) or (
            token.text[0].isupper() and parts == {"NOUN"}
        ):
            break
        start = token.start
    if start == span.start:
        return candidate
    return replace(
        candidate, span=Span(start, span.end), cells=(), inflects=True, base="", ground=Ground.WRONG, same=False
    )
