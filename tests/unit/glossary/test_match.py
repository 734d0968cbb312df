"""Finding terms: offsets, longest first, homographs, capitals, Russian forms, words inserted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.glossary import Glossary, tsv
from pipeline.glossary.fold import fold
from pipeline.glossary.match import Matcher, longest
from pipeline.model import Form, Lang, Term

TABLE = """id	zh	ru	en	kind
china	中国	Китай	China	place
people	中国人民	китайский народ	the Chinese people	term
changchun	长春 | 长春市	Чанчунь	Changchun	place
dalian	大连	Далянь	Dalian	place
xi	习近平	Си Цзиньпин	Xi Jinping	person
chair	习近平主席	Председатель Си Цзиньпин	President Xi Jinping	title
heping	和平	Хэ Пин	He Ping	person
markets	“两个市场、两种资源”	два рынка и два ресурса	two markets and two resources	slogan
council	国务院	Госсовет КНР	the State Council	body
party	党	партия	the Party	body
policy	政策	политика	policy	term
ambassador	大使	посол	ambassador	title
secretary	市委书记	секретарь горкома	secretary of the municipal committee	title
"""
GLOSSARY = Glossary(tsv.read(TABLE, "g.tsv"))
MATCHERS: dict[Lang, Matcher] = {lang: Matcher(GLOSSARY, lang) for lang in ("zh", "ru", "en")}


def found(lang: Lang, text: str) -> list[tuple[str, str]]:
    return [(hit.term.id, hit.span.of(text)) for hit in MATCHERS[lang].find(text)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("习近平主席访问长春市。", [("chair", "习近平主席"), ("changchun", "长春市")]),
        ("習近平主席訪問長春市。", [("chair", "習近平主席"), ("changchun", "長春市")]),
        ("用好“两个市场、两种资源”", [("markets", "两个市场、两种资源")]),
        ("用好「两个市场、两种资源」", [("markets", "两个市场、两种资源")]),
        ("国\u200b务院", [("council", "国\u200b务院")]),
        ("发展中国家", []),
        ("扩大连接", []),
        ("在大连举行", [("dalian", "大连")]),
        ("中国人民的感情", [("people", "中国人民")]),
        ("中国人民银行", []),
        ("和平解决争端", []),
        ("市长和平出席", [("heping", "和平")]),
        ("天气很好", []),
        ("", []),
    ],
)
def test_chinese(text: str, hits: list[tuple[str, str]]) -> None:
    assert found("zh", text) == hits


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("The State Council's policies", [("council", "State Council"), ("policy", "policies")]),
        ("THE STATE COUNCIL", [("council", "STATE COUNCIL")]),
        ("the Party went to a party", [("party", "Party")]),
        ("Policy matters", [("policy", "Policy")]),
        ("policymaker", []),
        ("China-based, Indochina", [("china", "China")]),
        ("two markets and two resources", [("markets", "two markets and two resources")]),
        ("President Xi Jinping’s visit", [("chair", "President Xi Jinping")]),
    ],
)
def test_english(text: str, hits: list[tuple[str, str]]) -> None:
    assert found("en", text) == hits


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("в Чанчуне и Даляне", [("changchun", "Чанчуне"), ("dalian", "Даляне")]),
        ("с Председателем Си Цзиньпином", [("chair", "Председателем Си Цзиньпином")]),
        ("О Си Цзиньпине", [("xi", "Си Цзиньпине")]),
        ("использование двух рынков и двух ресурсов", [("markets", "двух рынков и двух ресурсов")]),
        ("двух — внутреннего и внешнего — рынков и двух ресурсов", [("markets", None)]),
        ("после дождя", []),
        ("с послом", [("ambassador", "послом")]),
        ("китайскому народу", [("people", "китайскому народу")]),
        ("секретарём горкома", [("secretary", "секретарём горкома")]),
    ],
)
def test_russian(text: str, hits: list[tuple[str, str | None]]) -> None:
    got = found("ru", text)
    assert [name for name, _ in got] == [name for name, _ in hits]
    assert all(want is None or want == have for (_, want), (_, have) in zip(hits, got, strict=True))


def test_a_russian_hit_tells_its_case() -> None:
    (hit,) = MATCHERS["ru"].find("в Чанчуне")
    assert hit.cell == "prp"


def test_entries_with_one_source_form_are_alternatives() -> None:
    table = "id\tzh\tru\na\t主席\tпредседатель\nb\t主席\tпредседатель КНР\n"
    matcher = Matcher(tsv.read(table, "g"), "zh")
    (hit,) = matcher.find("国家主席")
    assert [term.id for term in matcher.alternatives(hit)] == ["a", "b"]


def test_nested_terms_are_released_where_the_longer_is_refused() -> None:
    table = "id\tzh\tru\na\t大连接\tбольшое соединение\nb\t连接\tсоединение\n"
    assert [hit.term.id for hit in Matcher(tsv.read(table, "g"), "zh").find("扩大连接范围")] == ["b"]


@given(
    st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=8, unique=True), st.text("abc", max_size=30)
)
@settings(max_examples=300, deadline=None)
def test_the_longest_hits_win_and_nothing_more_would_fit(keys: list[str], text: str) -> None:
    hits = [
        (end - len(key), end, n)
        for end in range(1, len(text) + 1)
        for n, key in sorted(enumerate(keys), key=lambda item: -len(item[1]))
        if text[:end].endswith(key)
    ]
    kept = longest(hits)
    assert all(a[1] <= b[0] for a, b in pairwise(kept))
    for hit in hits:
        rivals = [other for other in kept if other[0] < hit[1] and hit[0] < other[1]]
        assert rivals and max(other[1] - other[0] for other in rivals) >= hit[1] - hit[0]


@given(st.text(max_size=60), st.sampled_from(["zh", "ru", "en"]))
@settings(max_examples=300, deadline=None)
def test_folding_keeps_the_way_back(text: str, lang: Lang) -> None:
    folded = fold(text, lang)
    places = [folded.at(index) for index in range(len(folded.text))]
    assert places == sorted(places) and all(0 <= place < len(text) for place in places)


@given(
    st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=5),
    st.text(max_size=40),
    st.sampled_from(["zh", "ru", "en"]),
)
@settings(max_examples=100, deadline=None)
def test_any_text_any_glossary(forms: list[str], text: str, lang: Lang) -> None:
    terms = [Term(f"t{n}", {lang: (Form(form),)}) for n, form in enumerate(forms)]
    hits = Matcher(terms, lang).find(text + forms[0] + text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(hits))
    assert all(0 <= hit.span.start < hit.span.end <= len(text) * 2 + len(forms[0]) for hit in hits)


def test_terms_within_a_longer_one() -> None:
    table = TABLE + (
        "shared	推动构建人类命运共同体	содействовать построению сообщества единой судьбы человечества	"
        "promote a community with a shared future for humanity	slogan\n"
        "future	人类命运共同体	сообщество единой судьбы человечества	a community with a shared future for humanity	slogan\n"
    )
    cases: dict[Lang, str] = {
        "zh": "双方推动构建人类命运共同体。",
        "en": "They promote a community with a shared future for humanity.",
    }
    for lang, text in cases.items():
        matcher = Matcher(Glossary(tsv.read(table, "g.tsv")), lang)
        (outer,) = matcher.find(text)
        assert outer.term.id == "shared"
        (inner,) = matcher.inside(text, outer)
        assert inner.term.id == "future" and inner.span.end == outer.span.end and inner.span.start > outer.span.start
    assert not MATCHERS["zh"].inside("在长春", MATCHERS["zh"].find("在长春")[0])


def test_a_variant_in_small_letters() -> None:
    table = "id	zh	ru	en	kind\nsystems	一国两制	«одна страна — две системы» {inv}	One Country, Two Systems | one country, two systems	slogan\n"
    matcher = Matcher(Glossary(tsv.read(table, "g.tsv")), "en")
    for text in ("the policy of one country, two systems", "the policy of One Country, Two Systems"):
        assert [hit.term.id for hit in matcher.find(text)] == ["systems"]
    (hit,) = matcher.find("ONE COUNTRY, TWO SYSTEMS")
    assert [term.id for term in matcher.alternatives(hit)] == ["systems"]
