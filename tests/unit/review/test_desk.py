from __future__ import annotations

import asyncio
import json
import statistics
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("textual", reason="the extra palladius[review] is not installed")

from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from pipeline.cli._desk import Desk
from tests.unit.review.desk import Flagger, jsonl, session, targets

Play = Callable[[Desk, Pilot[None]], Awaitable[None]]


def drive(path: Path, play: Play, size: tuple[int, int] = (80, 24), adviser: Any = None, **options: Any) -> Desk:
    """Runs the desk on a file with keys from a script; the checks run in their own thread as they do for a person."""

    async def run() -> Desk:
        desk = Desk(session(path), adviser or Flagger(), **options)
        async with desk.run_test(size=size) as pilot:
            await settled(desk, pilot)
            desk.lay(first=True)
            await play(desk, pilot)
        return desk

    return asyncio.run(run())


async def settled(desk: Desk, pilot: Pilot[None]) -> None:
    """Until everything is checked."""
    for _ in range(500):
        await pilot.pause()
        if not desk.session.stale:
            break
        await asyncio.sleep(0.01)
    assert not desk.session.stale
    await asyncio.sleep(0.02)
    await pilot.pause()


def shown(desk: Desk, name: str) -> str:
    return str(desk.query_one(name, Static).render())


def lines(desk: Desk) -> list[str]:
    """The list as it stands on the screen."""
    rows = desk.rows
    return ["".join(piece.text for piece in rows.render_line(y)) for y in range(rows.size.height)]


def test_weakest_first_with_flags_terms_and_memory_at_80x24(tmp_path: Path) -> None:
    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        assert [desk.session.segments[i].id for i in desk.rows.view] == ["4", "2", "1", "3"]
        assert "плохо плохо вице-мэр" in shown(desk, "#target") and "副市长" in shown(desk, "#source")
        assert "major" in shown(desk, "#flags") and "хорошо" in shown(desk, "#flags")
        assert "заседание" in shown(desk, "#terms") and "93 %" in shown(desk, "#terms")
        assert "0/4 confirmed" in shown(desk, "#title")
        await pilot.press("o")
        assert [desk.session.segments[i].id for i in desk.rows.view] == ["1", "2", "3", "4"]
        assert desk.index == 3
        await pilot.press("home")
        assert desk.index == 0 and "whole document" in shown(desk, "#flags")

    drive(jsonl(tmp_path / "a.jsonl"), play)


def test_accept_dismiss_undo_confirm_quit(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl")

    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(desk.screen.query_one("#pick"), OptionList)
        await pilot.press("down", "enter")
        await settled(desk, pilot)
        assert desk.session.segments[3].target == "отлично плохо вице-мэр."
        await pilot.press("d")
        desk.query_one("#ask", Input).value = "so in the original"
        await pilot.press("enter")
        assert not desk.session.segments[3].findings
        await pilot.press("u")
        assert len(desk.session.segments[3].findings) == 1
        await pilot.press("d", "enter", "c")
        assert desk.session.confirmed(3) and desk.index == 1
        await pilot.press("q")

    desk = drive(path, play)
    assert targets(path)[3] == "отлично плохо вице-мэр." and not desk.session.unsaved
    assert json.loads(desk.session.journal.read_text(encoding="utf-8").splitlines()[-1])["state"] == "confirmed"
    assert len(desk.session.ledger.read_text(encoding="utf-8").splitlines()) == 1


def test_an_edit_is_checked_again_while_typing_in_another_thread(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl")
    adviser = Flagger()

    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("j", "e")
        assert desk.editor.has_focus and desk.editor.text == "Он отметил плохо, что экономика жива."
        await pilot.press("home", *"плохо ")
        await asyncio.sleep(0.25)
        await settled(desk, pilot)
        assert desk.session.segments[1].target == "плохо Он отметил плохо, что экономика жива."
        assert [f.start for f in desk.editor.flags] == [0, 17]
        line = desk.editor.get_line(0)
        assert {(span.start, span.end) for span in line.spans} == {(0, 5), (17, 22)}
        await pilot.press("ctrl+s")
        assert not desk.editor.display and desk.rows.has_focus and desk.session.confirmed(1)
        await pilot.press("u", "u")
        assert desk.session.segments[1].target == "Он отметил плохо, что экономика жива."

    drive(path, play, adviser=adviser)
    assert threading.get_ident() not in adviser.threads


def test_keys_of_the_list_do_nothing_while_typing(tmp_path: Path) -> None:
    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("enter", "ctrl+end", *"qdcu", "escape")
        assert desk.session.segments[3].target == "плохо плохо вице-мэр.qdcu"
        assert not desk.session.confirmed(3) and desk.session.journal.is_file()

    drive(jsonl(tmp_path / "a.jsonl"), play)


def test_search_and_filter(tmp_path: Path) -> None:
    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("slash", *"деловую", "enter")
        assert desk.index == 2
        await pilot.press("slash", *"会议", "enter")
        assert desk.index == 3
        await pilot.press("n")
        assert desk.index == 0
        await pilot.press("N")
        assert desk.index == 3
        await pilot.press("slash", *"nowhere", "enter")
        assert "not found" in shown(desk, "#bar") and desk.rows.has_focus
        await pilot.press("slash", "escape")
        assert desk.rows.has_focus
        await pilot.press("f")
        await pilot.pause()
        picks = desk.screen.query_one("#pick", OptionList)
        keys = [option.id for option in picks.options]
        assert keys == [
            "all",
            "state:open",
            "state:confirmed",
            "severity:major",
            "severity:minor",
            "check:whole",
            "check:words",
        ]
        await pilot.press("down", "down", "down", "enter")
        assert [desk.session.segments[i].id for i in desk.rows.view] == ["4", "2"]
        desk.only = "state:confirmed"
        desk.lay()
        assert desk.index is None
        await pilot.press("a", "d", "e", "m", "c", "j", "right", "space")
        assert not desk.editor.display

    drive(jsonl(tmp_path / "a.jsonl"), play)


def test_memory_match_and_missing_words(tmp_path: Path) -> None:
    from dataclasses import replace

    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("m")
        assert desk.session.segments[3].target == "Заседание из памяти."
        await settled(desk, pilot)
        await pilot.press("home", "j")
        flag = replace(desk.session.segments[1].findings[0], start=3, end=3, suggestion="снова")
        desk.session.segments[1] = replace(desk.session.segments[1], findings=(flag,))
        await pilot.press("a")
        assert desk.editor.display and desk.editor.text.startswith("Он снова отметил")

    drive(jsonl(tmp_path / "a.jsonl"), play)


def test_a_repeated_sentence_takes_what_was_confirmed_for_it(tmp_path: Path) -> None:
    rows = [("1", "要改善营商环境。", "Надо плохо."), ("2", "要改善营商环境。", "плохо плохо.")]

    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("o", "home")
        desk.session.edit(0, "Надо улучшать деловую среду.")
        await pilot.press("c")
        assert desk.index == 1 and "match 100 %" in shown(desk, "#terms")
        await pilot.press("m")
        await pilot.pause()
        picks = desk.screen.query_one("#pick", OptionList)
        assert [str(option.prompt).split("%")[1].strip() for option in picks.options] == [
            "Надо улучшать деловую среду.",
            "Заседание из памяти.",
        ]
        await pilot.press("enter")
        assert desk.session.segments[1].target == "Надо улучшать деловую среду."
        await pilot.press("u", "u")
        assert desk.session.matches(1)[0][2] == "Заседание из памяти."

    drive(jsonl(tmp_path / "a.jsonl", rows), play)


def test_words_are_looked_up_in_the_file_and_the_memory(tmp_path: Path) -> None:
    from pipeline.memory import Memory, Unit

    memory = str(tmp_path / "tm.sqlite")
    with Memory(memory) as store:
        store.add([Unit("副市长讲话。", "Выступил вице-мэр.")], "zh", "ru")

    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        desk.session.memory = memory
        await pilot.press("l", *"вице-мэр", "enter")
        await found(desk, pilot)
        picks = desk.screen.query_one("#pick", OptionList)
        said = [str(option.prompt) for option in picks.options]
        assert len(said) == 2 and said[0].startswith("4") and "副市长参加会议" in said[0]
        assert said[1].startswith("memory") and "Выступил вице-мэр." in said[1]
        await pilot.press("escape", "l", *"деловую", "enter")
        await found(desk, pilot)
        await pilot.press("enter")
        assert desk.index == 2
        await pilot.press("e", "home")
        await pilot.press("ctrl+l")
        await found(desk, pilot)
        assert "Надо" in str(desk.screen.query_one("#pick", OptionList).options[0].prompt)
        await pilot.press("escape")
        assert desk.editor.has_focus
        await pilot.press("escape", "l", *"nowhere", "enter")
        await asyncio.sleep(0.1)
        await pilot.pause()
        assert "not found" in shown(desk, "#bar")

    async def found(desk: Desk, pilot: Pilot[None]) -> None:
        for _ in range(100):
            await pilot.pause()
            if desk.screen.query("#pick"):
                return
            await asyncio.sleep(0.02)
        raise AssertionError("nothing was shown")

    drive(jsonl(tmp_path / "a.jsonl"), play)


def test_a_term_is_put_in_at_the_cursor(tmp_path: Path) -> None:
    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("e", "home", "ctrl+t")
        await pilot.pause()
        await pilot.press("down", "enter")
        assert desk.editor.text == "совещаниеплохо плохо вице-мэр."
        await pilot.press("ctrl+u", *"мэр")
        assert desk.editor.text == "мэр"
        await pilot.press("ctrl+z", "ctrl+z")
        assert desk.editor.text.endswith("вице-мэр.")

    drive(jsonl(tmp_path / "a.jsonl"), play)


def test_a_suggestion_that_the_message_names_is_not_said_twice() -> None:
    from pipeline.cli._desk_text import flags
    from pipeline.model import Finding, Segment, Severity

    found = [
        Finding("terms", "x", Severity.MAJOR, 0, 0, said, "мэр") for said in ("the official form is «мэр»", "wrong")
    ]
    one, other = (str(line) for line in flags(Segment("1", "市长", "да", findings=tuple(found)), 0, checked=True))
    assert one.endswith("the official form is «мэр»") and other.endswith("wrong → мэр")


def test_all_keys_are_in_sight_at_80x24(tmp_path: Path) -> None:
    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("question_mark")
        await pilot.pause()
        box = desk.screen.query_one("#keys", Static)
        lines = str(box.render()).splitlines()
        assert box.content_size.height == len(lines) and max(map(cell_len, lines)) <= box.content_size.width
        assert "left right [ ]" in lines[3] and "redo" in lines[-1]

    drive(jsonl(tmp_path / "a.jsonl"), play)


def test_keys_are_not_cut_where_the_screen_is_narrow(tmp_path: Path) -> None:
    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("question_mark")
        await pilot.pause()
        box = desk.screen.query_one("#keys", Static)
        around = desk.screen.query_one("#keys-box")
        assert around.region.right <= 60 and around.region.bottom <= 16
        assert around.region.contains_region(box.region.intersection(around.region)) and box.region.right <= 60
        assert around.max_scroll_y > 0  # what does not fit is reached with the arrows
        assert "\ndismiss for good" not in str(box.render()) and "\nd       dismiss for good" in str(box.render())

    drive(jsonl(tmp_path / "a.jsonl"), play, size=(60, 16))


def test_ids_are_shown_without_what_all_share() -> None:
    from pipeline.cli._desk_parts import _shared

    assert _shared(["document.5.1", "document.5.2", "document.12"]) == len("document.")
    assert _shared(["1", "10", "11"]) == _shared(["a-1"]) == _shared([]) == 0


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (60, 16)])
def test_wide_characters_never_push_a_line_over_its_width(tmp_path: Path, size: tuple[int, int]) -> None:
    rows = [
        ("标识", "会议审议通过了三份文件，" * 9, "Заседание «№ 1» " * 20),
        ("b", "a会" * 80, "\u202e<b>[red]\x1b[31m\t"),
        *[(str(n), "x" * n + "他指出，经济最具活力。" * 9, "плохо") for n in range(9)],
    ]

    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("o", "home")
        width = desk.rows.size.width
        assert all(cell_len(line) == width for line in lines(desk))
        assert (desk.rows.size.height >= 7 and "wide" in desk.screen.classes) or size[0] < 110
        await pilot.press("j")
        assert "‹U+202E›<b>[red]‹U+001B›" in shown(desk, "#target")
        for widget in desk.query("*").results():
            assert widget.region.right <= size[0] and (widget.region.bottom <= size[1] or widget.parent.id != "main")

    drive(jsonl(tmp_path / "a.jsonl", rows), play, size)


def test_locked_segments_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "1", "source": "会议", "target": "плохо", "state": "locked"}\n', encoding="utf-8")

    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        await pilot.press("e", "a", "c", "m")
        assert "locked" in shown(desk, "#bar") and not desk.editor.display
        assert desk.session.segments[0].target == "плохо"

    drive(path, play)


def test_when_the_checks_fail_work_goes_on(tmp_path: Path) -> None:
    from pipeline.jobs.advice import Gone

    class Broken(Flagger):
        def advise(self, items: Any) -> Any:
            raise Gone("the process that checks has died")

    async def run() -> None:
        desk = Desk(session(jsonl(tmp_path / "a.jsonl")), Broken())
        async with desk.run_test(size=(80, 24)) as pilot:
            await asyncio.sleep(0.1)
            await pilot.pause()
            assert "checks stopped" in shown(desk, "#bar")
            await pilot.press("c", "e", *"x", "escape")
            assert desk.session.confirmed(0)

    asyncio.run(run())


def test_a_segment_that_cannot_be_checked_says_so_and_stops_nothing(tmp_path: Path) -> None:
    from pipeline.errors import EngineError

    class Picky(Flagger):
        def advise(self, items: Any) -> Any:
            if any("вице" in item.target for item in items):
                raise EngineError("too hard")
            return super().advise(items)

    async def play(desk: Desk, pilot: Pilot[None]) -> None:
        assert desk.session.segments[1].findings[0].check == "words" and not desk.trouble
        [flag] = desk.session.segments[3].findings
        assert flag.message == "could not be checked: too hard"

    drive(jsonl(tmp_path / "a.jsonl"), play, adviser=Picky())


def test_the_process_that_checks_answers_tells_errors_and_ends(tmp_path: Path) -> None:
    from pipeline import settings
    from pipeline.errors import EngineError
    from pipeline.jobs.advice import Gone, Item, Remote

    chosen = settings.load(None, None, glossaries=[], quality={"enabled": False}, checks__enabled=False)
    remote = Remote(chosen.model_dump(), "zh", "ru")
    try:
        assert len(remote.advise([Item(0, "1", "会议", "Заседание"), Item(1, "2", "会", "а")])) == 2
        remote._process.kill()
        with pytest.raises(Gone):
            remote.advise([Item(0, "1", "会议", "Заседание")])
    finally:
        remote.close()
    broken = Remote({**chosen.model_dump(), "glossaries": [str(tmp_path / "none.tsv")]}, "zh", "ru")
    try:
        with pytest.raises(EngineError, match=r"none\.tsv"):
            broken.advise([Item(0, "1", "会议", "Заседание")])
    finally:
        broken.close()


def test_ten_thousand_segments_open_at_once_and_keys_are_answered_at_once(tmp_path: Path) -> None:
    """2 s and 50 ms on an idle machine; the bounds here leave room for a busy one. Handled means drawn anew."""
    rows = [(str(n), f"会议审议通过了第{n}份文件。", f"Рассмотрен документ № {n}.") for n in range(10_000)]
    path = jsonl(tmp_path / "big.jsonl", rows)
    took: list[float] = []

    class Slow(Flagger):
        def advise(self, items: Any) -> Any:
            time.sleep(0.05)  # another process is at work: this one waits
            return super().advise(items)

    async def run() -> float:
        start = time.perf_counter()
        desk = Desk(session(path), Slow())
        async with desk.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            opened = time.perf_counter() - start
            for turn in range(30):
                at = desk.rows.at
                before = time.perf_counter()
                desk.post_message(events.Key("j", "j"))
                while desk.rows.at == at:
                    await asyncio.sleep(0)
                took.append(time.perf_counter() - before)
                await pilot.press("c" if turn % 10 == 5 else "u" if turn % 10 == 7 else "right")
        return opened

    assert asyncio.run(run()) < 4
    assert statistics.median(took) < 0.05


def test_what_a_file_says_of_its_risks_orders_it_before_any_check(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [{"id": n, "source": "会议", "target": "Заседание", "score": {"post_edit_risk": n / 10}} for n in (1, 9, 5)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    made = session(path)
    assert made.order(range(3), weakest=True) == [1, 2, 0]
