"""A Russian sentence read on trial, with a term in another case: does it hang together, with no subject missing?"""

from __future__ import annotations

from pipeline.enforce import tree
from pipeline.enforce.view import OPENERS, View
from pipeline.languages.russian.analyse import Token, analyses, fold, tokenise
from pipeline.languages.russian.syntax import Sentence, parse
from pipeline.model import Span

_IMPERSONAL = frozenset(("Impr", "Infr", "impr", "1per", "2per"))


def settles(text: str, span: Span, form: str, case: str) -> bool:
    """With `form` at `span`: is its head read in `case`, and has every finite verb of the sentence its subject?

    A nominative that no verb misses was no subject: «решения Верховный суд», but «На встрече посол заявил».
    """
    whole = text[: span.start] + form + text[span.end :]
    end = span.start + len(form)
    for sentence in parse(whole):
        if not sentence.start <= span.start < sentence.end:
            continue
        inside = [n for n, token in enumerate(sentence.tokens) if token.end > span.start and token.start < end]
        outward = [n for n in inside if sentence.tokens[n].head not in inside and sentence.tokens[n].text[0].isalnum()]
        if not outward or sentence.tokens[outward[0]].rel.startswith(("nsubj", "root", "appos")):
            return False
        read_as = sentence.tokens[outward[0]].feats.get("case", "")
        return read_as in ("", case) and not any(_lacks_subject(sentence, n) for n in range(len(sentence.tokens)))
    return False


def _lacks_subject(sentence: Sentence, at: int) -> bool:
    """Is the word a finite verb or short participle that asks for a subject and has none?"""
    token = sentence.tokens[at]
    readings = [a for a in analyses(token.text) if a.pos in ("VERB", "PRTS", "ADJS")] if token.text.isalpha() else []
    if token.pos not in ("VERB", "AUX", "ADJ") or not readings or analyses(token.text)[0].pos == "INFN":
        return False
    if any(_IMPERSONAL & a.grammemes for a in readings) or token.rel in ("aux", "aux:pass", "cop", "parataxis"):
        return False
    seen: set[int] = set()
    while at >= 0 and at not in seen:
        seen.add(at)
        if any(sentence.tokens[n].rel.startswith(("nsubj", "csubj")) for n in sentence.children(at)):
            return False
        if sentence.tokens[at].rel not in ("conj", "xcomp"):
            return True
        at = sentence.tokens[at].head
    return True


def subject_of_none(text: str, span: Span) -> bool:
    """Does no other nominative join the term, so that both may be subjects («присутствовали посол и министр»)?"""
    after = [token for token in tokenise(text) if token.start >= span.end][:2]
    if len(after) < 2 or fold(after[0].text) not in (",", "и"):
        return True
    return not any(a.case == "nom" and a.pos in ("NOUN", "ADJF", "PRTF") for a in analyses(after[1].text))


def joined_preposition(view: View, span: Span) -> str:
    """The preposition that governs a row of names joined by commas and «и» whose last member is at `span`, else "".

    «с Ван И и [Се Фэн]», «в Европе, Азии и [Африка]»: every member is one to three capitalised words. After a comma
    the country may stand in the nominative («в Стамбуле, Турция»).
    """
    if not span.of(view.text).lstrip('«„“"')[:1].isupper():
        return ""
    row = [token for token in view.tokens if token.end <= span.start and token.text not in OPENERS]
    joints = members = 0
    if not row or row[-1].text != "и":
        return ""
    while row:
        token = row.pop()
        word = fold(token.text)
        if token.text in ("и", ","):
            if members == 0 and joints:
                return ""
            joints, members = joints + 1, 0
        elif token.text[:1].isupper() and token.is_word:
            members += 1
            if members > 3:
                return ""
        elif word in tree.governed("prep") and joints and members:
            return word
        else:
            return ""
    return ""


def plain_noun(token: Token | None) -> bool:
    """A common noun of the dictionary that may have a complement in the genitive."""
    if token is None or not token.text[:1].islower():
        return False
    first = analyses(token.text)[0]
    return first.known and first.pos == "NOUN" and not first.animate
