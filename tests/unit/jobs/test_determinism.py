"""The same input, model and version give the same bytes, whatever the batch size or the number of workers."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.engines.compact import FOLDER
from pipeline.flow import Flow
from pipeline.model import Document, Segment
from tests.bench.base import genre

pytestmark = pytest.mark.skipif(not (FOLDER / "model.bin").is_file(), reason="no bundled model: make model builds it")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_batch_size_and_order_change_nothing() -> None:
    """Targets, edits and all: attention places terms, so that it must not depend on neighbours either."""
    texts = genre(40)[::2]
    answers = []
    for tokens, order in ((2048, 1), (150, 1), (700, -1)):
        given = settings.load("news", [f"engines.compact={{threads=1, batch_tokens={tokens}}}"])
        segments = [Segment(text, text) for text in texts[::order]]
        done = Flow(given, "zh", "ru").translate(Document("d", "jsonl", tuple(segments), "zh", "ru"))
        answers.append({segment.id: (segment.target, segment.edits, segment.findings) for segment in done.segments})
    assert answers[0] == answers[1] == answers[2]
    assert any(edits for _, edits, _ in answers[0].values())


@pytest.mark.soak
def test_workers_change_nothing(palladius: Run, tmp_path: Path) -> None:
    (tmp_path / "g.txt").write_text("\n".join(genre(270)) + "\n", encoding="utf-8")
    made = set()
    for number, more in enumerate(
        ((), ("--workers", "2"), ("--workers", "3", "--set", "engines.compact.batch_tokens=300"))
    ):
        given = ("--from", "zh", "--to", "ru", "--store", f"s{number}", "-o", f"o{number}", "--quiet")
        assert palladius("batch", "run", "g.txt", *given, *more).returncode == 0
        made.add((tmp_path / f"o{number}" / "g.txt").read_bytes())
    assert len(made) == 1
