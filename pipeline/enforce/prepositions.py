"""The preposition before a term that was put in: its form, and «на» for «в» with places that are said so."""

from __future__ import annotations

from pipeline.enforce.tree import words
from pipeline.enforce.view import STOPS, View
from pipeline.languages.russian.analyse import Token, analyses, fold, lemmas, like, tokenise
from pipeline.languages.russian.reagreement import preposition as fitted
from pipeline.languages.russian.tables import table
from pipeline.model import Edit, Span, Term


def edits(span: Span, after: str, view: View, term: Term, cell: str) -> list[Edit]:
    """The preposition before the span, where the new first word asks for its other form."""
    left = view.before(span.start)
    if left is None or view.text[left.end : span.start].strip(' \u00a0«„"') or left.end == span.start:
        return []
    old = next((token.text for token in tokenise(span.of(view.text)) if token.is_word), "")
    new = next((token.text for token in tokenise(after) if token.is_word), "")
    word = fold(left.text)
    place = term.kind in ("body", "term") and (cell.startswith("prp") or (cell.startswith("acc") and _goes(left, view)))
    if place and (other := _of_place(word, span.of(view.text), after)):
        return [Edit(left.start, left.end, left.text, like(left.text, other), term.id, f"«{other}» with «{after}»")]
    if len(new) > 1 and new.isupper():
        return []  # abbreviations are spelt out: с США
    made = fitted(word, new)
    if made is None or made == word or made == fitted(word, old):
        return []
    return [Edit(left.start, left.end, left.text, like(left.text, made), term.id, f"«{made}» before «{new}»")]


_SAYS = ("VERB", "INFN", "GRND", "PRTS", "PRTF")


def _goes(left: Token, view: View) -> bool:
    """Does a word of motion or putting ask where to («перевезли в [хранилище]»), and no other for «в» or «на» with the
    accusative («стреляли в», «вложили в»)? The nearest before the preposition tells, else the first behind it."""
    goes = table("words", "goes").keys()
    other = (words("motion") | words("into") | words("onto")) - goes
    row = [token for token in view.tokens if token.end <= left.start]
    start = next((at + 1 for at in range(len(row) - 1, -1, -1) if row[at].text in (*STOPS, ",")), 0)
    behind = [token for token in view.tokens if token.start >= left.end]
    stop = next((at for at, token in enumerate(behind) if token.text in (*STOPS, ",")), len(behind))
    for token in (*reversed(row[start:]), *behind[:stop]):
        found = lemmas(token.text) if token.is_word else frozenset()
        if found & goes:
            return True
        if found & other or (found and analyses(token.text)[0].pos in _SAYS and "быть" not in found):
            return False
    return False


def _of_place(word: str, before: str, after: str) -> str:
    """«на» for «в» and the other way round, where a place was said by the one and now is by the other: «в пункте», «на
    станции»; "" for no change."""
    inside, on = table("words", "place-in"), table("words", "place-on")

    def head(text: str) -> frozenset[str]:
        first = next((t.text for t in tokenise(text) if t.is_word and analyses(t.text)[0].pos == "NOUN"), "")
        return lemmas(first) if first else frozenset()

    old, new = head(before), head(after)
    if word in ("в", "во") and old & inside.keys() and new & on.keys():
        return "на"
    if word == "на" and old & on.keys() and new & inside.keys():
        return "в"
    return ""
