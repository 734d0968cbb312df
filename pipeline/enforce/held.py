"""Which cells the words that stand for a Russian term held: by their own form, what agrees with it, what it names."""

from __future__ import annotations

import re

from pipeline.enforce import place
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.view import CLOSERS, OPENERS, View
from pipeline.glossary import english_forms, forms
from pipeline.languages.english import is_plural
from pipeline.languages.russian import mass
from pipeline.languages.russian.analyse import Token, analyses, lemmas, tokenise
from pipeline.languages.russian.paradigm import Paradigm, paradigm
from pipeline.languages.russian.tables import table
from pipeline.model import Span, Term


def cells(candidate: Candidate, term: Term, made: Paradigm, view: View) -> tuple[str, ...]:
    """The cells ("gen", "acc.pl" ...) that the term may take; () where only the place can tell."""
    found = candidate.cells
    if not found and candidate.inflects:
        found = place.own(candidate.span.of(view.text), made.animate if term.kind in ("title", "term") else None)
        found = ("nom",) if _acts(found, candidate.span, view) else found
    found = _counted(_agreeing(found, candidate.span, view), candidate, view)
    if named(candidate.span, view) and (not found or "nom" in found):
        return ("nom",)
    if _no_name(candidate.span.of(view.text)) and _bearer(candidate.span, view):
        return ("nom",)
    uncounted = not place.counted(view.text, candidate.span)
    if found == ("gen",) and candidate.base and not uncounted and paradigm(candidate.base, "", "term").number == "pl":
        return ("gen.pl",)  # «пять новых [яслей]»
    several = _always_plural(candidate.span.of(view.text)) or _listed(term, made) or _titled(made, term.kind)
    if found and uncounted and (several or _mass(term, made)):
        return tuple(dict.fromkeys(cell.removesuffix(".pl") for cell in found))
    return found


def _counted(found: tuple[str, ...], candidate: Candidate, view: View) -> tuple[str, ...]:
    """The form that two, three and four count, where a genitive singular stands behind («три [приказа о казни]»,
    «две новые [швартовки]»)."""
    if "gen" not in found or not set(found) <= {"gen", "acc", "nom.pl", "acc.pl"}:
        return found
    return (forms.PAUCAL,) if place.few_before(view.text, candidate.span) else found


def _acts(found: tuple[str, ...], span: Span, view: View) -> bool:
    """Is it a single word, read as an oblique form of one noun, that is the nominative of another with which the verb
    agrees («[синтетика] подорожала»: of синтетика, not of синтетик)?"""
    word = span.of(view.text)
    if not found or " " in word or {"nom", "nom.pl"} & set(found):
        return False
    other = any(a.pos == "NOUN" and a.case == "nom" and a.number == "sg" and a.known for a in analyses(word))
    return other and place.has_predicate(view.text, span)


def _no_name(text: str) -> bool:
    """Does the phrase begin with a verb or a small word («Не оставляй никого вне сети»)?"""
    first = next((token.text for token in tokenise(text) if token.is_word), "")
    return not first or analyses(first)[0].pos not in ("NOUN", "ADJF", "PRTF", "NUMR", "NPRO")


def named(span: Span, view: View) -> bool:
    """Is it a name in quotation marks right behind the word for what bears it (акции «[Зеленая тропа]»)?"""
    bearer = _bearer(span, view)
    return bearer is not None and not lemmas(bearer.text).isdisjoint(table("words", "bearing"))


def _bearer(span: Span, view: View) -> Token | None:
    """The noun right before the quotation marks that hold just the span; None for none."""
    text, start = view.text, span.start
    if text[start] not in OPENERS or text[span.end - 1] not in CLOSERS:  # without the marks
        start -= 1
        if text[max(0, start) : span.start] not in OPENERS or text[span.end : span.end + 1] not in CLOSERS:
            return None
    before = next((token for token in reversed(view.tokens) if token.end <= start), None)
    return before if before is not None and before.is_word and analyses(before.text)[0].pos == "NOUN" else None


_DOCUMENT = re.compile(r"(?:Положение|Закон|Регламент|Кодекс|Устав|Порядок)\b[^«]* (?:о|об|по) ")


def _titled(made: Paradigm, kind: str) -> bool:
    """Is it the title of something in the singular: in quotation marks («„Положение о …“», for «Правила о …»), a
    document by what it is about («Положение об охране деревьев»), or the name of one thing in several words
    («Партнерство БРИКС по вопросам новой промышленной революции»)?"""
    text = made.text
    if made.number == "sg" and _DOCUMENT.match(text):
        return True
    if made.number == "sg" and kind in ("term", "slogan") and re.match(r"[А-ЯЁ][а-яё]+(?: \S+){2}", text):
        return True
    return made.number == "sg" and text[0] in OPENERS and text[-1] in CLOSERS and text[1].isupper()


_AS_ONE = frozenset(("отношение", "взаимоотношение"))  # «партнерские отношения» are one partnership


def _always_plural(text: str) -> bool:
    """Is the head of what stood there a noun without a singular («по стальным [саням]»), so that its number tells
    nothing?"""
    for token in tokenise(text):
        nouns = [a for a in analyses(token.text) if a.pos == "NOUN"] if token.is_word else []
        if nouns and not any(a.pos in ("ADJF", "PRTF") for a in analyses(token.text)[:1]):
            if all(a.number == "pl" for a in nouns) and not lemmas(token.text).isdisjoint(_AS_ONE):
                return True
            return all(a.known and "Pltm" in a.grammemes for a in nouns if "Name" not in a.grammemes)
    return False


def _agreeing(cells: tuple[str, ...], span: Span, view: View) -> tuple[str, ...]:
    """The cells of a word; where the adjective right before can be none of them, those of the word's other readings
    that it can be («трехкилометровую [скачку]»: of скачка, not of скачок)."""
    left, word = view.before(span.start), span.of(view.text)
    if not cells or " " in word or left is None or view.text[left.end : span.start] != " ":
        return cells
    readings = analyses(left.text)
    if any(a.pos not in ("ADJF", "PRTF") for a in readings[:2]):
        return cells
    fitting = {(a.case, a.number) for a in readings}
    if {cell.partition(".")[0] for cell in cells} & {case for case, _ in fitting}:
        return cells
    own = (a for a in analyses(word) if a.pos == "NOUN" and (a.case, a.number) in fitting)
    return tuple(a.case + (".pl" if a.number == "pl" else "") for a in own) or cells


def _listed(term: Term, made: Paradigm) -> bool:
    """Is the head of the term a noun that has no plural in the sense that its attributes tell («подвижной состав»)?"""
    words = [token.text for token in tokenise(made.text)]
    known = term.kind == "term" and made.number == "sg" and made.head < len(words)
    return known and mass.listed(words[made.head], words[: made.head])


def _mass(term: Term, made: Paradigm) -> bool:
    """Is the term a singular that stands for several things («погребальный инвентарь» for grave goods), or hardly ever
    in the plural («топливо»)?"""
    several = [english_forms.bare(form.text) for form in term.forms.get("en", ())]
    head = tokenise(made.text)[made.head].text if made.head < len(tokenise(made.text)) else ""
    if head.endswith("изм") and not head.endswith("анизм"):  # туризм, but механизм
        return True
    if term.kind != "term" or made.number != "sg":
        return False
    plural = any(is_plural(english_forms.head_word(e)) for e in several)
    return mass.uncounted(head) or (plural and not mass.counted(head))
