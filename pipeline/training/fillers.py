"""What the slots of the genre rows are filled with: names, places, titles, numbers and dates in three languages."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.languages import palladius, pinyin
from pipeline.languages.russian import CASES, paradigm
from pipeline.training import corpora
from pipeline.training.settings import ROOT

KNOWN = 0.05  # share of the people of the glossaries among the names
# What stands in the tables of places beside the places that a slot means.
_NO_COUNTRY = re.compile(
    "中国|中华|半岛|洲|[海洋湾峡河]$|地区|^(?:中|南|东|西|东南)亚|中东|[东西]欧|极$|美$|加勒比|南方|国家$|球$|远东|大陆|运河|航道|地带|西岸"
    "|克什米尔|科索沃|苏联|南斯拉夫|捷克斯洛伐克|马里兰|高加索|铁路|印太|纽埃|库克群岛|台湾|香港|澳门"
)
_NO_CITY = re.compile("平潭|博鳌|基隆|[台臺][北中南东]|高雄|新北|桃园|新竹|嘉义|县|盟$|自治州|地区|香港|澳门")
_NO_PROVINCE = re.compile("台湾|香港|澳门|港澳|大陆|地区$")
_NOTES = re.compile(r"\{([^}]*)\}")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
)
_GIVEN = (
    "伟强磊军勇杰涛明超平辉鹏华飞鑫波斌宇浩凯健俊帆亮东刚海峰建国志文德光庆永新成林立春"
    "生宏晓富正清玉民世昌义仁礼智信"
    "安宁康乐云天龙虎山川江河洋"
)
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
TITLES = (
    ("市长", "мэр города", "mayor"),
    ("副市长", "заместитель мэра города", "vice mayor"),
    ("省长", "губернатор провинции", "governor"),
    ("副省长", "вице-губернатор провинции", "vice governor"),
    ("外交部长", "министр иностранных дел", "minister of foreign affairs"),
    ("大使", "посол", "ambassador"),
    ("总领事", "генеральный консул", "consul general"),
    ("校长", "ректор", "president of the university"),
    ("商务部长", "министр коммерции", "minister of commerce"),
    ("董事长", "председатель правления", "chairman of the board"),
    ("市委书记", "секретарь горкома партии", "secretary of the municipal Party committee"),
    ("省委书记", "секретарь провинциального комитета партии", "secretary of the provincial Party committee"),
)
BODIES = (
    ("外交部", "Министерство иностранных дел", "the Ministry of Foreign Affairs"),
    ("商务部", "Министерство коммерции", "the Ministry of Commerce"),
    ("教育部", "Министерство образования", "the Ministry of Education"),
    ("财政部", "Министерство финансов", "the Ministry of Finance"),
    ("国务院", "Госсовет", "the State Council"),
    ("市政府", "городское правительство", "the municipal government"),
    ("省政府", "провинциальное правительство", "the provincial government"),
    (
        "市人大常委会",
        "Постоянный комитет Собрания народных представителей города",
        "the Standing Committee of the Municipal People's Congress",
    ),
    ("农业农村部", "Министерство сельского хозяйства и сельских дел", "the Ministry of Agriculture and Rural Affairs"),
    ("文化和旅游部", "Министерство культуры и туризма", "the Ministry of Culture and Tourism"),
    ("生态环境部", "Министерство экологии и окружающей среды", "the Ministry of Ecology and Environment"),
)


@dataclass(frozen=True)
class Filling:
    """What stands in a slot: the Chinese, the English, and the Russian by case ("" for a slot without cases)."""

    zh: str
    en: str
    ru: dict[str, str]
    number: int = 0


def glossary(stem: str, gender: str = "") -> list[tuple[str, str, str, str]]:
    """Entries (zh, ru, ru notes, en) of the glossaries that match, first variants only, of one gender where given."""
    made = []
    for path in sorted((ROOT / "glossaries").glob(f"{stem}.tsv")):
        for row in list(corpora.lines(path))[1:]:
            zh, russian, en = (cell.split(" | ")[0].strip() for cell in row[1:4])
            notes = "; ".join(_NOTES.findall(russian))
            bare = _NOTES.sub("", russian).strip()
            if zh and bare and en and (not gender or row[5] == gender):
                made.append((zh, bare, notes, en))
    return made


def counted(number: int, forms: str) -> str:
    """A number with the form of its noun: 1 проект, 2 проекта, 5 проектов."""
    one, few, many = (part.strip() for part in forms.split(","))
    if number % 100 in range(11, 15):
        form = many
    else:
        form = one if number % 10 == 1 else few if number % 10 in (2, 3, 4) else many
    return f"{number} {form}"


class Fillers:
    """Makes fillings; one instance holds the glossaries."""

    def __init__(self) -> None:
        self.places = {
            "city": [e for e in glossary("places/china-cities") if not _NO_CITY.search(e[0])],
            "province": [e for e in glossary("places/china-provinces") if not _NO_PROVINCE.search(e[0])],
            "country": [
                e
                for e in glossary("places/countries")
                if not _NO_COUNTRY.search(e[0]) and ("republic" not in e[3].lower() or len(e[0]) < 7)
            ],
        }
        # The table of countries begins with the neighbours: they are in the news most often.
        self.weights = {kind: [1.0] * len(entries) for kind, entries in self.places.items()}
        self.weights["country"] = [1 / (1 + n / 25) for n in range(len(self.places["country"]))]
        self.people = glossary("people/china-*", "m")
        table = ROOT / "pipeline" / "training" / "phrases.tsv"
        self.phrases = [(zh, ru, en) for zh, ru, en in list(corpora.lines(table))[1:]]
        self.makers: dict[str, Callable[[random.Random], Filling]] = {
            "person": self.person, "city": self.place("city"), "province": self.place("province"),
            "country": self.place("country"), "body": self.listed(BODIES, "body"),
            "title": self.listed(TITLES, "title"), "num": self.number, "pct": self.percent,
            "year": self.year, "date": self.date, "vp": self.phrase,
            "term": self.entry("terms/*", "term"), "slogan": self.entry("slogans/*", "slogan"),
            "org": self.entry("bodies/*", "body"),
        }  # fmt: skip

    def person(self, chooser: random.Random) -> Filling:
        """A known person now and then, else a Chinese name made up."""
        if self.people and chooser.random() < KNOWN:
            zh, russian, notes, en = chooser.choice(self.people)
            return Filling(zh, en, dict(paradigm(russian, notes, "person", "m").cells))
        name = chooser.choice(_SURNAMES) + "".join(chooser.sample(_GIVEN, chooser.choice((1, 2, 2))))
        russian = palladius.name(name)
        cells = paradigm(russian, kind="person", gender="m").cells
        return Filling(name, pinyin.name(name), {case: cells[case] for case in CASES})

    def place(self, kind: str) -> Callable[[random.Random], Filling]:
        def make(chooser: random.Random) -> Filling:
            zh, ru, notes, en = chooser.choices(self.places[kind], self.weights[kind])[0]
            if kind == "city":
                zh = zh if zh.endswith("市") else zh + "市"
            cells = paradigm(ru, notes, "place").cells
            return Filling(zh, en, dict(cells))

        return make

    def listed(self, entries: tuple[tuple[str, str, str], ...], kind: str) -> Callable[[random.Random], Filling]:
        def make(chooser: random.Random) -> Filling:
            zh, ru, en = chooser.choice(entries)
            return Filling(zh, en, dict(paradigm(ru, "", kind).cells))

        return make

    def phrase(self, chooser: random.Random) -> Filling:
        """What is to be done, in Russian as an infinitive (phrases.tsv)."""
        zh, ru, en = chooser.choice(self.phrases)
        return Filling(zh, en, {"": ru})

    def entry(self, stem: str, kind: str) -> Callable[[random.Random], Filling]:
        """An entry of the glossaries that declines: without a verb, a comma or a gap."""
        entries = [e for e in glossary(stem) if not re.search("[,…!?—]", e[1])]

        def make(chooser: random.Random) -> Filling:
            while True:
                zh, ru, notes, en = chooser.choice(entries)
                try:
                    cells: dict[str, str] = dict(paradigm(ru, notes, kind).cells)
                except ValueError:
                    continue
                cells = {case: text.replace("ё", "е").replace("Ё", "Е") for case, text in cells.items()}
                if all(cells.get(case) for case in CASES) and (kind == "body" or cells["nom"] != cells["gen"]):
                    return Filling(zh, en, cells)

        return make

    def number(self, chooser: random.Random) -> Filling:
        sizes = ((2, 60), (60, 999), (1000, 9999))
        value = chooser.randint(*chooser.choices(sizes, (0.6, 0.32, 0.08))[0])
        return Filling(str(value), f"{value:,}", {"": str(value)}, value)

    def percent(self, chooser: random.Random) -> Filling:
        value = (
            f"{chooser.randint(1, 40)}.{chooser.randint(1, 9)}"
            if chooser.random() < 0.7
            else str(chooser.randint(2, 90))
        )
        return Filling(value, value, {"": value.replace(".", ",")})

    def year(self, chooser: random.Random) -> Filling:
        value = str(chooser.randint(2015, 2035))
        return Filling(value, value, {"": value})

    def date(self, chooser: random.Random) -> Filling:
        month, day = chooser.randint(1, 12), chooser.randint(1, 28)
        return Filling(f"{month}月{day}日", f"{_ENGLISH[month - 1]} {day}", {"": f"{day} {_MONTHS[month - 1]}"})
