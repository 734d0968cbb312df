"""The desk's screen: the list, source and target, flags and terms, kept in step with the checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widgets import Input, Static

from pipeline.cli._desk_parts import CSS, Advised, Editor, Rows
from pipeline.cli._desk_text import flags, marked, terms
from pipeline.errors import PalladiusError
from pipeline.jobs.advice import Advice, Adviser, Background, Item
from pipeline.jobs.review import Session
from pipeline.model import Finding
from pipeline.reports.base import counted

_COMMON = (
    ("a", "accept"), ("d", "dismiss"), ("e", "edit"), ("c", "confirm"), ("u", "undo"), ("/", "find"), ("f", "filter"),
    ("q", "quit"), ("?", "keys"),
)  # fmt: skip


class DeskScreen(App[None]):
    """Shows one file, orders and filters it, takes in what the checks say; what keys do is in `_desk`."""

    CSS_PATH = None
    CSS = CSS
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "keys", show=False), Binding("ctrl+q", "leave", show=False)]

    def __init__(self, session: Session, adviser: Adviser, *, weakest: bool = True) -> None:
        super().__init__()
        self.session, self.weakest = session, weakest
        self.adviser = adviser
        self.background: Background | None = None
        self.only = ""  # the filter
        self.words = ""  # what was searched for
        self.flag = 0
        self.note = ""  # said on the last line until the next key
        self.trouble = ""  # said until the end
        self._asked: Callable[[str], object] = lambda answer: None
        self._wait: Timer | None = None
        self._whole_due = True
        self._resort = False
        self.moved = False  # before the first key the cursor stays on the weakest segment

    # The screen.

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        self.rows = Rows(self.session)
        self.editor = Editor()
        with Horizontal(id="main"):
            yield self.rows
            with VerticalScroll(id="desk", can_focus=False):
                with Horizontal(id="texts"):
                    with VerticalScroll(classes="text", id="source-box", can_focus=False):
                        yield Static(id="source")
                    with VerticalScroll(classes="text", id="target-box", can_focus=False):
                        yield Static(id="target")
                    yield self.editor
                with Horizontal(id="notes"):
                    with VerticalScroll(id="flags-box", can_focus=False):
                        yield Static(id="flags")
                    with VerticalScroll(id="terms-box", can_focus=False):
                        yield Static(id="terms")
        yield Static(id="bar")
        yield Input(id="ask", compact=True)

    def on_mount(self) -> None:
        self.query_one("#source-box").border_title = self.session.source
        self.query_one("#target-box").border_title = self.session.target
        self.editor.border_title = f"{self.session.target}: Esc done, Ctrl+S confirm"
        outside = self.session.changed_outside
        if outside:
            were, they = ("was", "it is") if len(outside) == 1 else ("were", "they are")
            said = f"{counted(len(outside), 'segment')} {were} changed by another program since"
            self.note = f"{said}; {they} open again"
        self.rows.focus()
        self.lay(first=True)
        self.background = Background(
            self.adviser,
            self.session.todo,
            lambda items, answers: self.tell(list(zip(items, answers, strict=True)), []),
            lambda error: self.tell([], [], error),
            self._rest,
            lambda found: self.tell([], found),
        )
        self.call_after_refresh(self.background.start)  # the screen first
        self.set_interval(2, self._sort_again)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            self.note = ""
        await super().on_event(event)

    def tell(self, pairs: list[tuple[Item, Advice]], whole: list[tuple[int, Finding]], error: str = "") -> None:
        """Called by the thread of the checks. What the session gets must be there before it asks for more."""
        for item, advice in pairs:
            self.session.advise(item, advice)
        self.session.add(whole)
        self.post_message(Advised(pairs, whole, error))

    def _rest(self) -> list[Item]:
        """All segments, once, when each has been checked."""
        if not self._whole_due:
            return []
        self._whole_due = False
        return [self.session.item(index) for index in range(len(self.session.segments))]

    def on_unmount(self) -> None:
        if self.background is not None:
            self.background.end()

    def on_resize(self, event: events.Resize) -> None:
        self.screen.set_class(event.size.width >= 110, "wide")
        self.call_after_refresh(self.show)

    @property
    def index(self) -> int | None:
        """The segment at hand; None where the filter leaves nothing."""
        return self.rows.view[self.rows.at] if self.rows.view else None

    def lay(self, *, first: bool = False) -> None:
        """Orders and filters the list anew, the segment at hand kept under the cursor."""
        here = self.index
        shown = [i for i in range(len(self.session.segments)) if self._passes(i)]
        view = self.session.order(shown, self.weakest)
        at = view.index(here) if not first and here in set(view) else min(self.rows.at, max(0, len(view) - 1))
        self.rows.show(view, 0 if first else at)
        self.show()

    def _passes(self, index: int) -> bool:
        kind, _, value = self.only.partition(":")
        segment = self.session.segments[index]
        if kind == "severity":
            return any(str(f.severity) == value for f in segment.findings)
        if kind == "check":
            return any(f.check == value for f in segment.findings)
        if kind == "state":
            return self.session.confirmed(index) == (value == "confirmed") and not self.session.locked(index)
        return True

    def show(self) -> None:
        """Draws everything about the segment at hand."""
        session, index = self.session, self.index
        done = sum(1 for i in range(len(session.segments)) if session.confirmed(i))
        checked = "" if not session.stale else f"  {len(session.stale)} to check"
        only = f"  [{self.only}]" if self.only else ""
        order = "weakest first" if self.weakest else "file order"
        star = "*" if session.unsaved else ""
        self.query_one("#title", Static).update(
            Text(
                f" {session.path}{star}  {session.source}-{session.target}  {done}/{len(session.segments)} confirmed"
                f"{checked}  {order}{only}",
                no_wrap=True,
                overflow="ellipsis",
            )
        )
        if index is None:
            for name in ("#source", "#target", "#flags", "#terms"):
                self.query_one(name, Static).update("")
            self.say(self.note or "nothing passes the filter: f changes it")
            return
        session.focus = index
        session.arrive(index)
        segment = session.segments[index]
        self.flag = max(0, min(self.flag, len(segment.findings) - 1))
        chosen = segment.findings[self.flag] if segment.findings else None
        self.query_one("#source", Static).update(marked(segment.source, ()))
        self.query_one("#target", Static).update(marked(segment.target or "", segment.findings, chosen))
        if self.editor.display:
            self.editor.mark(segment.findings)
        paragraphs = flags(segment, self.flag, checked=index not in session.stale)
        box = self.query_one("#flags-box")
        self.query_one("#flags", Static).update(Text("\n").join(paragraphs))
        width = max(10, box.content_size.width - 1)
        above = sum(len(paragraph.wrap(self.console, width)) for paragraph in paragraphs[: self.flag])
        box.scroll_to(y=above, animate=False)
        beside = terms(session.advice.get(index), session.matches(index))
        self.query_one("#terms-box").display = bool(beside)
        self.query_one("#terms", Static).update(beside)
        self.say(self.note or self.trouble)

    def say(self, text: str) -> None:
        """A message on the last line, the commonest keys where there is none."""
        line = Text(f" {text}", style="bold", no_wrap=True)
        if not text:
            for key, does in _COMMON:
                line.append(f"{key} ").append(f"{does} ", "dim not bold")
        self.query_one("#bar", Static).update(line)

    # What the checks say.

    def on_advised(self, message: Advised) -> None:
        if message.error:
            self.trouble = f"checks stopped: {message.error}"
        self._resort = self._resort or bool(message.pairs or message.whole)
        here, seen = self.index, set(self.session.visible)
        if message.whole or any(item.index in seen for item, _ in message.pairs):
            self.rows.refresh()
        if message.error or message.whole or any(item.index == here for item, _ in message.pairs):
            self.show()

    def _sort_again(self) -> None:
        if self._resort and not self.editor.display and len(self.screen_stack) == 1:
            self._resort = False
            if not self.query_one("#ask").display:
                self.lay(first=not self.moved)

    def wake(self) -> None:
        if self.background is not None:
            self.background.wake()

    def attempt(self, action: Callable[[], object]) -> bool:
        """Does it and shows what came of it; an error of ours goes to the bar, and nothing is lost."""
        try:
            action()
        except PalladiusError as error:
            self.note = str(error)
            self.show()
            return False
        self.rows.refresh()
        self.show()
        self.wake()
        return True
