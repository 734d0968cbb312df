"""Forms of the glossary that mean something else in a source."""

from __future__ import annotations

import pytest

from pipeline.enforce import elsewhere
from pipeline.glossary import Glossary
from pipeline.glossary.guard import opens_a_word, stands_alone
from pipeline.glossary.match import Matcher
from pipeline.model import Form, Lang, Term


def _another(term: Term, source: str, target: str, lang: Lang, other: Lang) -> bool:
    (found,) = Matcher(Glossary((term,)), lang).find(source)
    return elsewhere.another(found, source, target, lang, other)


COUNCIL = Term(
    "c", {"zh": (Form("国务院"),), "ru": (Form("Государственный совет КНР"),), "en": (Form("State Council"),)}, "body"
)
DEFENCE = Term(
    "d",
    {"zh": (Form("俄罗斯国防部"),), "ru": (Form("Министерство обороны"),), "en": (Form("Ministry of Defence"),)},
    "body",
)
PLAIN = Term("p", {"ru": (Form("Министерство энергетики"),), "en": (Form("Ministry of Energy"),)}, "body")


@pytest.mark.parametrize(
    ("term", "source", "lang"),
    [
        (COUNCIL, "法国国务院作出裁决。", "zh"),
        (COUNCIL, "The State Council of Tatarstan adopted the budget.", "en"),
        (DEFENCE, "Министерство обороны Казахстана начало учения.", "ru"),
        (DEFENCE, "The Serbian Ministry of Defence denied it.", "en"),
    ],
)
def test_a_body_of_another_country(term: Term, source: str, lang: Lang) -> None:
    assert _another(term, source, "", lang, "zh" if lang == "ru" else "ru")


@pytest.mark.parametrize(
    ("term", "source", "lang"),
    [
        (COUNCIL, "中国国务院发布公报。", "zh"),
        (COUNCIL, "中国驻法国使馆转达了国务院的通知。", "zh"),
        (COUNCIL, "The State Council met in Moscow.", "en"),
        (DEFENCE, "Министерство обороны России начало учения.", "ru"),
        (DEFENCE, "Министерство обороны сообщило Казахстану о планах.", "ru"),
        (PLAIN, "Министерство энергетики Казахстана начало проверку.", "ru"),  # no form tells whose it is
    ],
)
def test_the_same_body(term: Term, source: str, lang: Lang) -> None:
    assert not _another(term, source, "", lang, "zh" if lang == "ru" else "ru")


def _place(zh: str, ru: str, en: str) -> Term:
    return Term("x", {"zh": (Form(zh),), "ru": (Form(ru),), "en": (Form(en),)}, "place")


@pytest.mark.parametrize(
    ("term", "source", "lang", "expected"),
    [
        (_place("弗拉基米尔", "Владимир", "Vladimir"), "Депутат Владимир Семенов выступил первым.", "ru", True),
        (_place("弗拉基米尔", "Владимир", "Vladimir"), "Город Владимир отмечает юбилей.", "ru", False),
        (_place("北方", "Север", "North"), "Поселки Крайнего Севера снабжают по воде.", "ru", True),
        (_place("约旦", "Иордания", "Jordan"), "The actor Michael Jordan opened the fair.", "en", True),
        (_place("约旦", "Иордания", "Jordan"), "The envoy returned to Amman, Jordan, on Friday.", "en", False),
        (_place("老挝", "Лаос", "Lao"), "The contractor paid Lao Wang nothing.", "en", True),
        (_place("苏丹", "Судан", "Sudan"), "Observers left South Sudan in May.", "en", True),
    ],
)
def test_a_piece_of_another_name(term: Term, source: str, lang: Lang, expected: bool) -> None:
    assert _another(term, source, "", lang, "zh" if lang == "ru" else "ru") is expected


def test_a_longer_official_name_that_the_target_has() -> None:
    station = _place("东方站", "Восток", "Vostok Station")
    source = "На Дальнем Востоке строят верфь."
    assert _another(station, source, "远东地区正在建造船厂。", "ru", "zh")
    georgia = _place("格鲁吉亚", "Грузия", "Georgia")
    source = "A plant opened in the state of Georgia."
    assert _another(georgia, source, "Завод открылся в штате Джорджия.", "en", "ru")
    assert not _another(georgia, source, "Завод открылся в Грузии.", "en", "ru")  # the target does not say so


@pytest.mark.parametrize(
    ("text", "hit", "expected"),
    [
        ("中国银行业监管", "中国银行", False),
        ("厦门大学城新增线路", "厦门大学", False),
        ("中国银行行长表示", "中国银行", True),
        ("中国银行业务增长", "中国银行", True),
        ("厦门大学学生", "厦门大学", True),
    ],
)
def test_a_name_cut_from_longer_words(text: str, hit: str, expected: bool) -> None:
    at = text.index(hit)
    assert stands_alone(text, at, at + len(hit)) is expected


def test_a_namesake_that_the_target_has() -> None:
    georgia = _place("格鲁吉亚", "Грузия", "Georgia")
    source = "The mayor of Atlanta, Georgia, opened the fair."
    assert _another(georgia, source, "Ярмарку открыл мэр Атланты (штат Джорджия).", "en", "ru")
    assert not _another(georgia, source, "Ярмарку открыл мэр Атланты.", "en", "ru")
    port = _place("东港自由区", "Свободная зона Восточного порта", "Free Zone of Vladivostok")
    assert not _another(port, "They visited the Free Zone of Vladivostok.", "Были во Владивостоке.", "en", "ru")


def test_a_place_in_quotation_marks_is_a_brand() -> None:
    urals = _place("乌拉尔", "Урал", "Urals")
    assert _another(urals, "Мотоциклы «Урал» снова в продаже.", "The motorcycles are back.", "ru", "en")
    assert not _another(urals, "Урал снова в снегу.", "Snow again.", "ru", "en")


@pytest.mark.parametrize(
    ("text", "expected"), [("主席台前", True), ("主席们", False), ("主席说", False), ("部长级会议", False)]
)
def test_an_office_that_begins_a_longer_word(text: str, expected: bool) -> None:
    assert opens_a_word(text, 0, 2) is expected
