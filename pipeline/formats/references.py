"""Character references for letters, quotation marks and the like in a text that was escaped once more than its file
asks for: «don&#39;t», «R&amp;D». An engine sees what they mean; the translation is escaped as the source was."""

from __future__ import annotations

import html
import re

PATTERN = r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"
REFERENCE = re.compile(PATTERN)
_MARKS = frozenset("'’ʼ‘“”„«»\"&–—-…\u00ad")
_ESCAPED = frozenset("&'\"")  # what is written as a reference again; letters and typographic marks need none


def read(text: str) -> str:
    """The text with such references as the characters that they stand for; spaces, < and > stay as they are."""
    return REFERENCE.sub(lambda match: _meant(match[0]), text) if "&" in text else text


def written(text: str, source: str) -> str:
    """The translation of the source that `read` gave, with the ampersands and straight quotation marks that the source
    escapes escaped in the same way."""
    spelt = {char: one for one in REFERENCE.findall(source) if (char := _meant(one)) in _ESCAPED}
    if not spelt:
        return text
    kept = {match.start() for match in REFERENCE.finditer(text)}
    return "".join(spelt.get(char, char) if at not in kept else char for at, char in enumerate(text))


def ends(text: str, at: int) -> bool:
    """Is the character before this place the end of a reference: the semicolon of &amp;?"""
    return text[at - 1 : at] == ";" and any(
        match.end() == at for match in REFERENCE.finditer(text, max(0, at - 40), at)
    )


def _meant(reference: str) -> str:
    """The character that it stands for, if that is one of a word or a mark beside words; else the reference."""
    char = html.unescape(reference)
    return char if char != reference and all(one.isalnum() or one in _MARKS for one in char) else reference
