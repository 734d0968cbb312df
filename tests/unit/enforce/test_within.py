"""Bundled names inside other names, Chinese names whose sex the sentence tells, guesses that a model finds."""

import pytest

from pipeline.enforce import Enforcer, guessed, russian
from pipeline.enforce.candidates import Candidate, Links
from pipeline.enforce.view import View
from pipeline.glossary import store
from pipeline.model import Form, Lang, Span, Term


@pytest.fixture(scope="module")
def bundled() -> store.Glossary:
    return store.load(["builtin"])


@pytest.mark.parametrize(
    ("source", "lang", "other", "part"),
    [
        ("共青团黑龙江省委拨款八百万元。", "zh", "ru", "黑龙江省委"),
        ("各级民政部门加强监管。", "zh", "ru", "民政部"),
        (
            "По данным Национального управления медицинского страхования",
            "ru",
            "en",
            "управления медицинского страхования",
        ),
        ("He graduated from Central China Normal University.", "en", "ru", "Central China"),
    ],
)
def test_a_part_of_another_name(source: str, lang: Lang, other: Lang, part: str, bundled: store.Glossary) -> None:
    found = [each.span.of(source) for each in Enforcer(bundled, lang, other).occurrences(source)]
    assert part not in found


@pytest.mark.parametrize(
    ("source", "lang", "other", "whole"),
    [
        ("黑龙江省委拨款八百万元。", "zh", "ru", "黑龙江省委"),
        ("民政部加强监管。", "zh", "ru", "民政部"),
        ("Industry in Central China grew.", "en", "ru", "Central China"),
    ],
)
def test_and_the_name_itself(source: str, lang: Lang, other: Lang, whole: str, bundled: store.Glossary) -> None:
    assert whole in [each.span.of(source) for each in Enforcer(bundled, lang, other).occurrences(source)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("家长委员会主任呼延彤还嫌不够，她列出了一份名单。", "Председателю комитета Хуянь Тун этого мало: она составила список."),
        ("所长齐凤鸣把调解室设在船上，他说效果好。", "Начальник Ци Фэнмин устроил комнату на судне: по его словам, это помогает."),
        ("管理局副局长彭树民表示，界江只有一条。", "«Река одна», — сказал заместитель начальника Управления рыболовства КНР Пэн Шуминь."),
        ("货物从富锦走水路到大连。", "Груз на водном пути из Фуцзиня в Далянь проходит проверки."),
    ],
)  # fmt: skip
def test_what_is_right_stays(source: str, target: str, bundled: store.Glossary) -> None:
    assert Enforcer(bundled, "zh", "ru", names=True).enforce(source, target).target == target


def test_a_name_behind_a_country_stands_with_its_office(bundled: store.Glossary) -> None:
    source = "管理局副局长彭树民表示，界江只有一条。"
    target = "По словам заместителя начальника Управления рыболовства КНР Пэн Шуминь, река одна."
    done = Enforcer(bundled, "zh", "ru", names=True).enforce(source, target)
    assert done.target == target.replace("Шуминь", "Шуминя")


def test_a_clause_at_the_end_of_a_form_is_closed() -> None:
    form = Form("отношения партнерства, вступающие в новую эпоху", "pl; decl: 1 3")
    term = Term(
        "p", {"zh": (Form("新时代伙伴关系"),), "ru": (form,)}, "slogan", forbidden={"ru": (Form("дружба новой эры"),)}
    )
    done = Enforcer((term,), "zh", "ru").enforce("新时代伙伴关系发展。", "Дружба новой эры развивается.")
    assert done.target.startswith("Отношения партнерства, вступающие в новую эпоху, ")


def test_a_guess_at_a_bundled_name_is_found_by_a_model(bundled: store.Glossary) -> None:
    source, target = "Совет Федерации принял закон.", "联邦协商会通过了法律。"

    def read(_: str, text: str) -> Links:
        rows = {(0, 5): (Span(0, 15), 0.9), (5, 8): (Span(16, 22), 0.9), (8, 10): (Span(23, 28), 0.9)}
        return tuple((span, Span(*at), chance) for at, (span, chance) in rows.items() if text == target)

    done = Enforcer(bundled, "ru", "zh", read=read).enforce(source, target)
    assert done.target == "联邦委员会通过了法律。"
    assert Enforcer(bundled, "ru", "zh").enforce(source, target).target == target


@pytest.mark.parametrize(
    ("name", "long"), [("body-the-federation-council", True), ("body-the-municipal-government", False)]
)
def test_only_names_of_one_body(name: str, long: bool, bundled: store.Glossary) -> None:
    term = next((each for each in bundled.terms if each.id == name), None)
    assert term is not None
    assert guessed.fixed(term, term.forms["ru"][:1], "ru") is long


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (
            "最高人民法院院长作工作报告。",
            "Выступил президент Верховного народного суда КНР.",
            "Выступил Председатель Верховного народного суда КНР.",
        ),
        (
            "审计署报告了预算执行情况。",
            "Национальное аудиторское бюро КНР доложило об исполнении бюджета.",
            "Государственное ревизионное управление КНР доложило об исполнении бюджета.",
        ),
    ],
)
def test_whose_a_body_is_stays(source: str, target: str, expected: str, bundled: store.Glossary) -> None:
    assert Enforcer(bundled, "zh", "ru").enforce(source, target).target == expected


def test_a_word_put_into_a_term_of_ones_own_stays() -> None:
    term = Term("y", {"en": (Form("bond yield"),), "ru": (Form("доходность облигаций"),)}, "term")
    source = "Ten-year bond yields fell after the auction."
    target = "После аукциона доходность десятилетних облигаций снизилась."

    def read(_: str, text: str) -> Links:
        words = {"доходность": (14, 20), "десятилетних": (0, 8), "облигаций": (9, 13), "снизилась": (21, 25)}
        places = {word: text.find(word) for word in words}
        rows = ((Span(*words[word]), Span(at, at + len(word)), 0.9) for word, at in places.items() if at >= 0)
        return tuple(rows)

    assert Enforcer((term,), "en", "ru", read=read).enforce(source, target).target == target


def test_the_adjective_before_tells_the_reading_of_a_word() -> None:
    text = "Он выиграл трехкилометровую скачку."
    form = Form("стипль-чез")
    term = Term("s", {"ru": (form,)}, "term")
    at = text.index("скачку")
    guess = Candidate(Span(at, at + 6), 0.8, "read", (), True, read=True)
    made = [repair.cell for repair in russian.repairs(term, form, guess, View(text, "ru"))]
    assert made == ["acc"]  # of скачка; скачок would be in the dative
