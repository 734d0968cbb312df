"""The verb behind an English phrase that was put in another number: «policies are» -> «policy is»."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.glossary import english_forms
from pipeline.languages.english import is_plural
from pipeline.languages.english_tables import IRREGULAR_VERBS, THIRD_PERSON
from pipeline.model import Edit, Span, Term

_NO_SUBJECT = re.compile(
    r"\b(?:of|in|on|for|to|with|by|at|from|about|under|between|and|or|as|than|into|through|including)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"(?<![\w-])(?:[A-Za-z]+ing|to\s+[a-z]+)\s+(?:(?:the|a|an|its|their|our|his|her)\s+)?(?:[a-z-]+\s+)?$"
)
"""A gerund or infinitive whose object the phrase is: «Developing [new forces] is», not «are»."""
_PLURAL_VERBS = {many: one for one, many in THIRD_PERSON.items()}
_COPULAS = frozenset(("is", "are", "was", "were", "has", "have"))
_PREPOSITIONS = frozenset(("of", "in", "on", "at", "for", "from", "with", "within", "near", "by", "under", "to"))
_ADVERBS = frozenset(("now", "already", "still", "once", "also", "just", "soon", "today"))
SAME = frozenset(("apparatus",))
"""Nouns whose plural reads as the singular («two breathing apparatus»)."""
_MANY = frozenset(("forces", "troops", "peoples"))
"""Heads of names that are many all the same («the Armed Forces have»)."""
_FARTHEST = 10  # words between a subject and its verb
_CLAUSE = frozenset(
    ("that", "which", "who", "whose", "where", "when", "and", "or", "but", "if", "as", "while", "because")
)
_FINITE = frozenset(("is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "must",
                     "should", "do", "does", "did"))  # fmt: skip


def agreed(term: Term, text: str, span: Span, before: str, after: str) -> list[Edit]:
    """The verb behind, where the phrase is its subject and its number is another now."""
    if english_forms.head_word(after).lower() in SAME:
        return []  # its number cannot be seen
    was, now = (is_plural(english_forms.head_word(phrase)) for phrase in (before, after))
    name = len(re.findall(r"\b[A-Z]", after)) > 1  # «The National Games was held» is no slip
    name = name and english_forms.head_word(after).lower() not in _MANY
    if was == now or (" and " in before and not now) or (now and name):
        return []
    if not opens(text, span.start):
        return []
    table = THIRD_PERSON if now else _PLURAL_VERBS
    follower = re.match(r"\s+([^\W\d_]+(?:n['’]t)?)\b", text[span.end :])
    if follower is None:
        return []
    if follower.group(1).lower() not in table:
        found = _farther(text, span.end, table)
        return [_edit(*found, table, term, after)] if found else []
    found_ = [(span.end + follower.start(1), follower.group(1))]
    second = re.match(r"(?:\s+\w+){0,3}\s+and\s+([^\W\d_]+)\b", text[span.end + follower.end() :])
    if second and second.group(1).lower() in table:
        found_.append((span.end + follower.end() + second.start(1), second.group(1)))
    return [_edit(at, old, table, term, after) for at, old in found_]


def opens(text: str, start: int) -> bool:
    """May a phrase that begins there be a subject: not ruled by a preposition, a gerund or an infinitive?"""
    return not (_NO_SUBJECT.search(text[:start]) or _OBJECT.search(text[:start]))


def _edit(at: int, old: str, table: Mapping[str, str], term: Term, after: str) -> Edit:
    return Edit(at, at + len(old), old, table[old.lower()], term.id, f"agrees with «{after}»")


def _farther(text: str, end: int, table: Mapping[str, str]) -> tuple[int, str] | None:
    """The «are» or «have» of the phrase behind a participle or a preposition with its nouns («silage [now stocked at
    the farm] are», «requirement [of banks] has»).

    None of those is in the plural where the verb is, so that the verb can be that of the phrase alone.
    """
    several = table is _PLURAL_VERBS
    words = list(re.finditer(r"[^\W_]+(?:[-'’][^\W_]+)*", text[end : end + 120]))[: _FARTHEST + 1]
    for n, word in enumerate(words):
        gap = text[end + (words[n - 1].end() if n else 0) : end + word.start()]
        low = word.group().lower()
        if gap.strip():
            return None
        if low in _COPULAS:
            return (end + word.start(), word.group()) if n and low in table else None
        if low in _CLAUSE | _FINITE or (n and several and is_plural(low)):
            return None
        if n == 0 and low not in _PREPOSITIONS and not _participle(low):
            later = words[1].group().lower() if len(words) > 1 else ""
            if not (low in _ADVERBS or low.endswith("ly")) or not _participle(later):
                return None
    return None


def _participle(word: str) -> bool:
    """May it be a participle behind a noun («stocked», «held»)?"""
    return word.endswith(("ed", "ing")) or IRREGULAR_VERBS.get(word, word) != word
