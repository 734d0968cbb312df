"""What a person's edit changed, word by word, and the words that a suggestion offers."""

from __future__ import annotations

import difflib
import re

from pipeline.model import Edit

_TOKEN = re.compile(r"[\u3400-\u9fff]|\w+|\s+|.", re.DOTALL)


def alternatives(suggestion: str) -> list[str]:
    """A suggestion may name several words to choose from, parted by semicolons."""
    return [part.strip() for part in suggestion.split(";") if part.strip()] or [suggestion]


def changes(old: str, new: str) -> list[Edit]:
    """What makes `new` of `old`, word by word (character by character in Chinese)."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    at = [0]
    for token in a:
        at.append(at[-1] + len(token))
    made = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            made.append(Edit(at[i], at[j], "".join(a[i:j]), "".join(b[k:m]), "", "post-edit"))
    return made
