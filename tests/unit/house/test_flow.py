"""The stages joined: units and sentences, edits and targets, what is never touched, what is said once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.checks.base import merged
from pipeline.errors import EngineError, UsageError
from pipeline.flow import Flow
from pipeline.formats import base as formats
from pipeline.model import Document, Finding, Segment, Severity, State, apply_edits


def flow(source: str, target: str, *assign: str, engine: str = "echo", glossary: Path | None = None) -> Flow:
    glossaries = [str(glossary)] if glossary else None
    return Flow(settings.load("draft", list(assign), engine=engine, glossaries=glossaries), source, target)  # type: ignore[arg-type]


def text(data: str, source: str) -> Document:
    made = formats.plugin("text").read(data.encode(), "t", source, None)  # type: ignore[arg-type]
    return replace(made, format="text")


@pytest.mark.parametrize(
    ("source", "target", "before", "after"),
    [
        ("zh", "ru", "第一句。第二句。\n第三句。", "第一句。 第二句。\n第三句。"),
        ("ru", "zh", "Первое. Второе.\n", "Первое.Второе.\n"),
        ("ru", "en", "  Первое. Второе.\t\n\n", "  Первое. Второе.\t\n\n"),
        ("zh", "en", "标题\r\n\r\n正文。", "标题\r\n\r\n正文。"),
    ],
)
def test_sentences_are_joined_as_the_target_language_does(source: str, target: str, before: str, after: str) -> None:
    run = flow(source, target, "enforce.enabled=false")
    cut = run.cut(text(before, source))
    done = run.join(run.translate(cut))
    assert formats.plugin("text").write(done).decode() == after


def test_a_document_keeps_the_source_where_the_engine_gave_nothing() -> None:
    run = flow("zh", "ru", "enforce.enabled=false")
    cut = run.cut(text("第一句。第二句。\n第三句。\n", "zh"))
    done = cut.with_segments(replace(s, target=" " if "二" in s.source else "Да.") for s in cut.segments)
    assert formats.plugin("text").write(run.join(done)).decode() == "Да. 第二句。\nДа.\n"


def test_edits_applied_to_the_raw_target_give_the_new_one(tmp_path: Path) -> None:
    glossary = tmp_path / "g.tsv"
    glossary.write_text(
        "id\tzh\tru\tkind\tru_forbidden\na\t营商环境\tделовая среда\tterm\tбизнес-окружение\n", encoding="utf-8"
    )
    raw = "Нужно улучшать бизнес-окружение города."
    run = flow("zh", "ru", glossary=glossary)
    done = run.enforce(Document("d", "jsonl", (Segment("1", "要改善城市营商环境。", raw),)))
    [segment] = done.segments
    assert segment.target == apply_edits(raw, segment.edits) == "Нужно улучшать деловую среду города."
    assert [term["status"] for term in segment.terms] == ["repaired"]


@pytest.mark.parametrize("state", [State.LOCKED, State.CONFIRMED])
def test_locked_and_confirmed_segments_stay(state: State) -> None:
    segment = Segment("1", "你好", "Ы", state)
    run = flow("zh", "ru", "enforce.enabled=false")
    assert run.translate(Document("d", "jsonl", (segment,)), over=True).segments == (segment,)
    assert run.enforce(Document("d", "jsonl", (segment,))).segments == (segment,)


def test_given_targets_are_kept_unless_asked() -> None:
    document = Document("d", "jsonl", (Segment("1", "你好", "Привет"), Segment("2", "再见")))
    run = flow("zh", "ru", "enforce.enabled=false")
    assert [s.target for s in run.translate(document).segments] == ["Привет", "再见"]
    assert [s.target for s in run.translate(document, over=True).segments] == ["你好", "再见"]


def test_the_memory_goes_before_the_engine(tmp_path: Path) -> None:
    from pipeline.memory import Memory, Unit

    with Memory(tmp_path / "tm.sqlite") as memory:
        memory.add([Unit("你好", "Здравствуйте")], "zh", "ru")
    run = flow("zh", "ru", "enforce.enabled=false", f"memory.path={tmp_path / 'tm.sqlite'}")
    done = run.translate(Document("d", "jsonl", (Segment("1", "你好"), Segment("2", "完全不同的一句话"))))
    assert [(s.target, s.provenance) for s in done.segments] == [
        ("Здравствуйте", "memory:exact:1.00"),
        ("完全不同的一句话", "engine:echo"),
    ]


def test_over_long_segments_are_not_checked_and_say_so() -> None:
    run = flow("zh", "ru", "checks.max_length=5", "checks.enabled=true")
    done = run.check(Document("d", "jsonl", (Segment("1", "好" * 9, "да" * 9),)))
    assert done.segments[0].notes == ("over 5 characters: not checked",)
    (said,) = done.segments[0].findings
    assert said.severity is Severity.NEUTRAL and said.message.startswith("not checked: 18 characters in one segment")
    assert done.segments[0].answer()["score"] is None


def test_over_long_segments_are_not_enforced_and_say_so() -> None:
    run = flow("zh", "ru", "enforce.max_length=20", "enforce.enabled=true")
    segments = Segment("1", "好" * 30, "да" * 9), Segment("2", "好" * 9, "да" * 9), Segment("3", "好" * 9, "да" * 30)
    done = run.enforce(Document("d", "jsonl", segments, "zh", "ru"))
    said = ("over 20 characters: its terms are not enforced",)
    assert [segment.notes for segment in done.segments] == [said, (), said]
    assert [[f.check for f in segment.findings] for segment in done.segments] == [["limit"], [], ["limit"]]


def test_an_engine_that_is_not_ready_names_what_is_missing() -> None:
    with pytest.raises(EngineError, match=r"engines\.ctranslate2\.model"):
        _ = flow("zh", "ru", engine="ctranslate2").engine


def test_offline_refuses_a_network() -> None:
    run = flow(
        "zh", "ru", "offline=true", "engines.chat.url=https://example.org/v1", "engines.chat.model=m", engine="chat"
    )
    with pytest.raises(UsageError, match="needs a network"):
        _ = run.engine


def test_the_same_is_said_once() -> None:
    major = Finding("terms", "t", Severity.MAJOR, 0, 10, "a", "Слово")
    minor = Finding("calques", "c", Severity.MINOR, 0, 9, "b", "слово")
    other = Finding("style", "s", Severity.MINOR, 0, 9, "c", "иное")
    nothing = Finding("style", "s", Severity.MINOR, 0, 9, "d", "")
    assert set(merged([minor, major, other, nothing, nothing])) == {major, other, nothing}


def test_what_the_glossary_says_of_words_is_not_said_again_of_some_of_them() -> None:
    def made(check: str, severity: Severity, start: int, end: int, suggestion: str = "right") -> Finding:
        return Finding(check, "terminology/wrong-term", severity, start, end, check, suggestion)

    term = made("terms", Severity.MAJOR, 5, 20, "official form")
    inside = made("unrendered", Severity.MAJOR, 8, 20)
    cause, beside = made("calques", Severity.MAJOR, 8, 20), made("senses", Severity.MAJOR, 15, 25)
    assert set(merged([term, inside, cause, beside])) == {term, cause, beside}
    graver = made("official", Severity.CRITICAL, 8, 20)
    remark = made("terms", Severity.NEUTRAL, 30, 40, "official form")
    missed = made("unrendered", Severity.MINOR, 30, 40)
    assert set(merged([term, graver, remark, missed])) == {term, graver, remark, missed}


def test_a_rendering_that_is_flagged_itself_is_not_offered_elsewhere() -> None:
    targets = ("Объём экспорта достиг 35 млн юаней.", "Экспорт составил 350 млн юаней.", "Экспорт достиг 36 млн юаней.")
    segments = tuple(Segment(str(n), "出口额达到3.5亿元。", target) for n, target in enumerate(targets))
    done = flow("zh", "ru", "checks.enabled=true").check(Document("d", "jsonl", segments, "zh", "ru"))
    alike = [[f.suggestion for f in s.findings if f.check == "consistency"] for s in done.segments]
    assert alike == [[], [""], [targets[1]]]
