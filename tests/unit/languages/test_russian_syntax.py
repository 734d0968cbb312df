"""Words, sentences, agreement, government: the lines of tests/cases/inflect/*/ and the API's promises."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.languages.russian import paradigm
from pipeline.languages.russian.agreement import errors, undeclined
from pipeline.languages.russian.analyse import analyses, inflect_word, is_known, lemma, lemmas, like, tokenise
from pipeline.languages.russian.government import demanded, preposition, reagree
from pipeline.languages.russian.syntax import parse, parse_all, sentences

CASES = Path(__file__).parents[2] / "cases" / "inflect"


def lines(name: str) -> list[str]:
    text = (CASES / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def unbracketed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its square brackets, and the spans they held."""
    spans: list[tuple[int, int]] = []
    plain = ""
    for piece in re.split(r"(\[[^]]*\])", text):
        if piece.startswith("["):
            spans.append((len(plain), len(plain) + len(piece) - 2))
            plain += piece[1:-1]
        else:
            plain += piece
    return plain, spans


@pytest.mark.parametrize("line", lines("agreement/errors.txt"))
def test_errors_are_found(line: str) -> None:
    marked, _, told = line.partition("=>")
    suggestion, _, kind = (part.strip() for part in told.partition("|"))
    text, [span] = unbracketed(marked.strip())
    found = {(error.start, error.end): error for error in errors(text)}
    near = [error for (start, end), error in found.items() if start < span[1] + 20 and span[0] - 20 < end]
    assert near, "nothing found"
    if kind:
        assert span in found
        assert found[span].kind == kind
    if suggestion:
        assert found[span].suggestion == suggestion
        assert text[span[0] : span[1]] in found[span].message


@pytest.mark.parametrize("line", lines("agreement/clean.txt"))
def test_clean_sentences_are_passed_over(line: str) -> None:
    assert errors(line) == ()


@pytest.mark.parametrize("line", lines("demand/places.txt"))
def test_case_which_a_place_demands(line: str) -> None:
    marked, _, told = line.partition("=>")
    text, [span] = unbracketed(marked.strip())
    case, _, number = told.strip(" !").partition(".")
    demand = demanded(text, span, undeclined=told.strip().endswith("!"))
    assert demand.case == case, demand
    assert number in ("", demand.number)
    assert demand.ranked[0] == case
    assert demand.cause


@pytest.mark.parametrize("line", lines("reagree/sentences.txt"))
def test_sentence_around_a_new_term(line: str) -> None:
    given, _, wanted = line.partition("=>")
    marked, new, notes, kind, cell = (part.strip() for part in given.split("|"))
    text, [span] = unbracketed(marked)
    term = paradigm(new, notes, kind)
    edits = [(*span, term.cells[cell]), *reagree(text, span, term, cell)]
    ordered = sorted(edits)
    assert all(one[1] <= two[0] for one, two in pairwise(ordered))
    for start, end, word in reversed(ordered):
        text = text[:start] + word + text[end:]
    assert text == wanted.strip()


@pytest.mark.parametrize("line", lines("undeclined/names.txt"))
def test_undeclined_names(line: str) -> None:
    marked, _, told = line.partition("=>")
    text, spans = unbracketed(marked.strip())
    known = {"Ли Цян": "m", "Ван Вэньбинь": "m", "Чанчунь": "", "Харбин": "", "Цзилинь": ""}
    names = {name: paradigm(name, "", "person" if sex else "place", sex) for name, sex in known.items()}
    found = [error for sentence in parse(text) for error in undeclined(sentence, names)]
    assert [(error.start, error.end) for error in found] == spans
    assert [error.suggestion for error in found] == [form.strip() for form in told.split(";") if form.strip()]


def test_tokens_cover_every_mark_once() -> None:
    text = "В 2018-м г. Хух-Хото, «5G» и 3,5 % — О'Нил; COVID-19."
    tokens = tokenise(text)
    assert "".join(token.text for token in tokens) == re.sub(r"\s", "", text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert {"2018-м", "Хух-Хото", "3,5", "О'Нил", "COVID-19"} <= {token.text for token in tokens}


def test_analyses_speak_this_package_s_names() -> None:
    [reading] = [a for a in analyses("столами") if a.pos == "NOUN"]
    assert (reading.lemma, reading.case, reading.number, reading.gender, reading.animate) == (
        "стол",
        "ins",
        "pl",
        "m",
        False,
    )
    assert is_known("столами")
    assert not is_known("фрумблекс")
    assert lemma("отчёту") == "отчет"
    assert {"стать", "сталь"} <= lemmas("стали")


@pytest.mark.parametrize(
    ("word", "cell", "form"),
    [
        ("Постоянный", ("ins", "sg", "m"), "Постоянным"),
        ("ЦЕЛЬ", ("ins",), "ЦЕЛЬЮ"),
        ("счёт", ("gen", "sg"), "счёта"),
        ("отчет", ("prp", "sg"), "отчете"),
        ("оба", ("dat", "", "f"), "обеим"),
        ("два", ("ins",), "двумя"),
        ("20-й", ("gen", "sg", "m"), "20-го"),
        ("основанное", ("dat", "sg", "n"), "основанному"),
        ("быстро", ("gen",), None),
    ],
)
def test_one_word(word: str, cell: tuple[str, ...], form: str | None) -> None:
    assert inflect_word(word, *cell) == form


def test_animacy_decides_the_accusative() -> None:
    assert inflect_word("новый", "acc", "sg", "m", True) == "нового"
    assert inflect_word("новый", "acc", "sg", "m", False) == "новый"


def test_capitals_are_kept() -> None:
    assert like("Ростов", "ростовом") == "Ростовом"
    assert like("КПК", "кпк") == "КПК"
    assert like("Санкт-Петербург", "санкт-петербургом") == "Санкт-Петербургом"


def test_trees() -> None:
    [sentence] = parse("Чанчунь укрепляет дружбу с российскими городами.")
    words = {token.text: token for token in sentence.tokens}
    assert words["укрепляет"].head == -1
    assert sentence.tokens[words["дружбу"].head].text == "укрепляет"
    assert words["городами"].feats["case"] == "ins"
    assert words["российскими"].lemma == "российский"
    assert sentence.children(words["городами"].head)


def test_sentences_are_not_cut_after_abbreviations() -> None:
    text = "В 2020 г. А. С. Пушкин и т. д. были там. Потом — нет! «Да?» Всё."
    assert [" ".join(token.text for token in sentence)[-5:] for sentence in sentences(text)] == [
        "там .", "нет !", "а ? »", "Всё .",
    ]  # fmt: skip


def test_offsets_hold_in_the_whole_text() -> None:
    text = "Первое предложение.\n\nВторое предложение тут."
    for sentence in parse(text):
        assert all(text[token.start : token.end] == token.text for token in sentence.tokens)
    assert [sentence.start for sentence in parse(text)] == [0, 21]


def test_batches_and_threads_give_the_same() -> None:
    texts = [f"Город {number} принял план развития." for number in range(8)]
    alone = [parse(text) for text in texts]
    assert parse_all(texts) == alone
    parse.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(parse, texts)) == alone


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "…", "中国", "«»", "\U0001f600", "а" * 3000, "слово " * 900, "1 2 3", "\u0301"]
)
def test_nothing_raises_on_odd_text(text: str) -> None:
    for sentence in parse(text):
        assert sentence.tokens
    errors(text)
    for span in ((0, len(text)), (0, 0), (len(text), len(text)), (0, 1)):
        demand = demanded(text, span)
        reagree(text, span, paradigm("план"), demand.case)


@pytest.mark.parametrize(
    ("word", "following", "form"),
    [
        ("о", "Израиле", "об"), ("об", "Чанчуне", "о"), ("о", "МВФ", None), ("о", "ООН", "об"),
        ("в", "Франции", "во"), ("во", "Вьетнаме", "во"), ("в", "Вене", "в"), ("в", "ВСНП", None),
        ("с", "странами", "со"), ("со", "сторонами", "со"), ("с", "Си Цзиньпином", "с"), ("со", "Китаем", "с"),
        ("на", "юге", None),
    ],
)  # fmt: skip
def test_form_of_the_preposition(word: str, following: str, form: str | None) -> None:
    assert preposition(word, following) == form


def test_heavy_and_dead_libraries_stay_away() -> None:
    code = (
        "import sys; import pipeline.languages.russian.government, pipeline.languages.russian.agreement;"
        "assert not {'slovnet', 'navec', 'pymorphy3', 'numpy'} & set(sys.modules);"
        "from pipeline.languages.russian.syntax import parse; parse('Мир.');"
        "assert not {'natasha', 'pymorphy2', 'torch'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[3])
    assert done.returncode == 0, done.stderr
