"""What is the same in every language and must come through letter for letter: addresses, file names, placeholders."""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.model import Span

_ENDS = (  # top-level domains that are taken for one without "http://" or "www." before the name
    "ru|cn|com|org|net|edu|gov|int|info|biz|eu|uk|us|de|fr|jp|kr|kz|by|su|hk|tw|mo|io|рф|xn--[a-z0-9]+"
)
_SUFFIXES = (
    "docx?|docm|dotx|xlsx?|xlsm|pptx?|pdf|rtf|odt|ods|odp|txt|csv|tsv|jsonl?|xml|html?|xhtml|md|epub|djvu|ya?ml|toml|ini|"
    "cfg|conf|log|sql|xliff?|xlf|tmx|tbx|po|srt|vtt|zip|rar|7z|tar|gz|tgz|bz2|xz|png|jpe?g|gif|bmp|svg|webp|tiff?|ico|"
    "mp3|mp4|avi|mov|mkv|wav|flac|ogg|webm|psd|dwg|exe|dll|apk|iso|jar|bat|sh|py|js|css|php"
)
_WORD = r"A-Za-z0-9_А-яЁё"
_LABEL = rf"[{_WORD}](?:[{_WORD}-]{{0,61}}[{_WORD}])?"
_STOP = r"\s<>\"'«»“”‘’„「」『』《》〈〉（）【】［］，。；：！？、…|\\^`\u3040-\u30ff\u3400-\u9fff"  # ends an address
# Chinese characters follow an address without a space; they are of it only inside a path: /wiki/王君正.
_HAN_PATH = rf"(?:(?<=[{_WORD}%-]/)[\u3400-\u9fff][\u3400-\u9fff{_WORD}%.-]*)"
_REST = rf"(?:[^{_STOP}{{}}]|\{{[^{_STOP}{{}}]{{0,100}}\}}|{_HAN_PATH})"
_ADDRESS = re.compile(
    rf"""(?<![A-Za-z0-9])(?:https?|ftps?|sftp|wss?|file|ssh|git)://{_REST}{{1,2000}}
    |(?<![A-Za-z0-9])(?:mailto|tel):[A-Za-z0-9+][^{_STOP}{{}}]{{1,200}}
    |(?<![A-Za-z0-9._%+@-])[A-Za-z0-9_][A-Za-z0-9._%+-]{{0,80}}@(?:{_LABEL}\.){{1,12}}[A-Za-zА-я]{{2,}}
    |(?<![A-Za-z0-9.@-])www\.{_REST}{{1,2000}}
    |(?<![{_WORD}.@/-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?\.|[а-яё0-9-]{{1,63}}\.(?=рф)){{1,12}}(?:{_ENDS})(?![{_WORD}-]|\.[{_WORD}])
        (?::\d{{2,5}})?(?:/{_REST}{{0,2000}})?""",
    re.VERBOSE,
)
_FILE = re.compile(
    rf"""(?<![{_WORD}])[A-Za-z]:\\(?:[^{_STOP}/:*?]{{1,100}}\\){{0,30}}[^{_STOP}/:*?]{{0,100}}
    |(?<=[“‘「『《"'«(（/\\])\w[\w.+~()-]{{0,120}}\.(?:{_SUFFIXES})(?![{_WORD}])
    |(?<![{_WORD}./~])(?:~|\.{{1,2}})?(?:/[A-Za-z0-9_.+~-]{{1,120}}){{2,30}}/?
    |(?<![{_WORD}.])[{_WORD}][{_WORD}.+~-]{{0,120}}\.(?:{_SUFFIXES})(?![{_WORD}])
    |(?<![\w.])\.(?:{_SUFFIXES})(?![{_WORD}])""",
    re.VERBOSE | re.IGNORECASE,
)
_HOLDER = re.compile(
    r"\{\{[^{}]{1,200}\}\}|\{%[^{}]{1,200}%\}|<%[^<>]{1,200}%>|\$?\{[A-Za-z_0-9][\w.:-]*\}|%\d+\$[sdif@]|%[sdif](?!\w)"
    r"|%\([A-Za-z_]\w*\)[sd]|\[\[[^\[\]]{1,200}\]\]|⟦[^⟧]{1,200}⟧"
)
_HINT = re.compile(r"://|@|www|\.\w|[\\/%{$⟦]|\[\[|mailto:|tel:")  # a full stop at the end is none
_TAIL = ".,;:!?*_~'"
_PAIRS = {")": "(", "]": "["}


def addresses(text: str) -> list[Span]:
    """Where web and e-mail addresses, paths and file names stand, in order, without the marks that follow them."""
    if _HINT.search(text) is None:
        return []
    return _apart(text, (_ADDRESS, _FILE))


def find(text: str) -> list[Span]:
    """`addresses` and placeholders: {name}, {{ name }}, ${name}, %s, %(name)s, %1$s, [[name]]."""
    if _HINT.search(text) is None:
        return []
    return _apart(text, (_ADDRESS, _HOLDER, _FILE))


def _apart(text: str, patterns: tuple[re.Pattern[str], ...]) -> list[Span]:
    """Matches that do not overlap, those of earlier patterns first."""
    found: list[Span] = []
    for pattern in patterns:
        starts = [span.start for span in found]
        more: list[Span] = []
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end() if pattern is _HOLDER else _trimmed(text, *match.span()))
            near = bisect_left(starts, span.end) - 1
            if len(span) and (near < 0 or found[near].end <= span.start):
                more.append(span)
        found = sorted([*found, *more], key=lambda span: span.start)
    return found


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of an address without the full stop of its sentence and brackets that were opened before it."""
    while end > start:
        last = text[end - 1]
        if last in _TAIL or (last in _PAIRS and text.count(last, start, end) > text.count(_PAIRS[last], start, end)):
            end -= 1
        else:
            break
    return end


def stand(wanted: list[str], text: str) -> bool:
    """Do all of them stand in the text, as often as they are wanted, and not as a piece of something longer?"""
    for one in set(wanted):
        before = rf"(?<![{_WORD}])" if one[0].isalnum() else ""
        after = rf"(?![{_WORD}])" if one[-1].isalnum() else ""
        if len(re.findall(before + re.escape(one) + after, text)) < wanted.count(one):
            return False
    return True
