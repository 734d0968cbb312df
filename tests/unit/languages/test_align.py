"""Words of a translation beside the words they come from: by the tables, names, numbers, neighbours and attention."""

from __future__ import annotations

import pytest

from pipeline.languages.align import links
from pipeline.model import LANGS, Lang, Span

CASES: list[tuple[Lang, Lang, str, str, str]] = [
    (
        "zh",
        "ru",
        "市长王君正会见了外宾。",
        "Мэр Ван Цзюньчжэн встретился с гостями.",
        "王君正=Ван 王君正=Цзюньчжэн 会见=встретился",
    ),
    ("ru", "en", "Мэр города Шаньтоу прибыл.", "The mayor of Shantou arrived.", "Мэр=mayor Шаньтоу=Shantou"),
    ("en", "ru", "It rose by 14.4% on the 15th day.", "На 15-й день выросло на 14,4 % и 14.4.", "14.4=14.4 15=15"),
    ("zh", "en", "香港和中国", "Hong Kong and China", "香港=Hong 香港=Kong 中国=China"),
    ("ru", "zh", "Китай и Россия", "俄罗斯和中国", "Китай=中国 Россия=俄罗斯"),
]


@pytest.mark.parametrize(("left", "right", "source", "target", "wanted"), CASES)
def test_links(left: Lang, right: Lang, source: str, target: str, wanted: str) -> None:
    found = {f"{a.of(source)}={b.of(target)}" for a, b, _ in links(source, target, left, right)}
    assert set(wanted.split()) <= found


def test_attention_decides_where_the_tables_are_silent() -> None:
    source, target = "абырвал кракозя", "甲乙丙 丁戊己"
    attention = [(Span(0, 7), Span(4, 7), 0.9), (Span(8, 15), Span(0, 3), 0.9)]
    found = links(source, target, "ru", "zh", attention)
    by_source = {a.of(source): {b.start for left, b, _ in found if left == a} for a, _, _ in found}
    assert min(by_source["абырвал"]) >= 4 and max(by_source["кракозя"]) < 4


@pytest.mark.parametrize("left", LANGS)
@pytest.mark.parametrize("right", LANGS)
def test_any_text_is_answered(left: Lang, right: Lang) -> None:
    for source, target in [
        ("", ""),
        ("。", "…"),
        ("x", ""),
        ("1 1 1", "1 1"),
        ("а-б’в", "2̸ ﷺ"),
        ("字" * 900, "a " * 900),
    ]:
        for a, b, weight in links(source, target, left, right):
            assert 0 <= a.start < a.end <= len(source) and 0 <= b.start < b.end <= len(target) and weight > 0
