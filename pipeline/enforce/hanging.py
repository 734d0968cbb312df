"""Repairs that would tear a Russian phrase: leave a conjunct or the rest of a formula, double a word, drop an owner.

What is merely like a term is widened to the whole phrase or cut back to what the term says; where neither is sure, it
is only shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.enforce import likeness, place, rendering, tree
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.view import View
from pipeline.languages.russian.analyse import Token, analyses, fold, lemmas, tokenise
from pipeline.model import Form, Occurrence, Span

_LEVELS = frozenset(
    ("городской", "муниципальный", "провинциальный", "уездный", "районный", "окружной", "областной", "краевой",
     "волостной", "поселковый", "сельский", "местный", "общегородской")
)  # fmt: skip
_UNITS = frozenset(("город", "провинция", "уезд", "район", "округ", "область", "край", "волость", "посёлок", "поселок"))
_JOINTS = frozenset(("и", "или", "а", ","))
_SPACES = (" ", "\u00a0")


def mended(candidate: Candidate, occurrence: Occurrence, source: str, form: Form, view: View) -> Candidate:
    """The candidate with a span that tears nothing, or only to be shown."""
    official = _content(form.text)
    if view.lang != "ru" or not official:
        return candidate
    made = _levelled(_led(candidate, official, view), occurrence, official, view)
    made = _tailed(made, occurrence, source, form, view)
    if "—" in form.text and _predicate(candidate.span, view):
        made = replace(made, repair=False)  # «воды и горы — это [золотые горы]» is half of the slogan
    if made.span != candidate.span:
        made = replace(made, why=made.why.replace(candidate.span.of(view.text), made.span.of(view.text)))
    if made.repair and occurrence.term.kind == "title" and _person(official):
        made = _owned(made, view)
    return replace(made, repair=False) if made.repair and _joined(made, official, view) else made


def _predicate(span: Span, view: View) -> bool:
    """Do the words say what something is: do they stand behind a dash or «это»?"""
    return view.text[: span.start].rstrip(' «“"').endswith(("—", "–", " это"))


def _content(text: str) -> list[str]:
    return [token.text for token in tokenise(text) if likeness.content(token, "ru")]


def _inside(span: Span, view: View) -> list[Token]:
    return [t for t in view.tokens if span.start <= t.start and t.end <= span.end and likeness.content(t, "ru")]


def _beside(view: View, left: int, right: int) -> bool:
    return view.text[left:right] in _SPACES


def _led(candidate: Candidate, official: Sequence[str], view: View) -> Candidate:
    """With the word right before that is the wording's first, where the candidate begins with another: «чувство
    [полученного, чувство счастья]» for «чувство обретения, счастья …»."""
    span = candidate.span
    inside, before = _inside(span, view), view.before(span.start)
    if not inside or before is None or not before.is_word or not _beside(view, before.end, span.start):
        return candidate
    first = lemmas(official[0])
    if not lemmas(before.text) & first or lemmas(inside[0].text) & first:
        return candidate
    wide = Span(before.start, span.end)
    if not view.free(wide):
        return replace(candidate, repair=False)
    return replace(candidate, span=wide, cells=(), inflects=True, base="")


def _levelled(candidate: Candidate, occurrence: Occurrence, official: Sequence[str], view: View) -> Candidate:
    """Without the adjective that tells whose body it is («[городской] отдел культуры»), where the wording tells none;
    only to be shown where such a word stands elsewhere in it."""
    if occurrence.term.kind not in ("body", "title"):
        return candidate
    known = frozenset().union(*map(lemmas, official))
    told = _LEVELS | _UNITS
    inside = _inside(candidate.span, view)
    if known & told or len(inside) < 2:
        return candidate
    if not any(lemmas(token.text) & told for token in inside):
        return candidate
    first = analyses(inside[0].text)[0]
    if inside[0].start == candidate.span.start and lemmas(inside[0].text) & _LEVELS and first.pos == "ADJF":
        rest = inside[1:]
        if len(rest) > 1 and not any(lemmas(token.text) & told for token in rest):
            span = Span(rest[0].start, candidate.span.end)
            return replace(candidate, span=span, cells=(), inflects=True, base="")
    return replace(candidate, repair=False)


def _tailed(candidate: Candidate, occurrence: Occurrence, source: str, form: Form, view: View) -> Candidate:
    """With the phrase right behind that begins with a preposition and says the rest of the wording; only to be shown
    where it says a part of it besides other things."""
    span = candidate.span
    inside = _inside(span, view)
    lead = view.after(span.end)
    if not candidate.repair or not inside or lead is None or not _beside(view, span.end, lead.start):
        return candidate
    if analyses(lead.text)[0].pos != "PREP":
        return candidate
    here = [token.text for token in inside]
    missing = [
        word for word in _content(form.text) if not any(likeness.words(word, each, "ru") >= 0.75 for each in here)
    ]
    if len(missing) < 2:
        return candidate
    row: list[Token] = []
    end = lead.end
    for token in [token for token in view.tokens if token.start >= lead.start][: 2 * len(missing) + 3]:
        pos = analyses(token.text)[0].pos if token.is_word else ""
        if pos not in ("PREP", "NOUN", "ADJF", "PRTF") or (row and not _beside(view, end, token.start)):
            break
        row.append(token)
        end = token.end
    row = [token for token in row if likeness.content(token, "ru")]
    alike = [token for token in row if any(likeness.words(token.text, word, "ru") >= 0.75 for word in missing)]
    spoken = rendering.more(occurrence, source, form, inside, row)
    again = [token for token in row if token in alike or token in spoken]
    if not again:
        return candidate
    last = again[-1]
    upto = row[: row.index(last) + 1]
    follows = view.after(last.end)
    noun = any(a.pos == "NOUN" for a in analyses(last.text))
    open_ = follows is not None and _genitive(follows) and _beside(view, last.end, follows.start)
    wide = Span(span.start, last.end)
    if alike and 2 * len(again) >= len(upto) and len(again) > 1 and noun and not open_ and view.free(wide):
        return replace(candidate, span=wide, cells=place.own(span.of(view.text)))
    return replace(candidate, repair=False)


def _genitive(token: Token) -> bool:
    return token.is_word and any(a.case == "gen" for a in analyses(token.text)[:1])


def _owned(candidate: Candidate, view: View) -> Candidate:
    """Only to be shown, with the person's noun before it, where an office is asked for and it is a thing:
    «[руководитель] аппарата правительства»."""
    inside = [token.text for token in _inside(candidate.span, view)]
    before = view.before(candidate.span.start)
    if _person(inside) or len(inside) < 2:
        return candidate
    head = before is not None and _beside(view, before.end, candidate.span.start) and _person([before.text])
    wide = Span(before.start, candidate.span.end) if before is not None and head else candidate.span
    return replace(candidate, span=wide if view.free(wide) else candidate.span, repair=False)


def _person(words: Sequence[str]) -> bool:
    """Is the first word that is mostly a noun one of a person? A lone adjective may be one («управляющий»)."""
    for at, word in enumerate(words):
        readings = analyses(word)
        nouns = [a for a in readings if a.pos == "NOUN"]
        agrees = at + 1 < len(words) and any(
            a.pos in tree.ADJECTIVAL and a.case == n.case and a.number == n.number
            and (n.number == "pl" or a.gender == n.gender)
            for a in readings for n in analyses(words[at + 1]) if n.pos == "NOUN"
        )  # fmt: skip
        if not at and not agrees and not nouns and readings[0].pos == "PRTF":
            return True  # «управляющий делами»
        if agrees or not (nouns or readings[0].pos in tree.ADJECTIVAL):
            continue
        if nouns:
            return nouns[0].animate or (readings[0].pos != "NOUN" and any(a.animate for a in nouns))
    return False


def _joined(candidate: Candidate, official: Sequence[str], view: View) -> bool:
    """Does a conjunct of the candidate's last noun, which is no head, stand behind it («управления партией [и
    страной]»), or one of its first adjective before it («[социального и] экономического строя»)?"""
    inside = _inside(candidate.span, view)
    if len(inside) < 2:
        return False
    return _joined_behind(candidate, inside, official, view) or _joined_before(candidate, inside, official, view)


def _cases(token: Token, parts: tuple[str, ...] = ("NOUN",)) -> frozenset[str]:
    return frozenset("prp" if case == "loc" else case for case in tree.cases_of(token, parts))


def _joined_behind(candidate: Candidate, inside: Sequence[Token], official: Sequence[str], view: View) -> bool:
    nouns = [token for token in inside if analyses(token.text)[0].pos == "NOUN"]
    row = [token for token in view.tokens if token.start >= candidate.span.end][:5]
    if len(nouns) < 2 or nouns[-1] is not inside[-1] or not row or fold(row[0].text) not in _JOINTS:
        return False
    if lemmas(official[-1]) & lemmas(inside[-1].text):
        return False
    aside = (*tree.ADJECTIVAL, "ADVB")
    other = next((t for t in row[1:] if not (t.is_word and analyses(t.text)[0].pos in aside)), None)
    if other is None or not other.is_word or analyses(other.text)[0].pos != "NOUN":
        return False
    theirs = _cases(other)
    if not theirs & _cases(nouns[-1]):
        return False
    if not theirs & _cases(nouns[0]):
        return True
    return row[0].text != "," and _hung(view.text, other.start) in {token.start for token in nouns[1:]}


def _hung(text: str, at: int) -> int:
    """Where the word begins that the tree joins the word at `at` to; -1 where it joins it to none."""
    from pipeline.languages.russian.syntax import parse

    for sentence in parse(text):
        if sentence.start <= at < sentence.end:
            token = next((token for token in sentence.tokens if token.start == at), None)
            if token is None or token.rel != "conj" or token.head < 0:
                return -1
            return sentence.tokens[token.head].start
    return -1


def _joined_before(candidate: Candidate, inside: Sequence[Token], official: Sequence[str], view: View) -> bool:
    before = [token for token in view.tokens if token.end <= candidate.span.start][-2:]
    if len(before) < 2 or fold(before[1].text) not in ("и", "или") or not before[0].is_word:
        return False
    if analyses(inside[0].text)[0].pos not in tree.ADJECTIVAL or analyses(official[0])[0].pos in tree.ADJECTIVAL:
        return False
    first = analyses(before[0].text)[0]
    same = _cases(before[0], ("ADJF", "PRTF")) & _cases(inside[0], ("ADJF", "PRTF"))
    return first.pos in tree.ADJECTIVAL and bool(same)
