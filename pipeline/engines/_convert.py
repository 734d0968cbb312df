"""Conversion to CTranslate2, with what its converter of version 4.8 does not know of transformers 5."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def convert(source: Path, output: str, quantization: str) -> None:
    """Converts a Hugging Face directory; SentencePiece models go along. Raises what the converter raises."""
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, path: str, **options: Any) -> Any:
            model = super().load_model(model_class, path, **options)
            if model.config.model_type == "mbart" and not hasattr(model.config, "normalize_before"):
                model.config.normalize_before = True  # true of every mBART; transformers 5 no longer says so
                model.config.tokenizer_class = "MBart50Tokenizer"  # mBART-50 starts a target with </s>
            return model

        def load_tokenizer(self, tokenizer_class: Any, path: str, **options: Any) -> Any:
            tokenizer = super().load_tokenizer(tokenizer_class, path, **options)
            if tokenizer.bos_token is None:  # mBART-50 has none in transformers 5, and the converter wants one
                tokenizer.bos_token = tokenizer.eos_token
            languages = getattr(tokenizer, "lang_code_to_token", None)
            if languages:  # M2M-100: its language tokens are no longer among the additional special tokens
                _with_special_tokens(tokenizer, list(languages.values()))
            return tokenizer

    files = [path.name for path in source.iterdir() if path.suffix in (".spm", ".model")]
    Converter(str(source), copy_files=files).convert(output, quantization=quantization, force=True)


def _with_special_tokens(tokenizer: Any, tokens: list[str]) -> None:
    kind = type(tokenizer)

    class Patched(kind):  # type: ignore[misc,valid-type]
        @property
        def special_tokens_map(self) -> dict[str, Any]:
            return {**super().special_tokens_map, "additional_special_tokens": tokens}

    tokenizer.__class__ = Patched
