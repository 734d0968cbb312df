"""slovnet's networks for forms and trees, run side by side: their words are numbered and embedded once for both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.languages.russian.encoder import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH: Final = 16  # sentences

Read = tuple[list[str], list[int], list[str]]  # of the words: tags ("NOUN|Case=Gen"), heads (0: root), relations


@dataclass(frozen=True)
class Networks:
    """The two networks, which have one vocabulary, and the lists of their answers."""

    encoder: Any  # words to numbers
    morph: Any
    syntax: Any
    tags: Sequence[str]
    relations: Sequence[str]

    @classmethod
    def load(cls, folder: Path, navec: Any) -> Networks:
        from slovnet import Morph, Syntax

        morph = Morph.load(str(folder / "slovnet_morph_news_v1.tar")).navec(navec).infer
        syntax = Syntax.load(str(folder / "slovnet_syntax_news_v1.tar")).navec(navec).infer
        for model in (morph.model, syntax.model):
            model.encoder = Encoder.of(model.encoder)
        tags, relations = morph.decoder.tags_vocab.items, syntax.decoder.rels_vocab.items
        return cls(morph.encoder, morph.model, syntax.model, tags, relations)

    def read(self, sentences: Sequence[Sequence[str]]) -> Iterator[Read]:
        """What the networks say of each sentence; cheap where those of like length stand together."""
        for start in range(0, len(sentences), _BATCH):
            part = sentences[start : start + _BATCH]
            batch = self.encoder.input([self.encoder.item(words) for words in part])
            embedded = self.morph.emb.word(batch.word_id)
            tags = self.morph.head(self._state(self.morph, embedded, batch)).argmax(-1).tolist()
            state = self._state(self.syntax, embedded, batch)
            heads = self.syntax.head.decode(self.syntax.head(state), ~batch.pad_mask)
            relations = self.syntax.rel.decode(self.syntax.rel(state, heads), ~batch.pad_mask).tolist()
            for words, tag, head, relation in zip(part, tags, heads.tolist(), relations, strict=True):
                size = len(words)
                yield [self.tags[n] for n in tag[:size]], head[:size], [self.relations[n] for n in relation[:size]]

    @staticmethod
    def _state(model: Any, embedded: NDArray[np.float32], batch: Any) -> NDArray[np.float32]:
        import numpy as np

        whole = np.concatenate((embedded, model.emb.shape(batch.shape_id)), axis=-1)
        state: NDArray[np.float32] = model.encoder(whole, batch.pad_mask)
        return state
