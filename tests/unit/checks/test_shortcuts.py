"""What spares the checks work must not change what they find: each shortcut against the long way, on the genre."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.checks._cues import Cues, openings
from pipeline.checks._tables import rows
from pipeline.languages.russian import analyse, constructions, frames, slots, syntax, vectors
from pipeline.languages.russian.encoder import Encoder
from pipeline.languages.russian.networks import Networks

_GENRE = Path(__file__).parents[2] / "reference" / "genre.tsv"


def _column(name: str, every: int) -> list[str]:
    lines = [line.split("\t") for line in _GENRE.read_text("utf-8").splitlines()]
    at = lines[0].index(name)
    return [line[at] for line in lines[1::every]]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("出口|外销", "出外"),
        ("(?:进口|输入)量", "进输"),
        ("[增扩]大", "增扩"),
        ("(?<!不)减少", "减"),
        ("(?!前)(后[天日])", "后"),
        ("(国家)?标准", None),
        ("第?一", None),
        ("[^不]是", None),
        (r"\d+年", None),
        ("^大", None),
        ("中|.国", None),
        ("a|b", None),
    ],
)
def test_openings(pattern: str, found: str | None) -> None:
    assert openings(pattern) == (None if found is None else frozenset(found))


@pytest.mark.parametrize(
    "table", [("contrasts", "opposites"), ("contrasts", "members"), ("contrasts", "periods"), ("official", "terms-zh")]
)
def test_no_match_is_passed_over(table: tuple[str, str]) -> None:
    patterns = [row["zh"] for row in rows(*table)]
    cues = Cues(patterns)
    compiled = [re.compile(pattern) for pattern in patterns]
    matched = 0
    for text in _column("zh", 2):
        likely = cues.among(text)
        assert likely == sorted(set(likely))
        hits = {number for number, pattern in enumerate(compiled) if pattern.search(text)}
        assert hits <= set(likely)
        matched += len(hits)
    assert matched > 0


@pytest.mark.parametrize("rules", [slots._RULES, frames.RULES, constructions.RULES])
def test_a_word_that_fails_the_test_breaks_no_rule(rules: frames.Rules) -> None:
    """Sentences with words left out and exchanged, so that rules have something to say."""
    said = 0
    for text in _column("ru", 6):
        for sentence in syntax.sentences(text):
            broken = tuple(token for at, token in enumerate(sentence) if at % 5 != 3)
            for tokens in (broken, tuple(reversed(sentence))):
                for at, token in enumerate(tokens):
                    if not token.text[:1].isalpha():
                        continue
                    for rule, may in rules._rules:
                        if not may(token.text):
                            assert rule(tokens, at) is None, (rule.__name__, token.text)
                    said += rules.first(tokens, at) is not None
    assert said > 0


def test_known_words_are_known_without_a_second_look() -> None:
    words = {word.lower() for text in _column("ru", 6) for word in re.findall(r"\w+", text)}
    words |= {word[:-1] for word in words if len(word) > 1} | {word + "а" for word in words}
    for word in words:
        analyse.parses(word)
        assert analyse.is_known(word) == bool(analyse._analyzer().word_is_known(word)), word


def test_the_encoder_is_that_of_slovnet() -> None:
    np = pytest.importorskip("numpy")
    slovnet = pytest.importorskip("slovnet")
    own = slovnet.Morph.load(str(syntax._weights() / "model" / "slovnet_morph_news_v1.tar")).infer.model.encoder
    random = np.random.default_rng(1)
    embedded = random.standard_normal((3, 9, 330)).astype(np.float32)
    padding = np.zeros((3, 9), bool)
    padding[1, 6:] = padding[2, 2:] = True
    assert np.allclose(own(embedded, padding), Encoder.of(own)(embedded, padding), atol=1e-4)


def test_the_networks_side_by_side_say_what_slovnet_says() -> None:
    slovnet = pytest.importorskip("slovnet")
    folder, navec = syntax._weights() / "model", vectors.table()
    morph = slovnet.Morph.load(str(folder / "slovnet_morph_news_v1.tar"), batch_size=16).navec(navec)
    trees = slovnet.Syntax.load(str(folder / "slovnet_syntax_news_v1.tar"), batch_size=16).navec(navec)
    for model in (morph.infer.model, trees.infer.model):
        model.encoder = Encoder.of(model.encoder)
    cut = [[token.text for token in one] for text in _column("ru", 40) for one in syntax.sentences(text)]
    words = sorted(cut, key=len)
    for (tags, heads, relations), forms, tree in zip(
        Networks.load(folder, navec).read(words), morph.map(words), trees.map(words), strict=True
    ):
        assert tags == [token.tag for token in forms.tokens]
        assert (heads, relations) == ([int(t.head_id) for t in tree.tokens], [t.rel for t in tree.tokens])
