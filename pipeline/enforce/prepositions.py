"""The preposition before a term that was put in: its form, and «на» for «в» with places that are said so."""

from __future__ import annotations

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


_TURNING = frozenset(  # what becomes of a thing, what is put or trusted in it: «превратили в [склад]»
    ("превратить", "превращать", "превратиться", "превращаться", "превращение", "преобразовать", "преобразование",
     "реорганизовать", "реорганизация", "переоборудовать", "переименовать", "перестроить", "переделать", "вложить",
     "вкладывать", "инвестировать", "инвестиция", "вложение", "верить", "вера", "играть", "вырасти", "объединить")
)  # fmt: skip


def _goes(left: Token, view: View) -> bool:
    """May the preposition before the place tell where something goes, and not what it becomes?"""
    row = [token for token in view.tokens if token.end <= left.start]
    start = next((at + 1 for at in range(len(row) - 1, -1, -1) if row[at].text in STOPS), 0)
    behind = [token for token in view.tokens if token.start >= left.end]
    stop = next((at for at, token in enumerate(behind) if token.text in (*STOPS, ",")), len(behind))
    return not any(token.is_word and lemmas(token.text) & _TURNING for token in (*row[start:], *behind[:stop]))


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
