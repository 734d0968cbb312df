"""Plain translation with a converted model, for evaluation: the engine proper lives in pipeline.engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.training.settings import TOKENS

# How the model is meant to be decoded (card.json: decoding). The vocabulary map keeps the output in the target language
# (see convert.write_candidates); the penalty and the bar on repeated runs of pieces keep a small network from looping.
DECODING: dict[str, Any] = {"use_vmap": True, "repetition_penalty": 1.15, "no_repeat_ngram_size": 3}


class Translator:
    """A CTranslate2 directory with its source.spm. Source format: [target token] pieces [</s>]."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        import ctranslate2
        import sentencepiece

        self.model: Any = ctranslate2.Translator(str(folder), device="cpu", compute_type="int8", intra_threads=threads)
        self.pieces: Any = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))

    def __call__(self, texts: list[str], target: str, beam: int = 2) -> list[str]:
        """One translation a text, in order."""
        sources = [[TOKENS[target], *self.pieces.encode(text, out_type=str), "</s>"] for text in texts]
        results = self.model.translate_batch(
            sources, beam_size=beam, max_batch_size=2048, batch_type="tokens", max_decoding_length=200, **DECODING
        )
        return [self.pieces.decode(result.hypotheses[0]) for result in results]
