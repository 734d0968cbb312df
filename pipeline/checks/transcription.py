"""Chinese names of the source, of whatever kind, spelt against the Palladius system"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from pipeline.checks._words import Word, fold
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_NEAR = 0.16  # of a single word; a surname that stands right before it bears out more
_NEAR_PAIR = 0.25
_NEAR_PLACE = 0.25  # of a county, a town, a village
_SMALL = "县镇乡村"
_SHORTEST = 4  # letters of a name that stands alone
_PIECES = 3
_SOUNDS = frozenset("纳邓佩洛西拜登赛莫利韦打威")  # of foreign names, too, beside those of names_tables
_RUSSIA = re.compile(
    "俄|莫斯科|圣彼得堡|远东|边疆区|西伯利亚|哈巴罗夫斯克|符拉迪沃斯托克|海参崴|伯力|赤塔|白俄罗斯|独联体"
)
# Places of these regions have names of their own languages, which Russian maps give: Дзадо, Хотан, Хух-Хото.
_TRADITIONAL = re.compile("藏|蒙|新疆|维吾尔|哈萨克|柯尔克孜|彝族|傣族|青海|玉树|喀什|和田|伊犁|盟|[旗]")
# So have Tibetans, whom their given names tell: Тензин Вангду.
_TIBETAN = re.compile(
    "丹增|旦增|扎西|卓玛|次仁|次旺|旺堆|旺姆|央金|拉姆|格桑|索朗|罗布|多吉|平措|顿珠|尼玛|巴桑|边巴|普布|洛桑|嘎玛|仁青|"
    "措姆|白玛|才让|才旦|桑吉|曲珍|德吉|嘉措|加措|强巴"
)
_FOREIGN_END = re.compile("(?<=[а-я]{3}[ое])фу$")
_KIND = "(?:[市县区镇乡村河江湖路岛港]|水库|街道|社区)"
_KINDS = re.compile(f"(?={_KIND})")


class Transcription(Check):
    name = "transcription"
    category = "terminology/wrong-term"
    severity = Severity.MINOR
    sources = ("zh",)
    targets = ("ru",)
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        from pipeline.languages import names, names_dotted, names_windows

        capitals = [
            word for word in view.words if word.text[:1].isupper() and re.fullmatch(r"[А-Яа-яЁё'’-]+", word.text)
        ]
        if not capitals:
            return
        people = [names.resolve(person.name, "ru") for person in names.people(view.source)]
        taken: set[int] = set()
        yield from self._apart(view, capitals, taken)
        yield from self._addressed(view, capitals, taken)
        yield from self._pairs(view, capitals, taken, people)
        yield from self._translated(view, taken)
        for word in capitals:
            if (
                word.start not in taken
                and _RUSSIA.search(view.source)
                and (slip := names_dotted.slip(word.text, view.source))
            ):
                yield self.finding(
                    word.span, f"{slip[0]} is {slip[1]}, not {word.text}", slip[1], severity=Severity.MAJOR
                )
                continue
            if (ending := _FOREIGN_END.search(word.low)) and re.search("[\u3400-\u9fff]{2}夫(?!人|妻|妇)", view.source):
                right = word.text[: ending.start()] + "в"
                message = f"夫 ends a name in -ов or -ев: probably {right}, not {word.text}"
                yield self.finding(word.span, message, right, severity=Severity.MAJOR)
                continue
            if word.start in taken or len(word.text) < _SHORTEST or _known(word.low) or not _syllabic(word.low):
                continue
            if not _cities().isdisjoint(names_windows.bases(word.low)):
                continue  # Шэньчжэнь for 深 and the like: another check asks whether it is in the source
            if any(fold(part)[:3] == word.low[:3] for name in people for part in name.split()):
                continue  # the names of people have a check of their own
            if names_windows.explained(word.text, view.source):
                yield from self._parted(view, word)
                continue
            if _TRADITIONAL.search(view.source) or (_TIBETAN.search(view.source) and not _chinese(word.low)):
                continue
            near = names_windows.nearest(word.text, view.source, _NEAR) or _of_a_kind(word.text, view.source)
            if near is None or near[2] == 0 or _foreign(near[0], view.source) or _abroad(near[0], view.source):
                continue
            yield self._slip(word.span, word.text, near[0], near[1])

    def _parted(self, view: View, word: Word) -> Iterator[Finding]:
        """A place without the hard sign that parts its syllables: «Цзянань» for 江岸, Цзянъань."""
        from pipeline.languages import names_windows

        kinds = [match.start() for match in _KINDS.finditer(view.source)]
        if not any("ъ" in _place(view.source[at - size : at]) for at in kinds for size in (2, 3) if at >= size):
            return
        written = set(names_windows.bases(word.low))
        rightly = _places(view.source)
        if written & rightly.keys():
            return
        for right, han in rightly.items():
            if "ъ" in right and right.replace("ъ", "") in written and re.search(f"{han}{_KIND}", view.source):
                yield self._slip(word.span, word.text, han, _place(han))
                return

    def _slip(self, span: tuple[int, int], written: str, han: str, right: str) -> Finding:
        return self.finding(span, f"{han} is {right} by the Palladius system, not {written}", right)

    def _apart(self, view: View, capitals: list[Word], taken: set[int]) -> Iterator[Finding]:
        """A name of one word written in two: «Ли Го Цян», «Лу Си»."""
        from pipeline.languages import names_windows, palladius, pinyin

        rows = set(names_windows.windows(view.source, 3))
        for run in _runs(view, capitals):
            if run[0].start in taken or not all(_syllabic(word.low) for word in run):
                continue
            whole = " ".join(word.text for word in run)
            for han in rows:
                if len(han) != len(run) or not names_windows.spells(fold(whole), han):
                    continue
                person = pinyin.split(han) is not None and pinyin.SURNAMES.get(han[0], 999) < 200
                if len(run) == 2:
                    if not re.search(f"{han}{_KIND}", view.source):
                        continue  # «Ли Бо» may well be somebody, «Лао Шэ» is
                    right = palladius.place(han)
                elif person:
                    right = palladius.name(han)
                else:
                    continue
                taken.update(word.start for word in run)
                span = (run[0] if len(run) == 2 else run[1]).start, run[-1].end
                message = f"{han} is {right}: the syllables of a given name or of a place are written as one word"
                yield self.finding(span, message, right if len(run) == 2 else right.split(" ", 1)[1])
                break

    def _addressed(self, view: View, capitals: list[Word], taken: set[int]) -> Iterator[Finding]:
        """What is translated, spelt out as a name: «Чжан Дае» for 张大爷, «Дисань» for 第三."""
        from pipeline.languages import localities, names_windows, palladius

        found = localities.addressed(view.source)
        for run in _runs(view, capitals) if found else ():
            for surname, title, russian in found:
                if len(run) == 2 and any(
                    names_windows.spells(base, surname + title)
                    for base in names_windows.bases(fold(run[0].text + run[1].text))
                ):
                    taken.update(word.start for word in run)
                    right = f"{russian.split(';')[0]} {palladius.surname(surname)}"
                    message = f"{title} is no given name: {surname}{title} is «{right}»"
                    yield self.finding((run[0].start, run[1].end), message, right, severity=Severity.MAJOR)
        for number in re.findall("第[一二三四五六七八九十]+", view.source):
            for word in capitals:
                if word.start not in taken and not _known(word.low) and names_windows.spells(word.low, number):
                    taken.add(word.start)
                    yield self.finding(word.span, f"{number} is a number, not a name", severity=Severity.MAJOR)

    def _translated(self, view: View, taken: set[int]) -> Iterator[Finding]:
        """A place named by the meaning of its characters: «город Приморье» for 滨海市."""
        from pipeline.languages import localities, names_windows, palladius

        for place in localities.find(view.source):
            if (
                _foreign(place.name, "")
                or place.name in _chinese_places()
                or place.name + place.kind in _chinese_places()
            ):
                continue
            if any(names_windows.explained(word.text, place.name) for word in view.words if word.text[:1].isupper()):
                continue
            for head, word in pairwise(view.words):
                if (
                    head.low.startswith(place.heads)
                    and word.start not in taken
                    and word.text[:1].isupper()
                    and not word.text.isupper()  # горком КПК for 代表市委
                    and view.target[head.end : word.start] in (" ", " «", ". ")
                    and _known(word.low)
                    and not names_windows.explained(word.text, view.source)
                    and _cities().isdisjoint(names_windows.bases(word.low))
                    and fold(word.text)[:4] not in _adjectives()
                ):
                    taken.add(word.start)
                    right = palladius.place(place.name)
                    message = f"{place.name} is the name of a place, {right}: it is not translated"
                    yield self.finding(word.span, message, right, severity=Severity.MAJOR)
                    break

    def _pairs(self, view: View, capitals: list[Word], taken: set[int], people: list[str]) -> Iterator[Finding]:
        """Surname and given name of somebody whom the context of the source does not point out."""
        from pipeline.languages import names_windows, palladius, palladius_distance, pinyin

        options: list[str] | None = None
        for run in _runs(view, capitals):
            if len(run) != 2 or run[0].start in taken or run[1].start in taken:
                continue
            one, two = run
            whole = f"{one.text} {two.text}"
            if any(fold(name).split()[0][:2] == one.low[:2] for name in people):
                taken.update((one.start, two.start))
                continue
            if (_known(one.low) and len(one.low) > _PIECES) or (_known(two.low) and not _syllabic(two.low)):
                continue
            if names_windows.explained(whole.replace(" ", ""), view.source) or (
                names_windows.explained(one.text, view.source) and names_windows.explained(two.text, view.source)
            ):
                taken.update((one.start, two.start))
                continue
            if options is None:
                options = [han for han in names_windows.windows(view.source, 3) if _may_be_name(han)]
            ranked = sorted(
                (palladius_distance.distance(whole, right), right, han)
                for han in options
                if (right := palladius.name(han))[:1] == whole[:1] and pinyin.split(han)
            )
            if ranked and 0 < ranked[0][0] <= _NEAR_PAIR and not _foreign(ranked[0][2], view.source):
                taken.update((one.start, two.start))
                yield self._slip((one.start, two.end), whole, ranked[0][2], ranked[0][1])


def _of_a_kind(word: str, source: str) -> tuple[str, str, float] | None:
    """A name that is less like, where the characters of the source are surely that of a place: 吴城镇, «Вучэн»."""
    from pipeline.languages import names_windows

    near = names_windows.nearest(word, source, _NEAR_PLACE)
    if near is None:
        return None
    if near[0][-1] in _SMALL and len(near[0]) > len("吴城"):
        return near[0][:-1], near[1], near[2]
    return near if re.search(f"{near[0]}[{_SMALL}]", source) else None


def _runs(view: View, capitals: list[Word]) -> Iterator[tuple[Word, ...]]:
    """Rows of three and of two capitalised words with single spaces between them, longer ones first."""
    for size in (3, 2):
        for at in range(len(capitals) - size + 1):
            run = tuple(capitals[at : at + size])
            if all(view.target[a.end : b.start] in (" ", "\u00a0") for a, b in pairwise(run)):
                yield run


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    """Places of the glossary that are one word."""
    from pipeline.glossary import store

    places = (term for term in store.builtin() if term.kind == "place")
    return frozenset(fold(form.text) for term in places for form in term.forms.get("ru", ()) if " " not in form.text)


@lru_cache(maxsize=1)
def _chinese_places() -> frozenset[str]:
    from pipeline.glossary import store

    places = (term for term in store.builtin() if term.kind == "place")
    return frozenset(form.text for term in places for form in term.forms.get("zh", ()))


def _adjectives() -> frozenset[str]:
    """Beginnings of adjectives and of words of rank that stand with a capital between the kind and a name."""
    return frozenset(("кита", "кнр", "внут", "севе", "южны", "запа", "вост", "верх", "нижн", "нова", "новы"))


@lru_cache(maxsize=8)
def _places(source: str) -> dict[str, str]:
    """The rows of two and three characters by what they are as places; the first of its like."""
    from pipeline.languages import names_windows

    return {fold(_place(han)): han for han in reversed(names_windows.windows(source, 3))}


@lru_cache(maxsize=8192)
def _place(han: str) -> str:
    from pipeline.languages import palladius

    return palladius.place(han)


@lru_cache(maxsize=8192)
def _known(low: str) -> bool:
    from pipeline.languages.russian import analyse

    return analyse.is_known(low)


@lru_cache(maxsize=8192)
def _syllabic(low: str) -> bool:
    """Is the word, or what it is a case form of, made of syllables of the system or of misread ones?"""
    from pipeline.languages import names_windows, palladius, palladius_distance

    return any(palladius.split(base) or palladius_distance.reads(base) for base in names_windows.bases(low))


@lru_cache(maxsize=8192)
def _chinese(low: str) -> bool:
    """Is the word, or what it is a case form of, made of syllables of the system: «Даньцзэнванду», not «Вангду»?"""
    from pipeline.languages import names_windows, palladius

    return any(palladius.split(base) for base in names_windows.bases(low))


@lru_cache(maxsize=8192)
def _may_be_name(han: str) -> bool:
    from pipeline.languages import chinese, pinyin

    parts = pinyin.split(han)
    if parts is None or chinese.frequency(han) > 300:
        return False
    return len(parts[0]) == 1 and pinyin.SURNAMES.get(parts[0], 999) < 250


def _abroad(han: str, source: str) -> bool:
    """Does a foreign country stand near the characters: 秘鲁钱凯港, 老挝会晒港, which another system rules?"""
    at = source.find(han)
    around = source[max(0, at - _NEIGHBOURHOOD) : at + len(han) + _NEIGHBOURHOOD].replace("朝鲜族", "")
    return at >= 0 and any(country in around for country in _countries())


_NEIGHBOURHOOD = 6  # characters


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    """Names of foreign countries in Chinese."""
    from pipeline.glossary import store

    places = (term for term in store.builtin() if str(term.origin).rpartition(":")[0].endswith("countries.tsv"))
    names = {form.text for term in places for form in term.forms.get("zh", ())}
    return frozenset(
        name for name in names if len(name) > 1 and not name.startswith("中") and name[-1] not in "洲洋极方亚欧湾岛"
    )


def _foreign(han: str, source: str) -> bool:
    """Does the row of characters look like a part of a foreign name, which another system rules?"""
    from pipeline.languages import names_tables as tables
    from pipeline.languages import palladius_names

    if han in palladius_names.PEOPLE:
        return True
    first = source[max(0, source.find(han) - 1) : source.find(han) + 1]  # 阮|文海
    if any(surnames & set(first) and any(sign in source for sign in signs) for surnames, signs in tables.NEIGHBOURS):
        return True
    marks = tables.TRANSCRIBING | tables.TRANSCRIBING_LAST | _SOUNDS
    if (han[0] in marks or han[-1] in marks) and not re.search(f"{han}{_KIND}", source):
        return True
    if "·" not in source and "•" not in source:
        return False
    return re.search(rf"[·•][\u3400-\u9fff]{{0,8}}{han}|{han}[\u3400-\u9fff]{{0,8}}[·•]", source) is not None


PLUGIN = Transcription()
