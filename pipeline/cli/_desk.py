"""The translator's desk: the Textual application of `palladius review`. What it does is in jobs/review.py."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import events
from textual.widgets import Input, TextArea

from pipeline.cli._desk_parts import Keys, Pick
from pipeline.cli._desk_screen import DeskScreen
from pipeline.cli._desk_text import hit
from pipeline.errors import PalladiusError
from pipeline.jobs.changes import alternatives
from pipeline.jobs.remember import concordance
from pipeline.jobs.typed import confirmed
from pipeline.model import Finding, Severity
from pipeline.reports.base import counted

_DEBOUNCE = 0.2  # seconds after the last key before the target is checked again


class Desk(DeskScreen):
    """One file on the desk. `adviser` makes what checks, in a thread or process of its own."""

    # Keys of the list.

    def action_go(self, by: int) -> None:
        self.move(self.rows.at + by)

    def move(self, at: int) -> None:
        self.moved = True
        if self.index is not None:
            self.session.touch(self.index)
        self.flag = 0
        self.rows.show(self.rows.view, at)
        self.show()
        self.wake()

    def action_flag(self, by: int) -> None:
        self.moved = True
        if self.index is not None and (found := self.session.segments[self.index].findings):
            self.flag = (self.flag + by) % len(found)
            self.show()

    def action_more(self) -> None:
        """Flags and terms a page on; from the end back to the start."""
        for name in ("#flags-box", "#terms-box"):
            box = self.query_one(name)
            if box.scroll_offset.y >= box.max_scroll_y:
                box.scroll_home(animate=False)
            else:
                box.scroll_page_down(animate=False)

    def _open(self) -> int | None:
        """The segment at hand, where it may be changed."""
        index = self.index
        self.moved = True
        if index is not None and self.session.locked(index):
            self.note = "locked by the file: cannot be changed"
            self.show()
            return None
        if index is not None:
            self.session.touch(index)
        return index

    def _chosen(self) -> Finding | None:
        found = self.session.segments[self.index].findings if self.index is not None else ()
        return found[self.flag] if found else None

    def action_accept(self) -> None:
        index, finding = self._open(), self._chosen()
        if index is None or finding is None:
            return
        if not finding.suggestion:
            self.note = "this flag has no suggestion: e edits, d dismisses"
            self.show()
            return
        choices = alternatives(finding.suggestion)
        if len(choices) > 1:
            self.push_screen(
                Pick("which?", [(str(n), text) for n, text in enumerate(choices)]),
                lambda key: self._accept(index, finding, choices[int(key)]) if key else None,
            )
            return
        self._accept(index, finding, choices[0])

    def _accept(self, index: int, finding: Finding, said: str) -> None:
        if finding.start == finding.end:  # something is missing: the person says where it goes
            text = self.session.segments[index].target or ""
            gap = "" if self.session.target == "zh" else " "
            before = gap if finding.start and not text[finding.start - 1].isspace() else ""
            after = gap if text[finding.start : finding.start + 1].isalnum() else ""
            self.action_edit(insert=f"{before}{said}{after}", at=finding.start)
            return
        self.attempt(lambda: self.session.accept(index, finding, said))

    def action_dismiss(self) -> None:
        index, finding = self._open(), self._chosen()
        if index is not None and finding is not None:
            self.ask(
                "why is it right as it stands?",
                lambda reason: self.attempt(lambda: self.session.dismiss(index, finding, reason)),
            )

    def action_match(self) -> None:
        index = self._open()
        if index is not None:
            found = self.session.matches(index)
            if not found:
                self.note = "no memory match" if index in self.session.advice else "not looked up yet"
                self.show()
                return
            if len(found) == 1:
                self.attempt(lambda: self.session.edit(index, found[0][2]))
                return
            options = [(str(n), f"{100 * alike:.0f} %  {text}") for n, (alike, _, text) in enumerate(found)]

            def chosen(key: str | None) -> None:
                if key:
                    self.attempt(lambda: self.session.edit(index, found[int(key)][2]))

            self.push_screen(Pick("which?", options, wide=True), chosen)

    def action_confirm(self) -> None:
        index = self._open()
        if index is None:
            return
        if confirmed(self.session.segments[index]) is None:
            self.note = "nothing to confirm: the target is empty"
            self.show()
            return
        if self.attempt(lambda: self.session.confirm(index)):
            view, at = self.rows.view, self.rows.at
            ahead = [*range(at + 1, len(view)), *range(at)]
            opened = [n for n in ahead if not self.session.confirmed(view[n]) and not self.session.locked(view[n])]
            self.move(opened[0] if opened else at)

    def action_undo(self) -> None:
        back: list[int | None] = []
        if self.attempt(lambda: back.append(self.session.undo())):
            if back[0] is None:
                self.note = "nothing to undo"
            elif back[0] in self.rows.view:
                self.rows.show(self.rows.view, self.rows.view.index(back[0]))
            self.show()

    def action_order(self) -> None:
        self.weakest = not self.weakest
        self.lay()

    def action_save(self) -> None:
        if self.attempt(self.session.save):
            self.note = "saved"
            self.show()

    def action_leave(self) -> None:
        if self.editor.display:
            self.action_done()
        if self.attempt(self.session.save):
            self.exit()
        else:
            self.note += "  (Ctrl+C leaves without saving)"

    def action_help_quit(self) -> None:
        """Ctrl+C: leaves; the journal has what was confirmed."""
        self.exit()

    def action_keys(self) -> None:
        self.push_screen(Keys())

    def action_filter(self) -> None:
        rows = self.session.segments
        options = [("all", f"all ({len(rows)})"), ("state:open", "not confirmed"), ("state:confirmed", "confirmed")]
        severities = [f.severity for s in rows for f in s.findings]
        options += [(f"severity:{s}", f"{s} ({severities.count(s)})") for s in reversed(Severity) if s in severities]
        names = [f.check for s in rows for f in s.findings]
        options += [(f"check:{name}", f"{name} ({names.count(name)})") for name in sorted(set(names))]

        def chosen(key: str | None) -> None:
            if key:
                self.only = "" if key == "all" else key
                self.lay()

        self.push_screen(Pick("show only", options), chosen)

    # Looking up.

    def action_lookup(self) -> None:
        """Words in this file and the memory; in the editor those at the cursor."""
        if self.editor.display:
            if words := self.editor.word():
                self.run_worker(self._looked_up(words), exclusive=True)
        else:
            self.ask("look up in this file and the memory", self._look)

    def _look(self, words: str) -> None:
        if words:
            self.run_worker(self._looked_up(words), exclusive=True)

    async def _looked_up(self, words: str) -> None:
        session = self.session
        try:
            found = await asyncio.to_thread(
                concordance, session.memory, tuple(session.segments), words, session.source, session.target
            )
        except PalladiusError as error:
            self.note = str(error)
            self.show()
            return
        if not found:
            self.note = f"not found: {words}"
            self.show()
            return
        options = []
        for number, (index, source, target) in enumerate(found):
            place = "memory" if index is None else session.segments[index].id
            options.append((str(number), hit(place, source, target, words)))

        def chosen(key: str | None) -> None:
            index = found[int(key)][0] if key else None
            if index is None or self.editor.display:
                return
            if index in self.rows.view:
                self.move(self.rows.view.index(index))
            else:
                self.note = f"{session.segments[index].id} is hidden by the filter: f changes it"
                self.show()

        self.push_screen(Pick(f"{words}: {len(found)}", options, wide=True), chosen)

    def action_term(self) -> None:
        """A glossary form at the cursor of the editor."""
        advice = self.session.advice.get(self.index) if self.index is not None else None
        offered = [(source, form) for source, forms in (advice.terms if advice else ()) for form in forms]
        if not self.editor.display or not offered:
            self.note = "no term in this segment"
            self.show()
            return
        options = [(str(n), f"{form}  ({source})") for n, (source, form) in enumerate(offered)]

        def chosen(key: str | None) -> None:
            if key:
                self.editor.insert(offered[int(key)][1])

        self.push_screen(Pick("which term?", options, wide=True), chosen)

    # Questions on the last line.

    def ask(self, question: str, then: Callable[[str], object]) -> None:
        line = self.query_one("#ask", Input)
        line.placeholder, line.value, self._asked = question, "", then
        line.display, self.query_one("#bar").display = True, False
        line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._answered()
        self._asked(event.value.strip())

    def _answered(self) -> None:
        self.query_one("#ask").display, self.query_one("#bar").display = False, True
        self.rows.focus()

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and self.query_one("#ask").display:
            event.stop()
            self._answered()

    def action_search(self) -> None:
        self.ask("search in source, target and id", self._search)

    def _search(self, words: str) -> None:
        self.words = words.casefold() or self.words
        self.action_hit(0)

    def action_hit(self, by: int) -> None:
        if not self.words:
            return
        view, at = self.rows.view, self.rows.at
        ahead = [*range(at + 1, len(view)), *range(at + 1)]
        if by < 0:
            ahead = [*range(at - 1, -1, -1), *range(len(view) - 1, at - 1, -1)]
        for place in ahead:
            segment = self.session.segments[view[place]]
            if any(self.words in (text or "").casefold() for text in (segment.source, segment.target, segment.id)):
                self.move(place)
                return
        self.note = f"not found: {self.words}"
        self.show()

    # Editing.

    def action_edit(self, insert: str = "", at: int = 0) -> None:
        index = self._open()
        if index is None:
            return
        self.session.begin(index)
        self.query_one("#target-box").display, self.editor.display = False, True
        self.editor.load_text(self.session.segments[index].target or "")
        if insert:
            self.editor.insert(insert, _location(self.editor.text, at))
        else:
            self.editor.move_cursor(self.editor.document.end)
        self.editor.focus()
        self.show()

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        if self.editor.display and self.index is not None:
            self.session.touch(self.index)
            if self._wait is not None:
                self._wait.stop()
            self._wait = self.set_timer(_DEBOUNCE, self._typed)

    def _typed(self) -> None:
        if self.editor.display and self.index is not None:
            self.session.put(self.index, self.editor.text)
            self.show()
            self.wake()

    def action_done(self, confirm: bool = False) -> None:
        index = self.index
        if index is None or not self.editor.display:
            return
        self._typed()
        self.query_one("#target-box").display, self.editor.display = True, False
        self.rows.focus()
        if self.attempt(lambda: self.session.settle(index)) and confirm:
            self.action_confirm()

    def farewell(self) -> list[str]:
        """What to say on the terminal afterwards."""
        session = self.session
        done = sum(session.confirmed(i) for i in range(len(session.segments)))
        lines = [
            f"{done} of {counted(len(session.segments), 'segment')} confirmed; palladius review {session.path} --stats"
        ]
        if session.unsaved:
            lines.append(
                f"not saved: the confirmed segments are in {session.journal} and come back on the next opening"
            )
        return lines


def _location(text: str, at: int) -> tuple[int, int]:
    """Line and column of a code point."""
    before = text[:at]
    return before.count("\n"), at - (before.rfind("\n") + 1)
