"""Files to review, and an adviser that flags one word without any model."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path

from pipeline.formats import base as formats
from pipeline.jobs.advice import Advice, Item
from pipeline.jobs.review import Session
from pipeline.model import Document, Finding, Score, Severity

ROWS = [
    ("1", "会议审议通过了三份文件。", "На заседании рассмотрены три документа."),
    ("2", "他指出，经济最具活力。", "Он отметил плохо, что экономика жива."),
    ("3", "要改善营商环境。", "Надо улучшать деловую среду."),
    ("4", "副市长参加会议。", "плохо плохо вице-мэр."),
]


class Flagger:
    """«плохо» is a major flag with a suggestion; risk grows with their number. `calls` are the items asked for."""

    def __init__(self) -> None:
        self.calls: list[Item] = []
        self.threads: set[int] = set()

    def advise(self, items: Sequence[Item]) -> list[Advice]:
        self.calls += items
        self.threads.add(threading.get_ident())
        return [self._one(item.target) for item in items]

    def _one(self, target: str) -> Advice:
        found, at = [], target.find("плохо")
        while at >= 0:
            found.append(Finding("words", "style/awkward", Severity.MAJOR, at, at + 5, "a bad word", "хорошо; отлично"))
            at = target.find("плохо", at + 1)
        risk = min(0.9, 0.1 + 0.3 * len(found))
        terms = (("会议", ("заседание", "совещание")),)
        return Advice(tuple(found), Score(1 - risk, risk), terms, ((0.93, "会议。", "Заседание из памяти."),))

    def together(self, items: Sequence[Item]) -> list[tuple[int, Finding]]:
        return [(0, Finding("whole", "style/awkward", Severity.MINOR, 0, 2, "said of the whole document"))]

    def close(self) -> None:
        pass


def jsonl(path: Path, rows: Sequence[tuple[str, str, str]] = ROWS) -> Path:
    lines = [json.dumps({"id": i, "source": s, "target": t}, ensure_ascii=False) + "\n" for i, s, t in rows]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def document(path: Path) -> Document:
    name = formats.by_name(str(path))
    made = formats.plugin(name).read(path.read_bytes(), str(path), "zh", "ru")
    return Document(str(path), name, made.segments, "zh", "ru", made.skeleton, made.meta)


def session(path: Path) -> Session:
    return Session.open(str(path), document(path), "zh", "ru")


def targets(path: Path) -> list[str | None]:
    return [segment.target for segment in document(path).segments]
