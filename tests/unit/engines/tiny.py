"""Tiny models of every family, made on the spot, so that the true loading code runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXT = [
    "市长会见了代表团。",
    "会议在北京举行。",
    "Мэр встретился с делегацией.",
    "Совещание прошло в Пекине.",
    "The mayor met the delegation.",
    "The meeting took place in Beijing.",
] * 20
SMALL = {
    "d_model": 16,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
}
SMALL |= {"encoder_ffn_dim": 32, "decoder_ffn_dim": 32, "max_position_embeddings": 512}


def spm(folder: Path, name: str, **options: Any) -> Path:
    """A SentencePiece model of 120 pieces."""
    import sentencepiece

    folder.mkdir(parents=True, exist_ok=True)
    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(TEXT), encoding="utf-8")
    prefix = folder / "made"
    given = {"vocab_size": 120, "hard_vocab_limit": False, "minloglevel": 2, "num_threads": 1, **options}
    sentencepiece.SentencePieceTrainer.train(input=str(corpus), model_prefix=str(prefix), **given)
    (folder / "made.model").rename(folder / name)
    (folder / "made.vocab").unlink()
    corpus.unlink()
    return folder / name


def pieces(path: Path) -> list[str]:
    import sentencepiece

    model = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [model.id_to_piece(i) for i in range(model.get_piece_size())]


def build(family: str, folder: Path) -> Path:
    """A directory as the hub would hold it."""
    import torch
    import transformers

    torch.manual_seed(7)
    if family == "marian":
        path = spm(folder, "source.spm")
        (folder / "target.spm").write_bytes(path.read_bytes())
        words = [p for p in pieces(path) if p not in ("<s>", "</s>", "<unk>")]
        vocabulary = ["</s>", "<unk>", *words, ">>zho<<", ">>rus<<", ">>eng<<", "<pad>"]
        (folder / "vocab.json").write_text(json.dumps({p: i for i, p in enumerate(vocabulary)}), encoding="utf-8")
        places = [str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")]
        tokenizer: Any = transformers.MarianTokenizer(*places)
        size, pad = len(vocabulary), len(vocabulary) - 1
        marks = {"pad_token_id": pad, "decoder_start_token_id": pad, "eos_token_id": 0, "forced_eos_token_id": 0}
        model: Any = transformers.MarianMTModel(transformers.MarianConfig(vocab_size=size, **SMALL, **marks))
    elif family == "m2m100":
        path = spm(folder, "sentencepiece.bpe.model")
        words = [p for p in pieces(path) if p not in ("<s>", "</s>", "<unk>")]
        vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *words]
        (folder / "vocab.json").write_text(json.dumps({p: i for i, p in enumerate(vocabulary)}), encoding="utf-8")
        tokenizer = transformers.M2M100Tokenizer(str(folder / "vocab.json"), str(path), src_lang="zh", tgt_lang="ru")
        size = max(tokenizer.lang_token_to_id.values()) + 9
        model = transformers.M2M100ForConditionalGeneration(transformers.M2M100Config(vocab_size=size, **SMALL))
    elif family == "nllb":
        path = spm(folder, "sentencepiece.bpe.model", model_type="bpe")
        config = {"tokenizer_class": "NllbTokenizer", "src_lang": "zho_Hans", "tgt_lang": "rus_Cyrl"}
        (folder / "tokenizer_config.json").write_text(json.dumps(config))
        tokenizer = transformers.NllbTokenizer.from_pretrained(str(folder))
        model = transformers.M2M100ForConditionalGeneration(
            transformers.M2M100Config(vocab_size=len(tokenizer), **SMALL)
        )
    elif family == "mbart50":
        path = spm(folder, "sentencepiece.bpe.model")
        config = {"tokenizer_class": "MBart50Tokenizer", "src_lang": "zh_CN", "tgt_lang": "ru_RU"}
        (folder / "tokenizer_config.json").write_text(json.dumps(config))
        tokenizer = transformers.MBart50Tokenizer.from_pretrained(str(folder))
        model = transformers.MBartForConditionalGeneration(transformers.MBartConfig(vocab_size=len(tokenizer), **SMALL))
    else:
        path = spm(
            folder,
            "spiece.model",
            user_defined_symbols=["<2zh>", "<2ru>", "<2en>"],
            pad_id=0,
            eos_id=1,
            unk_id=2,
            bos_id=-1,
        )
        (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "T5Tokenizer", "extra_ids": 0}))
        tokenizer = transformers.T5Tokenizer.from_pretrained(str(folder), extra_ids=0)
        small = {"d_model": 16, "d_kv": 8, "d_ff": 32, "num_layers": 1, "num_heads": 2, "decoder_start_token_id": 0}
        model = transformers.T5ForConditionalGeneration(transformers.T5Config(vocab_size=len(tokenizer), **small))
    kept = {p.name: p.read_bytes() for p in folder.iterdir()}
    tokenizer.save_pretrained(str(folder))
    model.save_pretrained(str(folder))
    for name, data in kept.items():  # the SentencePiece files that fast tokenizers do not save again
        if not (folder / name).exists():
            (folder / name).write_bytes(data)
    return folder
