"""Chinese personal names: missing, misspelt against the system, or not in the source"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.checks._named import nearest, places
from pipeline.checks._renderings import explained
from pipeline.checks._words import fold
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

_CHINA = re.compile(r"\b(?:кита|кнр\b|пекин|шанха|провинци|парт(?!н[её]р|изан))|цзи|чж|юань", re.IGNORECASE)
_EARLIER = 12  # segments before one from which a name may be taken up
_LEADERS = (
    "习近平",
    "李强",
    "赵乐际",
    "王沪宁",
    "蔡奇",
    "丁薛祥",
    "李希",
    "韩正",
    "毛泽东",
    "邓小平",
    "江泽民",
    "胡锦涛",
    "周恩来",
)


class Names(Check):
    name = "names"
    category = "terminology/wrong-term"
    severity = Severity.MAJOR
    targets = ("ru", "en")

    def segment(self, view: View) -> Iterable[Finding]:
        if not view.target.strip():
            return
        if view.source_lang == "zh" and view.source:
            yield from self._against_source(view)
        elif view.target_lang == "ru" and _CHINA.search(view.target):
            yield from self._by_system(view)

    def _against_source(self, view: View) -> Iterator[Finding]:
        from pipeline.languages import names

        text, low = view.target, fold(view.target)
        people = [
            person for person in names.people(view.source)
            if not _OFFICE_ABROAD.search(view.source[: max(0, view.source.find(person.name))])
        ]  # fmt: skip
        wanted = {person.name: names.resolve(person.name, view.target_lang) for person in people}
        sure = {person.name for person in people if person.sure}
        taken: list[tuple[int, int]] = []
        missing: list[tuple[str, str]] = []
        absent: list[tuple[str, str]] = []
        for han, right in wanted.items():
            spans = places(right, low, view.target_lang)
            taken += spans
            if not spans:
                missing.append((han, right))
        for han, right in missing:
            severity = Severity.CRITICAL if han in _LEADERS else self.severity
            near = nearest(right, text, taken)
            if near is not None and view.target_lang == "ru" and _longer(text[near[0] : near[1]], view.source):
                taken.append(near)
                continue
            if near is not None:
                taken.append(near)
                written = text[near[0] : near[1]]
                yield self.finding(near, f"{han} is {right} by the system, not {written}", right, severity=severity)
                continue
            absent.append((han, right))
            if han in sure and not _surname_alone(right, low) and not _otherwise(han, view, taken):
                whole = (0, len(text))
                yield self.finding(
                    whole, f"the name {han} ({right}) of the source is missing", right, category="accuracy/omission"
                )
        if view.target_lang == "ru" and len(absent) == 1:
            han, right = absent[0]
            for span, written, _ in _extra(view, taken):
                yield self.finding(span, f"the source has {han} ({right}), not {written}", right)

    def document(self, views: Sequence[View]) -> Iterable[tuple[int, Finding]]:
        """Names that no segment of the source so far gives: a translator may put a name for 他 and 其."""
        for index, view in enumerate(views):
            if view.source_lang != "zh" or view.target_lang != "ru" or not view.source:
                continue
            for span, written, spelt in _extra(view, []):
                earlier = views[max(0, index - _EARLIER) : index]
                near = any(explained(name, one.source) for one in earlier for name in spelt)
                if not near and not _in_title(view, span) and not self._told(view, span):
                    message = f"the source has no name that gives {written}"
                    yield index, self.finding(span, message, category="accuracy/addition")

    def _told(self, view: View, span: tuple[int, int]) -> bool:
        """Does a finding of the segment itself tell of the name?"""
        told = [one for one in self._against_source(view) if one.end - one.start < len(view.target)]
        return any(one.start < span[1] and span[0] < one.end for one in told)

    def _by_system(self, view: View) -> Iterator[Finding]:
        """A surname of the system before what cannot be a given name of it, though one reading of it can."""
        from pipeline.languages import names_foreign, palladius, palladius_distance
        from pipeline.languages.russian import analyse

        surnames = _surnames()
        for left, word in zip(view.words, view.words[1:], strict=False):
            if (
                left.low not in surnames
                or not (left.text[0].isupper() and word.text[:1].isupper())
                or len(word.text) < 4
            ):
                continue
            if view.target[left.end : word.start] != " " or analyse.is_known(word.text):
                continue
            if any(palladius.split(form) for form in names_foreign.nominatives(word.text)):
                continue
            right = palladius_distance.mistakes(word.text)
            if right:
                yield self.finding(
                    word.span,
                    f"«{word.text}» is no name of the Palladius system; probably {right}",
                    right,
                    severity=Severity.MINOR,
                )


def _extra(view: View, taken: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], str, tuple[str, ...]]]:
    """Names of the target that the source does not give: span, as written, in the nominative by all readings."""
    found = list(_strange(view, taken))
    both = {
        span
        for one, other in pairwise(found)
        if view.target[one[0][1] : other[0][0]] == " и " and _surnames_alone(one[2], other[2], view.source)
        for span in (one[0], other[0])
    }
    yield from (one for one in found if one[0] not in both)


def _surnames_alone(one: Sequence[str], other: Sequence[str], source: str) -> bool:
    """Does the source name the two by their surnames, side by side: 梁祝, Лян Шаньбо и Чжу Интай?"""
    from pipeline.languages import palladius, pinyin

    wanted = one[0].split()[0], other[0].split()[0]
    return any(
        (palladius.surname(a), palladius.surname(b)) == wanted
        for a, b in pairwise(source)
        if a in pinyin.SURNAMES and b in pinyin.SURNAMES
    )


def _strange(view: View, taken: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], str, tuple[str, ...]]]:
    from pipeline.languages import names, names_foreign, names_windows

    for person in names_foreign.russian_people(view.target):
        span = person.span.start, person.span.end
        if _THIRD_PART.match(view.target, span[1]) or _FIRST_PART.search(view.target[: span[0]]):
            continue  # Ли Чжэ Мён, Нгуен Ван Хай
        if any(span[0] < end and start < span[1] for start, end in taken):
            continue
        written = person.span.of(view.target)
        given = {person.given, *names_foreign.nominatives(written.split()[-1])}
        spelt = tuple(f"{person.surname} {name}" for name in sorted(given))
        rightly = any(
            start < span[1] and span[0] < end
            for one in names.people(view.source)
            for start, end in places(names.resolve(one.name, "ru"), fold(view.target), "ru")
        )
        rightly = rightly or any(names_windows.explained(name.replace(" ", ""), view.source) for name in spelt)
        if not rightly and not any(explained(name, view.source) for name in spelt):
            yield span, written, spelt


def _in_title(view: View, span: tuple[int, int]) -> bool:
    """Is the name in quotation marks, where the source has the title of a work (《西厢记》), which may be another, or
    right behind them, that of the author («Гроза» Цао Юя)?"""
    before = view.target[: span[0]]
    return "《" in view.source and (before.rfind("«") > before.rfind("»") or before.endswith("» "))


def _longer(written: str, source: str) -> bool:
    """Is it the name of the source read with one character more: 李春和, where 李春 was taken for the name?"""
    from pipeline.languages import names_foreign

    parts = written.split()[:2]
    if len(parts) < 2:
        return False
    given = {parts[1], *names_foreign.nominatives(parts[1])}
    return any(len(explained(f"{parts[0]} {name}", source)) > 2 for name in given)


_THIRD_PART = re.compile(r" [А-ЯЁ][а-яё]{1,4}\b")
_FIRST_PART = re.compile(r"\b(?:Нгуен|Чан|Фам|Ле|Хоанг|Во|Ву|Данг|Буй|Нго|Динь|Дао|Ким|Пак|Чхве) $")
_OFFICE_ABROAD = re.compile(r"(?:总统|首相|国王|女王|议长|[参众]议员)$")  # China has none


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    """The commoner surnames in the Palladius system, in small letters."""
    from pipeline.languages import palladius, pinyin

    return frozenset(palladius.surname(han).lower() for han, rank in pinyin.SURNAMES.items() if rank < 330)


def _surname_alone(right: str, low: str) -> bool:
    surname = fold(right).split()[0]
    return re.search(rf"(?<!\w){re.escape(surname)}(?!\w)", low) is not None


def _otherwise(han: str, view: View, taken: list[tuple[int, int]]) -> bool:
    """May the person be named in another way: by office, or by a name that is no transcription from Chinese?"""
    if han in _LEADERS and re.search(
        r"председател|президент|генсек|генеральн|president|secretary|chairman", fold(view.target)
    ):
        return True
    starts = {start for start, _ in view.sentences}
    return any(
        word.text[:1].isupper() and word.start not in starts and not any(a <= word.start < b for a, b in taken)
        and (view.target_lang == "en" or _foreign(word.low))
        for word in view.words
    )  # fmt: skip


def _foreign(low: str) -> bool:
    from pipeline.languages.russian import analyse

    return len(low) > 2 and not analyse.is_known(low)


PLUGIN = Names()
