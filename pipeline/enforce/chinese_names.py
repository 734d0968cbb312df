"""Names in a Chinese target in other characters: people and places that sound the same, bodies of another kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.enforce.candidates import Candidate
from pipeline.enforce.chinese import pieces, tag
from pipeline.enforce.result import Ground, by_likeness
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.sound import sound
from pipeline.enforce.view import View
from pipeline.languages import pinyin
from pipeline.languages.chinese import frequency, is_han
from pipeline.languages.palladius_table import listed
from pipeline.languages.pinyin import reading
from pipeline.languages.transcription_tables import SYLLABLES
from pipeline.languages.transcription_variants import VARIANTS
from pipeline.model import Occurrence, Span, Term

_SPEECH = tuple(
    listed("""表示 说 指出 强调 会见 出席 主持 在 将 同 与 和 对 于 率 访问
    抵达 宣布 认为 称 发表 会 介绍 还 向 到 就 致 回答 回应 答 重申 呼吁 要求 参加 率领 主张 当选 签署 讲话 发言 表态
    致辞 谈 为 获得 撰写""")
)


_KINDS = (
    "委员会", "理事会", "总局", "总署", "协会", "联盟", "联合会", "组织", "机构", "管理局", "管理署", "办公室", "法院",
)  # fmt: skip
BODIES = (
    *_KINDS, "银行", "基金", "基金会", "议会", "检察院", "研究院", "研究所", "大学", "学院", "公司", "集团",
    "部", "局", "署", "院", "厅",
)  # fmt: skip
"""Words for the kind of a body, which end its name; those of `_KINDS` are mistaken for one another."""

PLACES = (
    ("河流", "河", "江", "溪", "川"), ("湖泊", "水泊", "湖", "泊", "淖"), ("岛屿", "群岛", "岛", "屿"),
    ("山脉", "山岭", "山峰", "山", "岭", "峰"),
)  # fmt: skip
"""Chinese words for kinds of places, those that stand for one another together, the longer ones first."""


def bodies(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """A body's name but for the word for its kind («欧亚经济[理事会]» for 欧亚经济委员会)."""
    if occurrence.term.kind != "body":
        return
    text = view.folded.text
    for rank, form in enumerate(occurrence.term.forms.get("zh", ())):
        kind = next((each for each in _KINDS if form.text.endswith(each)), "")
        name = form.text.removesuffix(kind)
        if not kind or len(name) < 4:
            continue
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            other = next((each for each in _KINDS if each != kind and text.startswith(each, end)), "")
            span = view.folded.span(at, end + len(other))
            outer = at > 0 and is_han(text[at - 1]) and text[at - 1] not in "和与及同在对由向、将"
            if other and not outer and view.free(span):
                why = by_likeness(span.of(view.text))
                yield Candidate(span, 0.8, why, (), False, "", rank, ground=Ground.ALIKE)
            at = text.find(name, end)


def names(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """A Chinese name in other characters that sound the same («王一» for 王毅, «何利峰» for 何立峰, «常舟» for 常州).

    A place is not looked for in words of the dictionary («进城» is no slip for 晋城).
    """
    place = occurrence.term.kind == "place"
    if not place and occurrence.term.kind != "person":
        return
    text = view.folded.text
    edges = {part.start for part in pieces(text)} | {len(text)}
    for rank, form in enumerate(occurrence.term.forms.get("zh", ())):
        wanted = form.text
        if not 2 <= len(wanted) <= 4 or not is_han(wanted):
            continue
        sounded = [*_spoken(occurrence.term, len(wanted)), pinyin.syllables(wanted, surname=not place)]
        for start in range(len(text) - len(wanted) + 1):
            window = text[start : start + len(wanted)]
            if window == wanted or not is_han(window):
                continue
            if place and frequency(window):
                continue
            heard = [reading(char) for char in window], pinyin.syllables(window, surname=not place)
            if not any(each in sounded for each in heard):
                continue
            same = sum(a == b for a, b in zip(window, wanted, strict=True))
            if not same and (place or frequency(window) or window[0] not in pinyin.SURNAMES):
                continue
            surname = window[0] == wanted[0] or (window[0] in pinyin.SURNAMES and same < 2)
            apart = (start + len(window)) in edges and start in edges and not frequency(window)
            sure = place or len(wanted) > 2 or (surname and (_named(text, start, start + len(window)) or apart))
            sure = sure or (apart and same > 0 and _named(text, start, start + len(window)))
            span = view.folded.span(start, start + len(window))
            if view.free(span):
                yield Candidate(
                    span, 0.93 if sure else 0.6, f"«{window}» sounds like {wanted}", (), False, window, rank,
                    same=True, repair=sure,
                )  # fmt: skip


@lru_cache(maxsize=1 << 10)
def _cut(name: str) -> list[str]:
    """Syllables of a name in pinyin, empty where it is none."""
    ways = [pinyin.cut(word) for word in name.split()]
    return [syllable for way in ways for syllable in way[0]] if ways and all(ways) else []


def _spoken(term: Term, size: int) -> Iterator[list[str]]:
    """The name's syllables as its English form has them: 谌 is Shen as well as Chen."""
    for form in term.forms.get("en", ()):
        syllables = _cut(form.text)
        if len(syllables) == size:
            yield syllables


SOUNDS = frozenset("".join(SYLLABLES.values())) | frozenset(
    "阿埃艾爱安奥澳巴柏班邦包保贝本比彼毕别宾波伯博勃卜布查察楚达戴丹当道德登邓狄迪蒂第丁东杜顿多厄恩尔法凡方菲费芬弗福富盖冈"
    "高戈哥格根贡古瓜哈海罕汉豪赫黑亨洪胡华怀霍基吉季加嘉贾杰捷金津喀卡凯坎康考柯科可克肯孔库夸奎拉莱赖兰朗劳勒雷黎里丽利莉连列林"
    "琳龙卢鲁路伦罗洛马玛迈麦曼芒毛梅门蒙孟米密缅明摩莫墨姆木穆拿纳娜乃奈南内尼涅宁牛纽努诺欧帕派潘庞佩彭皮匹平泊珀普齐契恰乔切"
    "琴日荣茹瑞若撒萨塞赛桑瑟森沙莎山珊尚绍舍申圣施什石史士舒丝斯松苏素孙索塔泰坦汤唐陶特腾提廷通图托瓦万汪旺威韦维魏温文翁沃乌伍武"
    "西希锡夏香肖谢辛欣休许雪逊雅亚扬杨耶叶伊易因英尤约泽扎詹珍芝治朱祖佐拜普丁突斐蓬喜岛"
)
"""Characters that foreign names are written in (after Xinhua's tables of transcription)."""


_NO_NAME = frozenset("因已还也又都就则为对由向从同跟给让使和与及的了在是将把被经说称等")
_NAMES = ("nr", "ns", "nz")  # tags of words that a transcription may look like


def round_dot(span: Span, view: View) -> Span:
    """The span with the rest of a foreign name of several parts («贝[翠丝]·考尔文»): what touches a dot on either side,
    as far as characters go that foreign names are written in."""
    folded = view.folded
    parts = [(folded.span(part.start, part.end), part.text) for part in pieces(folded.text)]
    inside = [n for n, (place, _) in enumerate(parts) if place.overlaps(span)]
    if not inside:
        return span
    first, last = inside[0], inside[-1]
    for _ in range(2):  # what lies on one side of a dot may show that the other side is a name
        first, last = _along(parts, first, last, -1), _along(parts, first, last, 1)
    return Span(min(span.start, parts[first][0].start), max(span.end, parts[last][0].end))


def _along(parts: Sequence[tuple[Span, str]], first: int, last: int, step: int) -> int:
    """How far to one side of the parts a name goes on, if there is a dot in it or between."""
    at = best = last if step > 0 else first
    dotted = any(text == "·" for _, text in parts[first : last + 1])
    while 0 <= at + step < len(parts):
        text, before = parts[at + step][1], parts[at][1]
        after = parts[at + 2 * step][1] if 0 <= at + 2 * step < len(parts) else ""
        if text != "·" and not _in_name(text, before, after):
            break
        at, dotted = at + step, dotted or text == "·"
        if dotted and text != "·":
            best = at
    return best


def _in_name(text: str, before: str, after: str) -> bool:
    """May a piece be one of a transcribed name: of characters for sounds, and no word by itself unless beside the dot;
    a single other character between such («克拉福[措]夫»)?"""
    if text in _NO_NAME or not is_han(text):
        return False
    spelt = set(text) <= SOUNDS | set("娃娅妮")
    if len(text) == 1:
        return spelt or (len(after) == 1 and after in SOUNDS and after not in _NO_NAME)
    if not frequency(text):
        return spelt
    return tag(text).startswith(_NAMES) if "·" in (before, after) else spelt and tag(text).startswith("nr")


def foreign(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """A foreign name put into characters by its sound, in others than the official ones («吉尼瓦» for 日内瓦).

    A row of single characters or unusual words that sounds like the name in another language; no dictionary word.
    """
    term = occurrence.term
    several = [form.text.strip('«»“”"') for lang in ("en", "ru") for form in term.forms.get(lang, ())]
    spoken = [each for each in several if " " not in each]
    official = [form.text for form in term.forms.get("zh", ())]
    if term.kind == "body":  # «罗斯科斯莫斯» for Roscosmos: a word by itself, no abbreviation
        spoken = [each for each in spoken if len(each) > 5 and each[1:].islower()]
    elif term.kind not in ("person", "place") or not any(set(each) & SOUNDS for each in official):
        return
    if not spoken:
        return
    bones = {bone for each in spoken if len(bone := _skeleton(each)) > 3}
    parts = pieces(view.folded.text)
    for first in range(len(parts)):
        for last in range(first, min(len(parts), first + 8)):
            row = parts[first : last + 1]
            if set(row[-1].text) - SOUNDS or len(row[-1].text) > 3:
                break
            window = "".join(part.text for part in row)
            if len(window) < 2 or len(window) > 8 or frequency(window) or window in official:
                continue
            front = view.folded.text[row[0].start - 1 : row[0].start] if row[0].start else ""
            more = any(each[0] == front and len(each) == len(window) + 1 for each in official)  # 在内|罗比
            said = " ".join(map(reading, front + window if more else window))
            heard = max(sounds(way, each) for each in spoken for way in (said, said.replace("l", "r")))
            heard = max(heard, 0.85) if _skeleton(said) in bones else heard
            span = view.folded.span(row[0].start - more, row[-1].end)
            if heard >= 0.8 and view.free(span):
                why = f"«{window}» is another transcription"
                yield Candidate(span, 0.9 * heard, why, (), False, window, 0, same=True, repair=len(row) > 1)


@lru_cache(maxsize=1 << 14)
def _skeleton(name: str) -> str:
    """The consonants of a name by their sound, l and r the same: Chinese puts vowels between them."""
    return "".join(char for char in sound(name) if char.isupper()).replace("L", "R")


def elsewhere(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """The name as Taiwan, Hong Kong or an older usage writes it («川普» for 特朗普, «海参崴»)."""
    text = view.folded.text
    if occurrence.term.kind not in ("person", "place", "body"):
        return
    for rank, form in enumerate(occurrence.term.forms.get("zh", ())):
        for variant in VARIANTS.get(form.text, ()):
            at = text.find(variant)
            while at >= 0:
                span = view.folded.span(at, at + len(variant))
                if view.free(span) and text[at + len(variant) :][:1] != "州":
                    why = f"«{variant}» is another name of {form.text}"
                    yield Candidate(span, 0.97, why, (), False, variant, rank, same=True)
                at = text.find(variant, at + len(variant))


def uncut(found: Iterable[Candidate], view: View) -> list[Candidate]:
    """Those candidates that begin and end where words do, and are no part of a longer name that is wrong as a whole."""
    text = view.folded.text
    edges = {part.start for part in pieces(text)} | {len(text)}
    whole: list[Candidate] = []
    for candidate in found:
        window = candidate.base or "".join(char for char in candidate.span.of(view.text) if is_han(char))
        start = text.find(window)
        if start in edges and start + len(window) in edges:
            whole.append(candidate)
    return [
        candidate
        for candidate in whole
        if "·" in candidate.span.of(view.text)
        or not any(
            len(other.span) > len(candidate.span)
            and other.span.start <= candidate.span.start
            and candidate.span.end <= other.span.end
            and "·" in other.span.of(view.text)
            and other.score >= candidate.score - 0.2
            for other in whole
        )
    ]


def _named(text: str, start: int, end: int) -> bool:
    """Does the place ask for a name: a title beside it, or a mark before it and a verb of action after?"""
    from pipeline.languages.names_context import TITLES

    left, right = text[max(0, start - 6) : start], text[end:]
    if any(left.endswith(title) for title in TITLES) or any(right.startswith(title) for title in TITLES):
        return True
    edge = not left or left[-1] in "，。、；：“”（）()《》 \n和与同及见对向由请"
    return edge and (right.startswith(_SPEECH) or not right or not is_han(right[0]))
