"""The last look at Russian terms: can each stand where it stands in one of the cases its form can be?

Nothing here changes the target. What the surroundings surely refuse is told; where they cannot decide, nothing is.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.enforce import context, governed, held, pieces, place, standing, tree
from pipeline.enforce.misspelt import only_led
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold, lemmas
from pipeline.languages.russian.predicates import predicate_fits
from pipeline.model import Span, Term

Row = Sequence[tuple[Term, Found]]


def cells_of(found: Found) -> frozenset[str]:
    """The cases that the form can be, whatever its number; empty where nobody can tell."""
    cells = found.surface.cells
    if "other number" in cells:
        cells = place.own(found.surface.text)
    if "paucal.pl" in cells and len(cells) == 1:
        return frozenset()
    return frozenset(cell.partition(".")[0].replace("loc", "prp") for cell in cells) & frozenset(tree.NAMES)


def misplaced(term: Term, found: Found, view: View, others: Row = ()) -> tuple[str, str]:
    """(case due, why) where the surroundings admit none of the cases that the term's form can be; else ("", "").

    `others`: all terms found in the target, this one among them.
    """
    cells = cells_of(found)
    text, span = view.text, found.span
    if not cells or (found.inserted and "other number" not in found.surface.cells):
        return "", ""
    made = forms.russian(found.form, term.kind, term.gender)
    if made.indeclinable or standing.adjective(found) or pieces.goes_on(text, span, term.kind):
        return "", ""
    if "nom" in cells and held.named(span, view):
        return "", ""
    left = view.before(span.start)
    if left is None:
        return _subject(term, found, view, cells, others)
    if place.is_few(left) and "gen" in cells:
        return "", ""  # «на 22 снегохода»
    if text[left.end : span.start].strip(" \u00a0") or text[left.end : span.start] == "":
        return "", ""
    joined = _joined(found, view, cells, others)
    if joined:
        return joined, "joined to the term before it"
    near = context.demand(text, span, term.kind)
    if near.strength == 3:
        return governed.after_preposition(term, found, view, near, cells)
    if near.strength == 2 and standing.of_an_adjective(left, found, view):
        return "", ""
    if not left.is_word:
        return _subject(term, found, view, cells, others) if left.text in ".!?;:…" else ("", "")
    if fold(left.text) in ("что", "чтобы", "если", "когда", "где", "поскольку"):
        return _subject(term, found, view, cells, others)
    if fold(left.text) == "и" and "nom" not in cells:
        return _second_subject(found, view, left)
    if fold(left.text) in ("и", "или", "а", "но", "также", "как", "чем"):
        return "", ""
    if term.kind == "title" and lemmas(left.text) & tree.words("office"):
        subject = "nom" in cells and _verb_near(view, span.end)
        return ("gen", near.reason) if "gen" not in cells and not subject else ("", "")
    if standing.after_set_phrase(view, found) or governed.source_of(view, left):
        return ("gen", near.reason) if "gen" not in cells else ("", "")
    first = analyses(left.text)[0]
    if (
        cells == {"prp"}
        and not standing.named(term, found, view)
        and near.cases != ("prp",)
        and first.known
        and first.pos in ("NOUN", "VERB", "INFN")
    ):
        return near.cases[0], "no preposition before it"
    if fold(left.text) == "числе":
        return "", ""
    if first.pos in ("VERB", "INFN", "GRND") and not any(a.pos == "NOUN" for a in analyses(left.text)):
        return governed.after_verb(term, found, view, left, near, cells)
    appointed = first.pos == "PRTS" and lemmas(left.text) & tree.words("appoint") and term.kind == "title"
    if appointed and "ins" not in cells:
        return "ins", near.reason
    if first.pos == "NOUN" and (first.known or "-" in left.text):
        return governed.after_noun(term, found, view, left, near, cells)
    return "", ""


def _joined(found: Found, view: View, cells: frozenset[str], others: Row) -> str:
    """The case of the term that «и» or its title joins to this one, where they share none; else ""."""
    text, span = view.text, found.span
    for other, it in others:
        between = text[it.span.end : span.start]
        if it.span.end > span.start or between not in (" и ", " "):
            continue
        theirs = cells_of(it)
        if not theirs or theirs & cells or it.inserted or standing.adjective(it):
            continue
        if between == " " and (other.kind != "title" or not _owner_is_person(others, span)):
            continue
        if between == " " and cells & set(context.demand(text, span, "person").cases):
            continue  # «помощник управляющего делами [Сунь Лэй]»: with the first or with the second
        if between == " и " and "nom" in cells and _verb_near(view, span.end):
            continue  # a new clause or another subject begins
        if between == " " and "nom" in cells and _acts(found, view):
            continue  # «На встрече с мэром [Ши Юйган] заявил»
        return next((case for case in tree.NAMES if case in theirs), "")
    return ""


def _acts(found: Found, view: View) -> bool:
    """Does a predicate right behind the person's name fit it?"""
    verb = _verb_after(view, found.span.end)
    readings = [a for a in analyses(verb.text) if a.pos in ("VERB", "PRTS")] if verb is not None else []
    made = forms.russian(found.form, "person")
    return any(predicate_fits(a, "sg", gender) for a in readings for gender in {made.gender or "m", "m"})


def _owner_is_person(others: Row, span: Span) -> bool:
    return any(term.kind == "person" and found.span == span for term, found in others)


def _verb_after(view: View, at: int) -> Token | None:
    """The finite verb or short participle that follows at once, adverbs and particles aside."""
    for token in [token for token in view.tokens if token.start >= at][:4]:
        if token.text in "»”\"'":
            continue
        if not token.is_word:
            return None
        pos = {a.pos for a in analyses(token.text)}
        if analyses(token.text)[0].pos in ("VERB", "PRTS"):
            return token
        if not pos & {"ADVB", "PRCL"}:
            return None
    return None


def _verb_near(view: View, at: int) -> bool:
    after = [token for token in view.tokens if token.start >= at][:8]
    return any(a.pos in ("VERB", "PRTS") for token in after if token.is_word for a in analyses(token.text))


def _second_subject(found: Found, view: View, left: Token) -> tuple[str, str]:
    """Of «США и [Великобритании] подписали»: the first member begins the sentence, a plural predicate follows."""
    one = view.before(left.start)
    verb = _verb_after(view, found.span.end)
    if one is None or verb is None or not view.sentence_start(one.start):
        return "", ""
    nominative = any(a.case == "nom" for a in analyses(one.text)) or not analyses(one.text)[0].known
    readings = [a for a in analyses(verb.text) if a.pos in ("VERB", "PRTS")]
    if not nominative or any(a.number != "pl" for a in readings) or _other_subject(view, verb, readings):
        return "", ""
    return "nom", f"subject of «{verb.text}»"


def _subject(term: Term, found: Found, view: View, cells: frozenset[str], others: Row) -> tuple[str, str]:
    """Of a term that begins the clause before a predicate of its gender and number without any other subject."""
    nothing = "", ""
    if "nom" in cells:
        return nothing
    end = found.span.end
    name = next((o.span for t, o in others if t.kind == "person" and view.text[end : o.span.start] == " "), None)
    if term.kind == "title":
        while name is None and (token := view.after(end)) is not None and token.text[:1].isupper():
            end = token.end
        end = name.end if name is not None else end
    verb = _verb_after(view, end)
    if verb is None:
        return nothing
    readings = [a for a in analyses(verb.text) if a.pos in ("VERB", "PRTS")]
    made = forms.russian(found.form, term.kind, term.gender)
    genders = ("m", "f") if term.kind == "title" else (made.gender,)
    if lemmas(verb.text) & tree.words("impersonal") or any({"Impr", "impr"} & a.grammemes for a in readings):
        return nothing
    if not any(a.number == made.number and predicate_fits(a, made.number, g) for a in readings for g in genders):
        return nothing
    neuter = all(a.gender == "n" for a in readings)
    if neuter and cells & {"dat", "ins"} and not any("tran" in a.grammemes and a.pos == "VERB" for a in readings):
        return nothing
    gen_only = cells <= {"gen"} and not governed.denied(view, Span(verb.end + 1, verb.end + 1))
    if not gen_only and _other_subject(view, verb, readings):
        return nothing
    return "nom", f"subject of «{verb.text}»"


def _other_subject(view: View, verb: Token, readings: Sequence[Analysis]) -> bool:
    for token in governed.clause(view, Span(verb.start, verb.end)):
        if token.end <= verb.start or not token.is_word:
            continue
        lead = view.before(token.start)
        if lead is not None and fold(lead.text) in tree.governed("prep"):
            continue
        if token.text[:1].isupper() and not analyses(token.text)[0].known:
            return True
        for noun in analyses(token.text):
            nominal = noun.case == "nom" and noun.pos in ("NOUN", "NPRO", "NUMR", "ADJF")
            if nominal and any(predicate_fits(a, noun.number or a.number, noun.gender) for a in readings):
                return True
    return False


def manly(term: Term, found: Found, view: View, others: Row) -> str:
    """The masculine past tense right behind the name of a woman that is the subject; else ""."""
    verb = _verb_after(view, found.span.end)
    if term.kind != "person" or term.gender != "f" or verb is None:
        return ""
    if any(a.gender != "m" or a.number != "sg" for a in analyses(verb.text)):
        return ""
    text, span = view.text, found.span
    titled = any(
        other.kind == "title" and "nom" in cells_of(it) and text[it.span.end : span.start] == " "
        for other, it in others
    )
    return verb.text if titled or view.sentence_start(span.start) or only_led(span, view) else ""
