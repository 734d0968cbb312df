"""What a preposition, a verb or a noun right before a Russian term surely refuses: cases that its form cannot be."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.enforce import context, standing, tree
from pipeline.enforce.view import OPENERS, View
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages.russian.analyse import Analysis, Token, analyses, fold, lemmas, tokenise
from pipeline.languages.russian.government import demanded
from pipeline.languages.russian.predicates import predicate_fits
from pipeline.languages.russian.tables import table
from pipeline.model import Span, Term

_VERBAL = ("VERB", "INFN", "GRND", "PRTF", "PRTS")


def clause(view: View, span: Span) -> list[Token]:
    """The words between the marks of punctuation around the span, the span's own aside."""
    before: list[Token] = []
    for token in reversed([token for token in view.tokens if token.end <= span.start]):
        if not token.is_word and token.text not in OPENERS and token.text not in "»”-№%":
            break
        before.insert(0, token)
    after: list[Token] = []
    for token in [token for token in view.tokens if token.start >= span.end]:
        if not token.is_word and token.text not in OPENERS and token.text not in "»”-№%":
            break
        after.append(token)
    return [*before, *after]


def denied(view: View, span: Span) -> bool:
    return any(fold(t.text) in ("не", "нет", "ни", "без", "нельзя") for t in view.tokens if t.end <= span.start)


def after_preposition(
    term: Term, found: Found, view: View, near: context.Demand, cells: frozenset[str]
) -> tuple[str, str]:
    text, span = view.text, found.span
    row = [token for token in view.tokens if token.end <= span.start and token.is_word]
    at = next((n for n in range(len(row) - 1, -1, -1) if fold(row[n].text) in tree.governed("prep")), None)
    if at is None or standing.named(term, found, view):
        return "", ""
    word = fold(row[at].text)
    out = at > 1 and fold(row[at - 2].text) in ("из", "от")
    locative = any(a.case == "loc" for token in tokenise(span.of(text)) for a in analyses(token.text))
    if locative and word in ("в", "во", "на"):
        return "", ""  # «в порту»
    if not cells & set(near.cases):
        return near.cases[0], near.reason
    before = row[at - 1] if at else None
    if word in ("с", "со") and "ins" not in cells:
        far = demanded(text, (span.start, span.end), term.kind, undeclined=True)
        apart = {lemma for token in row[max(0, at - 6) : at] for lemma in lemmas(token.text)} & tree.words("apart")
        if far.ranked == ("ins",) or (term.kind in ("person", "title") and not apart) or _company(row[:at]):
            return "ins", near.reason
    if word in ("в", "во", "на") and before is not None and term.kind in ("place", "body") and "'" not in word:
        known = lemmas(before.text)
        if near.cases[:1] == ("acc",) and "acc" not in cells and (known & tree.words("going") or out):
            return "acc", f"«{before.text} {row[at].text}»"
        if "prp" not in cells and known & tree.words("staying"):
            return "prp", f"«{before.text} {row[at].text}»"
    return "", ""


def _company(row: Sequence[Token]) -> bool:
    """Does a word of meeting or working together stand right before «с», or a place and such a word before it?"""
    return bool(row) and bool(lemmas(row[-1].text) & tree.words("company"))


def source_of(view: View, left: Token) -> bool:
    """«по данным», «по словам», «по информации»: whose?"""
    lead = view.before(left.start)
    return lead is not None and fold(lead.text) in ("по", "согласно") and fold(left.text) in tree.words("source")


def after_verb(
    term: Term, found: Found, view: View, left: Token, near: context.Demand, cells: frozenset[str]
) -> tuple[str, str]:
    """Right behind a verb: its object, its subject, or something in the case that the verb governs."""
    known = lemmas(left.text)
    readings = [a for a in analyses(left.text) if a.pos in ("VERB", "INFN", "GRND")]
    finite = any(a.pos == "VERB" for a in readings)
    allowed = set(near.cases)
    if finite:
        allowed.add("nom")
    doer = view.before(left.start)
    if doer is not None and fold(doer.text) in ("он", "она", "они", "мы") and _transitive_only(readings):
        allowed.discard("nom")
    if cells & allowed or denied(view, found.span) or known & {"быть", "стать", "остаться", "оставаться", "мочь"}:
        return "", ""
    transitive = any("tran" in a.grammemes for a in readings)
    listed = bool(known & (set(table("government", "verb")) | set(tree.governed("verb"))))
    if not transitive and not listed:
        subject = finite and near.reason.startswith("subject") and cells <= {"gen"}
        return ("nom", near.reason) if subject else ("", "")
    if "acc" in cells and transitive and near.strength == 1:
        return "", ""  # «изменял [формулу]»: of two verbs one has an object
    if near.reason.startswith("subject"):  # «провел губернатора», «отметил …»
        alone = cells & {"gen", "dat"} and not cells & {"acc", "ins"} and _all_nominative_missing(view, left, readings)
        alone = alone or ("acc" in cells and transitive and _object_before(view, left, readings))
        return ("nom", near.reason) if alone else ("", "")
    if cells & {"gen"} and known & tree.words("partitive"):
        return "", ""
    if cells <= {"gen"} and not known & tree.words("partitive"):
        return near.cases[0], near.reason
    if cells & {"dat", "ins"}:
        if _object_follows(view, found.span) and not known & tree.words("object"):
            return "", ""
        somebody = term.kind in ("person", "title", "body", "place")
        if somebody and "dat" in cells and not known & tree.words("object") and transitive:
            return "", ""
    return near.cases[0], near.reason


def _transitive_only(readings: Sequence[Analysis]) -> bool:
    return bool(readings) and all("tran" in a.grammemes for a in readings)


def _object_before(view: View, verb: Token, readings: Sequence[Analysis]) -> bool:
    """Does the object begin the sentence right before the verb, of which it cannot be the subject?"""
    noun = view.before(verb.start)
    if noun is None or not noun.is_word or not view.sentence_start(noun.start):
        return False
    several = [a for a in analyses(noun.text) if a.pos == "NOUN"]
    fitting = any(predicate_fits(a, n.number, n.gender) for n in several if n.case == "nom" for a in readings)
    return any(n.case == "acc" for n in several) and not fitting


def _all_nominative_missing(view: View, verb: Token, readings: Sequence[Analysis]) -> bool:
    """Has the clause no word that could be the verb's subject?"""
    for token in clause(view, Span(verb.start, verb.end)):
        for noun in analyses(token.text) if token.is_word else ():
            only = not any(a.case == "acc" for a in analyses(token.text))
            if only and noun.case == "nom" and noun.pos in ("NOUN", "NPRO") and token.end <= verb.start:
                return False
    return True


def _object_follows(view: View, span: Span) -> bool:
    """May an object in the accusative, a clause or an infinitive follow in the sentence?"""
    after = [token for token in view.tokens if token.start >= span.end][:9]
    for at, token in enumerate(after):
        if token.text in ".!?;":
            return False
        if token.text in ",:" and at == 0:
            return True
        if any((a.case == "acc" and a.pos in ("NOUN", "NPRO", "ADJF", "NUMR")) or a.pos == "INFN"
               for a in analyses(token.text) if token.is_word):  # fmt: skip
            return True
        if token.text[:1].isdigit():
            return True
    return False


def after_noun(
    term: Term, found: Found, view: View, left: Token, near: context.Demand, cells: frozenset[str]
) -> tuple[str, str]:
    """Right behind a noun, which mostly has the genitive."""
    text, span = view.text, found.span
    nouns = [a for a in analyses(left.text) if a.pos == "NOUN"]
    known = lemmas(left.text)
    due = {"gen", *near.cases} - {"nom"} if not nouns[0].animate or term.kind != "person" else set(near.cases)
    if cells & due or known & tree.words("time") or (left.text[:1].isupper() and not view.sentence_start(left.start)):
        return "", ""
    named = standing.named(term, found, view)
    if named and view.sentence_start(left.start) and term.kind != "place":
        named = bool(known & (tree.words("generic") | tree.words("named")))
    if "nom" in cells and (named or text[span.start : span.start + 1] in OPENERS):
        return "", ""
    if named or (term.kind == "title" and nouns[0].animate):
        return "", ""
    if term.kind == "person" and (nouns[0].animate or (near.strength == 1 or f"«{left.text}»" not in near.reason)):
        return "", ""
    if "ins" in cells and known & tree.words("with_ins"):
        return "", ""
    if "nom" in cells and term.kind in ("person", "title") and _several(view, span):
        return "", ""
    oblique = all(a.case not in ("nom", "acc") for a in nouns)
    if "nom" in cells and oblique and near.cases[0] == "nom" and near.reason.startswith("subject"):
        return "", ""  # «В статье [всеобщая зажиточность] описывается …»
    if "acc" in cells and all(a.case == "dat" for a in nouns) and _gives(view, left):
        return "", ""  # «представить заказчику [гарантию исполнения контракта]»
    far = demanded(text, (span.start, span.end), term.kind, undeclined=True)
    reason = f"after «{left.text}»"
    if far.sure and far.ranked and len(far.ranked) < len(tree.NAMES) and not cells & set(far.ranked):
        return next((case for case in (*near.cases, "gen") if case in far.ranked), far.ranked[0]), reason
    words = clause(view, span)
    verbs = [
        (token, a)
        for token in words
        if token.is_word
        for a in analyses(token.text)[:2]
        if a.pos in _VERBAL or (a.pos in ("ADJS", "PRED", "COMP"))
    ]
    transitive = [token for token, a in verbs if "tran" in a.grammemes and a.pos != "PRTS"]
    if "nom" in cells:
        return ("gen", reason) if _two_nominatives(term, found, view, left) else ("", "")
    if "acc" in cells:
        served = _object_of(view, left, transitive)
        return ("gen", reason) if not transitive or served else ("", "")
    if "ins" in cells:
        agent = term.kind in ("person", "body", "place", "title") and tree.of_action(left.text)
        agent = agent and not known & tree.words("no_agent")
        free = all(a.pos in ("ADJS", "PRED") or ("intr" in a.grammemes and "perf" in a.grammemes) for _, a in verbs)
        served = term.kind in ("term", "slogan") and _object_of(view, left, transitive) and tree.of_action(left.text)
        return ("gen", reason) if not agent and (not verbs or free or served) else ("", "")
    if "dat" in cells and nouns[0].animate and term.kind == "body":
        giving = any(lemmas(token.text) & tree.words("giving") for token in words if token.is_word)
        return ("gen", reason) if not giving else ("", "")
    if "dat" in cells and not known & tree.words("to_whom"):
        return ("gen", reason) if not transitive and all(a.pos in ("ADJS", "INFN") for _, a in verbs) else ("", "")
    return "", ""


def _gives(view: View, left: Token) -> bool:
    """Does a transitive verb stand right before the word, which tells to whom?"""
    verb = view.before(left.start)
    return verb is not None and any(a.pos in _VERBAL and "tran" in a.grammemes for a in analyses(verb.text)[:1])


def _object_of(view: View, noun: Token, transitive: Sequence[Token]) -> bool:
    """Is the noun the object of a transitive verb right before it, adjectives aside?"""
    at = view.before(noun.start)
    while at is not None and at.is_word and analyses(at.text)[0].pos in tree.ADJECTIVAL:
        at = view.before(at.start)
    return at is not None and at in transitive


def _two_nominatives(term: Term, found: Found, view: View, left: Token) -> bool:
    """Does a noun in the nominative begin the sentence, with the term in the nominative right behind and a predicate,
    if any, that fits the noun alone («Выступление Ши Юйган было …»)?"""
    start, first = left.start, view.before(left.start)
    while first is not None and first.is_word and analyses(first.text)[0].pos in tree.ADJECTIVAL:
        start, first = first.start, view.before(first.start)
    nominative = [a for a in analyses(left.text) if a.pos == "NOUN" and a.case == "nom"]
    if not view.sentence_start(start) or not nominative:
        return False
    if any(token.text in ("—", "–") for token in view.tokens):
        after = view.after(found.span.end)
        return after is not None and after.text in ("—", "–")
    made = forms.russian(found.form, term.kind, term.gender)
    verbs = [
        [a for a in analyses(token.text) if a.pos in ("VERB", "PRTS")]
        for token in view.tokens
        if token.is_word and token.start >= found.span.end and analyses(token.text)[0].pos in ("VERB", "PRTS")
    ]
    if not verbs:
        return True
    mine = any(predicate_fits(a, made.number, made.gender) for a in verbs[0])
    return not mine and any(predicate_fits(a, n.number, n.gender) for a in verbs[0] for n in nominative)


def _several(view: View, span: Span) -> bool:
    """Does a plural predicate stand in the clause and «и» behind the term, so that it is one of several subjects?"""
    row = clause(view, span)
    plural = any(a.pos in ("VERB", "PRTS") and a.number == "pl" for token in row for a in analyses(token.text)[:1])
    return plural and any(fold(token.text) in ("и", ",") for token in view.tokens if token.start >= span.end)
