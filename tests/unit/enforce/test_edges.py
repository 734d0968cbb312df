"""The edges of what a model reads as a term in Chinese and English: what goes with it and what does not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from pipeline.enforce import Enforcer
from pipeline.engines.base import Link
from pipeline.model import Form, Kind, Lang, Span, Term

CASES: tuple[tuple[str, str, Kind, str, str, str, str, Mapping[str, float]], ...] = (
    (  # the end of a compound goes with it
        "ru-zh", "плашкоут", "term", "平底驳船", "Технику доставили на двух плашкоутах.",
        "技术设备由两艘浮板艇运抵。", "技术设备由两艘平底驳船运抵。", {"浮": 0.9, "板": 0.9, "艇": 0.2},
    ),
    (  # a row that is whole gets nothing more
        "en-zh", "catchment area", "term", "集水区", "The stations cover the whole catchment area of the reservoir.",
        "监测站覆盖水库的整个捕获面积。", "监测站覆盖水库的整个集水区。", {"捕获": 0.9, "面积": 0.9},
    ),
    (  # all characters of a transcription
        "ru-zh", "Семен Кравцов", "person", "谢苗·克拉夫佐夫", "Об итогах рассказал капитан Семен Кравцов.",
        "船长西蒙·克拉福措夫介绍了情况。", "船长谢苗·克拉夫佐夫介绍了情况。",
        {"西": 0.9, "蒙": 0.9, "·": 0.9, "克拉": 0.9, "福": 0.9, "措": 0.3, "夫": 0.1},
    ),
    (  # what touches the dot of a name is the name
        "en-zh", "Martina Hallworth", "person", "玛蒂娜·霍尔沃思",
        "The choir is conducted by Martina Hallworth, a teacher at the music school.",
        "合唱团由音乐学校教师玛婷娜·豪沃斯指挥。", "合唱团由音乐学校教师玛蒂娜·霍尔沃思指挥。", {"婷": 0.9},
    ),
    (  # a surname alone has no part of the name before the dot, where its form is that of a surname
        "en-zh", "Hallworth", "person", "霍尔沃思", "The choir is conducted by Hallworth, a teacher.",
        "合唱团由教师马丁·豪沃斯指挥。", "合唱团由教师马丁·霍尔沃思指挥。", {"豪": 0.9, "沃斯": 0.9},
    ),
    (  # what is begun stays
        "ru-en", "опавшие плоды", "term", "windfalls", "Кооператив начал скупать у дачников опавшие плоды.",
        "The cooperative has begun collecting dropped fruits from gardeners.",
        "The cooperative has begun collecting windfalls from gardeners.",
        {"collecting": 0.6, "dropped": 0.8, "fruits": 0.6},
    ),
    (  # but not what belongs to the term
        "ru-en", "учебный лагерь", "term", "boot camp", "Весной клуб начал два учебных лагеря для новичков.",
        "In spring the club started training camps for novices.", "In spring the club started boot camps for novices.",
        {"training": 0.9, "camps": 0.9},
    ),
    (  # and what is done with what is given
        "ru-en", "обезжиренное молоко", "term", "skim milk", "Поросят дважды в день поят обезжиренным молоком.",
        "Piglets are fed reverse twice a day.", "Piglets are fed skim milk twice a day.",
        {"fed": 0.6, "reverse": 0.95},
    ),
    (  # an adjective of age that the term has not
        "zh-en", "板式输送机", "term", "apron conveyor", "矿上今年更换了一台板式输送机。",
        "The mine replaced an old board-type carrying machine this year.",
        "The mine replaced an old apron conveyor this year.",
        {"old": 0.8, "board": 0.7, "type": 0.7, "carrying": 0.8, "machine": 0.7},
    ),
    (  # but one that it has
        "zh-en", "老年大学", "term", "university of the third age", "全区新开办了三所老年大学。",
        "The district has opened three old age universities.",
        "The district has opened three universities of the third age.",
        {"old": 0.9, "age": 0.9, "universities": 0.9},
    ),
    (  # a word for a character of the term that no other word says
        "zh-en", "压舱石", "term", "ballast stone", "潜水员在沉船旁发现了压舱石。",
        "Divers found cabin pressing stones beside the wreck.", "Divers found ballast stones beside the wreck.",
        {"cabin": 0.3, "pressing": 0.8, "stones": 0.9},
    ),
    (  # a word that the tables give for another one, but that is nearer to the term
        "ru-en", "швартовная тумба", "term", "bollard", "На рейде у причала заменили швартовную тумбу.",
        "The anchoring pedestal was replaced at the pier in the roads.",
        "The bollard was replaced at the pier in the roads.", {"anchoring": 0.8, "pedestal": 0.9},
    ),
    (  # a name ends in what kind of place it is
        "en-zh", "Thornbeck River", "place", "索恩贝克河", "Farmers cleared the banks of the Thornbeck River.",
        "农民清理了刺溪两岸。", "农民清理了索恩贝克河两岸。", {"刺": 0.9, "溪": 0.9, "两岸": 0.3},
    ),
    (  # or with the characters that it is spelt with
        "en-zh", "Willowater", "place", "威洛湖", "Rangers counted the swans on Willowater.",
        "护林员在威洛沃特清点了天鹅。", "护林员在威洛湖清点了天鹅。",
        {"威": 0.9, "洛": 0.9, "沃": 0.9, "特": 0.9},
    ),
    (  # a single character before the words, of which the model is sure
        "ru-zh", "водогрей", "term", "热水器", "В общежитии установили водогрей.",
        "宿舍安装了一台自烧壶。", "宿舍安装了一台热水器。", {"自": 0.7, "烧": 0.9, "壶": 0.9},
    ),
    (  # a genitive that another word of the source says
        "zh-ru", "清水池", "term", "резервуар чистой воды", "水厂新建的清水池昨天注满了水。",
        "Прозрачную купель водоочистной станции вчера наполнили.",
        "Резервуар чистой воды водоочистной станции вчера наполнили.",
        {"Прозрачную": 0.9, "купель": 0.9, "водоочистной": 0.6, "станции": 0.6},
    ),
    (  # an adjective of a noun that renders a word of the term
        "zh-ru", "水泵", "term", "насосный агрегат", "村里昨天更换了水泵。",
        "Водная качалка в селе вчера заменена.", "Насосный агрегат в селе вчера заменен.", {"качалка": 0.9},
    ),
    (  # but not one that renders another word
        "zh-ru", "水泵", "term", "насосный агрегат", "村里昨天更换了旧水泵。",
        "Старая качалка в селе вчера заменена.", "Старый насосный агрегат в селе вчера заменен.",
        {"качалка": 0.9},
    ),
    (  # the only word that nothing accounts for
        "en-zh", "bail", "term", "保释", "The court refused bail.", "法院拒绝贷款。", "法院拒绝保释。", {"贷款": 0.5},
    ),
    (  # what kind of place it is goes with a name
        "zh-ru", "野鹿垭口", "place", "перевал Илан", "通往野鹿垭口的公路已经封闭。",
        "Дорога к проходу Дикого Оленя закрыта.", "Дорога к перевалу Илан закрыта.",
        {"Дикого": 0.9, "Оленя": 0.9},
    ),
    (  # but no other word before it
        "zh-ru", "野鹿垭口", "place", "перевал Илан", "野鹿垭口的北坡今天封闭。",
        "Северный склон Дикого Оленя сегодня закрыт.", "Северный склон перевала Илан сегодня закрыт.",
        {"Дикого": 0.9, "Оленя": 0.9},
    ),
    (  # an ordinal of the source stays
        "ru-en", "пожарно-спасательный отряд", "body", "Fire and Rescue Brigade",
        "Пятый пожарно-спасательный отряд получил две автоцистерны.",
        "The Fifth Fireman Salvation Detachment received two tankers.",
        "The Fifth Fire and Rescue Brigade received two tankers.",
        {"Fifth": 0.62, "Fireman": 0.98, "Salvation": 0.9, "Detachment": 0.9},
    ),
    (  # and the second half of a compound adjective
        "ru-en", "удой", "term", "milk yield", "Среднесуточный удой на ферме вырос.",
        "The average daily milking at the farm grew.", "The average daily milk yield at the farm grew.",
        {"daily": 0.84, "milking": 0.9},
    ),
    (  # a word of address is none of the office
        "en-zh", "stationmaster", "title", "站长", "Dear stationmaster, my umbrella was left on the train.",
        "车站主人先生：我把雨伞落在了列车上。", "站长先生：我把雨伞落在了列车上。",
        {"车站": 0.9, "主人": 0.9, "先生": 0.9},
    ),
    (  # two measures make no sense together
        "ru-zh", "улов", "term", "捕捞量", "Средний улов на одно судно впервые превысил сто тонн.",
        "每艘船的平均捕鱼次数首次超过100吨。", "每艘船的平均捕捞量首次超过100吨。", {"捕鱼": 0.9},
    ),
    (  # a preposition that the segmenter gave to the last word
        "ru-zh", "красный рецепт", "term", "特殊处方", "По красным рецептам аптека выдает пожилым инсулин.",
        "药店凭红色药单向老人发放胰岛素。", "药店凭特殊处方向老人发放胰岛素。",
        {"红色": 0.9, "药": 0.9, "单向": 0.9},
    ),
    (  # a noun that stands in the target once more than in the source
        "ru-zh", "Пермская биржа", "body", "彼尔姆交易所", "Пермская биржа меняет торги на срочном рынке.",
        "彼尔姆商品市场调整期货市场的交易。", "彼尔姆交易所调整期货市场的交易。",
        {"彼尔姆": 0.9, "商品": 0.9},
    ),
    (  # a verb that is nearest to a word of the term
        "ru-zh", "режим повышенной опасности", "term", "高度危险状态", "В крае введен режим повышенной опасности.",
        "边疆区已进入提高危险制度。", "边疆区已进入高度危险状态。", {"提高": 0.95, "危险": 0.95, "制度": 0.9},
    ),
    (  # the gerund whose object the words are
        "zh-en", "果树授粉", "term", "fruit tree pollination training", "农户说，果树授粉需要人手。",
        "Growers say moving pollen over orchards needs hands.", "Growers say fruit tree pollination training needs hands.",
        {"pollen": 0.95, "over": 0.9, "orchards": 0.95},
    ),
    (  # what the tables say of another word of the source yields to what the model reads
        "en-zh", "water hammer", "term", "水锤", "The water hammer burst a valve of the supply line.",
        "液体榔头震裂了供水管线的阀门。", "水锤震裂了供水管线的阀门。",
        {"液体": 0.95, "榔头": 0.95, "供水": 0.2, "管线": 0.05},
    ),
    (  # whose it is stays, where the rest says the whole term
        "zh-en", "专利输出", "term", "patent export", "该厂专利输出收入增长。",
        "Income from the design bureau's patent output grew.", "Income from the design bureau's patent export grew.",
        {"design": 0.8, "bureau": 0.8, "patent": 0.9, "output": 0.9},
    ),
    (  # not where it is a part of the term
        "zh-en", "驾驶执照", "term", "driving permit", "他的驾驶执照丢了。",
        "The driver's licence was lost.", "The driving permit was lost.", {"driver": 0.9, "licence": 0.9},
    ),
    (  # nor the word for whose it is, where the source says it
        "ru-en", "красильный цех", "term", "dye house", "В красильном цехе фабрики заменили чаны.",
        "The vats were replaced in the mill's dyers' guild.", "The vats were replaced in the mill's dye house.",
        {"mill": 0.5, "dyers": 0.9, "guild": 0.1},
    ),
    (  # a count stays before the term, and what is done behind it
        "en-zh", "boarding school", "term", "寄宿制学校", "The twins study at a boarding school near the port.",
        "双胞胎在港口附近的一所登船学校读书。", "双胞胎在港口附近的一所寄宿制学校读书。",
        {"一所": 0.6, "登船": 0.9, "学校": 0.9},
    ),
    (  # kinds of the thing are counted, and stay
        "ru-en", "растение-медонос", "term", "honey crop", "Вдоль дорог высажено девять видов растений-медоносов.",
        "Nine species of nectar flora were planted along the roads.",
        "Nine species of honey crops were planted along the roads.",
        {"species": 0.9, "nectar": 0.9, "flora": 0.9},
    ),
    (  # the participle belongs to the rendering
        "zh-en", "印花税", "term", "stamp duty", "商会称，印花税明年取消。",
        "The chamber said that printed flower tax will end next year.",
        "The chamber said that stamp duty will end next year.", {"printed": 0.9, "flower": 0.9, "tax": 0.9},
    ),
    (  # again
        "en-zh", "reforestation", "term", "更新造林", "The county spends more on reforestation.",
        "该县对重新植林的投入增加。", "该县对更新造林的投入增加。", {"重新": 0.1, "植": 0.9, "林": 0.9},
    ),
    (  # which another word of the source may say
        "en-zh", "tree planting", "term", "植树造林", "The county again began tree planting.",
        "该县重新开始种树活动。", "该县重新开始植树造林活动。", {"种树": 0.9},
    ),
    (  # what surely renders another word of the source stays
        "ru-en", "егерь", "title", "game warden", "Опытный егерь первым заметил пожар.",
        "A seasoned huntsman was the first to notice the fire.",
        "A seasoned game warden was the first to notice the fire.", {"seasoned": 0.36, "huntsman": 0.9},
    ),
    (  # also what no table knows
        "ru-en", "выпад", "term", "lunge", "Победу принес стремительный выпад.",
        "A swift attack brought victory.", "A swift lunge brought victory.", {"swift": 0.2, "attack": 0.8},
    ),
    (  # but not where nothing in the source says it
        "ru-en", "выпад", "term", "lunge", "Один выпад принес победу.",
        "One swift attack brought victory.", "One lunge brought victory.", {"swift": 0.2, "attack": 0.8},
    ),
    (  # a word of little attention beside what says a part of the term
        "zh-en", "核保", "term", "underwriting", "渔业险核保改由电脑完成。",
        "Insurance checking for fishing policies is done by computer.",
        "Insurance checking for fishing policies is done by computer.", {"policies": 0.3},
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1])
def test_edges(case: tuple[str, str, Kind, str, str, str, str, Mapping[str, float]]) -> None:
    langs, left, kind, right, source, target, expected, shares = case
    here, _, there = langs.partition("-")
    forms: dict[Lang, tuple[Form, ...]] = {here: (Form(left),), there: (Form(right),)}  # type: ignore[dict-item]
    term = Term("t", forms, kind, "m" if kind == "person" else "")
    found = Enforcer((term,), here, there).occurrences(source)  # type: ignore[arg-type]
    own, dot = found[0].span, Span(len(source) - 1, len(source))

    def read(_source: str, text: str) -> Sequence[Link]:
        if text != target:
            return ()
        words = "|".join(sorted(map(re.escape, shares), key=len, reverse=True))
        links: list[Link] = []
        for match in re.finditer(rf"{words}|[\u3400-\u9fff]|[^\W_]+|\S", target):
            share = shares.get(match.group(), 0.0)
            links += [(own, Span(*match.span()), share), (dot, Span(*match.span()), 1 - share)]
        return [link for link in links if link[2] > 0]

    done = Enforcer((term,), here, there, read=read).enforce(source, target)  # type: ignore[arg-type]
    assert done.target == expected
