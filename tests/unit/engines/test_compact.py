"""The bundled engine: what it promises whatever the quality of its weights."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.engines.base import ALL, Request, granted, make
from pipeline.engines.compact import FOLDER, Compact, _behind, _decoded
from pipeline.errors import EngineError, UsageError
from pipeline.languages.loops import looped
from pipeline.model import Span, Wish

pytestmark = pytest.mark.skipif(not (FOLDER / "model.bin").is_file(), reason="no bundled model: make model builds it")
Run = Callable[..., "subprocess.CompletedProcess[str]"]
SENTENCES = {
    "zh": [
        "市长会见了俄罗斯代表团。",
        "会议在北京举行。",
        "要扩大对外开放。",
        "第三季度增长6.5%。",
        "好",
        "一、总体要求",
        "2025年5月12日",
    ],
    "ru": [
        "Мэр встретился с делегацией.",
        "Совещание прошло в Пекине.",
        "Рост составил 6,5 %.",
        "Да",
        "1. Общие требования",
    ],
    "en": ["The mayor met the delegation.", "The meeting took place in Beijing.", "Growth was 6.5%.", "Yes", "Overall"],
}


@pytest.fixture(scope="module")
def engine() -> Compact:
    made = make("compact", {"threads": 1})
    assert isinstance(made, Compact)
    return made


@pytest.mark.parametrize("direction", sorted(ALL), ids="-".join)
def test_every_direction_answers_every_sentence(engine: Compact, direction: tuple[str, str]) -> None:
    source, target = direction
    requests = [Request(text) for text in SENTENCES[source]]
    answers = engine.translate(requests, source, target)  # type: ignore[arg-type]
    assert len(answers) == len(requests)
    for request, answer in zip(requests, answers, strict=True):
        assert answer.text.strip()
        assert answer.provenance == "engine:compact"
        assert answer.score is not None and answer.score <= 0
        for left, right, weight in answer.links:
            assert 0 <= left.start < left.end <= len(request.text)
            assert 0 <= right.start < right.end <= len(answer.text)
            assert 0 < weight <= 1.0001


def test_an_answer_does_not_depend_on_its_neighbours(engine: Compact) -> None:
    texts = SENTENCES["zh"]
    together = [a.text for a in engine.translate([Request(t) for t in texts * 3], "zh", "ru")]
    alone = [engine.translate([Request(t)], "zh", "ru")[0].text for t in texts]
    assert together == alone * 3


def test_over_long_input_is_split_and_says_so(engine: Compact) -> None:
    text = "会议强调，要坚持稳中求进，推动高质量发展，" * 40
    [answer] = engine.translate([Request(text)], "zh", "ru")
    assert any("split into" in note for note in answer.notes)
    assert answer.text


def test_answers_to_terms_do_not_depend_on_neighbours(engine: Compact) -> None:
    """Text, score and links, the first piece's too, which CTranslate2 takes from another sentence of the batch."""
    plain = [Request(text) for text in SENTENCES["zh"]]
    wished = [Request(text, (Wish(Span(0, 2), "мэр", ()),)) for text in SENTENCES["zh"] if len(text) > 2]
    together = (plain + wished) * 3
    alone = [engine.translate([request], "zh", "ru")[0] for request in plain + wished] * 3
    assert engine.translate(together, "zh", "ru") == alone
    small = Compact(batch_tokens=100)
    assert small.translate(together, "zh", "ru") == alone
    small.close()
    missing = [answer for answer in alone[len(plain) : len(together) // 3] if "мэр" not in answer.text.lower().split()]
    assert missing and all(any(target.start == 0 for _, target, _ in answer.links) for answer in missing)


def test_terms_stand_behind_their_word_between_marks(engine: Compact) -> None:
    if not engine.ability().terms:
        pytest.skip("this model takes no terms")
    marks = engine._card["terms"]
    text = "王君正强调开放"
    made, origin = engine.annotated(Request(text, (Wish(Span(0, 3), "Ван Цзюньчжэн"),)))
    assert made == marks["open"] + "王君正" + marks["mid"] + "Ван Цзюньчжэн" + marks["close"] + "强调开放"
    assert len(origin) == len(made)
    assert "".join(text[i] for i in origin if i >= 0) == text


def test_forced_decoding_prefers_its_own_output(engine: Compact) -> None:
    source = "会议在北京举行。"
    own = engine.translate([Request(source)], "zh", "ru")[0].text
    mine, other = engine.forced([(source, own), (source, "Кошка спит на тёплой печи зимой.")], "zh", "ru")
    assert sum(mine) / len(mine) > sum(other) / len(other)


def test_same_language_is_refused(engine: Compact) -> None:
    with pytest.raises(EngineError, match="zh-zh"):
        engine.translate([Request("好")], "zh", "zh")


@pytest.mark.parametrize(("name", "size"), [("model.bin", 1000), ("source.spm", 10), ("card.json", 5)])
def test_a_damaged_model_is_one_error(tmp_path: Path, name: str, size: int) -> None:
    for path in FOLDER.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes()[: size if path.name == name else None])
    with pytest.raises(EngineError):
        make("compact", {"folder": str(tmp_path)}).translate([Request("好")], "zh", "ru")


def test_two_hundred_lines_come_out_one_each(palladius: Run, tmp_path: Path) -> None:
    lines = [SENTENCES["zh"][i % 7].replace("三", str(i)) for i in range(200)]
    (tmp_path / "a.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = palladius("translate", "a.txt", "--from", "zh", "--to", "ru", "--offline", "--profile", "draft")
    assert done.returncode == 0, done.stderr
    out = done.stdout.split("\n")
    assert len(out) == 201 and out[-1] == ""
    assert all(line.strip() for line in out[:-1])
    assert sum(looped(line, source) for line, source in zip(out, lines, strict=False)) < 20


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["▁Мэр", "▁в", "▁Пекин", "е", "."], "Мэр в Пекине."),
        (["<0xE5>", "<0xA5>", "<0xBD>", "好"], "好好"),
        (["<0xE5>", "▁а"], " а"),
        (["</s>"], ""),
    ],
)
def test_pieces_become_text_with_spans(pieces: list[str], text: str) -> None:
    made, spans = _decoded(pieces)
    assert made == text.strip() or made == text
    assert len(spans) == len(pieces)
    assert all(0 <= s.start <= s.end <= len(made) for s in spans)


def test_offsets_walk_over_normalised_characters() -> None:
    text = "Ａ１ 你"
    first = _behind(text, 0, "A1")
    assert text[:first] == "Ａ１"
    assert _behind(text, first, " 你") == len(text)


def test_of_several_answers_the_one_with_the_terms_is_taken() -> None:
    wishes = (
        Wish(Span(0, 2), "Чанчунь", ("Чанчунь", "Чанчуня", "Чанчуне")),
        Wish(Span(3, 5), "营商环境"),
    )
    request = Request("长春 营商环境", wishes)
    assert granted(request, "В Чанчуне 优化营商环境") == [True, True]
    assert granted(request, "Чанчуньский") == [False, False]
    assert granted(Request("x"), "Чанчунь") == []


@pytest.mark.parametrize(
    ("option", "value"), [("beam", 0), ("beam", "six"), ("consensus", "perhaps"), ("threads", True)]
)
def test_an_option_of_the_wrong_kind_is_a_usage_error(option: str, value: object) -> None:
    with pytest.raises(UsageError, match=option):
        make("compact", {option: value})


def test_options_from_the_environment_are_text() -> None:
    engine = make("compact", {"beam": "2", "consensus": "false"})
    assert isinstance(engine, Compact)
    assert (engine.beam, engine.consensus) == (2, False)
