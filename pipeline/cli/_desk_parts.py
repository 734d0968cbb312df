"""Parts of the desk: the list of segments, the editor, the windows that open over them, and the style sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment as Piece
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from pipeline.cli._desk_text import COLOURS, one_line
from pipeline.jobs.advice import Advice, Item
from pipeline.jobs.review import Session
from pipeline.model import Finding

_KEYS = """[b]The list[/b]: mark, risk of an edit (0 to 1), flags, id, source
✓ confirmed   • changed   L locked   "...." not checked yet
up down j k      next, previous segment      PgUp PgDn Home End
left right [ ]   choose among the flags      space   scroll flags, terms
a                accept the suggestion       d       dismiss for good
e Enter          edit the target             m       take a match
c                confirm and go on           u       undo
/ n N            search, next, previous      l       look words up
f                filter                      o       order
s                save the file               q       save and leave
Ctrl+C           leave; confirmed segments are safe in the journal
[b]While editing[/b]
Esc              done (kept as a draft)      Ctrl+S  done and confirm
Ctrl+T           put in a term               Ctrl+L  look up the word
Ctrl+U           clear, to write anew        Ctrl+Z  undo   Ctrl+Y  redo"""


_SECOND = re.compile(r"(?<=^.{45})(?<=  )(?=\S)")  # where the second column of the keys begins

CSS = """
Screen { layout: vertical; }
#title { height: 1; background: $primary-darken-2; color: $text; }
#bar { height: 1; }
#ask { height: 1; border: none; padding: 0; display: none; }
#main { height: 1fr; layout: vertical; }
#rows { height: 7; scrollbar-size-vertical: 1; overflow-x: hidden; }
#desk { height: 1fr; width: 1fr; layout: vertical; }
#texts { height: auto; layout: vertical; }
.text { height: auto; max-height: 6; border-top: solid $panel; scrollbar-size-vertical: 1; }
#notes { height: 1fr; min-height: 3; border-top: solid $panel; }
#flags-box { width: 3fr; height: 1fr; scrollbar-size-vertical: 1; }
#terms-box { width: 2fr; height: 1fr; scrollbar-size-vertical: 1; border-left: solid $panel; padding: 0 0 0 1; }
#editor { display: none; height: 6; border: none; border-top: solid $accent; padding: 0; }
.wide #main { layout: horizontal; }
.wide #rows { height: 1fr; width: 38%; border-right: solid $panel; }
.wide #texts { layout: horizontal; }
.wide .text { width: 1fr; max-height: 14; padding: 0 1 0 0; }
.wide #editor { width: 1fr; height: 14; }
#pick, #keys-box { width: auto; max-width: 100%; height: auto; max-height: 100%; border: round $accent; }
#pick, #keys-box { background: $surface; padding: 0 1; }
#pick { width: 60; }
#keys { width: auto; max-width: 100%; height: auto; }
.broad #pick { width: 94%; max-width: 120; }
Pick, Keys { align: center middle; }
"""


class Advised(Message):
    """Answers of the checks, or why there are none any more."""

    def __init__(self, pairs: list[tuple[Item, Advice]], whole: list[tuple[int, Finding]], error: str = "") -> None:
        super().__init__()
        self.pairs, self.whole, self.error = pairs, whole, error


class Rows(ScrollView, can_focus=True):
    """The segments, one line each; only what is in sight is drawn, so that their number does not matter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "app.go(1)", show=False),
        Binding("up,k", "app.go(-1)", show=False),
        Binding("pagedown", "app.go(10)", show=False),
        Binding("pageup", "app.go(-10)", show=False),
        Binding("home", "app.go(-1000000000)", show=False),
        Binding("end", "app.go(1000000000)", show=False),
        Binding("right,right_square_bracket", "app.flag(1)", show=False),
        Binding("left,left_square_bracket", "app.flag(-1)", show=False),
        Binding("a", "app.accept", show=False),
        Binding("d", "app.dismiss", show=False),
        Binding("e,enter", "app.edit", show=False),
        Binding("m", "app.match", show=False),
        Binding("l", "app.lookup", show=False),
        Binding("c", "app.confirm", show=False),
        Binding("u", "app.undo", show=False),
        Binding("slash", "app.search", show=False),
        Binding("n", "app.hit(1)", show=False),
        Binding("N", "app.hit(-1)", show=False),
        Binding("f", "app.filter", show=False),
        Binding("o", "app.order", show=False),
        Binding("s", "app.save", show=False),
        Binding("q", "app.leave", show=False),
        Binding("space", "app.more", show=False),
        Binding("question_mark", "app.keys", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(id="rows")
        self.session = session
        self.view: list[int] = []
        self.at = 0
        self.shared = _shared([segment.id for segment in session.segments])

    def show(self, view: list[int], at: int) -> None:
        self.view, self.at = view, max(0, min(at, len(view) - 1))
        self.virtual_size = Size(0, len(view))
        height = max(1, self.size.height)
        top = int(self.scroll_offset.y)
        if not top <= self.at < top + height:
            top = max(0, self.at - (0 if self.at < top else height - 1))
        self.scroll_to(y=max(0, min(top, len(view) - height)), animate=False, force=True)
        self.session.visible = tuple(view[top : top + height])
        self.refresh()

    def render_line(self, y: int) -> Strip:
        place = y + int(self.scroll_offset.y)
        width = self.size.width
        if place >= len(self.view):
            return Strip.blank(width)
        return Strip(list(self._row(self.view[place], place == self.at, width)), width)

    def _row(self, index: int, chosen: bool, width: int) -> list[Piece]:
        session = self.session
        segment = session.segments[index]
        mark = (
            "L" if session.locked(index) else "✓" if session.confirmed(index) else "•" if session.edited(index) else " "
        )
        risk = session.risk(index)
        worst = max((f.severity for f in segment.findings), key=lambda s: s.rank, default=None)
        count = f"{len(segment.findings):>2}" if worst else " ." if index not in session.stale else "  "
        base = Style(bgcolor="#264f78" if self.has_focus else "#3a3d41", color="white") if chosen else Style()
        head = f"{'▸' if chosen else ' '}{mark} {'....' if risk is None else f'{risk:.2f}'} "
        colour = base + Style.parse(COLOURS[worst]) if worst else base
        name = set_cell_size(one_line(segment.id[self.shared :]), 7)
        used = len(head) + len(count) + 9
        text = set_cell_size(one_line(segment.source), max(0, width - used))
        return [
            Piece(head, base),
            Piece(count, colour),
            Piece(f" {name} ", base + Style(dim=not chosen)),
            Piece(text, base),
        ]


def _shared(ids: Sequence[str]) -> int:
    """How many characters at the beginning say nothing, since all ids share them up to a mark between words."""
    if len(ids) < 2:
        return 0
    low, high = min(ids), max(ids)  # what these two share, all share
    same = next((n for n, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]), len(low))
    head = low[:same]
    return max((found.end() for found in re.finditer(r"[\W_]", head)), default=0)


class Editor(TextArea):
    """The target under edit, with the flags of its last check marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.done", show=False, priority=True),
        Binding("ctrl+s,f2", "app.done(True)", show=False, priority=True),
        Binding("ctrl+u", "wipe", show=False, priority=True),
        Binding("ctrl+t", "app.term", show=False, priority=True),
        Binding("ctrl+l", "app.lookup", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__("", id="editor", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.flags: tuple[Finding, ...] = ()

    def mark(self, findings: tuple[Finding, ...]) -> None:
        self.flags = findings
        self._line_cache.clear()
        self.refresh()

    def action_wipe(self) -> None:
        self.clear()

    def word(self) -> str:
        """What is selected, else the word at the cursor (two characters of Chinese)."""
        if self.selected_text.strip():
            return self.selected_text.strip()
        row, column = self.cursor_location
        line = self.document.get_line(row)
        for found in re.finditer(r"[\u3400-\u9fff]{1,2}|[^\W\u3400-\u9fff]+", line):
            if found.start() <= column <= found.end():
                return found.group()
        return ""

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        start = sum(len(self.document.get_line(i)) + len(self.document.newline) for i in range(line_index))
        for finding in sorted(self.flags, key=lambda f: f.severity.rank):
            line.stylize(COLOURS[finding.severity], max(0, finding.start - start), max(0, finding.end - start))
        return line


class Pick(ModalScreen[str]):
    """A list to choose from; Escape chooses nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", show=False)]

    def __init__(self, title: str, options: Sequence[tuple[str, str | Text]], *, wide: bool = False) -> None:
        super().__init__(classes="broad" if wide else "")
        self.heading, self.options = title, options

    def compose(self) -> ComposeResult:
        made = (Option(Text(label) if isinstance(label, str) else label, id=key) for key, label in self.options)
        shown = OptionList(*made, id="pick")
        shown.border_title = self.heading
        yield shown

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id or "")


class Keys(ModalScreen[None]):
    """All keys, in two columns where there is room for them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter,f1", "dismiss", show=False)]

    def compose(self) -> ComposeResult:
        lines = _KEYS.splitlines()
        if self.app.size.width < max(map(len, lines)) + 4:
            lines = [part for line in lines for part in _SECOND.split(line)]
        with VerticalScroll(id="keys-box"):
            yield Static("\n".join(lines).replace("[ ]", "\\[ ]"), id="keys")
