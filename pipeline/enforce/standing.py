"""A right term in a wrong case, and whether a change may stand."""

from __future__ import annotations

import re

from pipeline.enforce import apposed, context, due, expects, people, pieces, place, russian, subject, tree, trial
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Repair, by_agreement
from pipeline.enforce.view import OPENERS, STOPS, View, closed
from pipeline.glossary import forms
from pipeline.glossary.forms import Found
from pipeline.languages.russian.analyse import Token, analyses, fold, lemmas, tokenise
from pipeline.languages.russian.clauses import object_possible
from pipeline.languages.russian.government import demanded
from pipeline.languages.russian.reagreement import reagree
from pipeline.languages.russian.spans import sentence_of
from pipeline.languages.russian.tables import table
from pipeline.model import Edit, Lang, Span, Term


def acceptable(before: str, after: str, lang: Lang) -> bool:
    """Does the change add no agreement error?"""
    if lang != "ru":
        return True
    from pipeline.languages.russian.agreement import errors

    made = sum(error.sure for error in errors(after))
    return not made or made <= sum(error.sure for error in errors(before))


def repeats(text: str, made: Edit, after: str, lang: Lang) -> bool:
    """Does what the repair put in say again what stands right behind or before it («совместного строительства … и
    совместного строительства», «Главного Главного управления»)? Then only a part of the wrong rendering was replaced.

    `text` is the target before the repair, `after` what it put in.
    """
    if lang == "zh":
        return False

    def bases(part: str) -> list[frozenset[str]]:
        tokens = [token.text for token in tokenise(part) if token.is_word and len(token.text) > 3]
        return [lemmas(word) if lang == "ru" else frozenset((word.lower(),)) for word in tokens]

    inside = bases(after)
    if not inside:
        return False
    known = frozenset().union(*inside).difference(*bases(made.before))
    behind = re.split(r"[.!?;:()—–]", text[made.end : made.end + 80])[0]
    row = [bool(each & known) for each in bases(behind)[:3]]
    before = bases(text[max(0, made.start - 40) : made.start])[-1:]
    beside = row[:1] == [True] and re.match(r"[ \u00a0]\w{4}", text[made.end :]) is not None
    replaced = bases(made.before)
    doubled = text[: made.start].endswith((" ", "\u00a0")) and bool(before) and bool(before[0] & inside[0])
    doubled = doubled and (bool(before[0] & known) or not (replaced and before[0] & replaced[0]))
    if _said_before(text[: made.start], made.before, after):
        return True
    phrase = re.split(r",| и ", behind)[0]
    rest = sum(bool(each & known) for each in bases(phrase)[:6])
    return len(inside) > 1 and (sum(row) > ("," not in after) or rest > 1 or beside or doubled)


def _said_before(left: str, before: str, after: str) -> bool:
    """Does the word before say what the form begins with, and what stood there did not («построению способствовать
    построению», «развивать развитие», "the development of upholding and developing")?"""
    words = [token.text for token in tokenise(left[-60:]) if token.is_word and len(token.text) > 4]
    if not words or not re.search(r"\w{5,}(?: of)?(?: the)?[ \u00a0]$", left):
        return False
    last = fold(words[-1])
    old = [fold(token.text) for token in tokenise(before)]
    for at, token in enumerate([token for token in tokenise(after) if token.is_word][:3]):
        word, size = fold(token.text), 7 if at else 5
        same = len(word) > size and len(last) > size and word[:size] == last[:size]
        if same and not any(each[:size] == last[:size] for each in old):
            return True
    return False


def recase(term: Term, found: Found, view: View) -> Repair | None:
    """The repair of a term left in its dictionary form where the place surely asks for another case; else None.

    Both readings of the place, by neighbours and by tree, must ask for it, and no nominative may be possible there. A
    name after the generic word that it names («город Чанчунь», «инициатива „Пояс и путь“») stays as it is.
    """
    text, span = view.text, found.span
    cells, number = _in_one_number(found)
    if "nom" not in cells or found.inserted or pieces.goes_on(text, span, term.kind):
        return None
    made = forms.russian(found.form, term.kind, term.gender)
    if made.indeclinable or adjective(found):
        return None
    sure_case, why = place.surely(span, view)
    if sure_case and sure_case not in cells:
        return put(term, found, view, sure_case + number, why)
    near = context.demand(text, span, term.kind)
    joint = trial.joined_preposition(view, span) if near.strength < 3 else ""
    if joint and not set(tree.governed("prep")[joint]) & cells:
        near = context.Demand(tree.governed("prep")[joint], 3, f"after «{joint}»")
    participle = near.cases == ("ins",) and near.strength == 1
    beside = near.strength == 1 and "nom" not in near.cases and apposed.apposed(term, found, view, near, near.cases[0])
    if "gen" in near.cases and _spoken(term, found, view):
        return put(term, found, view, "gen" + number, near.reason)
    of_office = term.kind == "person" and near.reason.startswith("stands with")  # «главы банка [Пань Гуншэн]»
    if (near.strength < 2 and not participle and not beside) or near.cases[0] in cells:
        return None
    if named(term, found, view) and not of_office:
        return None
    if near.strength < 3 and (_has_its_own(found, view, near) or (not of_office and subject.surely(span, view))):
        return None
    far = demanded(text, (span.start, span.end), term.kind, undeclined=True)
    case = far.case if far.case in near.cases else near.cases[0]
    if case in cells:
        return None
    if not set(near.cases) & cells and near.strength == 3:
        sure = True  # a preposition that takes no case which looks like this
    elif near.strength == 3:
        # «состоялась в Ашхабад», but «выступает за равенство», «загружено в социальные сети»
        sure = far.sure and far.case == case == "prp" and term.kind == "place"
    else:
        sure = far.sure and far.case == case and not cells & set(far.ranked) and _depends(term, found, view)
        sure = (
            sure or after_set_phrase(view, found) or _missed_by_none(term, found, view, made.cells[case + number], case)
        )
        sure = sure or apposed.apposed(term, found, view, near, case)
        whom = far.case == case == "dat" and term.kind in ("person", "title")  # «передал привет [Ши Юйгану]»
        sure = sure or (whom and far.sure and _SET_PAIR.match(far.cause) is not None and _ends(view, span))
        sure = sure or (far.case == case == "acc" and term.kind == "person" and _served(view, span))
        sure = sure or (case == "ins" and participle and due.by_whom(view, span))
        sure = sure or (case == "acc" and due.of_infinitive(view, span, made.number, made.gender))
    if not sure:
        return None
    several = [case, *(each for each in near.cases if each != case and each not in cells)]
    case = expects.ordered(view, span, made, term.kind, several, number, free=False)[0]
    return put(term, found, view, case + number, near.reason)


def _has_its_own(found: Found, view: View, near: context.Demand) -> bool:
    """Has the clause a place for the form as it stands: a verb without its object («приложили к решению о кодексе
    [особые мнения]»), a linking verb whose predicate stands before it («Главной причиной остается [обвал]»)?"""
    left = view.before(found.span.start)
    if left is None or not left.is_word:
        return False
    if of_an_adjective(left, found, view) or (near.cases[0] in ("acc", "gen") and asked(found, view)):
        return True
    if near.cases == ("gen",) and "acc" in _in_one_number(found)[0] and trial.plain_noun(left):
        due = _object_due(view.text, found.span)  # «развивать с учётом условий [новые силы]»
        return due and not tree.hangs_on(view.text, found.span, left.start)
    if near.cases[0] != "ins" or not any(a.pos == "VERB" and "intr" in a.grammemes for a in analyses(left.text)):
        return False
    for token in reversed([token for token in view.tokens if token.end <= left.start]):
        if not token.is_word:
            break
        lead = view.before(token.start)
        while lead is not None and analyses(lead.text)[0].pos in tree.ADJECTIVAL:
            lead = view.before(lead.start)
        led = lead is not None and fold(lead.text) in tree.governed("prep")
        nominal = [a for a in analyses(token.text) if a.pos == "NOUN"]
        if nominal and all(a.case == "ins" for a in nominal) and not led:
            return True
    return False


def of_an_adjective(left: Token, found: Found, view: View) -> bool:
    """Does the noun before hang on an adjective that agrees with the term alone: «полный жизни [Китай]»?"""
    before = view.before(left.start)
    if before is None or not before.is_word or not trial.plain_noun(left):
        return False
    cells, number = _in_one_number(found)
    readings = analyses(before.text)
    if any(a.pos == "NOUN" for a in readings):
        return False  # «[дежурная] отдела»
    nouns = {(a.case, a.number) for a in analyses(left.text) if a.pos == "NOUN"}
    adjectives = [a for a in readings if a.pos in tree.ADJECTIVAL]
    whose = {"", "c", next((a.gender for a in analyses(found.span.of(view.text).split()[0]) if a.case in cells), "")}
    return not {(a.case, a.number) for a in adjectives} & nouns and any(
        a.case in cells and a.number == ("pl" if number else "sg") and a.gender in whose for a in adjectives
    )


def asked(found: Found, view: View) -> bool:
    """Is the object of the verb what is asked for, so that the subject stands behind it: «что означает [реформа]», «что
    дает стране [реформа]»? A nominative between the two may be the subject itself."""
    before = [token for token in view.tokens if token.end <= found.span.start]
    at = next((n for n in range(len(before) - 1, -1, -1) if fold(before[n].text) == "что"), len(before))
    clause = before[at + 1 :]
    if not clause or not all(token.is_word for token in clause):
        return False
    verb, rest = clause[0], clause[1:]
    nominative = any(a.case == "nom" and a.pos in ("NOUN", "NPRO") for token in rest for a in analyses(token.text))
    return any(a.pos == "VERB" for a in analyses(verb.text)[:1]) and not nominative


def _in_one_number(found: Found) -> tuple[set[str], str]:
    """The cases that the form found can be, and ".pl" where it is a plural in all of them."""
    cells = set(found.surface.cells)
    if cells and all(cell.endswith(".pl") for cell in cells):
        return {cell.removesuffix(".pl") for cell in cells}, ".pl"
    return cells, ""


def _ends(view: View, span: Span) -> bool:
    """Does the clause end behind the span?"""
    after = view.after(span.end)
    return after is None or after.text in STOPS or after.text in (",", ")", "»")


def _served(view: View, span: Span) -> bool:
    """Does a transitive verb stand right before that cannot have the name for its subject: it is in the plural, or a
    person in the nominative stands right before it («Министр встретил [Чжан Цзюнь]»)?"""
    verb = view.before(span.start)
    readings = [a for a in analyses(verb.text) if a.pos == "VERB"] if verb is not None and verb.is_word else []
    if verb is None or not readings or len(readings) < len(analyses(verb.text)):
        return False
    if not all("tran" in a.grammemes for a in readings) or view.text[verb.end : span.start] != " ":
        return False
    follower = view.after(span.end)
    if follower is not None and follower.text in (",", "и"):
        return False
    if all(a.number == "pl" for a in readings):
        return True
    subject = view.before(verb.start)
    nouns = [a for a in analyses(subject.text) if a.pos == "NOUN" and a.number == "sg"] if subject is not None else []
    return bool(nouns) and all(a.case == "nom" and a.animate for a in nouns)


_SET_PAIR = re.compile("governed by “[^” ]+ [^” ]+”$")


def put(term: Term, found: Found, view: View, case: str, why: str) -> Repair | None:
    """The repair that puts the term found into another case."""
    words = found.span.of(view.text)
    said = "stands in the dictionary form" if "nom" in _in_one_number(found)[0] else "is in a case refused there"
    span = closed(view.text, found.span)  # «программой „[Саньбэй]“»
    candidate = Candidate(span, 1.0, f"«{words}» {said}", ("nom",), True, same=True)
    reading = place.Reading(case, f"{tree.NAMES[case.partition('.')[0]]}: {why}")
    return russian.put(term, found.form, candidate, view, reading)


def named(term: Term, found: Found, view: View) -> bool:
    """Does a generic word before the term say what bears the name? A common noun in small letters is no name: «в
    области продовольственная безопасность»."""
    text, start = view.text, found.span.start
    left = view.before(start)
    if left is not None and _bears_none(left, term.kind):
        return False
    common = term.kind in ("term", "slogan") and text[start : start + 1].islower()
    return (not common or text[max(0, start - 1) : start] in OPENERS) and tree.after_generic(text, found.span)


def _bears_none(left: Token, kind: str) -> bool:
    """Is the word before a person («студенты [Улан-Батор]»), or the abbreviation of a body («МИД [Россия]»), so that
    it bears no name of a place, or of a body?"""
    if kind not in ("place", "body"):
        return False
    if kind == "place" and left.text.isupper() and len(left.text) > 1:
        return True
    best = analyses(left.text)[0] if left.is_word else None
    return best is not None and best.known and best.pos == "NOUN" and bool(best.animate)


def agree(term: Term, found: Found, view: View) -> Repair | None:
    """The predicate of a person's name in the gender that the entry tells («Мао Нин [заявила]»), of a body's name of
    several words in that of its head («Академия … [опубликовала]»); None where it fits.

    Only a past tense or short participle is touched, three words behind a person's name at most, right behind a body's.
    """
    body = term.kind == "body" and " " in found.form.text and not found.form.text.split()[0].isupper()
    person = term.kind == "person" and bool(term.gender) and not people.is_unlisted(term)
    if not (person or body) or "nom" not in found.surface.cells or found.inserted:
        return None
    text, span = view.text, found.span
    if not _past_follows(view, span, 4 if person else 1):
        return None
    made = forms.russian(found.form, term.kind, term.gender)
    edits = []
    for start, end, new in reagree(text, (span.start, span.end), made, "nom"):
        old = text[start:end]
        gap = [token for token in view.tokens if span.end <= token.start and token.end <= start]
        if (
            start >= span.end
            and _past(old)
            and len(gap) <= (3 if person else 0)
            and all(token.is_word for token in gap)
        ):
            edits.append(Edit(start, end, old, new, term.id, by_agreement(span.of(text))))
    if not edits:
        return None
    before = span.of(text)
    return Repair(tuple(edits), before, before, "nom", by_agreement(before))


def _past(word: str) -> bool:
    """May it be a past tense or short participle that tells the gender of a person or a body?"""
    return any(a.pos in ("VERB", "PRTS") and a.gender in ("m", "f") and a.number == "sg" for a in analyses(word))


def _past_follows(view: View, span: Span, within: int) -> bool:
    """Does one stand among the next `within` words behind the span, no mark between? Spares the tree."""
    for token in [token for token in view.tokens if token.start >= span.end][:within]:
        if not token.is_word:
            return False
        if _past(token.text):
            return True
    return False


def adjective(found: Found) -> bool:
    """Is it the adjective of a place («аргентинский»), which agrees with its noun?"""
    words = found.form.text.split()
    return len(words) == 1 and analyses(words[0])[0].pos in ("ADJF", "PRTF") and words[0][:1].islower()


def _missed_by_none(term: Term, found: Found, view: View, form: str, case: str) -> bool:
    """Right after a noun or verb that asks for the case: does the sentence hang together with the term in it?"""
    left = view.before(found.span.start)
    if left is None or view.text[left.end : found.span.start] != " " or found.span.of(view.text)[:1] in OPENERS:
        return False
    officer = term.kind == "body" and _officer(left, view)  # «представителя [Министерство]»
    noun = (trial.plain_noun(left) or officer) and case == "gen" and not lemmas(left.text) & tree.words("time")
    verb = case in ("ins", "dat") and any(
        a.pos in ("VERB", "PRTS", "INFN") or "pssv" in a.grammemes for a in analyses(left.text)
    )
    if noun and not officer and "acc" in found.surface.cells and _object_due(view.text, found.span):
        return False
    name = term.kind in ("person", "title") and view.text[found.span.end : found.span.end + 2].strip()[:1].isupper()
    if not (noun or verb) or name or not trial.subject_of_none(view.text, found.span):
        return False
    return trial.settles(view.text, found.span, form, case)


def _officer(token: Token, view: View) -> bool:
    """A common noun for a person, in the singular and in a form that is no nominative, in a sentence with a verb.

    A dash may stand for a verb: «Для дипломата [завод] — второй дом»."""
    nouns = [a for a in analyses(token.text) if a.pos == "NOUN"]
    oblique = bool(nouns) and all(a.animate and a.case != "nom" and a.number == "sg" for a in nouns)
    verb = any(a.pos in ("VERB", "PRTS") for t in view.tokens if t.is_word for a in analyses(t.text)[:1])
    return token.text[:1].islower() and oblique and verb and "—" not in view.text


def _spoken(term: Term, found: Found, view: View) -> bool:
    """Of «Речь [Дин Сюэсян] транслировали»: a thing that begins the sentence, a person's name, a verb that neither can
    be the subject of, whose object the thing is."""
    left, verb = view.before(found.span.start), view.after(found.span.end)
    if term.kind != "person" or left is None or verb is None or not view.sentence_start(left.start):
        return False
    nouns = [a for a in analyses(left.text) if a.pos == "NOUN"]
    thing = bool(nouns) and analyses(left.text)[0].known and not any(a.animate for a in nouns)
    thing = thing and {"nom", "acc"} <= {a.case for a in nouns if a.number == "sg"}
    readings = [a for a in analyses(verb.text) if a.pos == "VERB"] if verb.is_word else []
    many = bool(readings) and all(a.number == "pl" and "tran" in a.grammemes for a in readings)
    rest = [token for token in view.tokens if token.start >= verb.end]
    stop = next((at for at, token in enumerate(rest) if token.text in STOPS), len(rest))
    nominative = ("NOUN", "NPRO", "ADJF", "NUMR")
    return thing and many and not any(
        a.case == "nom" and a.pos in nominative for token in rest[:stop] if token.is_word for a in analyses(token.text)
    )  # fmt: skip


def _object_due(text: str, span: Span) -> bool:
    """Is there a transitive verb around that has no object but what stands at the span?"""
    sentence = sentence_of(text, (span.start, span.end))
    if sentence is None:
        return False
    inside = [at for at, token in enumerate(sentence.tokens) if token.end > span.start and token.start < span.end]
    return bool(inside) and object_possible(sentence, inside)


def _depends(term: Term, found: Found, view: View) -> bool:
    """Does the tree hang the term on the word right before it, as a complement and no name in quotation marks?"""
    left = view.before(found.span.start)
    quoted = found.span.of(view.text)[:1] in OPENERS
    if left is not None and left.text in OPENERS:
        quoted, left = True, view.before(left.start)
    if left is None or (quoted and not (term.kind == "slogan" and tree.of_action(left.text))):
        return False
    if lemmas(left.text) & tree.words("time"):
        return False
    return tree.hangs_on(view.text, found.span, left.start)


def after_set_phrase(view: View, found: Found) -> bool:
    """Directly behind «по приглашению», «под руководством», «от имени»: together they ask for the genitive."""
    noun = view.before(found.span.start)
    lead = view.before(noun.start) if noun is not None else None
    if noun is None or lead is None:
        return False
    set_phrase = f"{fold(lead.text)}_{fold(noun.text)}" in table("government", "compound")
    if not set_phrase and fold(noun.text) not in tree.words("with_genitive"):
        return False
    return fold(lead.text) in tree.governed("prep") and view.text[noun.end : found.span.start].isspace()
