"""Limits, directions and multiples of numbers turned round: not less, not more; by, to; tens, thousands"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain

from pipeline.checks import _durations, _figures
from pipeline.checks import _multiples as multiples
from pipeline.checks._number_text import read, target_numbers, tidy
from pipeline.checks._tables import rows
from pipeline.checks.base import Check, View
from pipeline.languages.numbers_base import Number
from pipeline.model import Finding, Lang, Severity, Span

_WORDS = {"least": "at least or more than", "most": "at most or fewer than", "almost": "almost"}
_UNIT = {
    "zh": r"\s*[多余]?[个\u3400-\u9fff]{0,4}?", "ru": r"(?:[ \u00a0](?:%|[а-яё.]+))??(?:[ \u00a0][а-яё]+)??[ \u00a0]",
    "en": r"(?:[ %]?[a-z.]*)??(?: [a-z]+)?? ",
}  # fmt: skip
_GAP = {
    "zh": r"(?:[了达到约在]|人民币|￥)?$",
    "ru": r"[ \u00a0](?:в |на |отметк\w+ в |в размере )?$",
    "en": r" (?:the )?$",
}
_RISE = (
    "恢复|增产|增收|增长|提高|上升|增加|上涨|提升|扩大|跃升|攀升|回升|上调|拉长|延长|扩充|扩展|拓展|壮大|猛增|激增|增"
)
_FALL = "下降|减少|降低|回落|下跌|下滑|缩短|压缩|压减|缩减|萎缩|下调|收窄|缩小|锐减|骤降|精简|减"
_BY = {
    "zh": re.compile(rf"(?:{_RISE}|{_FALL})(?:了|约|近|超过?|逾)?$"),
    "ru": re.compile(r"\bна[ \u00a0](?:целых |почти |более чем |около )?$"),
    "en": re.compile(r"\bby (?:about |nearly |over |more than )?$"),
}
_TO = {
    "zh": re.compile(
        rf"(?:{_RISE}|{_FALL}|[升增降减涨跌扩缩压提])(?:到|至|为)了?(?:每[\u3400-\u9fff]{{1,3}})?(?:约|近|超过?|逾)?$|"
        r"(?:^|[，。；])[^增涨降减升跌落幅速率缩扩，。；]{2,20}达到?了?(?:约|近)?$"
    ),
    "ru": re.compile(r"(?<!вплоть )\bдо[ \u00a0](?:почти |примерно )?$"),
    "en": re.compile(r"(?<!up )\bto (?:about |nearly )?$"),
}
_MOVES = {
    "ru": re.compile(
        r"\b(?:вырос|возр[ао]с|увелич|повыс|повыш|подня|подним|прибав|сниз|сниж|сокра|упал|уменьш|пониз|"
        r"рост|паден|сжа|сжим|"
        r"улучш|восстан|ускор|замедл|уреза|наращ|нарас|расшир|удлин|продл|опусти|подорож|подешев|подскоч|взлет|просе|сузи|сузил)\w*"
    ),
    "en": re.compile(r"\b(?:increas|grew|grow|r[io]s|climb|jump|fell|fall|drop|declin|decreas|reduc|cut)\w*"),
}
# Limits that no number follows: 不低于平均水平. Sign -> what turns it round, in Chinese another reason for it
_COMPARED = re.compile(r"[不未](?:得|能|应|可|会|宜)?([低高少多早晚短长小大弱差])于(?!等于)")
_TURNED = {
    "low": (
        "低少短小弱差",
        {
            "ru": re.compile(r"\b(?:ниже|менее|меньше|хуже|слабее|короче|уступа\w+)\b", re.IGNORECASE),
            "en": re.compile(r"\b(?:lower|less|fewer|below|worse|shorter)\b", re.IGNORECASE),
        },
    ),
    "high": (
        "高多长大",
        {
            "ru": re.compile(r"\b(?:выше|свыше|больше|превы[шс]\w+|дольше)\b", re.IGNORECASE),
            "en": re.compile(r"\b(?:higher|above|exceed\w*|longer|larger)\b", re.IGNORECASE),
        },
    ),
    "early": (
        "早",
        {
            "ru": re.compile(r"\b(?:раньше|ранее)\b", re.IGNORECASE),
            "en": re.compile(r"\b(?:earlier|before)\b", re.IGNORECASE),
        },
    ),
    "late": (
        "晚",
        {
            "ru": re.compile(r"\b(?:позже|позднее)\b", re.IGNORECASE),
            "en": re.compile(r"\b(?:later|after)\b", re.IGNORECASE),
        },
    ),
}
_OTHER_REASON = {
    "low": re.compile("[低少短小弱差下减降浅薄矮逊欠不未]"), "high": re.compile("[高多长大上超越增升涨不未更]|以外"),
    "early": re.compile("[早前先曾初不未]"), "late": re.compile("[晚后迟再终不未]"),
}  # fmt: skip
_DENYING = {"ru": re.compile(r"\b(?:не|ни|нет|без)\b"), "en": re.compile(r"\b(?:not?|nor|never|without)\b|n['’]t\b")}
_FORBIDDEN = {
    "ru": re.compile(r"запре[тщ]|недопуст|воспрещ|нельзя|не допуск", re.I), "en": re.compile(r"prohibit|"
    r"not allowed|bann?ed|forbid|never|cannot", re.I),
}  # fmt: skip
# “一般”及以下, «и выше»: sign -> in the source, what turns it round, what says the same
_ABOVE = {
    "ru": re.compile(r"\b(?:и|или) (?:выше|более|старше)\b", re.I),
    "en": re.compile(r"\b(?:and|or) (?:above|over|higher|up)\b", re.I),
}
_BELOW = {
    "ru": re.compile(r"\b(?:и|или) (?:ниже|менее|младше)\b", re.I),
    "en": re.compile(r"\b(?:and|or) (?:below|under|lower)\b", re.I),
}
_FURTHER = {
    "及以下": (re.compile("[及和或]其?以下(?!简称)"), _ABOVE, _BELOW),
    "及以上": (re.compile("[及和或]其?以上"), _BELOW, _ABOVE),
}
_LEAST_ZH = re.compile("(?:至少|起码|不少于|不低于|(?<!居高)不下)(?![来去])[^，。；]{1,4}")
_MOST_ZH = re.compile(
    "至多|最多|以下|以内|之内|[不未](?:得|能|应|可|会|要)?(?:超过?|多于|高于|大于|超出)|不到|不足|上限|封顶|而已|控制在|限[于定时量购]"
)
_NOT_MORE = {
    "ru": re.compile(r"\bне (?:более|больше|чаще)\b(?! чем)|\bмаксимум\b", re.I),
    "en": re.compile(r"\b(?:no more than|not more than|at most)\b", re.I),
}
_LESS = {
    "ru": re.compile(r"(?<!не )(?<!более или )\b(?:менее|меньше)(?: чем)? (?=\w+ раз)", re.I),
    "en": re.compile(r"(?<!no )(?<!not )\b(?:less|fewer) than (?=\w+ times)", re.I),
}
_NOT_LESS = {
    "ru": re.compile(r"\bне (?:менее|меньше|реже|ниже|мен)\w*|\bминимум|хотя бы|по (?:крайней|меньшей) мере", re.I),
    "en": re.compile(r"\b(?:no less|not less|no fewer|not fewer|at least|minimum)\b", re.I),
}
_FROM_TO_ZH = re.compile(
    r"[由从][^，。；\d]{0,12}?(\d+(?:\.\d+)?)(?!\d)[^，。；\d]{0,14}[增升降减缩扩提跌涨高低大少][^，。；\d]{0,3}[至到为][^，。；\d]{0,3}(\d+(?:\.\d+)?)"
)
_FROM_TO = {
    "ru": re.compile(r"\b(?:с|со|от)[ \u00a0](\d+(?:,\d+)?)[^\d,;.]{0,24}[ \u00a0]до[ \u00a0](\d+(?:,\d+)?)"),
    "en": re.compile(r"\bfrom (\d+(?:\.\d+)?)[^\d,;.]{0,24} to (\d+(?:\.\d+)?)"),
}
_FROM_BY = re.compile(r"\bсо? [^,;.:]*\d[^,;.:]*[ \u00a0]на[ \u00a0]$")  # «сокращен с прежних 45 дней на [15]»
_RANGE = {"ru": re.compile(r"\b(?:от|со?)\b[^,;]{0,40}\d"), "en": re.compile(r"\bfrom\b")}


class Bounds(Check):
    name = "bounds"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        text = view.target
        if not text.strip():
            return
        source = tidy(view.source, "zh")
        counted: list[tuple[int, int]] = []  # what is said of numbers that stand on both sides
        for theirs, ours in _paired(source, view):
            before, after = _said(source, "zh", theirs), _said(text, view.target_lang, ours)
            written = ours.span.of(text)
            counted += [after[1:]] if after else []
            if before and after and not _spared(source, theirs, before, text, after):
                pair = (before[0], after[0])
                if pair in (("least", "most"), ("most", "least")):
                    yield self.finding(
                        (after[1], after[2]), f"{_WORDS[pair[0]]} {theirs.span.of(source)} in the source, "
                        f"«{text[after[1] : after[2]]}» {written} in the target", severity=Severity.CRITICAL,
                    )  # fmt: skip
                elif pair in (("least", "almost"), ("almost", "least")):
                    yield self.finding(
                        (after[1], after[2]), f"{_WORDS[pair[0]]} {theirs.span.of(source)} in the source, "
                        f"«{text[after[1] : after[2]]}» {written} in the target", severity=Severity.MINOR,
                    )  # fmt: skip
            if before and before[0] == "least" and not after:
                yield from self._up_to(source, theirs, view, ours)
            yield from self._moves(source, theirs, view, ours)
            yield from self._ahead(source, theirs, view, ours)
        yield from self._frost(view)
        yield from self._ends(source, view)
        yield from self._unnumbered(view, counted)
        found = (module.differing(view.source, text, view.target_lang) for module in (multiples, _figures, _durations))
        for span, message, suggestion, severity in chain.from_iterable(found):
            yield self.finding(span, message, suggestion, severity=severity)

    def _unnumbered(self, view: View, counted: Sequence[tuple[int, int]]) -> Iterator[Finding]:
        """不低于平均水平, «ниже среднего уровня»; 至少一次, «не более одного раза». `counted`: words told already."""
        text, lang = view.target, view.target_lang
        for match in _COMPARED.finditer(view.source):
            kind = next(kind for kind, (signs, _) in _TURNED.items() if match[1] in signs)
            rest = view.source[: match.start()] + view.source[match.end() :]
            if _OTHER_REASON[kind].search(rest):
                continue
            if _FORBIDDEN[lang].search(text):
                continue
            said = list(_TURNED[kind][1][lang].finditer(text))
            if len(said) == 1 and not _DENYING[lang].search(text[max(0, said[0].start() - 30) : said[0].start()]):
                yield self.finding(
                    said[0].span(), f"“{match[0]}” denies what the target says: «{said[0][0]}»",
                    severity=Severity.CRITICAL,
                )  # fmt: skip

        least, most = _LEAST_ZH.search(view.source), _MOST_ZH.search(view.source)
        said = [*_NOT_MORE[lang].finditer(text), *_LESS[lang].finditer(text)]
        told = any(a < match.end() and match.start() < b for match in said for a, b in counted)
        if least and not most and len(said) == 1 and not told and not _NOT_LESS[lang].search(text):
            message = f"“{least[0]}” of the source: that many or more; the target says «{said[0][0]}»"
            yield self.finding(said[0].span(), message, severity=Severity.CRITICAL)

        for mark, (han, ours, same) in _FURTHER.items():
            said = list(ours[lang].finditer(text))
            if han.search(view.source) and len(said) == 1 and not same[lang].search(text):
                yield self.finding(said[0].span(), f"{mark} is not «{said[0][0]}»", severity=Severity.CRITICAL)

    def _up_to(self, source: str, theirs: Number, view: View, ours: Number) -> Iterator[Finding]:
        """要求180分以上, «до 180 баллов»: what is required at least."""
        clause = re.split("[，。；]", source[: theirs.span.start])[-1]
        lead = re.split(r"[;:.]\s|\n", view.target[max(0, ours.span.start - 60) : ours.span.start])[-1]
        match = _UP_TO[view.target_lang].search(lead)
        if match is None or not _REQUIRES.search(clause) or _MOVES[view.target_lang].search(lead.lower()):
            return
        at = ours.span.start - len(lead) + match.start(1)
        figure, written = theirs.span.of(source), ours.span.of(view.target)
        message = f"at least or more than {figure} in the source, «{match[1]}» {written} in the target"
        yield self.finding((at, ours.span.end), message, severity=Severity.CRITICAL)

    def _ahead(self, source: str, theirs: Number, view: View, ours: Number) -> Iterator[Finding]:
        """提前三天, «через три дня»: as long before, not after."""
        if not _AHEAD.search(source[: theirs.span.start]) or not _LASTS.match(source, theirs.span.end):
            return
        lang = view.target_lang
        match = _LATER[lang].search(view.target[: ours.span.start])
        if match is not None and _SOONER[lang].search(view.target[ours.span.end :][:60]) is None:
            message = f"提前 in the source: as long before, not «{match[1]}»"
            right = "за" if lang == "ru" else ""
            yield self.finding((match.start(1), ours.span.end), message, right, severity=Severity.CRITICAL)

    def _frost(self, view: View) -> Iterator[Finding]:
        """零下24摄氏度, «температура 24 градуса»."""
        found = list(_FROST_ZH.finditer(view.source))
        if len(found) != 1 or _FROST[view.target_lang].search(view.target):
            return
        figure = re.escape(found[0][1])
        for match in re.finditer(rf"(?<![\d.,]){figure}(?=[ \u00a0]?(?:°|град|degree))", view.target):
            yield self.finding(match.span(), f"{found[0][0]}: below zero", severity=Severity.CRITICAL)

    def _ends(self, source: str, view: View) -> Iterator[Finding]:
        """由12家增至21家, «с 21 до 12»: the two ends of a change exchanged."""
        lang, text = view.target_lang, view.target
        for match in _FROM_TO_ZH.finditer(source):
            for said in _FROM_TO[lang].finditer(text):
                first, last = (value.replace(",", ".") for value in said.groups())
                if (first, last) == (match[2], match[1]) and first != last:
                    yield self.finding(
                        said.span(), f"{match[0]} in the source, «{said[0]}» in the target: the ends are exchanged",
                        severity=Severity.CRITICAL,
                    )  # fmt: skip

    def _moves(self, source: str, theirs: Number, view: View, ours: Number) -> Iterator[Finding]:
        """下降40%, «снизилась до 40 %»; 降至40%, «снизилась на 40 %»."""
        if theirs.kind not in ("percent", "number", "money"):
            return
        text, lang = view.target, view.target_lang
        lead = re.split(r"[,;:.]\s|\n", text[max(0, ours.span.start - 60) : ours.span.start])[-1]
        han = source[: theirs.span.start]
        ranged = _RANGE[lang].search(lead) and not (lang == "ru" and _FROM_BY.search(lead) and re.search("[由从]", han))
        if not _MOVES[lang].search(lead.lower()) or ranged:
            return
        by, to = _BY[lang].search(lead), _TO[lang].search(lead)
        if _BY["zh"].search(han) and to and not re.search("从|由", han[-20:]):
            wrong, right = to, {"ru": "на", "en": "by"}[lang]
        elif _TO["zh"].search(han) and by:
            wrong, right = by, {"ru": "до", "en": "to"}[lang]
        else:
            return
        word = wrong[0].split()[0]
        at = ours.span.start - len(lead) + wrong.start() + wrong[0].find(word)
        figure = ours.span.of(text)
        if wrong is by and han.endswith("高达") and _HEIGHT.match(source, theirs.span.end):
            return  # a height: 高达4000米, «поднялся на 4000 метров»
        meant = "a change by" if right in ("на", "by") else "a change to"
        yield self.finding(
            (at, ours.span.end), f"the source speaks of {meant} {theirs.span.of(source)}, the target says «{word}»",
            f"{right} {figure}",
        )  # fmt: skip


_UP_TO = {
    "ru": re.compile(r"(?<!от)(?<!\d)[ \u00a0](до)[ \u00a0]$"), "en": re.compile(r"\b(up to)[ \u00a0]$"),
}  # fmt: skip
_REQUIRES = re.compile("要求|必须|[应须需](?!求)")
_AHEAD = re.compile("提前(?:了|约|至少|近)?$")
_LASTS = re.compile("[多余]?(?:天|日|个?小时|个?月|周|个?星期|年|分钟)(?![内以])")
_LATER = {
    "ru": re.compile(r"\b(через|спустя|в течение)[ \u00a0]$", re.I), "en": re.compile(r"\b(after|in)[ \u00a0]$", re.I),
}  # fmt: skip
_SOONER = {
    "ru": re.compile(r"\b(?:до|раньше|ранее)\b"),
    "en": re.compile(r"\b(?:before|ahead|advance|early|earlier)\b"),
}
_FROST_ZH = re.compile("零下(?:约|近)?(\\d+)(?:多|余)?(?:摄氏)?度")
_FROST = {
    "ru": re.compile(r"минус|мороз|ниже нуля|[-−–]\d|холод|стуж|отрицательн", re.I),
    "en": re.compile(r"minus|below|sub-?zero|[-−–]\d|frost|freez|negative", re.I),
}  # fmt: skip
_HEIGHT = re.compile("[余多]?(?:米|公里|公尺|海里|层)")
_RATE = re.compile("汇率|汇价|人民币对|升值|收益率|利率|跌")
_NEGATED_AFTER = re.compile(r"[多余]?(?:年|个?月|天|日|周)(?:来|间|里|以来)?(?:从|都|一直|也)?[未没不]")
_UNLESS = re.compile(r"\bпока\b[^.;!?]*$", re.I)
# не может выходить в смену более 15 дней
_BANNED = re.compile(r"\bне (?:мо[жг]\w+|долж\w+|вправе|следует|допуска\w+|разреша\w+)\b[^.;:!?\d]*$")
_CARRIED = re.compile(r"\bне\b[^.;!?]{1,80}\b(?:ниже|выше|более|больше|менее|меньше)\b[^.;!?]{0,40}\s[—–]\s(?:\w+\s)?$")


def _spared(source: str, theirs: Number, before: tuple[str, int, int], text: str, after: tuple[str, int, int]) -> bool:
    """A limit that only seems turned.

    A rate that breaks downwards through a figure; 三十多年未涨, where the denial is the verb's; a denial carried over a
    dash, «не должна быть ниже 26 °C, зимой — выше 20 °C».
    """
    if source[before[1] : before[2]] == "突破" and _RATE.search(source):
        return True
    if before[0] == "least" and _NEGATED_AFTER.match(source, theirs.span.end):
        return True
    if _UNLESS.search(text[: after[1]]):
        return True  # пока ветер не ослабеет ниже шести баллов
    if before[0] == "least" and _LASTING.match(text, after[1], after[2]):
        return True  # не теряют всхожести более 50 лет: they last longer
    if before[0] == "least" and _VERB_DENIED.match(text, after[1], after[2]):
        clause = re.split("[，。；]", source[: before[1]])[-1]
        if re.search("没(?!收)|未(?!来|成年)|不(?=覆盖|包括|包含|适用|涵盖|涉及)", clause):
            return True  # 没有挡住三万多名游客: не остановил более 30 тыс. гостей
    ahead = text[: after[1]]
    return before[0] == "most" and source[before[1]] in "不未" and bool(_CARRIED.search(ahead) or _BANNED.search(ahead))


_LASTING = re.compile(
    r"не (?:\w+ )?(?:теря|утра[чт]|прекра[щт]|прерыв|иссяк|гасн|порт[ия]|разруш|покид|отступ|меня)\w+ ", re.I
)
_VERB_DENIED = re.compile(r"не (?:\w+ )?\w+(?:л|ла|ло|ли|ть|лся|лись|ет|ит|ют|ят|ут|ат)\b", re.I)


def _paired(source: str, view: View) -> Iterator[tuple[Number, Number]]:
    """Numbers that stand once on either side with the same value."""
    theirs, ours = _halves(source, "zh"), _halves(view.target, view.target_lang)
    if len(theirs) == len(ours) == 1:
        yield theirs[0], ours[0]
    kinds = ("number", "percent", "money")
    theirs = [n for n in read(source, "zh") if n.kind in kinds and n.value]
    if not theirs:
        return
    ours = [n for n in target_numbers(view) if n.kind in kinds and n.value]
    for number in theirs:
        same = [n for n in ours if n.value == number.value]
        if len(same) == 1 and sum(n.value == number.value for n in theirs) == 1:
            yield number, same[0]


_HALF = {
    "zh": re.compile("一半|半数"), "ru": re.compile(r"\bполовин(?:а|ы|е|у|ой)\b(?! года)", re.I),
    "en": re.compile(r"\bhalf\b(?![- ]year)", re.I),
}  # fmt: skip


def _halves(text: str, lang: Lang) -> list[Number]:
    return [Number(Span(*match.span()), Decimal("0.5"), "number") for match in _HALF[lang].finditer(text)]


@cache
def _patterns(lang: Lang) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    """(class, pattern that ends before a number or begins after it)."""
    found: list[tuple[str, re.Pattern[str], re.Pattern[str] | None]] = []
    for row in rows("contrasts", "bounds"):
        if row["place"] == "before":
            edge = "" if lang == "zh" else r"(?<!\w)"
            found.append((row["class"], re.compile(rf"{edge}({row[lang]}){_GAP[lang]}", re.I), None))
        else:
            edge = "" if lang == "zh" else r"(?!\w)"
            found.append((row["class"], re.compile("(?!)"), re.compile(rf"{_UNIT[lang]}({row[lang]}){edge}", re.I)))
    return tuple(found)


def _said(text: str, lang: Lang, number: Number) -> tuple[str, int, int] | None:
    """(class, start, end) of what is said of the number's limit, None where nothing is."""
    start, end = number.span.start, number.span.end
    for kind, before, after in _patterns(lang):
        offset = max(0, start - 40)
        match = before.search(text[offset:start]) if after is None else after.match(text, end)
        if match is not None and after is None:
            return kind, offset + match.start(1), offset + match.end(1)
        if match is not None and not re.search(r"[，。；、,;]", match[0]):
            return kind, match.start(1), match.end(1)
    return None


PLUGIN = Bounds()
