"""Translation memory: what is found, in which order, and what a broken file does."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.glossary.match import Matcher
from pipeline.glossary.rename import Renamer
from pipeline.memory import Memory, Unit, store
from pipeline.memory.sketch import with_numbers
from pipeline.model import Form, Segment, State, Term


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    memory = Memory(tmp_path / "tm.sqlite")
    units = [
        Unit("会议结束。", "Заседание завершилось.", before="会议开始。", after="大家离开。"),
        Unit("会议结束。", "Совещание окончено."),
        Unit(
            "2024年进出口总额达到215亿元，增长8%。", "В 2024 году внешнеторговый оборот достиг 215 млрд юаней (+8 %)."
        ),
        Unit("市长会见了俄罗斯代表团一行。", "Мэр встретился с российской делегацией."),
    ]
    memory.add(units, "zh", "ru")
    return memory


def test_context_goes_before_exact(memory: Memory) -> None:
    best = memory.best("会议结束。", "zh", "ru", before="会议开始。", after="大家离开。")
    assert best is not None
    assert (best.kind, best.similarity, best.target) == ("context", 1.01, "Заседание завершилось.")
    other = memory.best("会议结束。", "zh", "ru", before="别的。")
    assert other is not None and (other.kind, other.similarity) == ("exact", 1.0)


def test_numbers_are_put_right(memory: Memory) -> None:
    best = memory.best("2025年进出口总额达到231亿元，增长9%。", "zh", "ru")
    assert best is not None and best.kind == "fuzzy"
    assert best.target == "В 2025 году внешнеторговый оборот достиг 231 млрд юаней (+9 %)."


def test_fuzzy_is_under_one_hundred_and_above_the_floor(memory: Memory) -> None:
    best = memory.best("市长会见了白俄罗斯代表团一行。", "zh", "ru")
    assert best is not None and best.kind == "fuzzy" and 0.8 < best.similarity < 1
    assert memory.best("完全不同的一句话在这里。", "zh", "ru") is None
    assert memory.best("市长会见了俄罗斯代表团一行。", "zh", "en") is None


def test_a_second_translation_of_the_same_place_replaces_the_first(memory: Memory) -> None:
    memory.add([Unit("会议结束。", "Заседание закрыто.")], "zh", "ru")
    best = memory.best("会议结束。", "zh", "ru")
    assert best is not None and best.target == "Заседание закрыто."
    assert len(memory) == 4


def test_penalties(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "tm.sqlite", penalties={"old.tmx": 0.1})
    memory.add([Unit("会议结束。", "Конец.", origin="old.tmx")], "zh", "ru")
    best = memory.best("会议结束。", "zh", "ru")
    assert best is not None and best.similarity == pytest.approx(0.9)


@pytest.mark.parametrize("words", ["делегац", "代表团", "Мэр"])
def test_concordance(memory: Memory, words: str) -> None:
    assert [unit.target for unit in memory.concordance(words, "zh", "ru")] == [
        "Мэр встретился с российской делегацией."
    ]
    assert memory.concordance("100%_", "zh", "ru") == []


@pytest.mark.parametrize(
    ("target", "old", "new", "made"),
    [
        ("5 и 6", ["5", "6"], ["7", "6"], "7 и 6"),
        ("5 и 5", ["5"], ["7"], None),
        ("пять", ["5"], ["7"], None),
        ("5", ["5"], ["5", "6"], None),
        ("5 и 6", ["5", "6"], ["6", "5"], "6 и 5"),
    ],
)
def test_substitution_only_where_sure(target: str, old: list[str], new: list[str], made: str | None) -> None:
    assert with_numbers(target, old, new) == made


def test_a_file_that_is_no_memory(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"no database at all, but long enough to look at" * 10)
    with pytest.raises(DataError, match="cannot be opened"):
        Memory(tmp_path / "x")


def test_all_or_nothing(memory: Memory) -> None:
    def broken() -> list[Unit]:
        raise RuntimeError

    def units():  # type: ignore[no-untyped-def]
        yield Unit("一", "раз")
        broken()

    with pytest.raises(RuntimeError):
        memory.add(units(), "zh", "ru")
    assert memory.best("一", "zh", "ru") is None


def test_what_a_person_confirmed_comes_first(memory: Memory) -> None:
    segments = [
        Segment("1", "会议开始。", "Начало."),
        Segment("2", "会议结束。", "Заседание закрыто.", State.CONFIRMED),
        Segment("3", "大家离开。", "Все ушли.", State.LOCKED),
    ]
    assert memory.confirm(segments, "zh", "ru", name="a.xlf") == 1
    best = memory.best("会议结束。", "zh", "ru", before="会议开始。", after="大家离开。")
    assert best is not None and (best.kind, best.target, best.origin) == (
        "context",
        "Заседание закрыто.",
        "confirmed:a.xlf",
    )
    memory.add([Unit("会议结束。", "Заседание прервано.", before="别的。")], "zh", "ru")
    other = memory.best("会议结束。", "zh", "ru")
    assert other is not None and other.target == "Заседание закрыто."
    assert all(match.kind == "fuzzy" for match in memory.matches("会议开始。", "zh", "ru"))  # the draft stayed out


NAMES = [
    ("person", "王君正", "Ван Цзюньчжэн", "m"),
    ("person", "李克强", "Ли Кэцян", "m"),
    ("person", "彭丽媛", "Пэн Лиюань", "f"),
    ("place", "长春", "Чанчунь", ""),
    ("place", "北京", "Пекин", ""),
    ("place", "莫斯科", "Москва", ""),
]
TERMS = [
    Term(zh, {"zh": (Form(zh),), "ru": (Form(ru),)}, kind, gender)  # type: ignore[arg-type]
    for kind, zh, ru, gender in NAMES
]
KNOWN = {
    "王君正在长春会见了俄罗斯代表团一行。": "Ван Цзюньчжэн встретился в Чанчуне с российской делегацией.",
    "会议由李克强主持，2019年投资达500亿元。": "Заседание прошло под председательством Ли Кэцяна; в 2019 году вложено 50 млрд.",
    "长春市代表团昨天访问了莫斯科。": "Делегация Чанчуня вчера посетила Москву.",
}


@pytest.mark.parametrize(
    ("source", "target", "put"),
    [
        (
            "李克强在北京会见了俄罗斯代表团一行。",
            "Ли Кэцян встретился в Пекине с российской делегацией.",
            ("names",),
        ),
        (
            "会议由王君正主持，2021年投资达500亿元。",
            "Заседание прошло под председательством Ван Цзюньчжэна; в 2021 году вложено 50 млрд.",
            ("names", "numbers"),
        ),
        ("北京市代表团昨天访问了莫斯科。", "Делегация Пекина вчера посетила Москву.", ("names",)),
    ],
)
def test_names_are_put_right_in_their_case(source: str, target: str, put: tuple[str, ...], tmp_path: Path) -> None:
    memory = Memory(tmp_path / "tm.sqlite", names=Renamer(Matcher(TERMS, "zh").find, "ru"))
    memory.add([Unit(s, t) for s, t in KNOWN.items()], "zh", "ru")
    best = memory.best(source, "zh", "ru")
    assert best is not None and (best.target, best.put) == (target, put) and best.similarity > 0.9


@pytest.mark.parametrize(
    "source",
    [
        "彭丽媛在长春会见了俄罗斯代表团一行。",  # another gender: «встретилась»
        "长春市代表团昨天访问了北京。",  # another gender
        "王君正和李克强在长春会见了俄罗斯代表团一行。",  # one name more
    ],
)
def test_a_name_that_cannot_be_put_right_costs_the_match(source: str, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "tm.sqlite", names=Renamer(Matcher(TERMS, "zh").find, "ru"))
    memory.add([Unit(s, t) for s, t in KNOWN.items()], "zh", "ru")
    best = memory.best(source, "zh", "ru")
    assert best is None or (best.target in KNOWN.values() and best.put == () and best.similarity < 0.85)


def test_names_in_other_directions(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "tm.sqlite", names=Renamer(Matcher(TERMS, "ru").find, "zh"))
    memory.add([Unit(ru, zh) for zh, ru in KNOWN.items()], "ru", "zh")
    best = memory.best("Делегация Пекина вчера посетила Москву.", "ru", "zh")
    assert best is not None and best.target == "北京市代表团昨天访问了莫斯科。"


def test_units_that_come_in_many_parts_are_all_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BULK", 50)
    texts = [f"第{i}次会议讨论了{'经济教育文化卫生'[i % 8]}问题并通过了文件{i * 7}" for i in range(60)]
    with Memory(tmp_path / "tm.sqlite") as memory:
        assert memory.add((Unit(text, f"перевод {i}") for i, text in enumerate(texts)), "zh", "ru") == 60
        for text in texts:
            found = memory.best(text.replace("讨论", "谈论"), "zh", "ru")
            assert found is not None and found.kind == "fuzzy"
        memory.add([Unit(texts[3], "другой")], "zh", "ru")
        best = memory.best(texts[3], "zh", "ru")
        assert len(memory) == 60 and best is not None and best.target == "другой"
