"""One place put for another, or a name of a minority language spelt by the characters"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from pipeline.checks._tables import rows
from pipeline.checks._words import Word, fold
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Lang, Severity, Span

# The source names China in ways that no list holds: 我国, 全国, 国内, 华.
_CLOSE = 0.2
_HOME = frozenset(("中国", "中华人民共和国"))


class Places(Check):
    name = "places"
    category = "accuracy/addition"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        if not any(word.text[:1].isupper() for word in view.words):
            return
        glossary = view.tools.get("glossary") or _builtin()
        fewer = _signs(_unnamed(glossary, view.source))
        if view.target_lang == "ru":
            yield from _by_sound(self, view, glossary)
        if _OUTER.search(view.source) and "内蒙" not in view.source:
            for match in _INNER.finditer(view.target):
                message = f"{match[0]} is a region of China, the source speaks of the country"
                right = "Монголия" if view.target_lang == "ru" else "Mongolia"
                yield self.finding(match.span(), message, right, severity=Severity.CRITICAL)
        if not _lost(glossary, view.source, set()):
            return  # it speaks of no place that the target could lack
        strange: list[tuple[Span, str, str]] = []
        found = _matcher(glossary, view.target_lang).find(view.target)
        here = {name for occurrence in found for name in _names(occurrence)}
        lost_spans = _lost_spans(glossary, view.source, here)
        rest = _signs(_without([span for span, country in lost_spans if not country], view.source))
        characters = _signs(_without([span for span, country in lost_spans if country], view.source))
        for occurrence in found:
            names = _names(occurrence)
            written = occurrence.span.of(view.target)
            country = _country(occurrence.term)
            short = len(names[0]) == _SHORT and not country and not _REGIONS.fullmatch(names[0])
            signs = rest if short and not _alike(occurrence.term, glossary, view) else characters
            signs = fewer if country and not _also(glossary, view, written) else signs
            known = any(name in _HOME or name in _list("capitals") or signs & set(_core(name)) for name in names)
            known = known or any(
                _stands(name, glossary, view.source) or _wholly(name, glossary, view.source) for name in names
            )
            known = known or (_OUTER.search(view.source) is not None and _INNER.search(written) is not None)
            known = known or any(_joint(name, view.source) for name in names)
            if names and not known and len(written) > 3 and written[0].isupper():
                strange.append((occurrence.span, written, names[0]))
        if not strange:
            return
        lost = _lost(glossary, view.source, here)
        if lost:
            for span, written, name in strange:
                message = f"{written} ({name}) is not in the source, which speaks of {', '.join(lost)}"
                yield self.finding(span, message, _name(glossary, lost[0], view.target_lang) if len(lost) == 1 else "")

    def document(self, views: Sequence[View]) -> Iterable[tuple[int, Finding]]:
        """乌方 in a text that speaks of 乌兹别克斯坦: the target says «украинская сторона»."""
        everything = "\n".join(view.source for view in views)
        for index, view in enumerate(views):
            for match in _SIDE.finditer(view.source):
                meant = [name for name in _COUNTRIES[match[1]] if name in everything]
                if len(meant) != 1:
                    continue
                theirs = _of_country(meant[0], view)
                for name in set(_COUNTRIES[match[1]]) - set(meant):
                    for word in _of_country(name, view) if name not in view.source else ():
                        if word in theirs:
                            continue
                        message = f"{match[0]} is the side of {meant[0]} here, not of {name}"
                        yield index, self.finding(word.span, message, severity=Severity.CRITICAL)


_SHORT = 2  # characters of a name that another may share one of: 贵州, 广州


def _names(occurrence: Any) -> list[str]:
    """The Chinese names of a place, those it has besides among them."""
    names = [form.text for form in occurrence.term.forms.get("zh", ())]
    return names + [other for name in names for other in _same().get(name, ())]


def _alike(term: Any, glossary: Any, view: View) -> bool:
    """Has a place of the source the same name in the target's language: 伊春 and 宜春, Ичунь?"""
    lang = view.target_lang
    ours = {form.text for form in term.forms.get(lang, ())}
    every = _named(glossary, view.source)
    return any(form.text in ours for one in every for form in one.term.forms.get(lang, ()))


def _lost_spans(glossary: Any, source: str, here: set[str]) -> list[tuple[Span, bool]]:
    """Where the source names places by two characters, or countries, that the target does not name; short forms (港澳)
    aside: (span, is it a country)."""
    every = _named(glossary, source)
    lost = [(one.span, _country(one.term)) for one in every if not set(_names(one)) & (here | _HOME)]
    marks = set(_short())
    return [
        (span, country)
        for span, country in lost
        if (country or len(_core(span.of(source))) == _SHORT) and not set(span.of(source)) <= marks
    ]


def _without(spans: Sequence[Span], source: str) -> str:
    for span in reversed(spans):
        source = source[: span.start] + "\n" + source[span.end :]
    return source


def _stands(name: str, glossary: Any, source: str) -> bool:
    """Does the name stand in the source, other than as the end of another country's (俄罗斯 in 白俄罗斯)?

    A longer name that begins with it is the country's own: 俄罗斯联邦.
    """
    if name not in source:
        return False
    longer = [one.span for one in _named(glossary, source) if _country(one.term)]
    ends = {span.end for span in longer if span.of(source).endswith(name) and span.of(source) != name}
    return any(match.end() not in ends for match in re.finditer(re.escape(name), source))


def _name(glossary: Any, zh: str, lang: Lang) -> str:
    """The place in the target's language; "" where the glossary has none or `zh` stands for several."""
    terms = [term for term in glossary if term.kind == "place" and any(form.text == zh for form in term.forms["zh"])]
    return str(terms[0].forms[lang][0].text) if len(terms) == 1 and terms[0].forms.get(lang) else ""


def _signs(source: str) -> frozenset[str]:
    """Its characters, with those of the full names that single ones stand for."""
    return frozenset(source) | {mark for short, name in _short().items() if short in source for mark in name}


def _country(term: Any) -> bool:
    """Is it a country, and no part of the world (亚洲, 北极)?"""
    listed = str(term.origin).rpartition(":")[0].endswith("countries.tsv")
    return listed and not any(_REGIONS.fullmatch(form.text) for form in term.forms["zh"])


def _joint(name: str, source: str) -> bool:
    """Are they several places, each of which the source names: 港澳 for 香港特别行政区、澳门特别行政区?"""
    return len(name) > 1 and set(name) <= _short().keys() and set(name) <= set(source)


def _wholly(name: str, glossary: Any, source: str) -> bool:
    """Does the source name the same country by a shorter name: 伊朗 for 伊朗伊斯兰共和国?"""
    return any(
        occurrence.span.of(source) in name for occurrence in _named(glossary, source) if _country(occurrence.term)
    )


def _also(glossary: Any, view: View, written: str) -> bool:
    """Is that the name of a place of the source too: Алжир is the country and its capital?"""
    return any(
        form.text == written
        for occurrence in _named(glossary, view.source)
        for form in occurrence.term.forms.get(view.target_lang, ())
    )


def _builtin() -> Any:
    from pipeline.glossary import store

    return store.builtin()


@cache
def _list(name: str) -> tuple[str, ...]:
    """`capitals`, which stand for their governments; `kinds`, the words for kinds of places."""
    return next((tuple(row["words"].split()) for row in rows("words", "places-zh") if row["name"] == name), ())


@cache
def _short() -> dict[str, str]:
    """One character that stands for a place in 中俄, 京沪, 俄、朝, and the characters of its full name."""
    return {row["name"]: row["words"] for row in rows("words", "places-zh") if len(row["name"]) == 1}


@cache
def _same() -> dict[str, tuple[str, ...]]:
    """Places with two names in Chinese (黑龙江 and 阿穆尔河): the other names of each."""
    groups = [group.split("/") for group in _list("same")]
    return {name: tuple(one for one in group if one != name) for group in groups for name in group}


def _by_sound(check: Places, view: View, glossary: Any) -> Iterator[Finding]:
    """Places with a name of their own language (Кашгар, Чамдо) that stand spelt by the characters («Каши», «Чанду»)."""
    from pipeline.languages import names_windows

    wanted = {
        form.text: occurrence.term
        for occurrence in _named(glossary, view.source)
        for form in occurrence.term.forms["zh"]
        if form.text in view.source
    }
    own = {
        row["zh"]: row["ru"].split("|")
        for row in rows("official", "minority-zh")
        if row["zh"] in view.source and not _of_village(row["zh"], view.source)
    }
    found = list(own.items())
    for name, term in wanted.items():
        if (han := _core(name)) not in own and not _of_village(name, view.source) and (forms := _single(term)):
            found.append((han, forms))
    taken: set[int] = set()
    for han, forms in found:
        parts = [fold(part) for form in forms for part in re.split("[ -]", form)]
        beginnings = tuple(part[:-1] if part[-1] in "аеийоуьюяэ" and len(part) > 3 else part for part in parts if part)
        if len(han) < 2 or any(word.low.startswith(beginnings) for word in view.words):
            continue
        for word in view.words:
            if not word.text[:1].isupper() or word.start in taken or len(word.text) < 3:
                continue
            if _in_a_title(view, word, han):
                continue
            spelt = [base for base in names_windows.bases(word.low) if names_windows.spells(base, han)]
            if any(part.startswith(base[:4]) for part in parts for base in spelt):
                continue
            if spelt or (len(han) > 2 and _close(word.low, han)):
                taken.add(word.start)
                message = f"{han} is {forms[0]}: its name is not transcribed from the characters"
                severity = Severity.MINOR if word.text in forms else check.severity
                yield check.finding(word.span, message, forms[0], severity=severity, category="terminology/wrong-term")


def _in_a_title(view: View, word: Word, han: str) -> bool:
    """Does the word begin a quoted name that is spelt whole, as it is quoted in the source: “中国领事”, «Чжунго
    линши»?"""
    quoted = re.search(rf"[“《]{han}[^”》]+[”》]", view.source) is not None
    return quoted and view.target[: word.start].endswith("«") and view.target[word.end : word.end + 1] == " "


def _of_village(name: str, source: str) -> bool:
    """Is the row of characters the name of a village or town, whatever else it names: 北极村, 乌云镇?"""
    places = [source[match.end() : match.end() + 1] for match in re.finditer(re.escape(name), source)]
    return name[-1:] not in "村镇乡" and all(kind and kind in "村镇乡" for kind in places)


def _single(term: Any) -> list[str]:
    """Russian names of a place, where the first is one word (not Южно-Китайское море, which translates)."""
    forms = [form.text for form in term.forms.get("ru", ())]
    return forms if forms and " " not in forms[0] else []


def _close(low: str, han: str) -> bool:
    from pipeline.languages import palladius, palladius_distance

    right = fold(palladius.place(han)).replace(" ", "")
    return low[:2] == right[:2] and palladius_distance.distance(low, right) < _CLOSE


_OUTER = re.compile("蒙古国|(?:中|俄)蒙(?=[边关两合友])|蒙方|外蒙")
_INNER = re.compile(r"\bВнутренн\w+ Монголи\w+|\bInner Mongolia\w*")
_REGIONS = re.compile("[东西南北中]{1,2}亚|[东西南北中]{1,2}欧|.*(?:[洲极洋海湾]|半岛|地区)|[近中远]东|.*[南北西东]方")
_PAIRED = "中俄朝韩美日英法德印欧"
# A character that stands for several countries: which is meant, the text says.
_COUNTRIES = {
    "乌": ("乌兹别克斯坦", "乌克兰", "乌干达", "乌拉圭"),
    "土": ("土库曼斯坦", "土耳其"),
    "印": ("印度尼西亚", "印度"),
    "马": ("马来西亚", "马里", "马耳他", "马达加斯加", "马尔代夫"),
    "巴": ("巴基斯坦", "巴西", "巴勒斯坦", "巴拿马", "巴林"),
    "阿": ("阿富汗", "阿塞拜疆", "阿根廷", "阿尔及利亚", "阿尔巴尼亚", "阿曼"),
    "塞": ("塞尔维亚", "塞浦路斯", "塞内加尔", "塞舌尔"),
    "埃": ("埃及", "埃塞俄比亚"),
    "尼": ("尼泊尔", "尼日利亚", "尼加拉瓜", "尼日尔"),
    "斯": ("斯里兰卡", "斯洛伐克", "斯洛文尼亚"),
    "新": ("新加坡", "新西兰"),
    "哥": ("哥伦比亚", "哥斯达黎加"),
    "格": ("格鲁吉亚", "格林纳达"),
    "吉": ("吉尔吉斯斯坦", "吉布提"),
    "白": ("白俄罗斯",),
    "哈": ("哈萨克斯坦",),
    "塔": ("塔吉克斯坦",),
}  # fmt: skip
_ROW = re.compile(
    f"[中俄][{''.join(_COUNTRIES)}]{{2,3}}(?=铁路|公路|三国|四国|关系|合作|边境|口岸)|[中俄]哈(?=[^尔])|[中俄]塔(?=[^台])"
)
_SIDE = re.compile(
    f"([{''.join(_COUNTRIES)}])方(?=[，。、；：]|[\u4e00-\u9fff])(?!案|式|法|向|面|位|块|形|圆|言|针|剂)"
)


def _of_country(zh: str, view: View) -> list[Word]:
    """Words of the target that name the country, its people or what is theirs (украинская)."""
    from pipeline.languages import demonyms

    glossary, lang = view.tools.get("glossary") or _builtin(), view.target_lang
    term = next((term for term in glossary if _is(term, zh)), None)
    names = [form.text for form in term.forms.get(lang, ())] if term else []
    found = [word for word in view.words if any(demonyms.belongs(word.low, name, lang) for name in names)]
    spans = [one.span for one in _matcher(glossary, lang).find(view.target) if _is(one.term, zh)]
    return found + [word for word in view.words if any(span.start <= word.start < span.end for span in spans)]


def _is(term: Any, zh: str) -> bool:
    return _country(term) and any(form.text == zh for form in term.forms["zh"])


@lru_cache(maxsize=512)
def _unnamed(glossary: Any, source: str) -> str:
    """The source without the countries that it names in full: 利 and 亚 of 澳大利亚 name no 奥地利."""
    return _without([found.span for found in _named(glossary, source) if _country(found.term)], source)


def _lost(glossary: Any, source: str, here: set[str]) -> list[str]:
    """Places of the source that the target does not name."""
    from pipeline.languages import chinese

    found = []
    for occurrence in _named(glossary, source):
        names = {form.text for form in occurrence.term.forms.get("zh", ())}
        if not names & (here | _HOME):
            found.append(occurrence.span.of(source))
    for at, mark in enumerate(source):
        around = source[max(0, at - 2) : at] + source[at + 1 : at + 3]
        if mark not in _PAIRED[1:] or not any(other in _PAIRED for other in around):
            continue
        if chinese.frequency(source[at : at + 2]) < 100 and not any(set(_short()[mark]) & set(name) for name in here):
            found.append(mark)
    for match in _ROW.finditer(source):
        if chinese.frequency(match[0]) < 100:
            found += [mark for mark in match[0] if mark in _COUNTRIES and not here & set(_COUNTRIES[mark])]
    return list(dict.fromkeys(found))


def _core(name: str) -> str:
    """The name without the word for its kind."""
    for kind in _list("kinds"):
        if name.endswith(kind) and len(name) > len(kind) + 1:
            return name.removesuffix(kind)
    return name


@lru_cache(maxsize=4)
def _matcher(glossary: Any, lang: Lang) -> Any:
    from pipeline.glossary.match import Matcher

    return Matcher([term for term in glossary if term.kind == "place" and term.forms.get("zh")], lang)


@lru_cache(maxsize=256)
def _named(glossary: Any, source: str) -> tuple[Any, ...]:
    """The places that a Chinese source names."""
    return tuple(_matcher(glossary, "zh").find(source))


PLUGIN = Places()
