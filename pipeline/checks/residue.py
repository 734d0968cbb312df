"""Left-overs that are no translation: file names, addresses, markup, model chatter"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_FILE = re.compile(
    r"[^\s«»\"“”(),:;|<>/\\]+\.(?:jpe?g|png|gif|bmp|tiff?|webp|docx?|pdf|xlsx?|pptx?|html?|txt|mp[34]|avi|zip|rar|wps)(?![\w.-])",
    re.IGNORECASE,
)
_EXTENSION = re.compile(_FILE.pattern[_FILE.pattern.index(r"\.") :], re.IGNORECASE)
_MARK = re.compile("[&<>\\[⁇▁@`*#\\\\=_]")  # one of these is in all of what _MARKUP finds
_URL = re.compile(r"(?:https?://|www\.)[^\s«»<>\"”）)，。]+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_MARKUP = (
    (re.compile(r"&(?:nbsp|amp|lt|gt|quot|apos|ldquo|rdquo|laquo|raquo|mdash|ndash|"
                r"hellip|#\d{2,5}|#x[0-9a-f]{2,5});?", re.I),
     "HTML entity"),
    (re.compile(r"</?(?:p|br|div|span|b|i|strong|em|a|img|td|tr|table|"
                r"font|h[1-6]|li|ul|ol|sup|sub)(?:\s[^<>]*)?/?>", re.I), "HTML tag"),
    (re.compile(r"<unk>|\[UNK\]|⁇|<pad>|</?s>|<\|[a-z_]+\|>|"
                r">>[a-z]{2,4}<<|<2[a-z]{2}>|__[a-z]{2}__", re.I), "mark of a translation model"),
    (re.compile(r"▁|@@(?=\s|$)|(?<=\w)@-@"), "trace of subword segmentation"),
    (re.compile(r"```|(?<!\*)\*\*(?=\S)|^#{1,4} |(?<=\S)\*\*(?!\*)", re.M), "Markdown mark"),
    (re.compile(r"\\[nrt](?![a-z])|\\u[0-9a-f]{4}|\\\"", re.I), "escape sequence"),
    (re.compile(r"(?:style|class|href|src)=[\"'][^\"']*[\"']", re.I), "HTML attribute"),
)  # fmt: skip
_CHATTER = re.compile(
    r"^\s*(?:sure|certainly|of course)[,!.] (?:here|i )|here(?:'s| is) (?:the|a|your) (?:[\w ]{0,30})?translation|"
    r"^\s*(?:translation|translated text)\s*[:：]|as an ai (?:language )?model|"
    r"i (?:cannot|can't|am unable to) translate|(?:вот|ниже)(?: приведен\w*)?(?: \w+){0,2} перевод|"
    r"^\s*(?:перевод|примечание переводчика|текст перевода)\s*:|как (?:языковая модель|искусственный интеллект)[, ]|"
    r"^\s*(?:конечно|разумеется)[,!] (?:вот|ниже)|"
    r"(?:надеюсь|если) (?:это|вам) (?:поможет|нужн\w+ (?:другой|иной) перевод)|"
    r"(?:以下是|这是).{0,12}(?:翻译|译文)|^\s*(?:翻译|译文)[:：]|作为(?:一个)?(?:人工智能|AI|语言模型)|^\s*(?:当然|好的)[，,！!](?:以下|这是|下面)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:责任编辑|编辑|来源|打印|关闭窗口|字体[:：]|分享到|点击(?:查看|下载)|上一篇|下一篇)[:：]?|"
    r"^\s*(?:\[?(?:закрыть|печать|распечатать|поделиться|назад|вверх)\]?)\s*$|"
    r"(?:размер )?шрифта?: (?:большой|средний|малый)|"
    r"^\s*нажмите,? чтобы (?:открыть|увеличить|скачать)\b.*",
    re.IGNORECASE,
)


class Residue(Check):
    name = "residue"
    category = "accuracy/addition"
    severity = Severity.MAJOR

    def segment(self, view: View) -> Iterable[Finding]:
        text, source = view.target, view.source
        taken: list[tuple[int, int]] = []
        for match in _URL.finditer(text) if "://" in text or "www." in text.lower() else ():
            taken.append(match.span())
            if source and match[0].rstrip(".,") not in source:
                yield self.finding(match.span(), "address that the source has not")
        taken += [match.span() for match in _MAIL.finditer(text)] if "@" in text else []
        for match in _FILE.finditer(text) if _EXTENSION.search(text) else ():
            if any(start <= match.start() < end for start, end in taken):
                continue
            inside = text[: match.start()].rstrip()[-1:] not in ("", ".", "!", "?", "。", "»", "\n")
            if source and match[0] in source and inside and not re.search(r"[\u3400-\u9fff]|_|\d{4}", match[0]):
                continue  # running text that speaks of a file
            yield self.finding(
                match.span(),
                "file name left over from the page: not part of the text",
                "",
                category="design-and-markup/residue",
            )
        for pattern, what in _MARKUP if _MARK.search(text) else ():
            for match in pattern.finditer(text):
                if match[0] not in source:
                    yield self.finding(
                        match.span(), f"{what} in the text: {match[0]}", category="design-and-markup/markup"
                    )
        for match in _CHATTER.finditer(text):
            if not source or not _CHATTER.search(source):
                yield self.finding(
                    match.span(), "words of a translation model, not of the text", "", severity=Severity.CRITICAL
                )
        if view.target_lang != "zh":
            for match in _FURNITURE.finditer(text):
                if not source:
                    yield self.finding(match.span(), "button or caption of the web page", "", severity=Severity.MINOR)


PLUGIN = Residue()
