"""The README shows what the commands really say."""

from __future__ import annotations

from tests.readme import README, rendered


def test_examples_are_what_the_commands_say() -> None:
    text = README.read_text(encoding="utf-8")
    assert "<!-- run:" in text
    assert rendered(text) == text, "run: python -m tests.readme"
