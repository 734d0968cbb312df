"""Rows of English words that a model takes for a term, without the verb that governs it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.enforce.heard import Word
from pipeline.enforce.view import View
from pipeline.languages.english import is_plural, lemma
from pipeline.languages.palladius_table import listed
from pipeline.model import Form, Span

_BE = frozenset(listed("am is are was were be been being"))
_HAVE = frozenset(listed("has have had will would can could may must shall should to did does do"))
_WHO = frozenset(listed("i you he she it we they who which that"))
_LAST = re.compile(r"([^\W\d_]+) $")


_TAILS = frozenset(listed("bound worth located based situated held made meant due"))
_GOES_ON = re.compile(r" (?:for|in|at|by|of|from|to|with|on|about|nearly|over|[\d$€¥])")


def without_tail(row: list[Word], wording: Sequence[Form], view: View) -> list[Word]:
    """The row without a word at its end that begins what is said of the thing («gutter oil [bound] for restaurants»,
    «loans [worth] 90 billion»), unless the official form has it."""
    last = row[-1].text.lower()
    known = {word.lower() for form in wording for word in form.text.split()}
    tail = last in _TAILS or (last.endswith("ed") and lemma(last) != last)
    goes_on = _GOES_ON.match(view.text, row[-1].end) is not None
    return row[:-1] if len(row) > 1 and tail and goes_on and last not in known else row


def behind_verb(row: list[Word], wording: Sequence[Form], view: View) -> list[Word]:
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
    past = verb.endswith("ed") or (lemma(verb) != verb and not verb.endswith(("s", "ing", "er", "est")))
    subject = left in _WHO or left in _HAVE or (is_plural(left) and left not in _BE)
    governs = progressive or (past and subject and not is_plural(verb))
    return row[1:] if governs and not row[1].link and view.text[row[0].end : row[1].start] == " " else row


KINDS = "(?:species|varieties|kinds|types|sorts|breeds|strains) of "
_KINDS_OF = re.compile(KINDS)
_KIND = re.compile(r"(?i)species|variet|kind|type|sort|breed|strain|\bвид|\bсорт|\bтип|\bпород|\bштамм|[种类型]")


def without_kinds(span: Span, forms: Sequence[str], text: str) -> Span:
    """The span without a word for kinds at its beginning («fifteen species of [honey vegetation]»), unless a form of
    the term in either language has one."""
    kinds = _KINDS_OF.match(text, span.start, span.end)
    return span if kinds is None or any(map(_KIND.search, forms)) else Span(kinds.end(), span.end)


def without_owner(row: list[Word], wording: Sequence[Form], view: View) -> list[Word]:
    """The row without whose the thing is («the publishing house's [copyright output]»), where the rest renders all
    words of the term that the row does, several; unless the official form has an owner, too."""
    ends = [n for n in range(len(row) - 2) if re.match("['’]s? ", view.text[row[n].end :])]
    if not ends or any(re.search("['’]", form.text) for form in wording):
        return row
    rest = row[ends[-1] + 1 :]
    said, own = ({at for word in part for at in word.says} for part in (row, rest))
    return rest if len(own) > 1 and own == said else row
