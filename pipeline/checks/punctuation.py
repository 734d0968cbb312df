"""Punctuation and quotation marks of the target language"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.checks._coded import marks, parted
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_WIDE = {
    "。": ".", "，": ",", "、": ",", "；": ";", "：": ":", "？": "?", "！": "!",
    "（": "(", "）": ")", "《": "«", "》": "»",
    "「": "«", "」": "»", "『": "«", "』": "»", "【": "[", "】": "]", "〈": "«", "〉": "»", "～": "–", "％": "%",
}  # fmt: skip
_HAN = r"[\u3400-\u9fff]"
_ASCII_IN_HAN = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ("（", "）"), ("《", "》"), ("“", "”"), ("「", "」"))
_ENDS = ".!?…。！？"
# журналист спросил, что делать: the question has become a clause
_WONDERING = re.compile(r"\b(?:like|want|wish)\w* to know\b|\bwonder\w*|\bask\w*[^.]{0,40} (?:whether|if)\b", re.I)
_INDIRECT = re.compile(
    r"\b(?:спро[сш]|спраш|поинтерес|интерес(?:ует|уют|овал)|осведом|уточн|зада(?:л|ют|ет)|задума)\w*.{0,40}?,\s"
    r"(?:что|чем|чего|кто|как|где|когда|куда|откуда|зачем|почему|сколько|каки?[ейхмя]\w*|каков\w*|не?\s?\w+\sли)\b",
    re.IGNORECASE,
)
_CLOSERS = "»”\"')）》」』]’“"


def _count(text: str, mark: str) -> int:
    if mark == ")":  # "1)" and "а)" number a list
        text = re.sub(r"(?:^|(?<=[\s;:.,]))(?:\d{1,3}|[^\W\d_])\)", "", text)
    elif mark == "”" or mark == "“":  # „…” and inches
        text = re.sub(r"„[^“”]*[“”]", "", text)
    return text.count(mark)


class Punctuation(Check):
    name = "punctuation"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR

    def segment(self, view: View) -> Iterable[Finding]:
        text = view.target
        if not text.strip():
            return
        yield from self._chinese(text, view) if view.target_lang == "zh" else self._european(text, view)
        yield from self._end(view)

    def _european(self, text: str, view: View) -> Iterator[Finding]:
        quotes = "«»" if view.target_lang == "ru" else "“”"
        for match in re.finditer(f"[{''.join(_WIDE)}]", text):
            right = _WIDE[match[0]]
            if view.target_lang == "en":
                right = right.replace("«", "“").replace("»", "”")
            yield self.finding(match.span(), f"Chinese punctuation mark {match[0]} in the target", right)
        for match in re.finditer(r"(?<=[^\W_])[ \u00a0]+([,;:!?]|\.(?![.\w]))(?=\s|$|[»”\")])", text):
            if not parted(view, match.span()):
                yield self.finding(match.span(), "space before a punctuation mark", match[1])
        for match in re.finditer(
            r",\s*,+|(?<!\.)\.\.(?!\.)|;;+|::+|,\.(?!\d)|\.,(?=\s[А-ЯA-Z])|,;|:,|«\s*»|\(\s*\)", text
        ):
            before = text[: match.start()]
            if match[0].startswith(".,") or (match[0] == ".." and re.search(r"(?:\s|^)\w{1,4}$", before)):
                continue
            if parted(view, match.span()):
                continue
            yield self.finding(match.span(), f"punctuation marks run together: {match[0]}", match[0][0])
        for match in re.finditer(r"(?<=[а-яёa-z])([,;])(?=[а-яёА-ЯЁa-zA-Z])", text):
            if not _in_address(text, match.start()) and not parted(view, match.span(), beside=True):
                yield self.finding(match.span(), f"no space after {match[1]}", match[1] + " ")
        for match in re.finditer(r"(?<=[а-яё]{3})\.(?=[А-ЯЁ][а-яё])", text):
            if not parted(view, match.span(), beside=True):
                yield self.finding(match.span(), "no space between sentences", ". ")
        if view.target_lang == "ru":
            tags = marks(text)
            for match in re.finditer(r"“([^“”\n]*)”|\"([^\"\n]+)\"", text):
                if any(start <= match.start() and match.end() <= end for start, end in tags):
                    continue
                mixed = "«" in text and match[0][0] == '"' and not _inside(text, match.start())
                inner = match[1] if match[1] is not None else match[2]
                yield self.finding(
                    match.span(),
                    "Russian puts «…» where the target has "
                    + ("straight" if match[0][0] == '"' else "English")
                    + " quotes",
                    f"«{inner}»",
                    severity=Severity.MINOR if mixed else Severity.NEUTRAL,
                )
        elif view.target_lang == "en":
            for match in re.finditer("[«»]", text):
                yield self.finding(match.span(), "guillemet in an English text", quotes["«»".index(match[0])])

    def _chinese(self, text: str, view: View) -> Iterator[Finding]:
        for match in re.finditer(rf"(?<={_HAN})([,;:?!()])(?={_HAN}|$|\s)|(?<={_HAN})(\()|(\))(?={_HAN})", text):
            yield self.finding(match.span(), f"half-width {match[0]} in Chinese text", _ASCII_IN_HAN[match[0]])
        for match in re.finditer(rf"(?<={_HAN})\.(?=$|\s|{_HAN})", text):
            yield self.finding(match.span(), "full stop of the Latin script in Chinese text", "。")
        for match in re.finditer(rf"[«»]|\"(?=[^\"]*{_HAN})|(?<={_HAN})\"", text):
            right = "《" if match[0] == "«" else "》" if match[0] == "»" else "“”"
            yield self.finding(match.span(), f"{match[0]} in Chinese text", right)
        for match in re.finditer(r"。。+|，，+|、、+|，。|。，|！！+|；；+|、，|，、", text):
            if not parted(view, match.span()):
                yield self.finding(match.span(), f"punctuation marks run together: {match[0]}", match[0][-1])

    def document(self, views: Sequence[View]) -> Iterable[tuple[int, Finding]]:
        """Brackets and quotes without a counterpart, where no neighbouring segment has it."""
        for opening, closing in _PAIRS:
            extra = [_extra(view, opening, closing) for view in views]
            for index, count in enumerate(extra):
                around = extra[index + 1 : index + 9] if count > 0 else extra[max(0, index - 8) : index]
                if not count or any(other * count < 0 for other in around):
                    continue
                text = views[index].target
                mark = opening if count > 0 else closing
                at = text.rfind(mark) if count > 0 else text.find(mark)
                message = f"{mark} without its counterpart {closing if count > 0 else opening}"
                yield index, self.finding((at, at + 1), message)

    def _end(self, view: View) -> Iterator[Finding]:
        source, text = (_PICTURES.sub("", side).rstrip() for side in (view.source, view.target))
        last = source.rstrip(_CLOSERS)[-1:] if source else ""
        if not last or last not in _ENDS or len(text) < 2:
            return
        body = text.rstrip(_CLOSERS)
        if body[-1:] in (*_ENDS, ";", ":") or text[-1] in _ENDS:
            asked = (view.target_lang == "ru" and _INDIRECT.search(text)) or (
                view.target_lang == "en" and _WONDERING.search(text)
            )
            if last in "?？" and not {"?", "？"} & set(text) and len(source) > 3 and not asked:
                yield self.finding((len(text) - 1, len(text)), "the source asks a question, the target does not", "?")
            return
        mark = {"。": ".", "！": "!", "？": "?"}.get(last, last)
        if view.target_lang == "zh":
            mark = {".": "。", "!": "！", "?": "？"}.get(last, last)
        yield self.finding((len(text) - 1, len(text)), "the closing mark of the sentence is missing", text[-1] + mark)


# Pictures behind the last mark: «… совещание. 😀»
_PICTURES = re.compile("(?:\\s*[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d])+\\s*$")


def _extra(view: View, opening: str, closing: str) -> int:
    """Opening marks less closing ones; 0 where the surplus is allowed or the source has it too."""
    text = view.target
    extra = _count(text, opening) - _count(text, closing)
    if not extra or (view.source and _lopsided(view.source)):
        return 0
    if opening == "«" and extra > 0 and re.search(r"«[^»]*«[^»]*»", text):
        return 0  # one » may close two levels
    if opening == "“" and ("„" in text or "«" in text or re.search(r"\d[”“]", text)):
        return 0
    return extra


def _inside(text: str, at: int) -> bool:
    """Is `at` inside «…»? Inner quotation marks may differ from the outer ones."""
    return text.count("«", 0, at) > text.count("»", 0, at)


def _lopsided(text: str) -> bool:
    return any(text.count(a) != text.count(b) for a, b in _PAIRS) or text.count('"') % 2 == 1


def _in_address(text: str, at: int) -> bool:
    start = text.rfind(" ", 0, at) + 1
    return bool(re.match(r"https?:|www\.|\S+@", text[start:]))


PLUGIN = Punctuation()
