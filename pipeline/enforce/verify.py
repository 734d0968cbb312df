"""Which occurrences of the source are there in the target, each with a span of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.enforce import candidates, chinese, nested, shared, whole
from pipeline.enforce.view import View
from pipeline.glossary import english_forms, forms
from pipeline.glossary.fold import key
from pipeline.glossary.forms import Found, Surface
from pipeline.languages.demonyms import belongs
from pipeline.languages.english import is_plural, singular
from pipeline.languages.russian.analyse import Token, analyses, lemmas, tokenise
from pipeline.model import Form, Lang, Occurrence, Span, Term

_GAP = 4  # tokens that may stand between the words of a term


@dataclass(frozen=True, slots=True)
class Claims:
    """found[i]: what the i-th occurrence claims, None where missing; spare: further right renderings, to be kept."""

    found: tuple[Found | None, ...]
    spare: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return (*(found.span for found in self.found if found is not None), *self.spare)

    def without(self, indices: Collection[int]) -> Claims:
        """The same where these occurrences claim nothing, and what they did stays."""
        lost = [found.span for at, found in enumerate(self.found) if found is not None and at in indices]
        found = tuple(None if at in indices else found for at, found in enumerate(self.found))
        return Claims(found, (*self.spare, *lost))


def assign(
    occurrences: Sequence[Occurrence],
    choices: Mapping[str, Sequence[Term]],
    view: View,
    others: nested.Nested | None = None,
) -> Claims:
    """One target span for each occurrence, the longest renderings first; never one span twice.

    `choices`: for an occurrence's term the terms that may stand for it, itself included; `others`: further wordings of
    offices in Russian.
    """
    wanted: dict[str, list[int]] = {}
    for index, occurrence in enumerate(occurrences):
        wanted.setdefault(occurrence.term.id, []).append(index)
    pool: list[tuple[Found, str]] = []
    for owner in wanted:
        for term in choices[owner]:
            there = forms.find(term, view.lang, view.folded, view.text)
            pool += [(found, owner) for found in genuine(term, there, view)]
    pool.sort(key=lambda item: (-len(item[0].span), item[0].span.start, item[0].rank))
    taken: dict[str, list[Found]] = {}
    spans: list[Span] = []
    spare: list[Found] = []
    for found, owner in pool:
        if any(found.span.overlaps(span) for span in spans):
            continue
        if len(taken.get(owner, ())) < len(wanted[owner]):
            taken.setdefault(owner, []).append(found)
            spans.append(found.span)
        else:
            spare.append(found)
    for owner, indexes in wanted.items():
        if len(taken.get(owner, ())) < len(indexes) and view.lang != "zh":
            for term in choices[owner]:
                more = (
                    *inserted(term, view), *held(term, view), *other_number(term, view), *derived(term, view),
                    *shared.found(term, view), *apostrophes(term, view),
                    *(nested.found(term, others, view.folded, view.text) if view.lang == "ru" else ()),
                )  # fmt: skip
                for found in genuine(term, more, view):
                    if len(taken.get(owner, ())) < len(indexes) and not any(
                        _crosses(found.span, span) for span in spans
                    ):
                        taken.setdefault(owner, []).append(found)
                        spans.append(found.span)
    result: list[Found | None] = [None] * len(occurrences)
    for owner, several in taken.items():
        for index, found in zip(wanted[owner], sorted(several, key=lambda item: item.span.start), strict=False):
            result[index] = found
    return Claims(tuple(result), tuple(item.span for item in spare))


def genuine(term: Term, there: Sequence[Found], view: View) -> list[Found]:
    """Those that are no mere part of a form the entry forbids («供应链[条]»), unless an admitted one holds that too."""
    if view.lang == "zh":
        there = [found for found in there if not _torn(found, view)]
    bad = [candidate.span for candidate in candidates.forbidden(term, view)] if term.forbidden.get(view.lang) else []
    bad = [span for span in bad if not any(_holds(found.span, span) for found in there)]
    return [found for found in there if not any(_holds(span, found.span) for span in bad)]


_SHORT = 3  # characters of a Chinese form that may arise by chance over the borders of words


def _torn(found: Found, view: View) -> bool:
    """Does a short Chinese form begin and end inside of words («更[换轨]距»)?"""
    if len(found.form.text) > _SHORT:
        return False
    inner = {0: False, 1: False}
    for part in chinese.pieces(view.folded.text):
        span = view.folded.span(part.start, part.end)
        inner[0] |= span.start < found.span.start < span.end
        inner[1] |= span.start < found.span.end < span.end
    return inner[0] and inner[1]


def _holds(wide: Span, span: Span) -> bool:
    return wide.start <= span.start and span.end <= wide.end


def _crosses(wide: Span, span: Span) -> bool:
    """Do they overlap otherwise than with `span` between the words of `wide`?"""
    return wide.overlaps(span) and not (wide.start < span.start and span.end < wide.end)


def inserted(term: Term, view: View) -> list[Found]:
    """Places where others stand between the term's words («двух — внутреннего и внешнего — рынков»)."""
    if term.kind == "person":
        return list(_with_patronymic(term, view))
    if term.kind == "place":
        return []
    low = forms.low_tokens(view.text)
    there = {word for word, _, _ in low}
    result: list[Found] = []
    for rank, form in enumerate(term.forms.get(view.lang, ())):
        if not forms.likely(form, view.lang, view.folded.text):
            continue
        for surface, row, loose in forms.rows(form.text, form.notes, view.lang, term.kind, term.gender):
            if set(row) <= there:
                for start, end, gaps in forms.scattered(low, row, loose, _GAP):
                    if gaps:
                        result.append(Found(Span(start, end), surface, form, rank, True))
    return result


_PATRONYMIC = {
    "ru": r"[А-ЯЁ][а-яё]+(?:ич|ыч|вич|[чшв]на|ична)(?:[аеуы]|[ео]м|ой)?",
    "en": r"[A-Z][a-z]+(?:vich|yich|ich|vna|ichna)",
}  # fmt: skip


def _with_patronymic(term: Term, view: View) -> Iterator[Found]:
    """A Russian name with its patronymic, which a glossary rarely has: «Денис [Валентинович] Мантуров»."""
    if view.lang == "zh":
        return
    for rank, form in enumerate(term.forms.get(view.lang, ())):
        for surface in forms.surfaces(form.text, form.notes, view.lang, term.kind, term.gender):
            given, _, surname = surface.text.partition(" ")
            if surname and " " not in surname:
                name = rf"(?<!\w){re.escape(given)} {_PATRONYMIC[view.lang]} {re.escape(surname)}(?!\w)"
                yield from (
                    Found(Span(*match.span()), surface, form, rank, True) for match in re.finditer(name, view.text)
                )


def held(term: Term, view: View) -> list[Found]:
    """An office with whose it is put in («посол [России] в Китае»): one to three words in the genitive before its
    preposition, one of them a name."""
    if term.kind != "title" or view.lang != "ru":
        return []
    result: list[Found] = []
    tokens = view.tokens
    for rank, form in enumerate(term.forms.get("ru", ())):
        lead = form.text.split(" ")
        if len(lead) < 3 or analyses(lead[1])[0].pos != "PREP":
            continue
        for surface in forms.surfaces(form.text, form.notes, "ru", term.kind, term.gender):
            head, _, tail = surface.text.partition(" ")
            for at, token in enumerate(tokens):
                if token.text.lower() != head.lower():
                    continue
                for size in (1, 2, 3):
                    inside = tokens[at + 1 : at + 1 + size]
                    if len(inside) < size or not all(
                        each.is_word and any(a.case == "gen" for a in analyses(each.text)) for each in inside
                    ):
                        break
                    end = inside[-1].end + 1 + len(tail)
                    text = view.text[inside[-1].end + 1 : end]
                    whole_word = not view.text[end : end + 1].isalnum()
                    if text == tail and whole_word and any(each.text[:1].isupper() for each in inside):
                        result.append(Found(Span(token.start, end), surface, form, rank, True))
    return result


def other_number(term: Term, view: View) -> list[Found]:
    """The term's own words in the number its entry does not have («главы государств» for глава государства)."""
    if view.lang == "en" and term.kind in ("term", "title"):
        return _one(term, view)
    if view.lang == "en" and term.kind == "slogan":
        return _several(term, view)
    if view.lang != "ru" or term.kind == "person":
        return []
    tokens = [token for token in view.tokens if token.is_word]
    result: list[Found] = []
    for rank, form in enumerate(term.forms.get("ru", ())):
        if not forms.likely(Form(form.text), "ru", view.folded.text):  # without the notes: what declines is free here
            continue
        official = [token.text for token in tokenise(form.text) if token.is_word]
        if not official or any(analyses(word)[0].pos in ("NUMR", "INFN", "VERB", "GRND", "ADJS") for word in official):
            continue
        size = len(official)
        if term.kind == "place" and (size < 2 or any(word[:1].isupper() for word in official[1:])):
            continue
        wanted = [lemmas(word) for word in official]
        heads: frozenset[int] | None = None
        for at in range(len(tokens) - size + 1):
            group = tokens[at : at + size]
            if size == 1 and analyses(group[0].text)[0].pos == "ADVB":
                continue  # «успешно» is no form of успешный
            mine = all(lemmas(token.text) & each for token, each in zip(group, wanted, strict=True))
            if mine and _in_order(group, official):
                span = Span(group[0].start, group[-1].end)
                words = [token.text for token in group]
                heads = _declining(term, form) if heads is None else heads
                if not whole.in_one_form(form.text, heads, words, exact=term.kind == "body"):
                    continue
                if set('«»“”„"') & set(span.of(view.text)) - set(form.text):
                    continue  # quotation marks around a part of it
                surface = Surface(span.of(view.text), "", ("other number",))
                result.append(Found(span, surface, form, rank, True))
    return result


def _one(term: Term, view: View) -> list[Found]:
    """An English entry written in the plural, in the singular («a public security organ» for … organs)."""
    result: list[Found] = []
    for rank, form in enumerate(term.forms.get("en", ())):
        text = english_forms.bare(form.text)
        head = english_forms.head_word(text)
        if text.endswith(" person"):  # its plural is «people», and «persons» in the language of laws
            for span in forms.places(key(f"{text}s", "en"), view.folded, "en"):
                result.append(Found(span, Surface(span.of(view.text), "", ("other number",)), form, rank))
        if " " not in text or not is_plural(head) or head.lower() in english_forms.PLURAL_ONLY or head.isupper():
            continue
        single = re.sub(rf"\b{re.escape(head)}\b", singular(head), text, count=1)
        for span in forms.places(key(single, "en"), view.folded, "en") if single != text else ():
            result.append(Found(span, Surface(span.of(view.text), "", ("other number",)), form, rank))
    return result


def _several(term: Term, view: View) -> list[Found]:
    """A slogan that is an English noun, in the plural («open competition mechanisms»)."""
    result: list[Found] = []
    for rank, form in enumerate(term.forms.get("en", ())):
        text = english_forms.bare(form.text)
        head = english_forms.head_word(text)
        if " " not in text or not text.islower() or is_plural(head) or not english_forms.counted(head):
            continue
        many = english_forms.plural(text)
        for span in forms.places(key(many, "en"), view.folded, "en") if many else ():
            result.append(Found(span, Surface(span.of(view.text), "", ("other number",)), form, rank))
    return result


def _declining(term: Term, form: Form) -> frozenset[int]:
    """Indices of the words of a Russian variant that decline."""
    made = [surface.text for surface in forms.surfaces(form.text, form.notes, "ru", term.kind, term.gender)]
    return whole.declining([[token.text for token in tokenise(each) if token.is_word] for each in made])


_ADJECTIVE = re.compile("[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)$")  # Линьиский выставочный центр


def derived(term: Term, view: View) -> list[Found]:
    """The place in its adjective or inhabitants («чанчуньские предприятия», «Shanghainese»): a right rendering too."""
    if term.kind != "place" or view.lang == "zh":
        return []
    result: list[Found] = []
    for form in term.forms.get(view.lang, ()):
        names = {form.text, *(word for word in form.text.split() if word[:1].isupper() and len(form.text.split()) == 2)}
        for token in view.tokens:
            named = token.text[:1].isupper() and not view.sentence_start(token.start)
            if not token.is_word or (view.lang == "ru" and named and not _ADJECTIVE.search(token.text)):
                continue
            if any(belongs(token.text, name.removeprefix("the "), view.lang) for name in names):
                surface = Surface(token.text, "", ("made from the name",))
                result.append(Found(Span(token.start, token.end), surface, form, 1, True))
    return result


def apostrophes(term: Term, view: View) -> list[Found]:
    """A Chinese name with the apostrophe that parts its syllables, where the entry has none («Tian'anmen»)."""
    if view.lang != "en" or term.kind == "term":
        return []
    result: list[Found] = []
    for rank, form in enumerate(term.forms.get("en", ())):
        name = english_forms.bare(form.text)
        if not re.fullmatch(r"[A-Za-z ]{5,}", name) or "'" not in view.text.replace("’", "'"):
            continue
        parted = re.sub(r"(?<=[a-z])(?=[aoe])", "['’]?", re.escape(name))
        for match in re.finditer(rf"\b{parted}\b", view.text):
            if re.search("['’]", match.group()):
                surface = Surface(match.group(), "", ("with apostrophe",))
                result.append(Found(Span(*match.span()), surface, form, rank, True))
    return result


def _in_order(group: Sequence[Token], official: Sequence[str]) -> bool:
    """Do neighbouring adjectives and nouns of the group that agree in the official form agree, so that it is a form and
    no slip? «Заведующих детскими» need not, as «заведующая детским» does not."""
    for (left, right), own in zip(pairwise([token.text for token in group]), pairwise(official), strict=True):
        if analyses(left)[0].pos in ("ADJF", "PRTF"):
            if not _agreeing(left, right) and _agreeing(*own):
                return False
        elif (
            analyses(left)[0].pos == "NOUN"
            and analyses(right)[0].pos == "NOUN"
            and not any(b.case in ("gen", "ins", "dat") for b in analyses(right))
        ):
            return False
    return True


def _agreeing(left: str, right: str) -> bool:
    """May the first word be an adjective of the second, or is one of them no adjective or noun at all?"""
    ones = [a for a in analyses(left) if a.pos in ("ADJF", "PRTF")]
    twos = [a for a in analyses(right) if a.pos in ("NOUN", "ADJF", "PRTF")]
    return not (ones and twos) or any(
        (a.number == b.number and (a.case == b.case or {a.case, b.case} == {"prp", "loc"}))
        or (a.number == "pl" and b.number == "sg" and b.case == "gen" and a.case in ("gen", "nom"))
        for a in ones
        for b in twos
    )


def admitted(term: Term, lang: Lang, text: str) -> bool:
    """Is `text` as it stands an admitted form?"""
    wanted = key(text, lang)
    return any(surface.key == wanted for _, _, surface in forms.of(term, lang))
