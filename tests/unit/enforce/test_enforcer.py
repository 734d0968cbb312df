"""What holds for any source, target and glossary; wishes, reports, findings; names without an entry."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enforce import Enforcer
from pipeline.enforce.merge import back, compose
from pipeline.enforce.sound import likeness
from pipeline.glossary import Glossary, tsv
from pipeline.model import Edit, Form, Lang, Severity, Span, Term, apply_edits

TABLE = """id	zh	ru	en	kind	gender	ru_forbidden
wang	王君正	Ван Цзюньчжэн	Wang Junzheng	person	m
changchun	长春	Чанчунь	Changchun	place
business	营商环境	деловая среда	business environment	term		бизнес-среда
rejuvenation	中华民族伟大复兴	великое возрождение китайской нации	rejuvenation	slogan
"""
GLOSSARY = Glossary(tsv.read(TABLE, "g.tsv"))


def enforcer(source: Lang = "zh", target: Lang = "ru", *, names: bool = False) -> Enforcer:
    return Enforcer(GLOSSARY, source, target, names=names)


def test_an_engine_is_asked_for_every_form() -> None:
    (wish,) = enforcer().wishes("在长春")
    assert wish.span == Span(1, 3) and wish.lemma == "Чанчунь" and "Чанчуне" in wish.forms


def test_the_report_names_each_occurrence() -> None:
    done = enforcer().enforce(
        "王君正指出，长春要优化营商环境。", "Ван Юньчжен отметил, что в Чанчуне улучшат бизнес-среду."
    )
    assert done.target == "Ван Цзюньчжэн отметил, что в Чанчуне улучшат деловую среду."
    assert [(line["term"], line["status"]) for line in done.terms] == [
        ("wang", "repaired"), ("changchun", "already"), ("business", "repaired"),
    ]  # fmt: skip
    last = done.terms[-1]
    assert (last["before"], last["after"], last["cell"]) == ("бизнес-среду", "деловую среду", "acc")
    assert "accusative" in last["reason"] and last["source_span"] == [11, 15]
    assert [edit.term for edit in done.edits] == ["wang", "business"] and not done.findings


def test_what_is_missing_is_flagged_with_the_right_form() -> None:
    done = enforcer().enforce("长春优化营商环境。", "Город развивается.")
    assert done.target == "Город развивается." and not done.edits
    assert [(f.check, f.severity, f.suggestion) for f in done.findings] == [
        ("terms", Severity.NEUTRAL, "Чанчунь"), ("terms", Severity.NEUTRAL, "деловая среда"),
    ]  # fmt: skip
    assert {finding.category for finding in done.findings} == {"terminology/missing-term"}


def test_a_mention_dropped_the_second_time_is_no_error() -> None:
    done = enforcer().enforce("长春很美，长春在发展。", "Чанчунь красив и развивается.")
    assert [finding.severity for finding in done.findings] == [Severity.NEUTRAL]


def test_two_occurrences_never_share_a_span() -> None:
    done = enforcer().enforce("长春、长春", "Чанчунь и Чанчунь")
    assert [line["status"] for line in done.terms] == ["already", "already"] and not done.findings


def test_verify_says_what_enforce_would_do_and_changes_nothing() -> None:
    found = enforcer().verify("王君正在长春", "Ван Юньчжен в городе")
    assert [(f.start, f.end, f.suggestion) for f in found] == [(0, 0, "Чанчунь"), (0, 11, "Ван Цзюньчжэн")]


def test_names_without_an_entry_by_the_system() -> None:
    source, target = "市长张明强调，要加快发展。", "Мэр Чжан Минг подчеркнул, что нужно ускорить развитие."
    assert enforcer().enforce(source, target).target == target
    done = enforcer(names=True).enforce(source, target)
    assert done.target == "Мэр Чжан Мин подчеркнул, что нужно ускорить развитие."
    right = "С мэром Чжан Мином беседовали."
    assert enforcer(names=True).enforce(source, right).target == right


def test_attention_points_at_the_words() -> None:
    term = Term("x", {"zh": (Form("外事"),), "ru": (Form("форпост"),)})
    links = [(Span(1, 3), Span(12, 18), 0.9)]
    done = Enforcer([term], "zh", "ru").enforce("新外事", "строить вот высоту", links)
    assert done.target == "строить вот форпост"


@pytest.mark.parametrize(("target", "source"), [("", "长春"), ("   ", "长春"), ("Чанчунь", ""), ("x", "y")])
def test_nothing_to_do(target: str, source: str) -> None:
    done = enforcer().enforce(source, target)
    assert done.target == target and not done.edits


def test_sounds_across_scripts() -> None:
    assert likeness("Ван Цзюньчжэн", "Wang Junzheng") > 0.9 > likeness("Ван Цзюньчжэн", "Ли Цян") + 0.3
    assert likeness("", "Ли") == 0.0


def test_edits_on_edits() -> None:
    text = "abcdef"
    first = (Edit(1, 2, "b", "XX", "t", "one"),)
    second = (Edit(0, 1, "a", "", "t", "two"), Edit(2, 4, "Xc", "-", "t", "three"), Edit(6, 7, "f", "F", "t", "four"))
    both = compose(text, first, second)
    assert apply_edits(text, both) == apply_edits(apply_edits(text, first), second) == "X-deF"
    assert back(5, 6, first) == (4, 5)


_alphabet = st.sampled_from(
    list("王君正长春营商环境ВанЦзюньчжэбизсредуЧ «»“”\"',.;-—\u200b\u0301 aAz1\n\t{}|🙂\U0001f600ё")
)
_text = st.text(_alphabet | st.characters(exclude_categories=("Cs",)), max_size=40)
_form = st.text(_alphabet | st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
_pairs: tuple[tuple[Lang, Lang], ...] = (
    ("zh", "ru"),
    ("en", "ru"),
    ("ru", "zh"),
    ("en", "zh"),
    ("ru", "en"),
    ("zh", "en"),
)


@given(
    source=_text, target=_text, forms=st.lists(st.tuples(_form, _form, _form), min_size=1, max_size=3),
    kind=st.sampled_from(["person", "place", "body", "title", "slogan", "term"]), pair=st.sampled_from(_pairs),
)  # fmt: skip
@settings(max_examples=120, deadline=None)
def test_any_text_any_glossary(
    source: str, target: str, forms: list[tuple[str, str, str]], kind: str, pair: tuple[Lang, Lang]
) -> None:
    terms = [
        Term(f"t{n}", {pair[0]: (Form(a),), pair[1]: (Form(b),)}, kind, forbidden={pair[1]: (Form(c),)})  # type: ignore[arg-type]
        for n, (a, b, c) in enumerate(forms)
    ]
    source += forms[0][0]
    target += forms[0][2] + target[:5]
    owner = Enforcer(Glossary((*terms, *GLOSSARY.terms)), *pair, names=True)
    done = owner.enforce(source, target)
    assert apply_edits(target, done.edits) == done.target
    assert all(0 <= f.start <= f.end <= len(done.target) for f in done.findings)
    assert owner.enforce(source, target) == done
    again = owner.enforce(source, done.target)
    assert again.target == done.target


def test_a_term_without_words_has_no_words_to_look_for() -> None:
    term = Term("t", {"ru": (Form("0"),), "en": (Form("0"),)}, "term")
    done = Enforcer([term], "ru", "en").enforce("0", "0B0")
    assert done.target == "0B0" and [line["status"] for line in done.terms] == ["flagged"]


@pytest.mark.parametrize(
    ("target", "word"),
    [
        ("Состоялось совещание по внешним связям.", "по"),
        ("Совещание и внешние связи.", "и"),
        ("Совещание состоялось лишь вчера.", "лишь"),
        ("Совещание прошло с успехом.", "с"),
    ],
)
def test_a_function_word_is_no_rendering_of_a_term(target: str, word: str) -> None:
    """The engine's attention may tie a term to a preposition, a conjunction or a particle: it is kept, the term flagged."""
    at = target.index(f" {word} ") + 1
    term = Term("committee", {"zh": (Form("市委"),), "ru": (Form("городской комитет КПК"),)}, "body")
    done = Enforcer([term], "zh", "ru").enforce("市委会议", target, [(Span(0, 2), Span(at, at + len(word)), 0.9)])
    assert done.target == target and [line["status"] for line in done.terms] == ["flagged"]
    assert not any(finding.start < finding.end for finding in done.findings)


def test_the_attended_word_with_its_preposition_is_replaced() -> None:
    target = "Состоялось совещание комиссии вчера."
    term = Term("committee", {"zh": (Form("市委"),), "ru": (Form("городской комитет КПК"),)}, "body")
    done = Enforcer([term], "zh", "ru").enforce("市委会议", target, [(Span(0, 2), Span(21, 29), 0.9)])
    assert done.target == "Состоялось совещание городского комитета КПК вчера."


def test_a_function_word_is_kept_in_english_and_chinese() -> None:
    term = Term(
        "committee",
        {"zh": (Form("市委"),), "ru": (Form("горком"),), "en": (Form("the Municipal Party Committee"),)},
        "body",
    )
    english = "The meeting of Monday was held."
    done = Enforcer([term], "zh", "en").enforce("市委会议", english, [(Span(0, 2), Span(12, 14), 0.9)])
    assert done.target == english
    done = Enforcer([term], "ru", "zh").enforce("Горком заседал", "会议的召开", [(Span(0, 6), Span(2, 3), 0.9)])
    assert done.target == "会议的召开"


PARTS = Glossary(
    tsv.read(
        "id	zh	ru	en	kind	ru_forbidden\n"
        "improve	优化营商环境	оптимизация деловой среды		slogan\n"
        "environment	营商环境	деловая среда		term	торговое окружение\n",
        "g.tsv",
    )
)


def test_a_part_of_a_longer_term_is_put_right_where_the_whole_is_not_found() -> None:
    done = Enforcer(PARTS, "zh", "ru").enforce("全市不断优化营商环境。", "Город делает торговое окружение лучше.")
    assert done.target == "Город делает деловую среду лучше."
    assert [(line["term"], line["status"]) for line in done.terms] == [
        ("improve", "flagged"), ("environment", "repaired"),
    ]  # fmt: skip
    assert done.terms[1]["source_span"] == [6, 10] and [edit.term for edit in done.edits] == ["environment"]


def test_a_part_that_is_only_put_freely_stays() -> None:
    text = "В городе бизнесу работать все удобнее."
    done = Enforcer(PARTS, "zh", "ru").enforce("全市不断优化营商环境。", text)
    assert done.target == text and [line["term"] for line in done.terms] == ["improve"]


def test_a_verb_that_looks_like_a_noun_is_not_swallowed() -> None:
    table = "id	zh	ru	en	kind\npremier	国务院总理	премьер Госсовета КНР		title\n"
    done = Enforcer(Glossary(tsv.read(table, "g.tsv")), "zh", "ru").enforce(
        "国务院总理将出席开幕式。", "Премьер-министр Государственного совета примет участие в открытии."
    )
    assert done.target == "Премьер Госсовета КНР примет участие в открытии."


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("Мы любим Чанчунь и гордимся Чангчуном.", "Мы любим Чанчунь и гордимся Чанчунем."),
        ("Чанчунь красив. Жители Чанчуня любят Чанчунь.", "Чанчунь красив. Жители Чанчуня любят Чанчунь."),
        ("Чангчун красив. Мы любим Чангчун.", "Чанчунь красив. Мы любим Чанчунь."),
    ],
)
def test_a_forbidden_form_beside_a_right_one(target: str, expected: str) -> None:
    table = (
        "id	zh	ru	en	kind	ru_forbidden\nchangchun	长春	Чанчунь	Changchun	place	Чангчун\n"
    )
    done = Enforcer(Glossary(tsv.read(table, "g.tsv")), "zh", "ru").enforce("长春很美。", target)
    assert done.target == expected and not done.findings
    assert Enforcer(Glossary(tsv.read(table, "g.tsv")), "zh", "ru").enforce("长春很美。", expected).target == expected


def test_a_word_that_only_agrees_with_a_repaired_name_is_no_error_of_its_own() -> None:
    table = "id	zh	ru	en	kind	ru_forbidden\nmet	中国气象局	Китайское метеорологическое управление		body	Метеорологическая контора Китая\n"
    found = Enforcer(Glossary(tsv.read(table, "g.tsv")), "zh", "ru").verify(
        "中国气象局启动应急响应。", "Метеорологическая контора Китая объявила тревогу."
    )
    assert [(finding.suggestion, finding.severity) for finding in found] == [
        ("Китайское метеорологическое управление", Severity.MAJOR), ("объявило", Severity.NEUTRAL),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "source", "target"),
    [
        ("丽江	Лицзян	place	Лицзянь", "丽江很美，王立剑到访。", "Лицзян красив, приехал Ван Лицзянь."),
        ("芯片	микросхема	term	чипс", "公司生产芯片和薯片。", "Компания делает микросхемы и чипсы."),
        ("中国	Китай	place	Чжунго", "汉语说“中国”。", "По-китайски Китай — «Чжунго»."),
        ("外交部	Министерство иностранных дел	body	", "外交部是家。", "Для дипломата Министерство иностранных дел — второй дом."),
    ],
)  # fmt: skip
def test_what_is_right_beside_a_term_stays(row: str, source: str, target: str) -> None:
    done = Enforcer(
        Glossary(tsv.read(f"id	zh	ru	kind	ru_forbidden\na	{row}\n", "g.tsv")), "zh", "ru"
    ).enforce(source, target)
    assert done.target == target


def test_a_noun_that_looks_like_a_verb_goes_with_its_phrase() -> None:
    table = "id	zh	ru	kind\na	钢铁生产	выпуск металла	term\n"
    done = Enforcer(Glossary(tsv.read(table, "g.tsv")), "zh", "ru").enforce(
        "钢铁生产增长。", "Производство стали растет."
    )
    assert done.target == "Выпуск металла растет."


def test_an_error_in_another_sentence_is_told_for_itself() -> None:
    table = "id	zh	ru	kind	gender\nmao	毛宁	Мао Нин	person	f\n"
    owner = Enforcer(Glossary(tsv.read(table, "g.tsv")), "zh", "ru")
    found = owner.verify("毛宁表示。毛宁说。", "Мао Ниин заявила об этом. Мао Нин заявил о другом.")
    assert [finding.severity for finding in found if finding.suggestion == "заявила"] == [Severity.MAJOR]
