"""README's examples come from the real commands: `python -m tests.readme` writes them anew, a test compares.

A block is marked by a comment on the line before it, `<!-- run: COMMAND -->`; the command runs in an empty folder in
which `<!-- file: NAME -->` blocks before it have been written.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"<!-- (run|file): (.+?) -->\n```(\w*)\n(.*?)```\n", re.DOTALL)


def rendered(text: str) -> str:
    """The text with the output of every command as it is now."""
    with tempfile.TemporaryDirectory() as folder:

        def block(match: re.Match[str]) -> str:
            kind, what, language, body = match.groups()
            if kind == "file":
                (Path(folder) / what).write_text(body, encoding="utf-8")
                return match.group()
            environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
            words = what.replace("palladius ", f"{sys.executable} -m pipeline.cli.main ", 1)
            done = subprocess.run(
                words, shell=True, cwd=folder, capture_output=True, text=True, env=environment, timeout=120
            )
            said = re.sub(r"\(\d+\.?\d* s\)", "(… s)", done.stdout + done.stderr)
            return f"<!-- {kind}: {what} -->\n```{language}\n$ {what}\n{said.rstrip()}\n```\n"

        return _BLOCK.sub(block, text)


if __name__ == "__main__":
    README.write_text(rendered(README.read_text(encoding="utf-8")), encoding="utf-8")
