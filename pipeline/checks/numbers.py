"""Numbers, dates, percentages and sums of money that differ from the source"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.checks import _multiples
from pipeline.checks import _units as units
from pipeline.checks._exchanged import exchanged
from pipeline.checks._number_match import eve, in_words, points_lost, swapped, unlike, unmatched
from pipeline.checks._number_text import besides, read, target_numbers, tidy
from pipeline.checks.base import Check, View
from pipeline.languages.numbers_base import Number
from pipeline.model import Finding, Severity

_SIZABLE = 20_000_000  # yuan of yearly sales: what 规模以上 means of an industrial enterprise
_ABOVE_SIZE = re.compile("规模以上|规上")
_SOFT = 20  # spelled-out or small numbers may be rephrased: «оба», "a dozen", 双方
_PARTS = re.compile(
    r"\b(?:полов(?!о)|полтор|треть|четверт|дюжин|вдвое|втрое|вчетверо|дважды|трижды|удво|утро[еёияй]|учетвер|двойн|тройн|"
    r"оба\b|обе\b|обеи(?:х|м|ми)\b|обои(?:х|м|ми)\b|пар(?:а|у|ы|ой|е)?\b|(?:пят|десят)\w+ (?:част|дол)|"
    r"трет(?:и|ью|ей)\b|одн\w+ пят\w+|почти на пятую|впятеро|вшестеро|всемеро|вдесятеро|"
    r"из (?:двух|трех|четырех|пяти|десяти|ста)\b|в (?:пять|десять) раз)|"
    r"десят(?:ых|ую|ой|ая)\b|"
    r"\b(?:half|halves|thirds?|(?:two|three|five|ten)fold|(?:out of|in) (?:three|four|five|ten)|"
    r"fifth|tenth|quarter|dozen|twice|double|triple|both|couple|pair|decade|score|single|one)|半|倍|双|两|翻番|成|分之",
    re.IGNORECASE,
)


class Numbers(Check):
    name = "numbers"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        assert view.source_lang is not None
        if not view.target.strip():
            return
        lang = view.source_lang
        written = view.source
        source = tidy(written, lang)
        if source != view.source:
            view = replace(view, segment=replace(view.segment, source=source))
        theirs, ours = list(read(source, lang)), target_numbers(view)
        theirs, ours = [n for n in theirs if not _heads(n, source)], [n for n in ours if not _heads(n, view.target)]
        if not theirs and not ours:
            return
        missing, extra = unmatched(theirs, ours, view)
        grown = [(a, b) for a in missing for b in extra if _multiples.grown(a, b, view)]
        missing = [n for n in missing if n not in dict(grown)]
        extra = [n for n in extra if n not in dict(grown).values() and not any(eve(m, n, view) for m in theirs)]
        extra = [n for n in extra if not _multiples.small_coins(n, view)]
        extra = [n for n in extra if not (n.value == _SIZABLE and _ABOVE_SIZE.search(source))]
        fitting = [span for span, _, fits in units.land(view.source, view.target, view.target_lang) if fits]
        extra = [n for n in extra if not any(start <= n.span.start < end for start, end in fitting)]
        powers = _powers(theirs, ours, view)
        for one, other in powers:
            yield self._unit(one, other, view)
        missing, extra = _without_powers(missing, extra, view)
        missing = [n for n in missing if n not in [one for one, _ in powers]]
        extra = [n for n in extra if n not in [other for _, other in powers]]
        points = points_lost(missing, extra)
        yield from self._pairs([one for one, _ in points], [other for _, other in points], view)
        missing, extra = (
            [n for n in missing if n not in dict(points)],
            [n for n in extra if n not in dict(points).values()],
        )
        yield from self._small(missing, extra, view)
        shares = [[n for n in found if n.kind == "percent"] for found in (missing, extra)]
        sure = [*shares[0], *shares[1]] if all(shares) else []  # a share on both sides: no rephrasing
        soft = missing, extra
        missing = [n for n in missing if self._hard(n, view.source, view.target, sure)]
        extra = [n for n in extra if self._hard(n, view.target, view.source, sure)]
        if not missing and not extra and len(soft[0]) == len(soft[1]) == 1 and _scaled(soft[0][0], soft[1][0], view):
            missing, extra = soft
        dates = swapped(theirs, ours)
        if dates is not None and not eve(*dates, view):
            missing, extra = [n for n in missing if n.kind != "date"], [n for n in extra if n.kind != "date"]
            yield from self._pairs([dates[0]], [dates[1]], view)
        yield from self._pairs(missing, extra, view)
        for one, other in exchanged(view, theirs, ours):
            span = min(one.span.start, other.span.start), max(one.span.end, other.span.end)
            yield self.finding(span, f"{view.target[slice(*span)]}: the two counts are exchanged")
        yield from self._currencies(theirs, ours, view)
        yield from self._units(view, written)
        yield from self._points(view)
        yield from self._mille(view)

    def _currencies(self, theirs: Sequence[Number], ours: Sequence[Number], view: View) -> Iterator[Finding]:
        """The same sum in another currency: 1500元, «1500 долларов»."""
        from pipeline.languages.numbers import render

        money = [n for n in theirs if n.kind == "money" and n.unit and n.value]
        units = {n.unit for n in money}
        for number in ours:
            same = [n for n in money if n.value == number.value]
            if number.kind == "money" and number.unit and same and number.unit not in units:
                written = number.span.of(view.target)
                message = f"currency differs: source {same[0].span.of(view.source)}, target {written}"
                yield self.finding(number.span, message, render(same[0], view.target_lang) or "")

    def _unit(self, theirs: Number, ours: Number, view: View) -> Finding:
        """25万千瓦, «25 МВт»."""
        source, target = view.source[theirs.span.start :], view.target[ours.span.start :]
        size = len(theirs.span.of(view.source))
        unit = _WATTS.match(source, size)
        said = _WATTS.match(target, len(ours.span.of(view.target)))
        end = ours.span.start + (said.end() if said else len(ours.span.of(view.target)))
        han = (source[: unit.end()] if unit else source[:size]).replace("瓩", "千瓦")
        written = view.target[ours.span.start : end]
        return self.finding((ours.span.start, end), f"power differs: source {han}, target {written}")

    def _units(self, view: View, source: str) -> Iterator[Finding]:
        """The same figure with another unit of the same kind: 250毫米, «250 см»; 3年, «3 месяца»."""
        told = []
        for span, message in units.differing(source, view.source_lang or "", view.target, view.target_lang):
            told.append(span)
            yield self.finding(span, message)
        for span, message in units.shortened(source, view.target, view.target_lang):
            yield self.finding(span, message)
        for span, message, right in units.jin(view.source, view.target, view.target_lang):
            yield self.finding(span, message, right)
        for span, message, fits in units.land(view.source, view.target, view.target_lang):
            if not fits and not any(start < span[1] and span[0] < end for start, end in told):
                yield self.finding(span, message)

    def _small(self, missing: list[Number], extra: list[Number], view: View) -> Iterator[Finding]:
        """One small number on each side that the other lacks: 五年, «двух лет»; 十五日, «пятидесяти дней»."""
        from pipeline.languages.numbers import render

        left, right = ([n for n in found if _is_small(n)] for found in (missing, extra))
        if len(left) + len(right) == 1 and len(missing) == len(extra) == 1:
            left, right = ([n for n in found if _is_spelt(n, text)] for found, text in
                           ((missing, view.source), (extra, view.target)))  # fmt: skip
        if len(left) != 1 or len(right) != 1 or _PARTS.search(view.source + view.target):
            return
        if eve(left[0], right[0], view) or _multiples.with_young(left[0], right[0], view):
            return
        if _UNCOUNTED.match(view.source, left[0].span.end) or view.source[: left[0].span.start].endswith("初"):
            return
        if view.source[: left[0].span.start].endswith("等") and besides(view.target, right[0].span):
            return  # 甲、乙等四国: «А, Б и еще двух стран», «с двумя другими странами»
        source, target = left[0].span.of(view.source), right[0].span.of(view.target)
        yield self.finding(
            right[0].span, f"number differs: source {source}, target {target}", render(left[0], view.target_lang) or ""
        )

    def _mille(self, view: View) -> Iterator[Finding]:
        """5.12‰, «5,12 %»."""
        if "‰" in view.target:
            return
        for match in re.finditer(r"(\d+(?:[.,]\d+)?)[ \u00a0]?‰", view.source):
            digits = re.sub("[.,]", "[.,]", match[1])
            for found in re.finditer(rf"(?<![\d.,]){digits}[ \u00a0]?(?:%|％|процент\w*|per ?cent)", view.target):
                right = found[0].replace(re.sub(r"[\d.,\s\u00a0]+", "", found[0]), "‰")
                yield self.finding(found.span(), f"{match[0]} is per mille, not per cent", right)

    def _points(self, view: View) -> Iterator[Finding]:
        """百分点 rendered as per cent: a share that grew by one point did not grow by one per cent."""
        if not re.search(r"个?百分点|percentage points?|процентн\w+ пункт", view.source, re.IGNORECASE):
            return
        if re.search(r"пункт|point|百分点|п\. ?п\.", view.target, re.IGNORECASE):
            return
        for match in re.finditer(
            r"(\d+(?:[.,]\d+)?)\s*(?:个百分点|percentage points?|процентн\w+ пункт\w*)", view.source, re.IGNORECASE
        ):
            digits = re.sub("[.,]", "[.,]", match[1])
            found = re.search(rf"(?<!\d){digits}\s*(?:%|процент\w*|percent|per cent)", view.target)
            if found:
                right = {
                    "ru": f"{match[1].replace('.', ',')} процентного пункта",
                    "en": f"{match[1]} percentage points",
                }
                yield self.finding(
                    found.span(),
                    f"{match[0]} are percentage points, not per cent",
                    right.get(view.target_lang, f"{match[1]}个百分点"),
                )

    def _pairs(self, missing: list[Number], extra: list[Number], view: View) -> Iterator[Finding]:
        from pipeline.languages.numbers import render

        left = [number for number in missing if view.source[number.span.end : number.span.end + 1] != "后"]  # 90后
        for number in extra:
            written = number.span.of(view.target)
            if _told_otherwise(written, view.source):
                continue
            partner = min(left, key=lambda other: unlike(other, number), default=None)
            if partner is not None and unlike(partner, number) < 10:
                left.remove(partner)
                right = render(partner, view.target_lang) or ""
                meant = f" ({_plain(partner)})" if partner.kind in ("number", "money") else ""
                yield self.finding(
                    number.span,
                    f"{_KIND[number.kind]} differs: source {partner.span.of(view.source)}{meant}, target {written}",
                    right,
                )
            else:
                yield self.finding(
                    number.span, f"{_KIND[number.kind]} {written} is not in the source", category="accuracy/addition"
                )
        for number in left:
            yield self.finding(
                (0, len(view.target)), f"{_KIND[number.kind]} {number.span.of(view.source)} of the source is missing",
                render(number, view.target_lang) or "", category="accuracy/omission",
            )  # fmt: skip

    def _hard(self, number: Number, text: str, other: str, sure: Sequence[Number]) -> bool:
        """Must the other side have it? Not a small or spelled number, nor one written there in some other way."""
        value = number.value
        if value is None or _VAST.match(text, max(0, number.span.start - 2)):
            return False
        written = number.span.of(text)
        if value == _REGIONS and _REGION.match(text, number.span.end) and _EVERY.search(other):
            return False
        if number.kind == "percent" and value == 1 and re.search(r"\bод(?:ин|ного|ному|ним|ном) процент", other):
            return False
        if text.startswith("斤", number.span.end) and in_words(value / _JIN, other):
            return False  # 二十亿斤: «миллион тонн»
        if _POWER_ALONE.fullmatch(written) and _GREAT.search(other):
            return False
        if written in _HOTLINES and _CALLED.search(text[: number.span.start]):
            return False
        digits = re.search(r"\d+(?:[.,]\d+)?", written)
        groups = re.findall(r"\d+(?:[.,]\d+)?", written)
        if (
            groups
            and number.kind not in ("number", "money")
            and not _SCALED.search(written)
            and all(_stands(group, other) for group in groups)
        ):
            return False
        if number.kind == "money":
            return value > 1
        if number.kind == "percent":
            return (number in sure or not _PARTS.search(other)) and not (value == 100 and _ALL.search(other))
        if re.search("[A-Za-z]$", text[: number.span.start]) and digits is not None:
            return not re.search(rf"[A-Za-zА-Яа-я]-?{digits[0]}(?!\d)", other)  # a code: G9876
        if number.kind == "date":
            return bool(int(value) % 100) and digits is not None
        if number.kind == "time":
            return False
        if digits is None:
            return value >= 10000
        if value < _SOFT and value == value.to_integral_value():
            return False
        return not (text[number.span.end : number.span.end + 1] in "-–/:" and value < 100)


_JIN = 2000  # to a tonne
_REGIONS = 31  # of mainland China
_REGION = re.compile("个?省[、（(区市份级]|[ -](?:provinc|region)")
_EVERY = re.compile(r"\bвс(?:е|ё|ех|ем|ей|ю)\b|кажд|\b(?:all|every|nationwide)\b", re.I)
_POWER_ALONE = re.compile("[十百千万亿]{2,}元?")  # 千万份样本: tens of millions
_GREAT = re.compile(
    r"десят|сот(?:ни|ен|ня|ню|ням\w*|нях)?\b|тысяч|миллион|миллиард|триллион|\bтьм|thousand|million|billion|trillion|ГВт|МВт|\bг?игаватт|"
    r"\b[GM]W|gigawatt",
    re.I,
)
_HOTLINES = frozenset(("110", "119", "120", "122", "12345"))
_CALLED = re.compile(r"(?:拨打?|呼叫|报警|热线|执行)“?$|\b(?:dial|call|phon|rang|ring)\w* $")
_SCALED = re.compile("[百千万亿]|тысяч|милли")  # 第10万, «10-тысячный»
_VAST = re.compile(r"数以[十百千万亿]+计|.{0,2}千百万(?![\d])")  # great quantities, no figures
_ALL = re.compile(r"\b(?:вс[её]|целиком|кажд|полн|(?:all|every|full|fully|entire|entirely)\b|complete)|均|都|全", re.I)


_WATTS = re.compile(
    r"[\s\u00a0-]?(?:[瓩瓦度千兆吉]+(?:·?小?时)?|[кМГТ]?Вт(?:\s?[·⋅*.-]?\s?ч\b)?|\w*ватт[\w-]*|[kMGT]?Wh?\b|\w*watt[\w-]*)"
)


def _powers(theirs: Sequence[Number], ours: Sequence[Number], view: View) -> list[tuple[Number, Number]]:
    """The one power or energy on each side, where they are not the same: 百万千瓦, «миллион ватт»."""
    left, right = (
        [
            (n, power) for n in found
            if n.value and (power := units.power(float(n.value), text[n.span.end :][:20], lang or "")) is not None
        ]
        for found, text, lang in ((theirs, view.source, view.source_lang), (ours, view.target, view.target_lang))
    )  # fmt: skip
    left, right = (
        [(n, power) for n, power in left if not any(units.same_power(power, other) for _, other in right)],
        [(n, power) for n, power in right if not any(units.same_power(other, power) for _, other in left)],
    )
    pairs = []
    for unit in ("W", "Wh"):
        one, other = ([n for n, power in found if power[1] == unit] for found in (left, right))
        if len(one) == len(other) == 1:
            pairs.append((one[0], other[0]))
    return pairs


def _without_powers(missing: list[Number], extra: list[Number], view: View) -> tuple[list[Number], list[Number]]:
    """Without the figures that are the same power or energy in other units: 25万千瓦, «250 МВт»."""

    def read(number: Number, text: str, lang: str | None) -> tuple[float, str] | None:
        return units.power(float(number.value or 0), text[number.span.end :][:20], lang or "")

    left = [(n, read(n, view.source, view.source_lang)) for n in missing]
    right = [(n, read(n, view.target, view.target_lang)) for n in extra]
    return (
        [n for n, power in left if not any(units.same_power(power, other) for _, other in right)],
        [n for n, power in right if not any(units.same_power(other, power) for _, other in left)],
    )


_BY_TENS = frozenset("旬成折")


def _scaled(one: Number, other: Number, view: View) -> bool:
    """四十余人, «четырехсот»: is one the other with noughts more, and not counted by tens (七旬)?"""
    if not one.value or not other.value or one.kind != other.kind or view.source[one.span.end :][:1] in _BY_TENS:
        return False
    least = min(one.value, other.value)
    return least >= 10 and max(one.value, other.value) / least in (10, 100, 1000)


def _is_small(number: Number) -> bool:
    value = number.value
    return (
        value is not None
        and 2 <= value < _SOFT
        and value == value.to_integral_value()
        and number.kind in ("number", "ordinal")
    )


_UNCOUNTED = re.compile("个?大?字")  # 四个大字 are two words in Russian


def _is_spelt(number: Number, text: str) -> bool:
    """A number under a hundred before a unit of time: 十五日, «пятидесяти дней»."""
    return (
        number.kind == "number" and number.value is not None and 2 <= number.value < _HUNDRED
        and number.value == number.value.to_integral_value() and bool(_TIME.match(text, number.span.end))
    )  # fmt: skip


_HUNDRED = 100
_TIME = re.compile(
    r"[ \u00a0-]?(?:多?(?:日|天|年|个?月|个?小时|周|分钟|秒)|дн|ден|сут|лет|год|мес|час|недел|мин|сек|day|year|month|"
    r"hour|week|minute|second)"
)


def _stands(digits: str, other: str) -> bool:
    return (
        re.search(rf"(?<!\d){re.escape(digits.lstrip('0') or '0')}(?!\d)", re.sub(r"(?<!\d)0(?=\d)", "", other))
        is not None
    )


_KIND = {
    "number": "number", "percent": "percentage", "date": "date", "year": "year", "ordinal": "ordinal number",
    "money": "sum of money", "time": "time",
}  # fmt: skip


_HEADING = re.compile(r"[.)、．](?:\s*\D|$)")


def _heads(number: Number, text: str) -> bool:
    """Numbers a paragraph: “61. In the past five years”."""
    return not text[: number.span.start].strip(' «“"(') and bool(_HEADING.match(text, number.span.end))


def _plain(number: Number) -> str:
    if number.value is None:
        return ""
    whole = number.value == number.value.to_integral_value()
    return f"{int(number.value):,}" if whole else f"{number.value.normalize():,f}"


PLUGIN = Numbers()


_ERA = re.compile("[唐宋元明清汉晋隋辽金魏][^，。；]{0,6}[元一二三四五六七八九十]+年")
_SHARES = re.compile("([一二三四五六七八九])([一二三四五六七八九])(?:比例|开|分成|分账|分担|分摊)")


def _told_otherwise(written: str, source: str) -> bool:
    """Does the source say the figure in another way: a year by an emperor's era (元祐五年: 1090), shares of ten
    (六四比例: 60 and 40 per cent)?"""
    figure = re.match(r"\d+", written)
    if figure is None:
        return False
    if len(figure[0]) in (3, 4) and int(figure[0]) < 1912 and _ERA.search(source):
        return True
    shares = {f"{'零一二三四五六七八九'.index(part)}0" for found in _SHARES.finditer(source) for part in found.groups()}
    return figure[0] in shares
