"""Style of the genre: turns that a Russian editor would not leave"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.checks._patterned import PatternCheck
from pipeline.checks.base import View
from pipeline.model import Finding, Severity

_DUTY = frozenset(("необходимо", "нужно", "следует", "надлежит"))


class Style(PatternCheck):
    name = "style"
    category = "style/awkward"
    severity = Severity.NEUTRAL
    targets = ("ru",)

    def document(self, views: Sequence[View]) -> Iterable[tuple[int, Finding]]:
        """Three sentences in a row that begin with the same word of duty."""
        run: list[tuple[int, tuple[int, int], str]] = []
        for index, view in enumerate(views):
            for start, end in view.sentences:
                first = next((word for word in view.words if start <= word.start < end), None)
                if first is None:
                    continue
                if first.low in _DUTY:
                    if run and run[-1][2] != first.low:
                        run = []
                    run.append((index, first.span, first.low))
                    if len(run) >= 3:
                        yield (
                            index,
                            self.finding(
                                first.span, f"«{first.text}» opens {len(run)} sentences in a row: vary the turn"
                            ),
                        )
                elif not (first.low == "он" and run):
                    run = []


PLUGIN = Style()
