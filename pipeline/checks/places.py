"""One place put for another: a place in the target that the source has not, while one of the source is missing"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from pipeline.checks.base import Check, View
from pipeline.model import Finding, Lang, Severity, Span

# The source names China in ways that no list holds: 我国, 全国, 国内, 华.
_HOME = frozenset(("中国", "中华人民共和国"))


class Places(Check):
    name = "places"
    category = "accuracy/addition"
    severity = Severity.MAJOR
    sources = ("zh",)
    targets = ("ru", "en")
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        if not any(word.text[:1].isupper() for word in view.words[1:]):
            return
        glossary = view.tools.get("glossary")
        if glossary is None:
            from pipeline.glossary import store

            glossary = store.builtin()
        characters = set(view.source) | {mark for mark, name in _SHORT.items() if mark in view.source for mark in name}
        strange: list[tuple[Span, str, str]] = []
        here: set[str] = set()
        for occurrence in _matcher(glossary, view.target_lang).find(view.target):
            names = [form.text for form in occurrence.term.forms.get("zh", ())]
            here.update(names)
            written = occurrence.span.of(view.target)
            known = any(name in _HOME or name in _CAPITALS or characters & set(_core(name)) for name in names)
            if names and not known and len(written) > 3 and written[0].isupper():
                strange.append((occurrence.span, written, names[0]))
        if not strange:
            return
        lost = _lost(glossary, view.source, here)
        if lost:
            for span, written, name in strange:
                yield self.finding(span, f"{written} ({name}) is not in the source, which speaks of {', '.join(lost)}")


# A capital stands for its government.
_CAPITALS = frozenset(
    ("华盛顿", "莫斯科", "北京", "平壤", "首尔", "东京", "伦敦", "巴黎", "柏林", "马德里", "罗马", "雅典", "布鲁塞尔", "基辅", "新德里",
     "安卡拉", "德黑兰", "耶路撒冷", "大马士革", "开罗", "华沙", "维也纳", "渥太华", "堪培拉", "河内", "巴格达", "利雅得", "明斯克")
)  # fmt: skip

# One character stands for a place in 中俄, 京沪, 俄、朝.
_SHORT = {
    "沪": "上海", "粤": "广东", "京": "北京", "津": "天津", "渝": "重庆", "苏": "江苏苏联", "浙": "浙江", "皖": "安徽", "闽": "福建",
    "赣": "江西", "鲁": "山东", "豫": "河南", "鄂": "湖北", "湘": "湖南", "桂": "广西", "琼": "海南", "川": "四川", "黔": "贵州",
    "滇": "云南", "藏": "西藏", "陕": "陕西", "甘": "甘肃", "青": "青海", "宁": "宁夏", "新": "新疆", "蒙": "内蒙古", "辽": "辽宁",
    "吉": "吉林", "黑": "黑龙江", "冀": "河北", "晋": "山西", "港": "香港", "澳": "澳门澳大利亚", "台": "台湾", "俄": "俄罗斯苏联",
    "朝": "朝鲜", "韩": "韩国", "美": "美国美洲", "日": "日本", "英": "英国", "法": "法国", "德": "德国", "印": "印度", "欧": "欧洲欧盟",
}  # fmt: skip
_PAIRED = "中俄朝韩美日英法德印欧"


def _lost(glossary: Any, source: str, here: set[str]) -> list[str]:
    """Places of the source that the target does not name."""
    from pipeline.languages import chinese

    found = []
    for occurrence in _matcher(glossary, "zh").find(source):
        names = {form.text for form in occurrence.term.forms.get("zh", ())}
        if not names & (here | _HOME):
            found.append(occurrence.span.of(source))
    for at, mark in enumerate(source):
        around = source[max(0, at - 2) : at] + source[at + 1 : at + 3]
        if (
            mark in _PAIRED[1:]
            and any(other in _PAIRED for other in around)
            and chinese.frequency(source[at : at + 2]) < 100
        ):
            if not any(set(_SHORT[mark]) & set(name) for name in here):
                found.append(mark)
    return list(dict.fromkeys(found))


def _core(name: str) -> str:
    """The name without the word for its kind."""
    for kind in (
        "自治区",
        "自治州",
        "特别行政区",
        "共和国",
        "联邦",
        "王国",
        "市",
        "省",
        "县",
        "区",
        "州",
        "国",
        "岛",
        "河",
        "江",
        "山",
        "湖",
    ):
        if name.endswith(kind) and len(name) > len(kind) + 1:
            return name.removesuffix(kind)
    return name


@lru_cache(maxsize=4)
def _matcher(glossary: Any, lang: Lang) -> Any:
    from pipeline.glossary.match import Matcher

    return Matcher([term for term in glossary if term.kind == "place" and term.forms.get("zh")], lang)


PLUGIN = Places()
