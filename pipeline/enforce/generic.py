"""A place put together anew: its name and the words for its kind are there, in another order, form or spelling.

«Уйгурский автономный округ Синьцзян» for Синьцзян-Уйгурский автономный район, «Нинся-Хуэй автономной области».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.enforce import likeness, place
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.glossary.fold import key
from pipeline.languages import palladius, pinyin
from pipeline.languages.chinese import is_han
from pipeline.languages.palladius_distance import distance
from pipeline.languages.russian.analyse import Token, analyses, lemmas
from pipeline.model import Span, Term

_KINDS = frozenset(
    ("район", "округ", "область", "регион", "провинция", "префектура", "уезд", "край", "аймак", "хошун", "зона")
)
_WITH = frozenset(("автономный", "национальный", "городской", "административный", "особый", "специальный"))
_PEOPLE = frozenset(("народность", "национальность", "народ"))
_OF_PEOPLE = re.compile("(?=([\u4e00-\u9fff]{1,4})族)")  # 土家族 and what stands before it
_LONGEST = 5
_ALIKE = 0.8


def candidates(term: Term, view: View) -> Iterator[Candidate]:
    """Rows of a word for a kind of place, its adjectives and names that are all the term's own."""
    if view.lang != "ru" or term.kind != "place":
        return
    official = next((form.text for form in term.forms.get("ru", ()) if _generic(form.text)), "")
    if not official:
        return
    parts = _parts(term)
    adjectives = {word for word in official.split() if lemmas(word) & _WITH}
    tokens, peoples = view.tokens, _peoples(term, view)
    longest = _LONGEST + max(map(len, peoples), default=0)
    aside = [token for people in peoples for token in people]
    for first in range(len(tokens)):
        for size in range(min(longest, len(tokens) - first), 1, -1):
            row = tokens[first : first + size]
            if row[0] in aside or any(people[-1] not in row for people in peoples if people[0] in row):
                continue
            span = Span(row[0].start, row[-1].end)
            if len(span) != sum(len(token.text) for token in row) + size - 1 or not view.free(span):
                continue
            kinds = [token for token in row if _is(token, _KINDS)]
            with_ = [token for token in row if _is(token, _WITH)]
            names = [token for token in row if token not in kinds and token not in with_ and token not in aside]
            if len(kinds) != 1 or bool(with_) != bool(adjectives) or not names or not with_:
                continue
            if not all(_agree(token, kinds[0]) for token in with_):
                continue
            if all(_own(token, parts) for token in names) and not _spoils(view, row):
                cells = place.own(" ".join(token.text for token in row if token in kinds or token in with_))
                text = span.of(view.text)
                why = f"«{text}» is its name put together in another way"
                yield Candidate(span, 0.97, why, cells, bool(cells), text, 0, same=True)
                return


def _peoples(term: Term, view: View) -> list[list[Token]]:
    """The words that tell whose autonomous unit it is, where the Chinese name tells it («автономный уезд Чанъян
    [народности туцзя]»): one name of a people for each in the term, joined by «и»."""
    said = max((form.text.count("族") for form in term.forms.get("zh", ())), default=0)
    signs = [sign for form in term.forms.get("zh", ()) for sign in _OF_PEOPLE.findall(form.text)]
    spelt = {palladius.place(sign).lower() for sign in signs}
    found: list[list[Token]] = []
    for at, token in enumerate(view.tokens if said else ()):
        if not lemmas(token.text) & _PEOPLE or not any(a.case == "gen" for a in analyses(token.text)):
            continue
        end = at + 1
        for more in range(said):
            name = end + (1 if more else 0)
            joined = not more or view.tokens[end].text in ("и", ",")
            if name >= len(view.tokens) or not joined or not _people(view.tokens[name], spelt):
                break
            end = name + 1
        if end > at + 1 and not _of_several(view.tokens[end : end + 3]):
            found.append(list(view.tokens[at:end]))
    return found


def _of_several(behind: Sequence[Token]) -> bool:
    """Does another people follow, and what they all do: «народности туцзя [и хань живут] дружно»?"""
    if len(behind) < 3 or behind[0].text != "и" or analyses(behind[1].text)[0].pos != "NOUN":
        return False
    return any(a.pos == "VERB" and a.number == "pl" for a in analyses(behind[2].text)[:1])


_MANY = (("gen", "pl"), ("acc", "pl"))


def _people(token: Token, spelt: set[str]) -> bool:
    """May it be the name of a people: уйгуров, монголов? `spelt`: such as are in any case (шэ, туцзя)."""
    if token.text.lower() in spelt:
        return True  # дай is a form of дать, too
    nouns = [a for a in analyses(token.text) if a.pos == "NOUN"] if token.text[:1].islower() else []
    return bool(nouns) and all(a.animate and (a.case, a.number) in _MANY for a in nouns)


def misspelt(term: Term, view: View) -> Iterator[Candidate]:
    """A place after the right word for its kind, its own name misspelt: «нового района Пуданг»."""
    for rank, form in enumerate(term.forms.get("ru", ()) if view.lang == "ru" and term.kind == "place" else ()):
        kind, _, name = form.text.rpartition(" ")
        if not kind or not kind.islower() or not name[:1].isupper():
            continue
        for surface in forms.surfaces(form.text, form.notes, "ru", term.kind, term.gender):
            generic, _, own = surface.key.rpartition(" ")
            for span in forms.places(generic, view.folded, "ru"):
                word = view.after(span.end)
                if word is None or word.start != span.end + 1 or not word.text[:1].isupper():
                    continue
                whole = Span(span.start, word.end)
                near = max(likeness.names(word.text, name), 1.0 - distance(word.text, name))
                if 0.66 <= near < 1 and key(word.text, "ru") != own and view.free(whole):
                    text = whole.of(view.text)
                    yield Candidate(
                        whole,
                        0.9 * near,
                        f"«{text}» is another transcription",
                        surface.cells,
                        True,
                        text,
                        rank,
                        same=True,
                    )


def _agree(adjective: Token, noun: Token) -> bool:
    return any(
        a.case == n.case and a.number == n.number and (a.number == "pl" or a.gender == n.gender)
        for a in analyses(adjective.text)
        if a.pos == "ADJF"
        for n in analyses(noun.text)
        if n.pos == "NOUN"
    )


def _generic(text: str) -> bool:
    return any(lemmas(word) & _KINDS for word in text.split())


def _is(token: Token, group: frozenset[str]) -> bool:
    return token.is_word and token.text[:1].isalpha() and bool(lemmas(token.text) & group)


def _parts(term: Term) -> frozenset[str]:
    """The names that the term is made of, in all languages: «Синьцзян», «Уйгурский», Xinjiang, xinjiang."""
    found: set[str] = set()
    for lang in ("ru", "en"):
        for form in term.forms.get(lang, ()):
            words = form.text.split()
            found |= {part for word in words if word[:1].isupper() for part in re.split("[-‐‑]", word)}
            found |= {word for word in words if word[:1].isupper()}
    for form in term.forms.get("zh", ()):
        if is_han(form.text):
            found |= {"".join(pinyin.syllables(form.text[:2])), palladius.place(form.text[:2])}
    return frozenset(part for part in found if len(part) > 2 and not lemmas(part) & (_KINDS | _WITH))


def _own(token: Token, parts: frozenset[str]) -> bool:
    """Is the word a name that sounds like one of the term's, endings of cases and adjectives aside?"""
    if not token.is_word or not token.text[:1].isupper():
        return False
    pieces = [piece for piece in re.split("[-‐‑]", token.text) if piece]
    return all(any(_near(piece, part) for part in parts) for piece in pieces)


def _near(word: str, part: str) -> bool:
    if sounds(word, part) >= _ALIKE:
        return True
    one, two = word.lower(), part.lower()
    size = min(len(one), len(two))
    same = next((at for at in range(size) if one[at] != two[at]), size)
    adjective = analyses(word)[0].pos in ("ADJF", "NOUN", "UNKN")
    return adjective and same >= 3 and same >= min(len(one), len(two)) - 2


def _spoils(view: View, row: Sequence[Token]) -> bool:
    """Does a further name or adjective touch the row, so that it may be a part of something longer?"""
    before, after = view.before(row[0].start), view.after(row[-1].end)
    left = before is not None and before.is_word and view.text[before.end : row[0].start] == " "
    right = after is not None and after.is_word and view.text[row[-1].end : after.start] == " "
    return (left and before is not None and before.text[:1].isupper() and not view.sentence_start(before.start)) or (
        right and after is not None and after.text[:1].isupper()
    )
