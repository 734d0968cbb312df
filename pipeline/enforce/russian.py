"""Repairs in Russian: the cell the place asks for, dependents agreed anew, prepositions and capitals fitted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.enforce import begins, brackets, capitals, chosen, follows, held, misspelt, place, prepositions, pronouns
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.pieces import again as said_again
from pipeline.enforce.result import Ground, Repair, by_agreement
from pipeline.enforce.tree import tagged
from pipeline.enforce.view import CLOSERS, OPENERS, View
from pipeline.glossary import forms
from pipeline.languages.russian.analyse import Token, analyses, fold, inflect_word, like, tokenise
from pipeline.languages.russian.paradigm import Paradigm, paradigm
from pipeline.languages.russian.predicates import acting, predicate
from pipeline.languages.russian.reagreement import reagree
from pipeline.model import Edit, Form, Span, Term

_WHICH = re.compile("котор", re.IGNORECASE)
_CYRILLIC = re.compile("[А-Яа-яЁё]")
_CHANGING = frozenset(("о", "об", "обо", "в", "во", "с", "со"))


def repairs(term: Term, form: Form, candidate: Candidate, view: View) -> Iterator[Repair]:
    """The edits that put `form` where the candidate stands, a set for each case the place may ask for."""
    made = forms.russian(form, term.kind, term.gender)
    if candidate.base and not candidate.same and verbal(candidate.base) and not verbal(form.text):
        return
    cells = held.cells(candidate, term, made, view)
    unsure = not cells or "nom" in cells or not misspelt.known(candidate.span.of(view.text))
    unsure = unsure and not (cells and begins.served(view.text, candidate.span))
    if candidate.read and view.sentence_start(candidate.span.start) and unsure:
        cells = ("nom",)  # «[Шарже д'аффер] был вызван»
    if term.kind == "person" and candidate.same and cells:
        cells = misspelt.cells(candidate.span, term, made, view, cells)
    by_ending = misspelt.by_ending(candidate.span.of(view.text), made) if term.kind == "person" and not cells else ()
    cells = by_ending if by_ending == ("ins",) else cells  # «с управляющим [Данканом Феррелом]»
    if term.kind == "person" and candidate.same and not cells:
        cells = by_ending = misspelt.by_given_name(candidate.span, term, made, view)
    acting = term.kind == "person" and candidate.same and not cells and misspelt.follows_its_verb(candidate.span, view)
    cells = ("nom",) if acting else cells
    cells = place.in_singular(cells, made, candidate.span, view) if term.kind == "term" else cells
    seen: set[str] = set()
    inflects = bool(cells) and (candidate.inflects or held.named(candidate.span, view) or cells == by_ending or acting)
    trusted = candidate.read and misspelt.known(candidate.span.of(view.text))
    for reading in place.read(view, candidate.span, made, term.kind, cells, inflects, trusted=trusted):
        done = put(term, form, candidate, view, reading)
        if done is not None and done.after not in seen:
            seen.add(done.after)
            yield done


def verbal(text: str) -> bool:
    """Is the first word an infinitive, a verb or a gerund?"""
    first = next((token.text for token in tokenise(text) if token.is_word), "")
    return bool(first) and analyses(first)[0].pos in ("INFN", "VERB", "GRND")


def put(term: Term, form: Form, candidate: Candidate, view: View, reading: place.Reading) -> Repair | None:
    made = forms.russian(form, term.kind, term.gender)
    after = made.cells.get(reading.cell) or made.cells.get(reading.cell.removesuffix(".pl"), form.text)
    counted = place.paucal(view.text, candidate.span, made) if reading.cell.endswith(".pl") else ""
    second = place.locative(view.text, candidate.span, made) if reading.cell == "prp" else ""
    after = counted or second or after
    span = unquoted(candidate.span, after, view)
    before = span.of(view.text)
    after = _apart(before, form.text, reading.cell, made) or after
    guess = capitals.guessed(candidate, term)
    after = capitals.capital(term, after, before, span, view, keep=candidate.same, guess=guess)
    after = quotes_of(span, after, view)
    after += "," if _clause_open(after, view.text[span.end :]) else ""
    if after == before:
        return None
    if again := said_again(after, span, view):  # «[цифровой жэньминьби] (e-CNY)»
        span = Span(span.start, span.end + again)
        before = span.of(view.text)
        if after == before:
            return None
    why = f"{candidate.why}; {reading.reason}"
    edits = [Edit(span.start, span.end, before, after, term.id, why)]
    # no subject: «в акции „Чистый берег“ приняли участие …»
    quoted = held.named(candidate.span, view) or (term.kind == "slogan" and _in_quotes(span, view))
    apart = len(view.text)  # where a relative clause begins that has another head
    # «две новые [швартовки]», but «два новых причала»
    agreed = "gen.pl" if counted and made.gender != "f" else reading.cell
    for start, end, new in reagree(view.text, (span.start, span.end), made, agreed):
        old = view.text[start:end]
        verbal = analyses(old)[0].pos in ("VERB", "PRTS", "ADJS")
        if counted and _plural(old) and (start >= span.end or not _behind_number(end, span, view)):
            continue  # «три сепаратора, [купленные] весной», «[Купленные] весной три сепаратора»
        behind = start >= span.end and view.text[:start].endswith(", ") and not _WHICH.match(old)
        if behind and not _shared(old, before, reading.cell):
            continue  # «по данным бюро, [опубликованным] …»
        before_led = not verbal and end <= _led(span, view) and fold(old) not in _CHANGING
        if before_led or view.text[start - 1 : start] == "-":
            continue  # «по медицине, [проходивший] в …», «парашютистов-[пожарных]»
        if start > apart or (quoted and verbal) or not follows.agreed(old, before, candidate, made, term, view):
            continue
        if _WHICH.match(old) and not follows.relates(old, before, candidate, term):
            apart = start
            continue
        if fold(old) not in _CHANGING and not any(start < kept.end and kept.start < end for kept in view.kept):
            edits.append(Edit(start, end, old, new, term.id, by_agreement(after)))
    edits += followers(span, candidate, made, reading.cell, view, term, edits)
    edits += numeral(span, candidate, made, view, term)
    edits += predicative(edits, made, view, term)
    if reading.cell == "gen.pl" and candidate.inflects and not candidate.same:
        edits += chosen.edits(span, _old(candidate, span, view)[0], made, view, term)
    edits += prepositions.edits(span, after, view, term, reading.cell)
    edits += brackets.edits(term, span.end, view) if " " in after else []
    if (candidate.read or candidate.ground is Ground.WRONG) and not candidate.same and not reading.cell.endswith(".pl"):
        old, several = _old(candidate, span, view)
        if made.number != "pl" and (several or follows.plural_there(candidate, before)):
            edits += pronouns.of_one(span, made, view, term)
        elif not several:
            edits += pronouns.edits(span, old, made, view, term, reading.cell)
    edits.sort(key=lambda edit: edit.start)
    return Repair(tuple(edits), before, after, reading.cell, why, candidate.ground)


_UNDECLINED = re.compile(r"(?<![оеё]м)(?<=[бвгджзклмнпрстфхцчшщь])$")


def _apart(before: str, name: str, cell: str, made: Paradigm) -> str:
    """The form that leaves the name as it is behind its kind, where that stood undeclined («из города Хуатянь»); ""
    where there is none, or it was declined."""
    last = name.rpartition(" ")[2]
    if " " not in before or not (_UNDECLINED.search(before) and _UNDECLINED.search(last)):
        return ""
    return next((form for case, form in made.variants if case == cell and form.endswith(f" {last}")), "")


def _led(span: Span, view: View) -> int:
    """Where the preposition right before the span begins, before which no attribute of it can stand; 0 for none."""
    left = view.before(span.start)
    lead = left is not None and left.is_word and analyses(left.text)[0].pos == "PREP"
    return left.start if lead and left is not None else 0


def _shared(word: str, before: str, cell: str) -> bool:
    """May an attribute behind stand in the case of the new form or in one of those that the old words can be?"""
    mine = {a.case for a in analyses(word) if a.pos in ("ADJF", "PRTF")}
    return not mine or bool(mine & {each.partition(".")[0] for each in (cell, *place.own(before))})


def _in_quotes(span: Span, view: View) -> bool:
    return view.text[max(0, span.start - 1) : span.start] in OPENERS and view.text[span.end : span.end + 1] in CLOSERS


def _behind_number(at: int, span: Span, view: View) -> bool:
    """Does the number that counts what is at the span stand before `at`?"""
    row = [token for token in view.tokens if token.end <= span.start]
    number = place.before_attributes(row)
    return number >= 0 and row[number].start < at


def _plural(word: str) -> bool:
    """May it be a participle in the nominative plural?"""
    return any(a.pos == "PRTF" and a.case == "nom" and a.number == "pl" for a in analyses(word))


def _clause_open(after: str, behind: str) -> bool:
    """Does the form end in a participial clause that the sentence goes on after («отношения, вступающие в новую
    эпоху[,] не направлены …»)?"""
    clause = after.rpartition(", ")[2] if ", " in after else ""
    first = clause.partition(" ")[0]
    return any(a.pos == "PRTF" for a in analyses(first)[:1]) and re.match(r" (?!и\b|или\b)\w", behind) is not None


_RELATIVE = re.compile(r"[»”\"]?,\s+(?:(?:в|во|на|с|со|к|о|об|от|из|по|для|за|под|при|у|через|над)\s+)?(котор\w+)")


def _old(candidate: Candidate, span: Span, view: View) -> tuple[str, bool]:
    """The gender of what is replaced, and whether it is in the plural."""
    if candidate.base:
        old = paradigm(candidate.base, "", "term")
        return old.gender, old.number == "pl"
    for token in tokenise(span.of(view.text)):
        first = analyses(token.text)[0]
        if first.pos == "NOUN":
            return first.gender, first.number == "pl"
    return "", True


def followers(
    span: Span, candidate: Candidate, new: Paradigm, cell: str, view: View, term: Term, done: list[Edit]
) -> list[Edit]:
    """The adjectives right before and «который» right after that agreed with a forbidden wording of another gender."""
    area = term.kind == "place" and " " in span.of(view.text)  # «новой зоне Сюнъань, созданной …»
    if candidate.same or not candidate.inflects or not (candidate.base or candidate.read or area):
        return []
    gender, plural = _old(candidate, span, view)
    case, number = cell.removesuffix(".pl"), "pl" if cell.endswith(".pl") else new.number
    if plural or number == "pl" or gender == new.gender:
        return []
    found = [(token, case) for token in _detached(span, case, gender, view)]
    for token in reversed([token for token in view.tokens if token.end <= span.start]):
        if any(token is known for known, _ in found):
            break
        if token.text in ("и", ",") and found:
            continue
        if not any(a.pos in ("ADJF", "PRTF") and a.case == case and a.gender == gender for a in analyses(token.text)):
            break
        found.append((token, case))
    relative = _relative(span.end, gender, view)
    if relative:
        readings = [a for a in analyses(relative.group(1)) if a.pos == "ADJF" and a.gender == gender]
        if readings:
            word = Token(relative.start(1), relative.end(1), relative.group(1))
            behind = [token.text for token in view.tokens if token.start >= word.end]
            subject = any(a.case == "nom" for a in readings) and acting(behind)
            found.append((word, "nom" if subject else tagged(view.text, word.start) or readings[0].case))
    edits = _clause(found, gender, new, view, term, done)
    for token, wanted in found:
        made = inflect_word(token.text, wanted, "sg", new.gender, new.animate, "ADJF") or inflect_word(
            token.text, wanted, "sg", new.gender, new.animate, "PRTF"
        )
        taken = any(token.start < edit.end and edit.start < token.end for edit in done)
        if made and made != token.text and not taken and view.free(Span(token.start, token.end)):
            edits.append(Edit(token.start, token.end, token.text, made, term.id, by_agreement(new.text)))
    return edits


_NEXT = 6  # words between a head and its relative clause


def _relative(end: int, gender: str, view: View) -> re.Match[str] | None:
    """«, которую» right behind, or behind nouns that hang on the head and that it cannot mean, being of another gender
    or number («механизм регулярных консультаций, [который] …»)."""
    row = [token for token in view.tokens if token.start >= end][: _NEXT + 1]
    for token in row:
        if found := _RELATIVE.match(view.text, end):
            return found
        readings = analyses(token.text) if token.is_word else ()
        hangs = bool(readings) and readings[0].pos in ("NOUN", "ADJF", "PRTF", "PREP", "CONJ")
        meant = any(a.pos == "NOUN" and a.number == "sg" and a.gender == gender for a in readings)
        if not hangs or meant:
            break
        end = token.end
    return None


def _clause(
    found: list[tuple[Token, str]], gender: str, new: Paradigm, view: View, term: Term, done: list[Edit]
) -> list[Edit]:
    """The verb of the relative clause whose subject «который» is: «который два года [простаивала]»."""
    which = next((token for token, case in found if case == "nom" and fold(token.text).startswith("котор")), None)
    if which is None:
        return []
    for token in [token for token in view.tokens if token.start >= which.end][:8]:
        if not token.is_word:
            break
        forms = [a for a in analyses(token.text) if a.pos in _PREDICATES]
        if not forms or analyses(token.text)[0].pos not in _PREDICATES:
            continue
        if all(a.lemma == "быть" and not a.gender for a in forms):
            continue  # «который [будет] зачислен»
        made = predicate(token.text, "sg", new.gender) if any(a.gender == gender for a in forms) else None
        taken = any(token.start < edit.end and edit.start < token.end for edit in done)
        if made and made != token.text and not taken and view.free(Span(token.start, token.end)):
            return [Edit(token.start, token.end, token.text, made, term.id, by_agreement(new.text))]
        break
    return []


_PREDICATES = ("VERB", "PRTS", "ADJS")


def _detached(span: Span, case: str, gender: str, view: View) -> list[Token]:
    """Participles that belong to the head at `span` and stand apart from it: behind a comma with what they govern
    («…, созданная в 2003 году,», adjectives too: «…, известная своими …»), or before it at the beginning of the clause
    («Созданная в 2003 году …»)."""

    def fits(token: Token, pos: str = "PRTF") -> bool:
        return analyses(token.text)[0].pos == pos and any(
            a.pos == pos and a.case == case and a.number == "sg" and a.gender == gender and "Apro" not in a.grammemes
            for a in analyses(token.text)
        )

    def alone(tokens: list[Token]) -> bool:
        """Does no noun or further adjective in the same case follow, that the adjective may belong to?"""
        word = tokens[0] if tokens else None
        return (
            word is not None
            and word.is_word
            and fold(word.text) not in ("и", "или", "а", "но")
            and not any(a.case == case and a.pos in ("NOUN", "ADJF", "PRTF") for a in analyses(word.text))
        )

    def another(tokens: list[Token]) -> bool:
        """Is there a noun that the participle may belong to?"""
        return any(
            a.pos == "NOUN" and a.case == case and a.number == "sg" and a.gender == gender
            for token in tokens
            for a in analyses(token.text)
        )

    found = []
    behind = [token for token in view.tokens if token.start >= span.end]
    row = behind[1:] if behind and behind[0].text in '»”"' else behind
    if row and row[0].text == ",":
        at = next((n for n, token in enumerate(row[1:4], 1) if analyses(token.text)[0].pos not in ("ADVB", "PRCL")), 0)
        participle = bool(at) and fits(row[at]) and not another(row[at + 1 : at + 2])
        if at and row[at].is_word and (participle or (fits(row[at], "ADJF") and alone(row[at + 1 :]))):
            found.append(row[at])
    before = [token for token in view.tokens if token.end <= span.start]
    stop = next((n for n in range(len(before) - 1, -1, -1) if not before[n].is_word), -1)
    clause = before[stop + 1 :]
    first = next((n for n, token in enumerate(clause) if fold(token.text) not in ("и", "а", "но", "недавно")), 0)
    if 1 < len(clause) - first <= 10 and fits(clause[first]) and not another(clause[first + 1 :]):
        verbs = ("VERB", "INFN", "GRND", "PRTS")
        if not any(analyses(token.text)[0].pos in verbs for token in clause[first + 1 :]):
            found.append(clause[first])
    return found


_NUMERALS = ("две", "два"), ("обе", "оба"), ("обеих", "обоих"), ("обеим", "обоим"), ("обеими", "обоими")


def numeral(span: Span, candidate: Candidate, new: Paradigm, view: View, term: Term) -> list[Edit]:
    """«Два», «оба» before the span in the gender of the new head, where the old one had another («две академии»)."""
    if candidate.same or not candidate.inflects or new.gender not in ("m", "f", "n"):
        return []
    row = [token for token in view.tokens if token.end <= span.start]
    at = place.before_attributes(row)
    left = row[at] if at >= 0 else None
    if left is not None and any(a.pos == "NUMR" and a.case == "gen" for a in analyses(left.text)):  # два из четырех
        of = view.before(left.start)
        left = view.before(of.start) if of is not None and fold(of.text) == "из" else left
    if left is None or not left.is_word or not view.free(Span(left.start, left.end)):
        return []
    old, due = (0, 1) if new.gender != "f" else (1, 0)
    made = next((pair[due] for pair in _NUMERALS if pair[old] == fold(left.text)), "")
    if not made:
        return []
    return [Edit(left.start, left.end, left.text, like(left.text, made), term.id, by_agreement(new.text))]


_COPULAS = frozenset(("остаться", "оставаться", "стать", "становиться", "быть", "оказаться", "казаться", "являться"))


def predicative(done: list[Edit], new: Paradigm, view: View, term: Term) -> list[Edit]:
    """The short adjective behind a linking verb that was agreed anew («осталась [довольна]»)."""
    edits = []
    number = "sg" if new.gender in ("m", "f", "n") and new.number != "pl" else "pl"
    for edit in done:
        verbs = [a for a in analyses(edit.after) if a.pos == "VERB"]
        if not verbs or verbs[0].lemma not in _COPULAS or verbs[0].number != number:
            continue
        word = view.after(edit.end)
        while word is not None and word.is_word and analyses(word.text)[0].pos in ("ADVB", "PRCL"):
            word = view.after(word.end)
        if word is None or any(word.start < other.end and other.start < word.end for other in done):
            continue
        short = [a for a in analyses(word.text) if a.pos in ("ADJS", "PRTS")]
        if not short or analyses(word.text)[0].pos not in ("ADJS", "PRTS"):
            continue
        made = predicate(word.text, number, new.gender)
        if made and made != word.text and not any(a.number == number and a.gender == new.gender for a in short):
            edits.append(Edit(word.start, word.end, word.text, made, term.id, by_agreement(new.text)))
    return edits


def quotes_of(span: Span, after: str, view: View) -> str:
    """`after` with the quotation marks of the text at `span`; with straight ones only where it has others of them."""
    before = span.of(view.text)
    if "«" in after and "«" not in before:
        if before.count('"') >= 2 and view.text.count('"') > before.count('"'):
            return after.replace("«", '"').replace("»", '"')
        for left, right in (("„", "“"), ("“", "”")):
            if left in before and right in before:
                return after.replace("«", left).replace("»", right)
    return after


def unquoted(span: Span, after: str, view: View) -> Span:
    """The span with the quotes around it, where the official form brings its own."""
    quoted = after[:1] in "«“" and after[-1:] in "»”" and span.start > 0 and span.end < len(view.text)
    if quoted and view.text[span.start - 1] in '«“„"' and view.text[span.end] in '»”“"':
        return Span(span.start - 1, span.end + 1)
    if after[:1] == "«" and after[-1:] == "»" and view.text[max(0, span.start - 1) : span.start] == "«":
        more = _ONE_MORE.match(view.text, span.end)  # «один путь [вперед]» is the formula as a whole
        if more and view.free(Span(span.end, more.end())):
            return Span(span.start - 1, more.end())
    return span


_ONE_MORE = re.compile(r" [а-яё]+»")
