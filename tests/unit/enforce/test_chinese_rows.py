"""Edges of a row of Chinese words that a model takes for a term: in square brackets what is taken, and what remains."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from pipeline.enforce import Enforcer, chinese_rows, edges
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.view import View
from pipeline.engines.base import Link
from pipeline.model import Form, Kind, Lang, Occurrence, Span, Term

ROWS: tuple[tuple[str, Kind, str, str, str, str, Mapping[str, float]], ...] = (
    (  # the verb stays, with what stands behind it
        "охранный датчик", "term", "安防传感器", "Срабатывание охранного датчика разбудило сторожа.",
        "[守卫感应件发出声响]，惊醒了看门人。", "[守卫感应件]发出声响，惊醒了看门人。", {},
    ),
    (  # a verb with its particle of aspect is what happens there
        "полустанок", "term", "乘降所", "На полустанке поезд простоял час.",
        "列车在[小车站停靠]了一小时。", "列车在[小车站]停靠了一小时。", {},
    ),
    (  # a unit that the source says beside the term
        "старая карта", "term", "古地图", "В отделе старых карт открылась выставка.",
        "[陈旧地图部]举办了展览。", "[陈旧地图]部举办了展览。", {},
    ),
    (  # a word for the rank, said beside the office
        "заслуженный учитель", "title", "功勋老师", "Ему присвоено звание заслуженного учителя.",
        "他被授予[有功老师称号]。", "他被授予[有功老师]称号。", {},
    ),
    (  # the last character of the place before a title
        "врио губернатора", "title", "代理省督", "Врио губернатора Тверской области ответил.",
        "特维尔[州临时省长]作了答复。", "特维尔州[临时省长]作了答复。", {},
    ),
    (  # the name of who has the title
        "старший игумен", "title", "总住持", "Слово взял старший игумен Кирилл.",
        "[大修道院长基里尔]发了言。", "[大修道院长]基里尔发了言。", {},
    ),
    (  # what a slogan is said to be
        "смелость быть первым", "slogan", "敢为人先", "Мэр призвал хранить смелость быть первым.",
        "市长呼吁保持[做第一的勇敢的精神]。", "市长呼吁保持[做第一的勇敢]的精神。", {"精神": 0.5},
    ),
    (  # the region that the name of a body begins with
        "ветеринарная инспекция края", "body", "边疆区兽医局", "Ветеринарная инспекция края сняла карантин.",
        "该[地区动物医疗检查团]解除了隔离。", "[该地区动物医疗检查团]解除了隔离。", {},
    ),
    (  # not where the source points at it
        "ветеринарная инспекция края", "body", "边疆区兽医局", "Этой ветеринарной инспекции края десять лет.",
        "该[地区动物医疗检查团]成立十年。", "该[地区动物医疗检查团]成立十年。", {},
    ),
    (  # a number with its measure word
        "холодный фронт", "term", "冷锋", "Холодный фронт принесет дожди.",
        "[一股寒冷前线]将带来降雨。", "一股[寒冷前线]将带来降雨。", {"一股": 0.9},
    ),
    (  # unless the term ends in one
        "перепроверка", "term", "重新核对", "Перепроверка списков закончена.",
        "名单[再次查对]了两遍。", "名单[再次查对]了两遍。", {},
    ),
    (  # the noun behind 的 stays, where the words before it are the whole term
        "добровольная сдача", "term", "主动上缴", "Суд учел добровольную сдачу оружия.",
        "法院考虑到[自愿交出的事实]。", "法院考虑到[自愿交出]的事实。", {"事实": 0.1},
    ),
    (  # but not where they are a part of it
        "плодородный слой почвы", "term", "耕作土壤表层", "Снят плодородный слой почвы.",
        "已剥离[肥沃的地皮]。", "已剥离[肥沃的地皮]。", {},
    ),
    (  # a suffix that would be left over
        "страховая выплата", "term", "理赔款", "Хозяйство получило страховую выплату.",
        "农场领到了[保险补付]品。", "农场领到了[保险补付品]。", {},
    ),
    (  # a character that stands alone before the words
        "хладагент", "term", "制冷剂", "В трубах замерз хладагент.",
        "管道中载[冷体]冻住了。", "管道中[载冷体]冻住了。", {"载": 0.3},
    ),
    (  # but no usual verb
        "хладагент", "term", "制冷剂", "Рабочие покупают хладагент для труб.",
        "工人在管道里买[冷体]。", "工人在管道里买[冷体]。", {"买": 0.3},
    ),
    (  # a verb before a noun is no predicate
        "станция передачи данных", "term", "数据传输站", "Станция передачи данных работает круглосуточно.",
        "[数据发送站]全天工作。", "[数据发送站]全天工作。", {},
    ),
    (  # what another word of the source says stays before it
        "станция переливания крови", "body", "血站", "Районная станция переливания крови ждет доноров.",
        "[区输血车站]等待献血者。", "区[输血车站]等待献血者。", {},
    ),
    (  # and behind it, also the beginning of a verb
        "хоккей с мячом", "term", "班迪球", "Сборная края по хоккею с мячом вышла в финал.",
        "边疆区[曲棍球队]打进了决赛。", "边疆区[曲棍球]队打进了决赛。", {"打": 0.3, "进": 0.3},
    ),
    (  # a place in front, and a verb of having
        "размотка коконов", "term", "缫丝", "На участке размотки коконов сменили освещение.",
        "[车间在打开蚕茧]工段更换了照明。", "车间在[打开蚕茧]工段更换了照明。", {},
    ),
    (
        "помутнение роговицы", "term", "角膜混浊", "Помутнение роговицы найдено у двух пациентов.",
        "两名患者被查出[患有角膜模糊]。", "两名患者被查出患有[角膜模糊]。", {},
    ),
    (  # but not a preposition or a verb of having with which the form begins, too
        "лицо в обороте", "term", "在职人员", "Лицо в обороте получит справку.",
        "[在岗位人员]将获得证明。", "[在岗位人员]将获得证明。", {},
    ),
    (  # what a person does
        "лоцман-проводник", "title", "引航员", "За каждым лоцманом-проводником закреплен катер.",
        "每名[领船人负责]一艘快艇。", "每名[领船人]负责一艘快艇。", {"负责": 0.8},
    ),
    (  # a verb with which a thing is named stays
        "вождение судов", "term", "船舶引航", "Вождение судов здесь трудно.",
        "这里的[船只驾驶]很难。", "这里的[船只驾驶]很难。", {"驾驶": 0.9},
    ),
    (  # a modal verb behind is none of it
        "дробилка руды", "term", "破碎机", "Дробилка руды берет сто тонн.",
        "[矿石粉碎器]可处理一百吨。", "[矿石粉碎器]可处理一百吨。", {"可": 0.3},
    ),
    (  # not where another word of the target says it
        "балансовые запасы", "term", "表内储量", "Балансовые запасы месторождения учтены.",
        "该矿床的[矿床平衡库存]已计入。", "该矿床的[矿床平衡库存]已计入。", {},
    ),
    (  # a character that makes a verb with the next one
        "инвентарная книга", "term", "资产登记簿", "В инвентарной книге числится тридцать картин.",
        "[物品清单列]有三十幅油画。", "[物品清单]列有三十幅油画。", {"列": 0.9},
    ),
    (  # a preposition behind
        "пирс", "term", "突堤码头", "Пирс в порту закрыт на ремонт до мая.",
        "港口的[伸出台]因维修关闭至五月。", "港口的[伸出台]因维修关闭至五月。", {"因": 0.16},
    ),
    (  # but a noun of one character
        "плашкоут", "term", "平底驳船", "Технику доставили на двух плашкоутах.",
        "技术设备由两艘[浮板]艇运抵。", "技术设备由两艘[浮板艇]运抵。", {"艇": 0.16},
    ),
    (  # a measure behind what is no measure
        "дойка", "term", "机械挤奶", "Среднее число доек на ферме выросло.",
        "农场的平均[挤乳]次数增加了。", "农场的平均[挤乳]次数增加了。", {},
    ),
    (  # what is done at the end of a clause
        "бутовый камень", "term", "毛石料", "Дорогу замостят бутовым камнем.",
        "路面将用[碎块石头铺砌]。", "路面将用[碎块石头]铺砌。", {"铺砌": 0.1},
    ),
    (  # a verb that says of the term no more than the word before it
        "третейский сбор", "term", "仲裁费", "Истец внес третейский сбор.",
        "原告已按规定办理[第三收费缴纳]。", "原告已按规定办理[第三收费]缴纳。", {"缴纳": 0.02},
    ),
    (  # but not where the model takes it for the term's
        "бутовый камень", "term", "毛石料", "Дорогу замостят бутовым камнем.",
        "路面将用[碎块石头铺砌]。", "路面将用[碎块石头铺砌]。", {"铺砌": 0.9},
    ),
    (  # or the form ends in what is done
        "укладка бетона", "term", "混凝土灌注", "Завершена укладка бетона.",
        "已完成[石泥浇筑]。", "已完成[石泥浇筑]。", {"浇筑": 0.1},
    ),
    (  # nor a word without which a word of the term has no rendering
        "оконная створка", "term", "窗扇", "Мастер покрасил оконную створку.",
        "师傅粉刷了[窗户翻板]。", "师傅粉刷了[窗户翻板]。", {"翻板": 0.02},
    ),
    (  # a word for the kind of matter
        "учет леса", "term", "森林清查", "Учет леса закончат к весне.",
        "[树木调查工作]将于春季结束。", "[树木调查]工作将于春季结束。", {"工作": 0.1},
    ),
    (  # not where the form ends in one like it
        "уход за лесом", "term", "抚育作业", "Уход за лесом закончат к весне.",
        "[树木照料工作]将于春季结束。", "[树木照料工作]将于春季结束。", {"工作": 0.1},
    ),
    (  # the words between a rendering and the word for its kind
        "ярусный лов", "term", "延绳钓", "Краба добывают ярусным ловом.",
        "螃蟹以[长绳]拉虾方式捕捞。", "螃蟹以[长绳拉虾]方式捕捞。", {},
    ),
    (  # but not what another word says
        "ярусный лов", "term", "延绳钓", "Краба добывают ярусным ловом с рыбой.",
        "螃蟹以[长绳]拉鱼方式捕捞。", "螃蟹以[长绳]拉鱼方式捕捞。", {},
    ),
    (  # a measure word that ends a noun
        "парковочная ячейка", "term", "停放单元", "В гараже пять парковочных ячеек.",
        "车库有五个[停车槽]位。", "车库有五个[停车槽位]。", {},
    ),
    (  # a meeting
        "бенефис", "term", "荣誉专场演出", "Бенефис певицы собрал весь город.",
        "歌唱家的[慈善募捐]会在剧院举行。", "歌唱家的[慈善募捐会]在剧院举行。", {},
    ),
    (  # and what will be
        "бенефис", "term", "荣誉专场演出", "Бенефис певицы пройдет в театре.",
        "歌唱家的[慈善募捐]会在剧院举行。", "歌唱家的[慈善募捐]会在剧院举行。", {},
    ),
    (  # a single character at the beginning is no word without the one before it
        "скрепка", "term", "回形针", "В пакете сто скрепок.",
        "袋里有一百枚弯曲[夹]。", "袋里有一百枚[弯曲夹]。", {"弯曲": 0.4},
    ),
    (  # two are
        "скрепка", "term", "回形针", "В пакете сто скрепок.",
        "袋里有一百枚弯曲[夹子]。", "袋里有一百枚弯曲[夹子]。", {"弯曲": 0.4},
    ),
    (  # a verb whose object is said of a noun behind 的
        "семья, получающая субсидию", "term", "补贴户", "Каждой семье, получающей субсидию, выдали уголь.",
        "每个领取[补助的家庭]都分到了煤。", "每个[领取补助的家庭]都分到了煤。", {"领取": 0.9},
    ),
    (  # not one that does not answer the term
        "семья, получающая субсидию", "term", "补贴户", "Комиссия посетила семью, получающую субсидию.",
        "委员会走访了领取[补助的家庭]。", "委员会走访了领取[补助的家庭]。", {"领取": 0.2},
    ),
    (  # a quotation that is a part of the name
        "медаль «За отвагу»", "term", "勇敢奖章", "Сержант награжден медалью «За отвагу».",
        "中士被授予“[无畏]”勋章。", "中士被授予[“无畏”勋章]。", {"勋章": 0.6},
    ),
    (  # not where the term has none
        "медаль", "term", "奖章", "Сержант награжден медалью «За отвагу».",
        "中士被授予“[无畏]”勋章。", "中士被授予“[无畏]”勋章。", {"勋章": 0.6},
    ),
    (  # the post that somebody holds
        "инспектор рыбоохраны", "title", "渔政员", "Инспектор рыбоохраны ушел на пенсию.",
        "他从[护鱼检查员岗位]上退休。", "他从[护鱼检查员]岗位上退休。", {"岗位": 0.06},
    ),
    (  # what is counted has more characters of the form
        "земснаряд", "term", "挖泥船", "Два земснаряда углубят канал, занесенный илом после паводка.",
        "洪水过后运河被[泥堵塞]，两艘挖泥器将疏浚航道。", "洪水过后运河被泥堵塞，两艘[挖泥器]将疏浚航道。",
        {"泥堵塞": 0.05, "挖泥": 0.9, "器": 0.9},
    ),
    (  # not where it has none
        "земснаряд", "term", "挖泥船", "Два буксира приведут земснаряд к каналу.",
        "两艘拖轮将把[泥土器]拉到运河。", "两艘拖轮将把[泥土器]拉到运河。", {},
    ),
)  # fmt: skip


def _occurrence(left: str, kind: Kind, right: str, source: str) -> Occurrence:
    forms: dict[Lang, tuple[Form, ...]] = {"ru": (Form(left),), "zh": (Form(right),)}
    return Enforcer((Term("t", forms, kind),), "ru", "zh").occurrences(source)[0]


def _plain(marked: str) -> tuple[str, Span]:
    start, end = marked.index("["), marked.index("]") - 1
    return re.sub(r"[\[\]]", "", marked), Span(start, end)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[4])
def test_edges_of_rows(row: tuple[str, Kind, str, str, str, str, Mapping[str, float]]) -> None:
    left, kind, right, source, taken, expected, shares = row
    occurrence = _occurrence(left, kind, right, source)
    text, span = _plain(taken)
    links: list[Link] = []
    for match in re.finditer("|".join([*map(re.escape, shares), r"\w"]), text):
        inside = span.start <= match.start() < span.end
        share = shares.get(match.group(), 0.9 if inside else 0.0)
        links += [(occurrence.span, Span(*match.span()), share)] if share else []
        links.append((Span(len(source) - 1, len(source)), Span(*match.span()), 1 - share))
    wording = (Form(right),)
    candidate = Candidate(span, 0.8, "", read=True)
    made = edges.put(candidate, occurrence, source, View(text, "zh"), wording, links)
    assert made.span == _plain(expected)[1]


SPELT: tuple[tuple[str, bool], ...] = (
    ("患者被查出[腕管综征病]。", True),
    ("患者被查出[腕管综征]。", False),  # a shortened mention
    ("患者被查出[手腕病征]。", False),
)
"""Words that a model takes for 腕管综合征 without being sure; are they replaced?"""


@pytest.mark.parametrize("row", SPELT, ids=lambda row: row[0])
def test_words_with_nearly_all_characters_of_the_form(row: tuple[str, bool]) -> None:
    source = "У больного нашли туннельный синдром."
    occurrence = _occurrence("туннельный синдром", "term", "腕管综合征", source)
    text, span = _plain(row[0])
    links = [(occurrence.span, Span(at, at + 1), 0.9) for at in range(span.start, span.end)]
    links += [(Span(0, 10), Span(at, at + 1), 0.9) for at in range(span.start)]
    candidate = Candidate(span, 0.7, "", read=True, repair=False)
    made = edges.put(candidate, occurrence, source, View(text, "zh"), occurrence.term.forms["zh"], links)
    assert made.repair == row[1]


def test_a_preposition_behind_a_name() -> None:
    occurrence = _occurrence("Ивар Леквист", "person", "伊瓦尔·莱克维斯特", "Ивар Леквист награжден за спасение.")
    text = "伊瓦尔·列克维斯因救人受到表彰。"
    links = [(occurrence.span, Span(at, at + 1), 0.9) for at in range(9)]
    candidate = Candidate(Span(0, 9), 0.8, "", read=True)
    wording = occurrence.term.forms["zh"]
    made = edges.put(candidate, occurrence, "Ивар Леквист награжден за спасение.", View(text, "zh"), wording, links)
    assert made.span.of(text) == "伊瓦尔·列克维斯"


@pytest.mark.parametrize(
    ("said", "other"),
    [("费多斯基诺", True), ("若斯托沃", False), ("水壶托盘", False)],
)
def test_another_name(said: str, other: bool) -> None:
    source = "Жостовские подносы пишут и в мастерской села Федоскина."
    occurrence = _occurrence("жостовский поднос", "term", "若斯托沃托盘", source)
    assert chinese_rows.of_another(said, occurrence, source) is other
