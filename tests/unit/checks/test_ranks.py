"""The closed classes of ranks, and what only the neighbouring segments tell of a title or a name."""

from __future__ import annotations

import re

import pytest

from pipeline import registry
from pipeline.checks import _ranks
from pipeline.checks._tables import rows
from pipeline.checks.base import View, run
from pipeline.languages import names_windows
from pipeline.model import Segment


def _flagged(check: str, *pairs: tuple[str, str]) -> list[list[str]]:
    views = [View(Segment(str(at), source, target), "zh", "ru") for at, (source, target) in enumerate(pairs)]
    found = run(views, set(registry.names("checks")) - {check})
    return [[view.target[one.start : one.end] for one in findings] for view, findings in zip(views, found, strict=True)]


def test_every_rank_admits_its_own_rendering() -> None:
    table = rows("official", "ranks-zh")
    assert table
    for row in table:
        re.compile(row["zh"])
        heads = tuple(row["heads"].split("|"))
        words = re.findall("[а-яё-]+", row["right"].lower().replace("ё", "е"))
        assert any(word.startswith((*heads, "заместител")) for word in words), row
        assert not set(heads) & set(row["plain"].split("|")), row


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("人民医院院长", "главный врач (директор) больницы"),
        ("中级法院院长", "председатель суда"),
        ("中国科学院院长", "президент академии"),
        ("师范大学校长", "ректор университета"),
        ("第三中学校长", "директор школы"),
        ("外交部副部长", "заместитель министра (заведующего отделом)"),
        ("省委宣传部部长", "заведующий отделом комитета КПК"),
    ],
)
def test_the_body_tells_the_rank(title: str, right: str) -> None:
    found = _ranks.rank(title)
    assert found is not None
    assert found[1].right == right


def test_no_rank() -> None:
    assert _ranks.rank("今天上午") is None


def test_a_headmaster_by_the_neighbouring_segments() -> None:
    university = ("东湖大学迎来新生。", "Университет Дунху встретил первокурсников.")
    school = ("东湖中学迎来新生。", "Средняя школа Дунху встретила учеников.")
    title = ("校长陈明华讲了第一课。", "Директор Чэнь Минхуа провёл первый урок.")
    assert _flagged("titles", university, title) == [[], ["Директор"]]
    assert _flagged("titles", school, title) == [[], []]


def test_the_title_of_the_person_before_is_not_taken() -> None:
    source = "副市长王海峰、赵立新，市政府秘书长刘洋参加会议。"
    mayors = "На встрече были заместители мэра города Ван Хайфэн и Чжао Лисинь,"
    assert _flagged("titles", (source, f"{mayors} ответственный секретарь правительства города Лю Ян.")) == [[]]
    wrong = _flagged("titles", (source, f"{mayors} заместитель секретаря правительства города Лю Ян."))
    assert wrong == [["заместитель"]]


def test_a_name_may_stand_for_a_pronoun_of_the_source() -> None:
    first = ("经理王立新辞职。", "Управляющий Ван Лисинь уволился.")
    second = ("董事会感谢他多年的工作。", "Совет поблагодарил Ван Лисиня за многолетний труд.")
    assert _flagged("names", first, second) == [[], []]
    assert _flagged("names", second) == [["Ван Лисиня"]]


@pytest.mark.parametrize("row", rows("official", "minority-zh"), ids=lambda row: row["zh"])
def test_names_of_other_languages_are_no_transcription(row: dict[str, str]) -> None:
    first = row["ru"].split("|")[0].lower()
    assert not names_windows.spells(first, row["zh"]), "the first form is what the characters give anyway"
