"""What may stand in the target for a term that is missing there: spans, each with how sure it is and why.

Sure ones first: forms the glossary forbids, in any case form; the source word left as it was; a name that sounds
the same in another transcription. Then what resembles the official wording word by word, and what the engine's
attention points at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from pipeline.enforce import likeness, synonyms
from pipeline.enforce.result import Ground
from pipeline.enforce.view import CLOSERS, OPENERS, View, closed
from pipeline.glossary import english_forms, forms
from pipeline.glossary.fold import key
from pipeline.languages.chinese import is_han
from pipeline.languages.russian.analyse import analyses
from pipeline.model import Form, Lang, Occurrence, Span, Term

Links = Sequence[tuple[Span, Span, float]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the target that may be the wrong rendering of a term.

    cells: the cases the replaced words stand in, as far as their own form tells; `inflects` is False for words that
    have no cases (another script, an indeclinable), where only the place can tell. base: the replaced phrase's
    dictionary form.
    """

    span: Span
    score: float
    why: str
    cells: tuple[str, ...] = ()
    inflects: bool = True
    base: str = ""
    form: int = 0  # which admitted variant it resembles
    same: bool = False  # the same name in another transcription
    repair: bool = True  # sure enough to be replaced; otherwise only named in the flag
    ground: Ground = Ground.WRONG
    read: bool = False  # a model takes it for the term
    other_sense: bool = False  # may render another sense of the source's word


NAMES = frozenset(("person", "place"))


def without_mark(candidate: Candidate, view: View, wording: Sequence[Form]) -> Candidate:
    """The candidate without a mark at its end that no official form has: «林奎斯特[，]», “one window for all[,]”."""
    text = candidate.span.of(view.text)
    bare = text.rstrip(",.;:，。；：、")
    if len(bare) == len(text) or not bare or any(form.text.endswith(text[-1]) for form in wording):
        return candidate
    return replace(candidate, span=Span(candidate.span.start, candidate.span.start + len(bare)))


_VERB = 0.5  # chance from which a form that is a noun's too is a verb


def without_verb(candidate: Candidate, view: View, wording: Sequence[Form]) -> Candidate:
    """The candidate without a verb at its end, though a form of a noun, too: «премьер-министр [примет]» (примета).

    Only for a term that has no verb in any form, and not where these words are forbidden as they stand.
    """
    text = candidate.span.of(view.text)
    if view.lang != "ru" or candidate.same or candidate.ground is Ground.WRONG or " " not in text:
        return candidate
    last = text.split()[-1]
    start, end = candidate.span.start, candidate.span.end
    if view.text[max(0, start - 1) : start] in OPENERS and view.text[end : end + 1] in CLOSERS:
        return candidate  # a slogan in quotation marks is one as a whole
    if not _acts(last) or any(_acts(word) for form in wording for word in form.text.split()):
        return candidate
    rest = text[: -len(last)].rstrip()
    if not _agrees(last, rest.split()):
        return candidate  # «производство [стали]»
    span = Span(candidate.span.start, candidate.span.start + len(rest))
    return replace(candidate, span=span, why=candidate.why.replace(text, rest), cells=(), base="")


@lru_cache(maxsize=1 << 12)
def _acts(word: str) -> bool:
    return any(a.pos == "VERB" and a.score >= _VERB for a in analyses(word)[:1])


def _agrees(verb: str, words: Sequence[str]) -> bool:
    """May one of the words be the subject of the verb?"""
    acting = [a for a in analyses(verb)[:1] if a.pos == "VERB"]
    named = [a for word in words for a in analyses(word) if a.case == "nom" and a.pos in ("NOUN", "NPRO")]
    return any(a.number == b.number and b.gender in ("", a.gender) for a in named for b in acting)


def forbidden(term: Term, view: View) -> Iterator[Candidate]:
    """Forms the entry forbids, in all their cases."""
    for form in term.forbidden.get(view.lang, ()):
        if not forms.likely(form, view.lang, view.folded.text):
            continue
        made = forms.surfaces(form.text, form.notes, view.lang, term.kind, term.gender)
        stiff = len({surface.key for surface in made}) == 1
        for surface in made:
            for span in forms.places(surface.key, view.folded, view.lang):
                if (
                    view.lang == "ru"
                    and not forms.capitals_fit(surface.text, span.of(view.text))
                    and term.kind in NAMES
                ):
                    continue
                span = with_given(term, closed(view.text, span), view)
                if view.lang == "ru" and term.kind == "place" and other_gender(term, span.of(view.text)):
                    continue  # «в Цзилине» may be the masculine Цзилинь as well as the forbidden Цзилин
                if view.free(span):
                    yield Candidate(
                        span,
                        1.0 + 0.001 * len(span),
                        f"«{form.text}» is forbidden",
                        surface.cells,
                        not stiff,
                        form.text,
                    )


def with_given(term: Term, span: Span, view: View) -> Span:
    """The span with the given name behind the surname that ends it, however it is spelt: «Президент Си [Джиньпин]»,
    "Chairman Xi [Jin-ping]"."""
    said = span.of(view.text).split()
    for form in term.forms.get(view.lang, ()) if len(said) > 1 and view.lang != "zh" else ():
        words = form.text.split()
        at = next((n for n, word in enumerate(words[:-1]) if word[0].isupper() and word == said[-1]), -1)
        if at < 0 or not words[at + 1][0].isupper():
            continue
        given, name = words[at + 1].lower(), _BEHIND.match(view.text, span.end)
        if name is None:
            continue
        for end in (name.end(), name.end(1)):  # two syllables apart, or one word
            letters = "".join(filter(str.isalpha, view.text[span.end : end].lower()))
            if SequenceMatcher(None, letters, given, autojunk=False).ratio() >= _GIVEN:
                return Span(span.start, end)
    return span


@lru_cache(maxsize=1 << 10)
def _declined(name: str, gender: str) -> frozenset[str]:
    return frozenset(surface.text for surface in forms.surfaces(name, gender, "ru", "place", ""))


# A word with a capital right behind, and a second one where a name is written in two.
_BEHIND = re.compile(r" ([A-ZА-ЯЁ][a-zа-яё]+(?:-[A-Za-zА-Яа-яЁё]+)?)(?: [A-ZА-ЯЁ][a-zа-яё]+)?")
_GIVEN = 0.6  # likeness from which that is the given name
_MISSPELT = 0.75  # likeness from which a forbidden form is but the name misspelt
_MOST = 4  # of them in one text that are looked at


def misspellings(term: Term, view: View) -> int:
    """How often a forbidden form stands that is but the name misspelt («Чанчун» for Чанчунь), and not in quotation
    marks or brackets, where it may be spoken of, or in a longer name («Ван [Лицзян]»)."""
    if term.kind not in NAMES or not term.forms.get(view.lang):
        return 0
    name, spans = term.forms[view.lang][0].text, set()
    for one in forbidden(term, view):
        said, before, after = one.span.of(view.text), view.before(one.span.start), view.after(one.span.end)
        around = view.text[max(0, one.span.start - 1) : one.span.start] + view.text[one.span.end : one.span.end + 1]
        longer = (before is not None and len(before.text) > 2 and before.text[:1].isupper()) or (
            after is not None and after.start == one.span.end + 1 and after.text[:1].isupper()
        )
        if (
            not longer
            and not set(around) & set('«»“”"()（）《》')
            and likeness.names(one.base or said, name) >= _MISSPELT
        ):
            spans.add(one.span)
    return len(spans) if len(spans) <= _MOST else 0


def other_gender(term: Term, word: str) -> bool:
    """Is it the name of one word in -ь declined in the other gender than the entry's («Цзилиня» for Цзилини)?"""
    if not synonyms.bundled(term.origin):
        return False
    names = [form.text for form in term.forms.get("ru", ()) if form.text[-1:] == "ь" and " " not in form.text]
    return any(word != name and word in _declined(name, gender) for name in names for gender in ("m", "f"))


def leftover(term: Term, view: View) -> Iterator[Candidate]:
    """The term in another language's form, left standing in the target."""
    other: Lang
    for other in ("zh", "en", "ru"):
        if other == view.lang:
            continue
        own = {key(form.text, view.lang) for form in term.forms.get(view.lang, ())}
        folded = View(view.text, other).folded
        for wanted in _written(term, other):
            if any(wanted in form for form in own):
                continue  # «COVID-19» is no rest of another language
            if len(wanted) < 2 or (view.lang == "en" and other == "ru" and len(wanted) < 3 and term.kind not in NAMES):
                continue
            spans = forms.places(wanted, folded, other, beside_han=view.lang == "zh")
            for span in spans:
                if view.lang != "en" and view.text.endswith("the ", 0, span.start):
                    span = Span(span.start - 4, span.end)
                span = closed(view.text, span)
                if view.lang == "zh" and _kept_short(view.text, span) and not _short_name(term):
                    continue
                if _bracketed(view.text, span):
                    continue
                if view.free(span) and (view.lang == "en" or not among_latin(view.text, span)):
                    yield Candidate(span, 0.98 + 0.001 * len(span), f"left as {span.of(view.text)}", (), False, wanted)


def _bracketed(text: str, span: Span) -> bool:
    """Does an abbreviation stand alone in brackets behind a Chinese or Russian name («（AEO）»)?"""
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    found = span.of(text)
    return around in ("()", "（）") and found.isascii() and found.isupper() and len(found) <= 8


def _kept_short(text: str, span: Span) -> bool:
    """Is it an abbreviation amid Chinese characters, as Chinese writes them («AI从业者», «WHO指出»)?"""
    found = span.of(text)
    around = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return found.isascii() and found.isupper() and len(found) <= 6 and any(is_han(char) for char in around if char)


def _short_name(term: Term) -> bool:
    """Has the body a Chinese name short enough to stand for the abbreviation (世贸组织 for WTO, but RCEP)?"""
    return term.kind == "body" and any(len(form.text) <= 8 for form in term.forms.get("zh", ()))


def _written(term: Term, lang: Lang) -> Iterator[str]:
    """Folded forms of the term in another language; of Russian ones every case."""
    for form in term.forms.get(lang, ()):
        if lang == "ru":
            made = forms.surfaces(form.text, form.notes, lang, term.kind, term.gender)
            yield from dict.fromkeys(surface.key for surface in made)
        else:
            yield key(english_forms.bare(form.text), lang)


_LATIN_BEFORE = re.compile(r"(?!the\b)\b[A-Za-z][\w.]*[ \-]$|[A-Za-z]-$")
_LATIN_AFTER = re.compile(r"[ \-][A-Za-z]")


def among_latin(text: str, span: Span) -> bool:
    """Is a Latin word part of a longer Latin name («China-Tribute Phoenix»)? Then it is no leftover."""
    if not ("A" <= span.of(text)[:1].upper() <= "Z"):
        return False
    left = re.sub(r"\bthe $", "", text[max(0, span.start - 40) : span.start])
    if text[span.end : span.end + 1] == "." and _LATIN_AFTER.match(text, span.end + 1):
        return True  # U.S. Drought Monitor
    return bool(_LATIN_BEFORE.search(left) or _LATIN_AFTER.match(text, span.end))


def attended(occurrence: Occurrence, view: View, links: Links) -> Iterator[Candidate]:
    """The words that the engine's attention ties to the term's source span."""
    weights: dict[tuple[int, int], float] = {}
    for source, target, weight in links:
        if source.overlaps(occurrence.span):
            weights[(target.start, target.end)] = weights.get((target.start, target.end), 0.0) + weight
    strong = sorted(span for span, weight in weights.items() if weight >= 0.4)
    if not strong:
        return
    start, end = strong[0][0], strong[0][1]
    for next_start, next_end in strong[1:]:
        if next_start - end <= 2:
            end = next_end
        else:
            break
    span = likeness.whole_words(view, Span(start, end))
    if len(span) and view.free(span):
        yield Candidate(span, 0.7, "the engine's attention", (), True, span.of(view.text))


_SYLLABLE = re.compile("[^аеёиоуыэюяaeiouy]*[аеёиоуыэюяaeiouy]+[^аеёиоуыэюяaeiouy]*", re.IGNORECASE)
_SURNAME = 0.75  # least likeness in sound of a surname to the sign that it is spelt for


def with_surname(candidate: Candidate, term: Term, view: View) -> Candidate:
    """The given name of a Chinese person with the surname right before it, a capitalised syllable that is another
    spelling of its sign («директор [Ву] Дзинсян» for У Цзинсянь)."""
    from pipeline.enforce.sound import likeness as sounds
    from pipeline.languages.pinyin import reading

    span = candidate.span
    signs = [form.text for form in term.forms.get("zh", ()) if is_han(form.text) and 2 < len(form.text) <= 4]
    before = view.before(span.start)
    if term.kind != "person" or view.lang == "zh" or not signs or before is None or " " in span.of(view.text):
        return candidate
    word, wide = before.text, Span(before.start, span.end)
    if view.text[before.end : span.start] != " " or not word[:1].isupper() or not _SYLLABLE.fullmatch(word):
        return candidate
    if (len(word) == 1 and view.sentence_start(before.start)) or not view.free(wide):
        return candidate  # «У [Цзинсяня]» may be a preposition
    alike = any(sounds(word, reading(name[0])) >= _SURNAME for name in signs)
    why = candidate.why.replace(f"«{span.of(view.text)}»", f"«{wide.of(view.text)}»")
    return replace(candidate, span=wide, base=wide.of(view.text), why=why) if alike else candidate


def of(occurrence: Occurrence, view: View, links: Links = (), terms: Iterable[Term] = ()) -> list[Candidate]:
    """All candidates for a missing occurrence, the surest first."""
    from pipeline.enforce import abbreviated, generic, jumbled, spelt, transcribed

    term = occurrence.term
    alike = [with_surname(candidate, term, view) for candidate in transcribed.names(term, view)]
    if view.lang == "en":
        from pipeline.enforce import english, english_names

        alike = list(english_names.names(occurrence, alike, view))
    elif view.lang == "zh":
        from pipeline.enforce import chinese, chinese_names

        alike = chinese_names.uncut([*alike, *chinese_names.names(occurrence, view)], view)
        alike += chinese_names.elsewhere(occurrence, view)
        if not any(candidate.repair for candidate in alike):
            alike += chinese_names.foreign(occurrence, view)
    found = [*forbidden(term, view), *leftover(term, view), *spelt.candidates(occurrence, view), *alike]
    found += [*abbreviated.candidates(occurrence, view), *generic.candidates(term, view), *generic.misspelt(term, view)]
    found += jumbled.candidates(term, view)
    if not any(candidate.score >= 0.95 for candidate in found) and term.kind != "person":
        if view.lang == "en":
            found += english.phrases(occurrence, view)
        elif view.lang == "zh":
            found += [*chinese_names.bodies(occurrence, view), *chinese.phrases(occurrence, view)]
        else:
            found += likeness.phrases(term, view)
    if links:
        found += attended(occurrence, view, links)
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.span.start))
