"""Rows of English words that a model takes for a term, without the verb that governs it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.enforce import akin, bridge, place
from pipeline.enforce.heard import Word
from pipeline.enforce.residual import NO_PARTICIPLES
from pipeline.enforce.view import View
from pipeline.languages.english import is_plural, lemma
from pipeline.languages.english_tables import IRREGULAR_VERBS
from pipeline.languages.palladius_table import listed
from pipeline.languages.russian import mass
from pipeline.languages.russian.analyse import analyses
from pipeline.model import Form, Occurrence, Span

_RENDERS, _SURE = 0.6, 0.85  # of the word tables
_NEARER = 0.1  # by how much nearer in meaning a word is to the term
_BE = frozenset(listed("am is are was were be been being"))
_HAVE = frozenset(listed("has have had will would can could may must shall should to did does do"))
_STARTS = frozenset(listed("start begin stop finish cease continue resume keep avoid consider practise quit postpone"))
_GIVES = frozenset(listed("given offered fed sold sent paid shown taught handed lent awarded granted served"))
_QUALITIES = frozenset(
    listed("old new used former modern recent large big small whole entire various numerous certain different")
)
_WHO = frozenset(listed("i you he she it we they who which that"))
_LAST = re.compile(r"([^\W\d_]+) $")


def _anothers(word: str, source: str, term: Span) -> bool:
    """Is the word nearer in meaning to another word of the source than to the term?"""
    own, other = akin.nearest(word, source, term)
    return other > own


def _terms(word: str, source: str, term: Span) -> bool:
    """Is the word much nearer in meaning to the term than to the other words of the source?"""
    own, other = akin.nearest(word, source, term)
    return own > other + _NEARER


def settled(
    row: list[Word], words: Sequence[Word], wording: Sequence[Form], view: View, said: tuple[str, Span]
) -> list[Word]:
    """The row without what is not the term's at its ends, and with the noun that an owner at its end asks for; `words`:
    all of the target; `said`: the source, and where the term stands in it."""
    row = _without_anothers(_owned(row, words, wording, view), words, wording, view, said)
    row = without_owner(behind_verb(row, wording, view, said), wording, view, (words, *said))
    row = with_joined(with_rank(without_quality(row, wording, *said), words, view, said), words, view)
    span = behind_adverb(Span(row[0].start, row[-1].end), *said, view.text)
    return without_tail([word for word in row if word.start >= span.start], wording, view)


_RANKS = frozenset(listed("grade level class rank category tier"))
_NUMBER = re.compile("one|two|three|four|five|six|first|second|third|[1-9]|I{1,3}|IV|VI?")
_COUNTS = re.compile("[一二三四五六]|перв|втор|трет|четв|[1-9]")


def with_rank(row: list[Word], words: Sequence[Word], view: View, said: tuple[str, Span]) -> list[Word]:
    """The row with the number of the rank at its end («sheriff of grade [two]»), where the term has a number."""
    last, after = row[-1], next((word for word in words if word.start > row[-1].end), None)
    if after is None or len(row) < 2 or last.text.lower() not in _RANKS or not _NUMBER.fullmatch(after.text):
        return row
    counts = _COUNTS.search(said[1].of(said[0]).lower()) is not None
    return [*row, after] if counts and view.text[last.end : after.start] == " " else row


_WHOLLY = 0.8  # attention of what «and» joins to the beginning of a row from which it is the term's, too


def with_joined(row: list[Word], words: Sequence[Word], view: View) -> list[Word]:
    """The row with what «and» joins to its first word, where all of that answers the term alone («[take-off and]
    landing strip» for взлетно-посадочная полоса)."""
    at = next((n for n, word in enumerate(words) if word.start == row[0].start), 0)
    if len(row) < 2 or at < 2 or words[at - 1].text != "and" or words[at - 1].share < _WHOLLY:
        return row
    first = at - 1
    while first and words[first - 1].share >= _WHOLLY and not words[first - 1].link:
        if view.text[words[first - 1].end : words[first].start] not in (" ", "-"):
            break
        first -= 1
    if first and view.text[words[first - 1].end : words[first].start] == "-":
        return row  # half of a word: «take-[off and] landing strip»
    return [*words[first : at - 1], *row] if first < at - 1 else row


def of_no_plural(row: Sequence[Word], occurrence: Occurrence, source: str) -> bool:
    """Is the row in the plural by a noun that the term has not («customs supervision [checks]»), and the Russian term
    of a matter of which there is hardly ever a plural (таможенный контроль)?"""
    if bridge.language_of(source) != "ru" or len(row) < 2 or not is_plural(row[-1].text):
        return False
    said = occurrence.span.of(source)
    cells = place.own(said)
    noun = next((a.lemma for word in said.split() for a in analyses(word)[:1] if a.pos == "NOUN"), "")
    return bool(cells) and not any(cell.endswith(".pl") for cell in cells) and mass.material(noun)


def _without_anothers(
    row: list[Word], words: Sequence[Word], wording: Sequence[Form], view: View, said: tuple[str, Span]
) -> list[Word]:
    """The row without what surely renders another word of the source at its beginning («a [seasoned] forester» for
    опытный лесничий): no word of the official form, and none that is much nearer to the term in meaning."""
    known = {word.lower() for form in wording for word in form.text.split()}
    while len(row) > 1 and row[0].other and not row[0].own and view.text[row[0].end : row[1].start] == " ":
        first = row[0]
        if first.text.lower() in known or not _of_another(first, words, *said) or _terms(first.text, *said):
            break
        row = row[1:]
    return row


_TAILS = frozenset(listed("bound worth located based situated held made meant due"))
_OBJECT = re.compile(r" (?:an?|the|its|their|his|her|our|some|all|two|three|four|five|six|seven|eight|nine|ten|\d+) \w")
_GOES_ON = re.compile(r" (?:for|in|at|by|of|from|to|with|on|about|nearly|over|[\d$€¥])")


def without_tail(row: list[Word], wording: Sequence[Form], view: View) -> list[Word]:
    """The row without a word at its end that begins what is said of the thing («gutter oil [bound] for restaurants»,
    «loans [worth] 90 billion») or of what it does («fakers [made] a hundred toys»), unless the official form has it."""
    last = row[-1].text.lower()
    known = {word.lower() for form in wording for word in form.text.split()}
    past = last.endswith("ed") and lemma(last) != last
    goes_on = (past or last in _TAILS) and _GOES_ON.match(view.text, row[-1].end) is not None
    acts = (past or IRREGULAR_VERBS.get(last, last) != last) and _OBJECT.match(view.text, row[-1].end) is not None
    return row[:-1] if len(row) > 1 and (goes_on or acts) and last not in known else row


def behind_verb(
    row: list[Word], wording: Sequence[Form], view: View, said: tuple[str, Span] | None = None
) -> list[Word]:
    """The row without a verb at its beginning whose object it is («are learning [twisted wire]», «children learned
    [Hohloma decoration]»), unless the official form begins so or the tables give the verb for a word of the term
    («announced that [printed flower tax]» for 印花税)."""
    before = _LAST.search(view.text[: row[0].start]) if len(row) > 1 else None
    if before is None or any(form.text.lower().startswith(row[0].text.lower()[:4]) for form in wording):
        return row
    verb, left = row[0].text.lower(), before.group(1).lower()
    if row[0].own and left not in _HAVE | _BE:
        return row
    # «are learning [twisted wire]», but «these are [angling boats]»
    subject_ahead = re.search(r"([^\W\d_]+) [^\W\d_]+ $", view.text[: row[0].start])
    these = subject_ahead is None or subject_ahead.group(1).lower() in ("these", "those", "there")
    progressive = verb.endswith("ing") and left in _BE and not these
    past = verb.endswith("ed") and verb not in NO_PARTICIPLES
    past = past or (lemma(verb) != verb and not verb.endswith(("s", "ing", "er", "est", "ed")))
    subject = left in _WHO or left in _HAVE or (is_plural(left) and left not in _BE)
    begun = verb.endswith("ing") and lemma(left) in _STARTS  # «started [buying] carrion fruit»
    begun = begun and (said is None or _anothers(verb, *said))
    passive = verb in _GIVES and left in _BE and not these  # «calves are [given] reverse»
    governs = progressive or begun or passive or (past and subject and not is_plural(verb))
    return row[1:] if governs and not row[1].link and view.text[row[0].end : row[1].start] == " " else row


def without_quality(row: list[Word], wording: Sequence[Form], source: str, term: Span) -> list[Word]:
    """The row without an adjective of age, size or number at its beginning that says nothing of the term («an [old]
    board heat swapper»): neither the tables give it for a word of the term, nor is it near to one in meaning."""
    first = row[0]
    said = {word.lower() for form in wording for word in form.text.split()}
    if len(row) < 3 or first.text.lower() not in _QUALITIES - said or first.own or first.says:
        return row
    return row[1:] if _anothers(first.text, source, term) else row


_ADVERB = re.compile(r"\b[A-Za-z]+ly $")


def behind_adverb(span: Span, source: str, term: Span, text: str) -> Span:
    """The span without its first word where that belongs to an adverb before it and is nearer in meaning to another
    word of the source («fully [laden] sediment» for осадка судна, beside при полной загрузке)."""
    first, gap, rest = span.of(text).partition(" ")
    if not gap or not first.islower() or not _ADVERB.search(text[: span.start]):
        return span
    return Span(span.end - len(rest), span.end) if _anothers(first, source, term) else span


KINDS = "(?:species|varieties|kinds|types|sorts|breeds|strains) of "
_KINDS_OF = re.compile(KINDS)
_KIND = re.compile(r"(?i)species|variet|kind|type|sort|breed|strain|\bвид|\bсорт|\bтип|\bпород|\bштамм|[种类型]")


def without_kinds(span: Span, forms: Sequence[str], text: str) -> Span:
    """The span without a word for kinds at its beginning («fifteen species of [honey vegetation]»), unless a form of
    the term in either language has one."""
    kinds = _KINDS_OF.match(text, span.start, span.end)
    return span if kinds is None or any(map(_KIND.search, forms)) else Span(kinds.end(), span.end)


def _owned(row: list[Word], words: Sequence[Word], wording: Sequence[Form], view: View) -> list[Word]:
    """The row with the noun right behind the owner at its end, for which nothing accounts («dyers' [guild]»)."""
    after = next((word for word in words if word.start > row[-1].end and not word.link), None)
    if after is None or not after.open or not after.noun or any(re.search("['’]", form.text) for form in wording):
        return row
    owner = re.fullmatch("['’](?:s )? ?", view.text[row[-1].end : after.start]) is not None
    return [*row, after] if owner else row


def without_owner(
    row: list[Word], wording: Sequence[Form], view: View, told: tuple[Sequence[Word], str, Span]
) -> list[Word]:
    """The row without whose the thing is («the publishing house's [copyright output]»), where the rest renders all
    words of the term that the row does, several, or another word of the source is surely the owner («the mill's
    [spinners' guild]», фабрики); unless the official form has an owner, too. `told`: all words of the target, the
    source, and where the term stands in it."""
    ends = [n for n in range(len(row) - 1) if re.match("['’]s? ", view.text[row[n].end :])]
    if not ends or any(re.search("['’]", form.text) for form in wording):
        return row
    if not ends[0] and _of_another(row[0], *told):
        return row[1:]
    rest = row[ends[-1] + 1 :]
    said, own = ({at for word in part for at in word.says} for part in (row, rest))
    return rest if len(rest) > 1 and len(own) > 1 and own == said else row


def _of_another(word: Word, words: Sequence[Word], source: str, term: Span) -> bool:
    """Does the word surely render a word of the source outside of the term that no other word of the target does?"""
    spoken = bridge.language_of(source)
    signs = (*bridge.source_words(source[: term.start]), *bridge.source_words(source[term.end :]))
    said = [sign for sign in signs if bridge.strength(word.text.lower(), sign, "en", spoken) >= _SURE]
    others = [each for each in words if each is not word and not each.link]
    return any(
        all(bridge.strength(each.text.lower(), sign, "en", spoken) < _RENDERS for each in others) for sign in said
    )
