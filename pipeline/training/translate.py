"""Plain translation with a converted model, for evaluation: the engine proper lives in pipeline.engines."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.engines._consensus import best
from pipeline.training.settings import TOKENS

# How the model is meant to be decoded (card.json: decoding). The vocabulary map keeps the output in the target language
# (see convert.write_candidates). Only what loops is decoded once more, with a penalty and a bar on repeated runs of
# pieces: a penalty on everything gains a point of chrF but costs BLEU and leaves more loops in Chinese.
DECODING: dict[str, Any] = {"use_vmap": True}
AGAIN: dict[str, Any] = {**DECODING, "repetition_penalty": 1.2, "no_repeat_ngram_size": 2}


def loops(source: str, output: str) -> bool:
    """Whether the output repeats a run of four words (characters in Chinese) more often than the source repeats any."""
    return _repeats(output) > _repeats(source)


def _repeats(text: str) -> int:
    units = re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", text)
    counts = Counter(tuple(units[n : n + 4]) for n in range(len(units) - 3))
    return max(counts.values(), default=1)


class Translator:
    """A CTranslate2 directory with its source.spm. Source format: [target token] pieces [</s>]."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        import ctranslate2
        import sentencepiece

        self.model: Any = ctranslate2.Translator(str(folder), device="cpu", compute_type="int8", intra_threads=threads)
        self.pieces: Any = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))

    def __call__(self, texts: list[str], target: str, beam: int = 2) -> list[str]:
        """One translation a text, in order: of the beam's renderings the one that the engine would take."""
        outputs = self._decode(texts, target, beam, DECODING)
        looping = [n for n, output in enumerate(outputs) if loops(texts[n], output)]
        for n, output in zip(looping, self._decode([texts[n] for n in looping], target, beam, AGAIN), strict=True):
            outputs[n] = output
        return outputs

    def _decode(self, texts: list[str], target: str, beam: int, options: dict[str, Any]) -> list[str]:
        sources = [[TOKENS[target], *self.pieces.encode(text, out_type=str), "</s>"] for text in texts]
        results = self.model.translate_batch(
            sources, beam_size=beam, num_hypotheses=beam, max_batch_size=2048, batch_type="tokens",
            max_decoding_length=200, **options,
        )  # fmt: skip
        found = [[self.pieces.decode(pieces) for pieces in result.hypotheses] for result in results]
        return [hypotheses[best(text, hypotheses)] for text, hypotheses in zip(texts, found, strict=True)]
