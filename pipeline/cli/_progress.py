"""How far a command has come, on a terminal."""

from __future__ import annotations

import sys
import time


class Progress:
    """A line on standard error that is redrawn, on a terminal only."""

    def __init__(self, label: str, *, quiet: bool) -> None:
        self.label, self.start, self.drawn = label, time.monotonic(), 0.0
        self.on = not quiet and sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self.on or (now - self.drawn < 0.1 and done < total):
            return
        self.drawn = now
        spent = now - self.start
        left = f", {spent / done * (total - done):.0f} s left" if 0 < done < total and spent > 1 else ""
        sys.stderr.write(f"\r\x1b[K{self.label} {done}/{total}{left}" + ("\r\x1b[K" if done >= total else ""))
        sys.stderr.flush()
