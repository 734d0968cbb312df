"""Words made from the names of places: adjectives and inhabitants, in Russian and English.

By ending («чанчуньский», «харбинцы», Mongolian, Beijingers) where the stem is that of the name; the irregular ones
are listed (Zaliznyak 2008 and Levashov 2000 for Russian; the UN country list and Webster's for English).
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.model import Lang

_IRREGULAR: dict[Lang, str] = {
    "ru": """Франция:француз Германия:немецк,немец,немц,герман,ФРГ Великобритания:британ,английск,англичан
    Англия:английск,англичан США:американ Америка:американ Греция:греческ,грек Турция:турецк,турк,турок
    Польша:польск,поляк Чехия:чешск,чех Испания:испан Италия:итальян Швеция:шведск,швед Дания:датск,датчан
    Норвегия:норвеж Нидерланды:нидерланд,голланд Венгрия:венгер,венгр Грузия:грузин Армения:армян
    Таджикистан:таджик Узбекистан:узбек Туркменистан:туркмен Туркмения:туркмен Казахстан:казах Киргизия:киргиз
    Кыргызстан:кыргыз,киргиз Афганистан:афган Египет:египет,египт Куба:кубин Конго:конголез Тибет:тибет
    Москва:москов,москвич Тяньцзинь:тяньцзин Внутренняя_Монголия:монгол КНДР:северокорей РК:южнокорей
    Япония:япон Индия:индий,индус Россия:россий,россиян,русск КНР:китай РФ:россий,россиян ЕС:евросоюз,европей
    Европа:европей,европейц Вьетнам:вьетнам Лаос:лаос ОАЭ:эмират Чили:чилий Перу:перуан Дальний_Восток:дальневосточн
    Азия:азиат Африка:африкан Латинская_Америка:латиноамерикан Ближний_Восток:ближневосточн
    Бурятия:бурят Якутия:якут Татарстан:татар Башкортостан:башкир Башкирия:башкир Чечня:чечен Чувашия:чуваш
    Калмыкия:калмы Хакасия:хакас Ингушетия:ингуш Удмуртия:удмурт Осетия:осетин Адыгея:адыг Мордовия:мордов,мордв""",
    "en": """China:chinese PRC:chinese France:french Germany:german Netherlands:dutch Kingdom:british UK:british
    Britain:british,briton England:english Spain:spanish,spaniard Poland:polish,pole Denmark:danish,dane
    Sweden:swedish,swede Finland:finnish,finn Turkey:turkish,turk Greece:greek Switzerland:swiss Ireland:irish
    Wales:welsh Kazakhstan:kazakh Kyrgyzstan:kyrgyz Uzbekistan:uzbek Tajikistan:tajik Turkmenistan:turkmen
    Afghanistan:afghan Thailand:thai Philippines:filipino,philippine Norway:norwegian Portugal:portuguese
    Cyprus:cypriot States:american,u.s.,us US:american USA:american UAE:emirati Emirates:emirati Laos:lao,laotian
    Myanmar:burmese Slovakia:slovak Serbia:serb Peru:peruvian Taiwan:taiwanese Europe:european Czechia:czech
    Moscow:muscovite Tibet:tibetan Iceland:icelandic Scotland:scottish,scots,scot Argentina:argentine
    Buryatia:buryat Yakutia:yakut Sakha:yakut,sakha Tatarstan:tatar Bashkortostan:bashkir Chechnya:chechen
    Chuvashia:chuvash Karelia:karelian Kalmykia:kalmyk Khakassia:khakas Ingushetia:ingush Udmurtia:udmurt
    Ossetia:ossetian,ossete Adygea:adyghe Dagestan:dagestani Tuva:tuvan Tyva:tuvan Mordovia:mordvin""",
}
_RU_ENDING = re.compile(
    r"[йнаеиьуов]{0,3}(?:(?:с?к|ц?к|ч)(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими|ою)|(?<![ск])ец"
    r"|(?:ц|иц|анц)(?:ы|ев|ам|ами|ах|а|у|ем|е)|(?:ч?ан|ян)(?:ин(?:а|у|ом|е)?|е|ам|ами|ах)?"
    r"|ич(?:а|у|ем|е|и|ей|ам|ами|ах)?)$"
)
_NOUN = re.compile("(?:[аяуюеиы]|ом|ем|ов|ам|ами|ах)?")
_EN_ENDING = re.compile(r"(?:n|an|ian|ean|ern|ese|nese|i|ish|ic|er|ner|ite|ians|ans|ns|ers|ners|ites|is)$")


@cache
def _table(lang: Lang) -> dict[str, tuple[str, ...]]:
    pairs = (entry.partition(":") for entry in _IRREGULAR.get(lang, "").split())
    return {name.replace("_", " ").lower(): tuple(stems.split(",")) for name, _, stems in pairs}


def belongs(word: str, place: str, lang: Lang) -> bool:
    """Is `word`, in any of its forms, an adjective or an inhabitant of `place` (its dictionary form)?

    Only single words and the last word of a name in several («the United States») are looked at.
    """
    low, name = word.lower().replace("ё", "е"), place.lower().replace("ё", "е")
    last = name.rpartition(" ")[2]
    if low in (name, last):
        return False
    listed = _table(lang).get(name) or (_table(lang).get(last, ()) if lang == "en" else ())
    if lang == "en":
        return low.rstrip("s") in {stem.rstrip("s") for stem in listed} or (" " not in name and _english(low, name))
    listed = tuple(stem for stem in listed if not _longer(low, stem))
    if any(low.startswith(stem) and (_RU_ENDING.search(low) or _NOUN.fullmatch(low[len(stem) :])) for stem in listed):
        return True
    return " " not in name and _russian(low, name)


def _longer(low: str, stem: str) -> bool:
    """Does another name have a longer stem there: «туркменский» is not of Турция («турк»)?"""
    return any(len(other) > len(stem) and low.startswith(other) and other.startswith(stem) for other in _stems())


@cache
def _stems() -> tuple[str, ...]:
    return tuple(stem for stems in _table("ru").values() for stem in stems)


def _russian(low: str, name: str) -> bool:
    stem = name.rstrip("аяоеиыуюьй") or name
    rest = low[len(stem) :]
    return len(stem) >= 3 and low.startswith(stem) and len(rest) >= 2 and _RU_ENDING.fullmatch(rest) is not None


def _english(low: str, name: str) -> bool:
    ending = _EN_ENDING.search(low)
    if ending is None or low == name:
        return False
    return any(
        name.startswith(low[:size]) and not name[size:].strip("aeiouy") and _EN_ENDING.fullmatch(low[size:])
        for size in range(max(4, len(name) - 2), min(len(low), len(name)) + 1)
    )
