"""The bundled engine against CTranslate2 driven directly, and against the same shape in transformers, fp32, batch 1."""

from __future__ import annotations

import json

from pipeline import settings
from pipeline.engines.base import Request, make
from pipeline.engines.compact import FOLDER
from pipeline.flow import Flow
from pipeline.model import Document, Segment
from tests.bench.base import Row, genre, seconds

DRAFT = {"beam": 4, "consensus": False}  # as in configs/draft.toml


def run() -> list[Row]:
    texts = list(dict.fromkeys(genre(400)))
    rows = [_direct(texts), _consensus(texts), *_flow(texts)]
    try:
        rows.append(_transformers(texts[:12]))
    except ImportError:
        print("transformers is not installed: its row is left out")
    return rows


def _direct(texts: list[str]) -> Row:
    """Time of the engine over that of translate_batch, both with the same beam and as many hypotheses."""
    engine = make("compact", {"dictionary": False})
    requests = [Request(text) for text in texts]
    sources = [[">>rus<<", *engine._pieces.encode(t, out_type=str), "</s>"] for t in texts]  # type: ignore[attr-defined]
    beam: int = engine.beam  # type: ignore[attr-defined]

    def bare() -> None:
        engine._translator.translate_batch(  # type: ignore[attr-defined]
            sources,
            beam_size=beam,
            num_hypotheses=beam,
            max_batch_size=2048,
            batch_type="tokens",
            max_decoding_length=256,
        )

    bare()
    peer = seconds(bare, cpu=True)
    ours = seconds(lambda: engine.translate(requests, "zh", "ru"), cpu=True)
    return Row("engine compact / CTranslate2 alone, processor time", ours, peer, "s", "about 1")


def _consensus(texts: list[str]) -> Row:
    """What the beam of the default and its consensus cost over the likeliest of four, as profile draft has it."""
    requests = [Request(text) for text in texts]
    usual, draft = make("compact", {"dictionary": False}), make("compact", {"dictionary": False, **DRAFT})
    for engine in (usual, draft):
        engine.translate(requests[:8], "zh", "ru")
    peer = seconds(lambda: draft.translate(requests, "zh", "ru"), cpu=True)
    ours = seconds(lambda: usual.translate(requests, "zh", "ru"), cpu=True)
    return Row("engine with consensus / the likeliest of a beam of 4, processor time", ours, peer, "s", "")


def _flow(texts: list[str]) -> list[Row]:
    engine = make("compact", {"dictionary": False, **DRAFT})
    requests = [Request(text) for text in texts]
    engine.translate(requests[:8], "zh", "ru")
    peer = seconds(lambda: engine.translate(requests, "zh", "ru"), cpu=True)
    document = Document("b", "jsonl", tuple(Segment(str(i), t) for i, t in enumerate(texts)), "zh", "ru")
    rows = []
    for name, words in (("flow without enforcer and checks", ["enforce.enabled=false"]), ("flow with enforcer", [])):
        flow = Flow(settings.load("draft", words), "zh", "ru")
        flow.translate(document.with_segments(document.segments[:8]))
        ours = seconds(lambda flow=flow: flow.translate(document), cpu=True)  # type: ignore[misc]
        rows.append(Row(f"{name} / engine alone, processor time", ours, peer, "s", "under 1.15"))
    return rows


def _transformers(texts: list[str]) -> Row:
    """A model of the same shape with random weights, as its speed does not depend on them; 30 tokens out."""
    import torch
    import transformers

    shape = json.loads((FOLDER / "card.json").read_text(encoding="utf-8"))["architecture"]
    size = json.loads((FOLDER / "card.json").read_text(encoding="utf-8"))["vocabulary"]
    layers = {"encoder_layers": shape["encoder_layers"], "decoder_layers": shape["decoder_layers"]}
    heads = {"encoder_attention_heads": shape["heads"], "decoder_attention_heads": shape["heads"]}
    inner = {"encoder_ffn_dim": shape["inner"], "decoder_ffn_dim": shape["inner"]}
    marks = {"pad_token_id": size - 1, "decoder_start_token_id": size - 1, "eos_token_id": 0, "forced_eos_token_id": 0}
    config = transformers.MarianConfig(vocab_size=size, d_model=shape["width"], **layers, **heads, **inner, **marks)
    model = transformers.MarianMTModel(config).eval()
    engine = make("compact", {"dictionary": False})
    encoded = [engine._pieces.encode(text) for text in texts]  # type: ignore[attr-defined]

    def peer() -> None:
        with torch.inference_mode():
            for ids in encoded:
                model.generate(torch.tensor([ids]), num_beams=4, min_new_tokens=30, max_new_tokens=30)

    sources = [[">>rus<<", *engine._pieces.encode(t, out_type=str), "</s>"] for t in texts] * 8  # type: ignore[attr-defined]

    def ours() -> None:
        engine._translator.translate_batch(  # type: ignore[attr-defined]
            sources,
            beam_size=4,
            max_batch_size=2048,
            batch_type="tokens",
            min_decoding_length=30,
            max_decoding_length=30,
        )

    ours()
    return Row(
        "words a second, compact / transformers fp32 batch 1",
        8 / seconds(ours, cpu=True),
        1 / seconds(peer, 1, cpu=True),
        "",
        "at least 5",
    )
