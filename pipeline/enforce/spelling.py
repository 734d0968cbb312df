"""ё in what the enforcer writes: where the document has it («прошёл», «ещё»), new words have it, too; е elsewhere.

Official texts mostly write е, and the dictionaries' forms come without ё where the word replaced has none. An official
form stays as its glossary spells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from pipeline.enforce.result import Enforced
from pipeline.model import Term, apply_edits

_YO = re.compile("[ёЁ]")
_PLAIN = re.compile(  # frequent words that can be written with ё alone, where it is written
    r"\b(?:еще|ее|нее|причем|трех|четырех|(?:рас|под)?счет(?:ом|у|е)?|учет\w*|отчет\w*|объем\w*|прием\w*|подъем\w*|"
    r"(?:при|у|про|во|за|на|подо)?шел|(?:при|про|за|в)?веден(?:н\w+)?|утвержден(?:н\w+)?|иде[тм]|веде[тм]|дает)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[а-яёА-ЯЁ]+(?:-[а-яёА-ЯЁ]+)*")


def writes_yo(texts: Iterable[str]) -> bool:
    """Do Russian texts write ё where it belongs, more often than not?"""
    with_yo = without = 0
    for text in texts:
        with_yo += len(_YO.findall(text))
        without += sum("ё" not in word.lower() for word in _PLAIN.findall(text))
    return with_yo > without


def with_yo(done: Enforced, text: str, terms: Mapping[str, Term]) -> Enforced:
    """What was done to the Russian `text`, with ё in the new words that can have nothing else; `terms` by their ids."""
    changed = [terms[edit.term] for edit in done.edits if edit.term in terms]
    forms = [form.text.lower() for term in changed for form in term.forms.get("ru", ())]
    official = {word for form in forms for word in _WORD.findall(form)}

    def spelt(words: str) -> str:
        return _WORD.sub(lambda found: found[0] if found[0].lower() in official else _restored(found[0]), words)

    edits = tuple(replace(edit, after=spelt(edit.after)) for edit in done.edits)
    if edits == done.edits:
        return done
    lines = tuple({**row, "after": spelt(row["after"])} if row["status"] == "repaired" else row for row in done.terms)
    return replace(done, target=apply_edits(text, edits), edits=edits, terms=lines)


@lru_cache(maxsize=4096)
def _restored(word: str) -> str:
    """The word with ё where every reading of it has it: «прошел» -> «прошёл», but «все»."""
    from pipeline.languages.russian import analyse

    if "е" not in word.lower() or _YO.search(word):
        return word
    forms = {str(parse.word) for parse in analyse.parses(word)}
    made = next(iter(forms)) if len(forms) == 1 else word
    if "ё" not in made or made.replace("ё", "е") != word.lower().replace("ё", "е"):
        return word
    return "".join(("Ё" if a.isupper() else "ё") if b == "ё" else a for a, b in zip(word, made, strict=True))
