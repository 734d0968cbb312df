"""Where a missing term went in the target: all candidates, each asked whether it may be replaced or only be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.enforce import (
    abroad,
    akin,
    aligned,
    bridge,
    candidates,
    channel,
    chinese,
    collective,
    cues,
    edges,
    english,
    english_rows,
    gendered,
    hanging,
    heard,
    homograph,
    likeness,
    literal,
    otherwise,
    owned,
    people,
    plain,
    pointed,
    pointed_names,
    pronouns,
    quoted,
    rendering,
    residual,
    russian,
    synonyms,
    whole,
    within,
)
from pipeline.enforce.candidates import Candidate, Links
from pipeline.enforce.result import Ground, Repair
from pipeline.enforce.view import View
from pipeline.glossary.english_forms import bare
from pipeline.languages.chinese import is_han
from pipeline.languages.russian.analyse import lemma
from pipeline.model import Form, Lang, Occurrence, Span, Term

_READ = 0.72 + 0.08 * pointed.WHOLLY  # score of words that a model surely takes for a term
_SHORT_ZH = 4  # characters of a body's short name
_NEARER = 0.15  # cosine by which words are another's, to which they are nearer than to the term
_ABBREVIATED = 7  # letters of an abbreviation
_EMPTY_ZH = frozenset("的之与和及在了着过地得等对于把被将从由向往以为因而则也都就且或")


class Search:
    """Candidates for the occurrences of a source in one target, each occurrence looked up once.

    `choices`: for an occurrence's term the terms that may stand for it; `view`: the target with what must stay;
    `official`: is a text the official form of any term or formula of the glossary? `ears`: tell which
    words of the source those of the target answer, and how likely texts are as translations (see Enforcer).
    """

    def __init__(
        self,
        occurrences: Sequence[Occurrence],
        choices: Mapping[str, Sequence[Term]],
        source: tuple[str, Lang],
        view: View,
        links: Links,
        official: Callable[[str], bool],
        ears: tuple[pointed.Reader | None, channel.Weigher | None] = (None, None),
    ) -> None:
        self.occurrences, self.choices, self.view, self.links = occurrences, choices, view, links
        self.text, self.source = source
        self.target = view.lang
        self.official = official
        self.ears = ears
        self._kept: dict[int, tuple[Candidate, ...]] = {}

    def unlinked(self) -> Search:
        """The same search without the engine's links."""
        langs = (self.text, self.source)
        return Search(self.occurrences, self.choices, langs, self.view, (), self.official, self.ears)

    def of(self, index: int) -> tuple[Candidate, ...]:
        """Candidates for the occurrence of that index, those that may be replaced first, then the surest."""
        if index not in self._kept:
            self._kept[index] = tuple(self._found(self.occurrences[index]))
        return self._kept[index]

    def form(self, term: Term, candidate: Candidate) -> Form:
        """The preferred form; of a name, or where the words of another variant stand there, that variant."""
        chosen = self._variant(term, candidate)
        if self.target == "ru" and term.kind == "slogan" and not candidate.same:
            acts = russian.verbal(candidate.span.of(self.view.text))
            alike = (form for form in term.forms["ru"] if russian.verbal(form.text) == acts)
            return chosen if russian.verbal(chosen.text) == acts else next(alike, chosen)
        if term.kind in ("body", "title") and self.text:
            words = candidate.span.of(self.view.text)
            langs = (self.target, self.source)
            return owned.of_the_text(chosen, term.forms[self.target], words, self.text, langs)
        return chosen

    def _variant(self, term: Term, candidate: Candidate) -> Form:
        several = term.forms[self.target]
        short = candidate.span.of(self.view.text)
        if self.target == "ru" and short.isupper() and 1 < len(short) <= _ABBREVIATED:
            candidate = replace(
                candidate, form=next((n for n, f in enumerate(several) if f.text.isupper()), 0), same=True
            )
        if term.kind == "person" and candidate.ground is Ground.WRONG and not candidate.same and self.target != "zh":
            size = short.count(" ")
            return min(several, key=lambda form: abs(form.text.count(" ") - size))
        if self.target == "zh" and term.kind == "body" and len(short) <= _SHORT_ZH and is_han(short):
            return min(several, key=lambda form: len(form.text) > _SHORT_ZH)  # 联储局: 美联储
        other = candidate.same or (self.target == "ru" and candidate.score >= 0.84)
        chosen = several[candidate.form if other and candidate.form < len(several) else 0]
        if self.target == "en" and candidate.same and term.kind == "place":  # «Shanxi»: Shaanxi, not Shaanxi Province
            size = bare(short).count(" ")
            chosen = next((form for form in (chosen, *several) if bare(form.text).count(" ") == size), chosen)
        elif self.target == "en" and candidate.same:  # another spelling of the same name: the preferred one
            size = bare(chosen.text).count(" ")
            chosen = next(
                (form for form in several if bare(form.text).count(" ") == size
                 and likeness.names(bare(form.text), bare(chosen.text)) >= 0.75),
                chosen,
            )  # fmt: skip
        if self.target == "en":  # of «the Netherlands | Netherlands» the one that tells of the article
            return next(form for form in several if bare(form.text) == bare(chosen.text))
        return chosen

    def asked(self, index: int) -> View:
        """The target as it is asked of the occurrence of that index, with what the source tells of its case."""
        if self.target != "ru":
            return self.view
        return self.view.cued(cues.factors(self.text, self.occurrences[index].span, self.source))

    def render(self, index: int, term: Term, form: Form, candidate: Candidate) -> Iterator[Repair]:
        """The repairs that put the form where the candidate for the occurrence of that index stands, the likeliest
        first."""
        candidate = owned.bounded(candidate, form, term.kind, self.view)
        if self.target == "ru":
            for made in russian.repairs(term, form, candidate, self.asked(index)):
                yield collective.mended(pronouns.without_persons(made, self.text), term, form, self.view)
            return
        other = (plain.english if self.target == "en" else plain.chinese)(term, form, candidate, self.view)
        if other is not None:
            yield gendered.mended(other, term, self.occurrences, (self.text, self.source), self.view)

    def _found(self, occurrence: Occurrence) -> list[Candidate]:
        found = candidates.of(occurrence, self.view, self.links)
        if self.source == "zh" and (self.target == "ru" or occurrence.term.kind == "person"):
            text, target = self.view.text, self.target
            found = [c for c in found if not (c.same and people.longer(occurrence, self.text, c.span.of(text), target))]
        forms_ = self.choices[occurrence.term.id][0].forms[self.target]
        found = [replace(c, repair=c.repair and not self._another(occurrence, c)) if c.same else c for c in found]
        found = self._trimmed([self._demoted(occurrence, candidate, forms_) for candidate in found], forms_)
        if self.text and not any(candidate.repair for candidate in found):
            langs = (self.source, self.target)
            found += aligned.candidates(occurrence, self.text, langs, self.view, forms_)
            found += [*literal.candidates(occurrence, self.view, forms_), *literal.names(occurrence, self.view)]
            found += quoted.candidates(occurrence, self.view, forms_)
            found += literal.surnames(occurrence, self.text, self.view, forms_)
            found = [self._demoted(occurrence, candidate, forms_) for candidate in found]
            if not any(candidate.repair for candidate in found):
                spoken = rendering.candidates(occurrence, self.text, self.view, forms_)
                found += [self._demoted(occurrence, candidate, forms_) for candidate in spoken]
                found += self._unlike(occurrence, found)
            found = self._trimmed(found, forms_)
        found = [whole.named(c, occurrence, forms_, self.text, self.view) for c in found]
        read, _ = self.ears
        if self.text and read is not None:
            found = self._pointed(occurrence, found, forms_, read)
            found = [c for c in found if not (c.read or c.same) or not self._longer_name(occurrence, c)]
            found = [whole.named(c, occurrence, forms_, self.text, self.view) if c.read else c for c in found]
        found = [quoted.widened(c, occurrence, self.text, self.view) for c in found]
        found = [candidates.without_mark(c, self.view, forms_) for c in found]
        found = [candidates.without_verb(c, self.view, forms_) for c in found]
        if self.target == "en":
            said = [occurrence.form.text, *(form.text for form in forms_)]
            spans = [c.span if c.same else english_rows.without_kinds(c.span, said, self.view.text) for c in found]
            found = [replace(c, span=span) for c, span in zip(found, spans, strict=True)]
        if self.source == "zh" and (abroad.another(occurrence, self.text) or within.a_firm(occurrence, self.text)):
            found = [c if c.same else replace(c, repair=False) for c in found]
        found = [
            replace(c, repair=False, other_sense=True)
            if c.repair and not c.same and self._homograph(occurrence, c)
            else c
            for c in found
        ]
        found.sort(key=lambda candidate: (not candidate.repair, -candidate.score))
        if self.target == "ru":
            found = [self._whole(occurrence, candidate) for candidate in found]
            found.sort(key=lambda candidate: not candidate.repair)
        return [candidate for candidate in found if self._speaks(candidate)]

    def _longer_name(self, occurrence: Occurrence, candidate: Candidate) -> bool:
        """Is it the name of another person, whose name in the source is longer: 李强国 beside 李强?"""
        if self.source != "zh" or self.target == "zh" or occurrence.term.kind != "person":
            return False
        return people.longer(occurrence, self.text, candidate.span.of(self.view.text), self.target)

    def _homograph(self, occurrence: Occurrence, candidate: Candidate) -> bool:
        return homograph.other_sense(occurrence, self.text, self.source, candidate.span, self.view)

    def _unlike(self, occurrence: Occurrence, found: Sequence[Candidate]) -> Iterator[Candidate]:
        """What is left over for the term, unless what is like it stands elsewhere."""
        forms_, text = self.choices[occurrence.term.id][0].forms[self.target], self.view.text
        one = [c.span for c in found if self.target == "en"]
        if any(english.before_noun(span, form.text, text) for span in one for form in forms_):
            return  # «mineral resource exploration»
        for candidate in residual.candidates(occurrence, self.text, self.view):
            if pointed.is_attribute(candidate.span, forms_, self.view):
                continue  # «Naval vessels»: the term stands as an adjective
            if self.target == "en":
                span = english_rows.behind_adverb(candidate.span, self.text, occurrence.span, text)
                candidate = replace(candidate, span=span)
            own, other = akin.nearest(candidate.span.of(text), self.text, occurrence.span)
            if other >= own + _NEARER:
                candidate = replace(candidate, repair=False)
            if all(candidate.span.overlaps(other.span) for other in found):
                yield self._demoted(occurrence, candidate, forms_)

    def _pointed(
        self, occurrence: Occurrence, found: list[Candidate], wording: Sequence[Form], read: pointed.Reader
    ) -> list[Candidate]:
        """With what a model takes for the term, in place of what is but like the term there, or a part of it."""
        ears = read, self.ears[1]
        if synonyms.bundled(occurrence.term.origin):
            if any(c.repair for c in found):
                return found
            made = list(pointed.candidates(occurrence, self.text, self.view, wording, *ears))
            sure = [c.span for c in made if c.repair]
            return [c for c in found if not any(c.span.overlaps(span) for span in sure)] + made
        links = read(self.text, self.view.text)
        found = [pointed.negated(c, occurrence, self.view, links) for c in found]
        shares = heard.shares([c.span for c in found], occurrence.span, links)
        found = [replace(c, score=c.score + 0.005 * share) for c, share in zip(found, shares, strict=True)]
        if self.target == "zh":
            thing = occurrence.term.kind not in ("person", "place")
            found = [
                edges.put(c, occurrence, self.text, self.view, wording, links) if thing or c.same else c for c in found
            ]
        named = [c for c in found if c.repair and c.same]
        names = list(pointed_names.candidates(occurrence, self.text, self.view, wording, read))
        longer = [c for c in names if any(_inside(n.span, c.span) and n.score < 1 for n in named)]  # «Лула да [Сильва]»
        if named and self.target != "zh" and not longer:
            return found
        wrong = [c for c in found if c.repair and c.ground is Ground.WRONG]
        made = [*pointed.candidates(occurrence, self.text, self.view, wording, *ears), *names]
        made = [edges.put(candidate, occurrence, self.text, self.view, wording, links) for candidate in made]
        for at, candidate in enumerate(made):
            span = candidate.span
            if self.official(span.of(self.view.text)):
                made[at] = replace(candidate, repair=False)
            elif candidate in longer or (
                self.target == "zh" and any(span.start <= c.span.start and c.span.end <= span.end for c in wrong)
            ):
                made[at] = replace(candidate, score=1.1, ground=Ground.WRONG)
            elif wrong:
                return found
        if any(m.repair for m in made):  # what is like the term, but answers other words of the source
            mere = [c for c in found if c.repair and c.score >= 0.75]
            shares = heard.shares([c.span for c in mere], occurrence.span, links)
            mere = [c for c, share in zip(mere, shares, strict=True) if share >= heard.SOME]
            read_ = [m for m in made if m.repair and m.score >= _READ]
            mere = [c for c in mere if not self._left(c) or all(m.span.overlaps(c.span) for m in read_)]
            found = [c for c in found if not c.repair or c.score < 0.75 or c in mere]
            made = [replace(m, repair=m.repair and all(m.span.overlaps(c.span) for c in mere)) for m in made]
        sure = [c.span for c in made if c.repair]
        wider = [m.span for m in made if not m.repair]
        found = [replace(c, repair=c.repair and not any(_within(c, span) for span in wider)) for c in found]
        return [c for c in found if not any(c.span.overlaps(span) for span in sure)] + made

    def _whole(self, occurrence: Occurrence, candidate: Candidate) -> Candidate:
        """The candidate that is but like the term, with a span that tears no phrase."""
        if not candidate.repair or candidate.same or candidate.score >= 0.95 or candidate.read:
            return candidate
        term = self.choices[occurrence.term.id][0]
        return hanging.mended(candidate, occurrence, self.text, self.form(term, candidate), self.view)

    def _left(self, candidate: Candidate) -> bool:
        """Has it but the word tables to speak for it («供水管线» for water hammer)?"""
        return self.target != "ru" and candidate.ground is Ground.TRANSLATED and not candidate.read

    def _another(self, occurrence: Occurrence, candidate: Candidate) -> bool:
        """Is the word taken for a misspelt name the rendering of another word of the source («rim» is no Rome)?"""
        word = candidate.span.of(self.view.text)
        if self.target == "zh" or not self.text or " " in word or "-" in word:
            return False
        span = occurrence.span
        rest = (*bridge.source_words(self.text[: span.start]), *bridge.source_words(self.text[span.end :]))
        own = bridge.source_words(span.of(self.text))
        lang, low = bridge.language_of(self.text), lemma(word) if self.target == "ru" else word.lower()
        said = max((bridge.strength(low, each, self.target, lang) for each in rest), default=0.0)
        return said >= 0.85 and said > max((bridge.strength(low, each, self.target, lang) for each in own), default=0.0)

    def _speaks(self, candidate: Candidate) -> bool:
        """Does the span hold a word that carries meaning? A preposition alone renders no term."""
        span = candidate.span
        if self.target == "zh":
            return any(char.isalnum() and char not in _EMPTY_ZH for char in span.of(self.view.text))
        inside = [token for token in self.view.tokens if token.start < span.end and span.start < token.end]
        return any(likeness.content(token, self.target) for token in inside)

    def _demoted(self, occurrence: Occurrence, candidate: Candidate, wording: Sequence[Form]) -> Candidate:
        """The candidate; only to be shown where it is but like the term and renders also other words of the source."""
        if not candidate.repair or candidate.ground is Ground.WRONG or not self.text:
            return candidate
        if occurrence.term.kind in ("term", "slogan") and self.official(candidate.span.of(self.view.text)):
            return replace(candidate, repair=False)
        words = candidate.span.of(self.view.text)
        if any(sound(occurrence.term, words, self.target) for sound in (synonyms.ordinary, synonyms.admissible)):
            return replace(candidate, repair=False)
        mere = not candidate.same and candidate.score < 0.95
        if mere and otherwise.shown(candidate, occurrence, self.occurrences, self.text, self.view, wording):
            return replace(candidate, repair=False)
        if self.target == "en":
            astray = english.strays(candidate, occurrence, self.text, self.view)
        elif self.target == "zh":
            astray = chinese.strays(candidate, occurrence, self.text, self.view)
        else:
            form = wording[candidate.form if candidate.form < len(wording) else 0]
            candidate = rendering.extended(candidate, occurrence, self.text, self.view, form)
            astray = rendering.strays(candidate, occurrence, self.text, self.view, form)
        return replace(candidate, repair=False) if astray else candidate

    def _trimmed(self, found: Sequence[Candidate], wording: Sequence[Form]) -> list[Candidate]:
        """The candidates; only to be shown where they, or what overlaps them, take in words that are not the term's."""
        words = [form.text for form in wording]
        over = [c.span for c in found if whole.over(c, words, self.view)]
        return [replace(c, repair=c.repair and not any(c.span.overlaps(span) for span in over)) for c in found]


def _inside(inner: Span, outer: Span) -> bool:
    """Is it a part of the other span, not all of it?"""
    return outer.start <= inner.start and inner.end <= outer.end and len(inner) < len(outer)


def _within(candidate: Candidate, span: Span) -> bool:
    """Is a candidate that is merely like the term a part of the span?"""
    return not candidate.same and candidate.ground is not Ground.WRONG and _inside(candidate.span, span)
