"""What a shell offers at the tabulator key, and what --help says."""

from __future__ import annotations

import os

import pytest

from tests.cli.test_review import Run


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("palladius tr", {"translate"}),
        ("palladius glossary ex", {"export"}),
        ("palladius translate --from ", {"zh", "ru", "en"}),
        ("palladius translate --engine ec", {"echo"}),
        ("palladius check --fail-on m", {"minor", "major"}),
        ("palladius check --profile n", {"news"}),
        ("palladius review --order ", {"weakest", "file"}),
    ],
)
def test_the_shell_offers(palladius: Run, line: str, wanted: set[str]) -> None:
    words = line.split(" ")
    asked = {"_PALLADIUS_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = palladius(env={**os.environ, **asked})
    assert set(done.stdout.split()) == wanted, done.stderr


def test_help_says_how_a_command_works(palladius: Run) -> None:
    said = " ".join(palladius("review", "--help").stdout.split())
    assert "Post-edit a bitext in the terminal" in said and "FILE.review.jsonl" in said
    assert "--original news.docx" in said
