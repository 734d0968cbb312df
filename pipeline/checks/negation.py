"""A negation that the target has lost, or that it adds"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from pipeline.checks._allowed import FORBIDS, permitting
from pipeline.checks._answered import unanswered
from pipeline.checks._bans import contradicted, lifted, strictly
from pipeline.checks._denials import Side, chinese_words, may_deny, side, unpaired
from pipeline.checks._denied import denials
from pipeline.checks._excepted import excepted
from pipeline.checks._renderings import back, forward, surely
from pipeline.checks._words import Word, parses
from pipeline.checks.base import Check, View
from pipeline.languages import dictionary
from pipeline.model import Finding, Lang, Severity


class Negation(Check):
    name = "negation"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    needs_source = True

    def segment(self, view: View) -> Iterable[Finding]:
        assert view.source_lang is not None
        if not view.target.strip():
            return
        turned = list(self._turned(view)) if (view.source_lang, view.target_lang) == ("zh", "ru") else []
        if not turned and (view.source_lang, view.target_lang) == ("zh", "ru"):
            turned = [self.finding(span, told, severity=Severity.CRITICAL) for span, told in contradicted(view)]
        yield from turned
        if turned or (_COMPARES.search(view.source) and _THAN.search(view.target)):
            return
        if not may_deny(view.target, view.target_lang) and not may_deny(view.source, view.source_lang):
            return
        ours, theirs = _side(view, view.target_lang), _side(view, view.source_lang)
        for denial, at in unanswered(theirs, ours, bans=True):
            said = view.source[denial.start : denial.end]
            if at is None:
                yield self.finding(
                    (0, len(view.target)), f"“{said}” of the source is lost: nothing in the target denies"
                )
            else:
                word = ours.words[at]
                start = view.words[_stated(view, at)].start if said.startswith("没有") else word.start
                yield self.finding(
                    (start, word.end), f"“{said}” of the source denies what the target says: «{word.text}»",
                    severity=Severity.CRITICAL,
                )  # fmt: skip
        for denial, at in unanswered(ours, theirs):
            assert at is not None
            yield self.finding(
                (denial.start, denial.end), f"the target denies what the source says: {theirs.words[at].text}",
                severity=Severity.CRITICAL,
            )  # fmt: skip
        if view.target_lang == "ru":
            for word in unpaired(ours):
                yield self.finding(word.span, f"«{word.text}» asks for a verb with «не»")

    def _turned(self, view: View) -> Iterator[Finding]:
        """A word that the source denies wherever it has it, while nothing near it in the target denies it."""
        words = view.words
        source = _SPOKEN.sub("", view.source)
        source = _TWICE.sub("", source)
        cause = FORBIDS.search(source)
        if cause and not _QUESTION.search(source):
            for at in permitting(source, words):
                if not _denied(view, at, modal=True):
                    yield self.finding(
                        words[at].span, f"the source forbids (“{cause[0]}”), the target allows: «{words[at].text}»",
                        severity=Severity.CRITICAL,
                    )  # fmt: skip
        compares = _COMPARES.search(source) and any(word.low == "чем" for word in words)
        for han, denial in () if compares else denials(source):
            said = [
                at for at, word in enumerate(words)
                if len(word.low) > 4 and not word.low.startswith("следующ") and _says(word, han)
            ]  # fmt: skip
            if denial.endswith(("尚未" + han, "未" + han)) and any(words[at - 1].low == "до" for at in said if at):
                continue  # 尚未结束: до окончания
            if (
                said
                and not any(_denied(view, at) or _only_here(words, at) for at in said)
                and not _said_besides(words[said[0]], source, denial, han)
                and not _prefixed(words, han)
            ):
                word = words[said[0]]
                yield self.finding(
                    word.span, f"“{denial}” of the source denies what the target says: «{word.text}»",
                    severity=Severity.CRITICAL,
                )  # fmt: skip
        yield from self._absent(view)
        yield from self._not_only(view)
        for span, message in (*excepted(view), *lifted(view), *strictly(view)):
            yield self.finding(span, message, severity=Severity.CRITICAL)
        yield from self._added(view)

    def _absent(self, view: View) -> Iterator[Finding]:
        """无人员死亡, «погибли люди»; 不设限制, «с ограничениями»: what is not there stands undenied."""
        words = view.words
        for match in _ABSENT.finditer(view.source):
            parts = [span.of(match[1]) for span, _ in dictionary.segment(match[1]) if len(span) > 1]
            if not parts or match[1] in view.source.replace(match[0], "", 1):
                continue
            said = [at for at, word in enumerate(words) if len(word.low) > 4 and _renders(word, parts[-1])]
            if len(said) != 1 or parts[-1] in view.source.replace(match[0], "", 1):
                continue
            at = said[0]
            first, last = _clause(view, at)
            if any(_DENIES.fullmatch(word.low) or _WANTING.match(word.low) for word in words[first:last]):
                continue
            start = words[_governor(view, at, first)].start
            yield self.finding(
                (start, words[at].end), f"“{match[0]}” of the source denies what the target says: «{words[at].text}»",
                severity=Severity.CRITICAL,
            )  # fmt: skip

    def _not_only(self, view: View) -> Iterator[Finding]:
        """不能只看, «смотреть только на»."""
        match = _NOT_ONLY.search(view.source)
        words = view.words
        said = [at for at, word in enumerate(words) if word.low in ("только", "лишь", "исключительно")]
        if match is None or not said or len(_ONLY_ZH.findall(view.source)) > 1:
            return
        if any(_DENIES.fullmatch(word.low) or _WANTING.match(word.low) for word in words):
            return
        word = words[said[0]]
        modal = words[said[0] - 1] if said[0] and words[said[0] - 1].low in _OUGHT else word
        yield self.finding(
            (modal.start, word.end), f"“{match[0]}” of the source says: not only; the target says «{word.text}»",
            severity=Severity.CRITICAL,
        )  # fmt: skip

    def _added(self, view: View) -> Iterator[Finding]:
        """The target denies a word of a source that denies nothing; 仅 and «лишь» answer each other."""
        words = view.words
        if not any(word.low == "не" for word in words):
            return
        source = _ONLY_ZH.sub("", view.source) if _ONLY_RU.search(view.target) else view.source
        if _NEGATIVE.search(source):
            return
        for at, word in enumerate(words[:-1]):
            following = words[at + 1]
            between = view.target[word.end : following.start]
            if word.low != "не" or between.strip() or len(following.low) < 5 or _AFFIRMING.match(following.low):
                continue
            if at and words[at - 1].low in ("едва", "чуть"):
                continue  # едва не распустили
            if any(_UNTIL.match(before.low) for before in words[max(0, at - 4) : at]):
                continue
            rendered = [
                span.of(view.source) for span, entry in dictionary.segment(view.source)
                if len(span) > 1 and (_exactly(following, entry) if entry else _likely(following, span.of(view.source)))
            ]  # fmt: skip
            if rendered:
                yield self.finding(
                    (word.start, following.end), f"the target denies what the source says: {rendered[0]}",
                    severity=Severity.CRITICAL,
                )  # fmt: skip


def _side(view: View, lang: Lang) -> Side:
    """The side of the view in that language."""
    text = view.target if lang == view.target_lang else view.source
    if lang == "zh":
        return side(text, lang, chinese_words(text))
    return side(text, lang, view.words if lang == view.target_lang else view.source_words)


_THAN = re.compile(r"\bчем\b|\bthan\b|лучше")
_ABSENT = re.compile(
    r"(?:^|(?<=[，。；：！？均也都并暂且仍]))(?:不(?:另行?|再|额外)[收计][取收]?|没有|无(?!视|条件|证|照|牌|辜|论|需|须|法|关|奈|不|所|人机|线|偿|形|数|限|私|疑|缝|菌|声|际)|不设|未设|不存在|不收取?|不含|不附带?)"
    r"((?:(?!致|导|的)[\u4e00-\u9fff]){2,7})(?=[，。；：！？、]|$)"
)
_COMPARES = re.compile("宁[可愿死]|没有.{0,12}(?:那么|那样|这么|想象)")  # «меньше, чем принято думать»
_WANTING = re.compile(
    r"бесплатн|избе|обо[йш]|минова|уцел|мало|нул|свобод|чист|слож|трудн|гаран|снят|отмен|защищ|любо|кажд|без"
)
_NOT_ONLY = re.compile("(?:不(?:能|应|应该|可|得|要|该|宜)|[绝决]不能)(?:够|再)?(?:仅仅|仅|只|光|单)(?![一要有纯独位])")


_OUGHT = frozenset(("нужно", "надо", "необходимо", "следует", "должен", "должна", "должны", "можно", "стоит"))


def _governor(view: View, at: int, first: int) -> int:
    """The verb that governs word `at`, a word or two before it («[установив] искусственные сроки»), or «с» before it;
    else the word itself."""
    words = view.words
    if at and words[at - 1].low in ("с", "со", "есть"):
        return at - 1
    verbal = ("VERB", "INFN", "GRND", "PRTS")
    near = (n for n in range(at - 1, max(first, at - 3) - 1, -1) if str(parses(words[n].low)[0].tag.POS) in verbal)
    return next(near, at)


def _stated(view: View, at: int) -> int:
    """The finite verb that states what is denied, or the word itself: «[поступают] сообщения о гражданах»."""
    first = max(_clause(view, at)[0], at - 5)
    verbs = (n for n in range(at - 1, first - 1, -1) if str(parses(view.words[n].low)[0].tag.POS) in ("VERB", "PRTS"))
    return next(verbs, at)


def _only_here(words: Sequence[Word], at: int) -> bool:
    return any(word.low in ("только", "лишь", "исключительно") for word in words[max(0, at - 1) : at + 2])


def _prefixed(words: Sequence[Word], han: str) -> bool:
    """Does an adjective or a noun with «не-» say what is denied: договориться с несогласными (不同意)?"""
    if han not in dictionary.load():
        return False
    bare = {lemma.removeprefix("не") for word in words for lemma in word.lemmas if lemma.startswith("не")}
    return any(dictionary.renders("ru", han, lemma) for lemma in bare if len(lemma) > 4)


def _said_besides(word: Word, source: str, denial: str, han: str) -> bool:
    """Does another word of the source, which nothing denies, say what the Russian one does: 罚款 beside 不予处罚?"""
    rest = source.replace(denial, "\n")
    for span, entry in dictionary.segment(rest):
        one, near = span.of(rest), rest[max(0, span.start - 2) : span.end]
        if entry is None or _NEGATIVE.search(near) or not (han in one or _exactly(word, entry)):
            continue
        if any(dictionary.renders("ru", one, lemma) for lemma in word.lemmas):
            return True  # 受灾, «пострадало», beside 没有人员伤亡
    return False


def _renders(word: Word, han: str) -> bool:
    return bool(word.lemmas & surely("ru", han)) or any(dictionary.renders("ru", han, lemma) for lemma in word.lemmas)


def _clause(view: View, at: int) -> tuple[int, int]:
    """The words of the clause that word `at` stands in, from mark to mark: first, one behind the last."""
    words, text = view.words, view.target
    first, last = at, at + 1
    while first and not _BREAK.match(text[words[first - 1].end : words[first].start]):
        first -= 1
    while last < len(words) and not _BREAK.match(text[words[last - 1].end : words[last].start]):
        last += 1
    return first, last


def _says(word: Word, han: str) -> bool:
    """Is the Russian word a rendering of `han`: by the tables both ways, or what can be denied, by the dictionary?"""
    if word.lemmas & surely("ru", han):
        return True
    entry = dictionary.load().get(han)
    listed = () if entry is None else [one for item in entry.ru for one in item if _may_be_denied(one)]
    if not any(dictionary.kin(one, lemma) for one in listed for lemma in word.lemmas):
        return False
    return all(str(reading.tag.POS) in _DENIABLE for reading in parses(word.low)[:1])


def _may_be_denied(low: str) -> bool:
    """Is it a verb or an adjective: no «установка» (设施), no «согласно» (按规定)?"""
    return any(str(reading.tag.POS) in _DENIABLE for reading in parses(low)[:1])


def _exactly(word: Word, entry: dictionary.Entry) -> bool:
    """Is one of the entry's renderings this verb and nothing else?"""
    if entry.zh in _negative_entries():
        return False
    single = {item[0] for item in entry.ru if len(item) == 1}
    return bool(word.lemmas & single) and _verbal(word)


_LONG = 7  # letters


def _likely(word: Word, han: str) -> bool:
    """Is this verb what the tables give for a word that the dictionary has not?"""
    if len(word.low) < _LONG or not _verbal(word):
        return False
    return any(not (ways := back("ru", lemma)) or han in ways for lemma in word.lemmas & forward("ru", han))


def _verbal(word: Word) -> bool:
    return all(str(reading.tag.POS) in ("VERB", "INFN", "PRTS") for reading in parses(word.low)[:1])


_ONLY_ZH = re.compile("仅|只(?!要)|唯")
_ONLY_RU = re.compile(r"\b(?:лишь|только|всего|исключительно|единственн\w+)\b", re.I)


@cache
def _negative_entries() -> frozenset[str]:
    """Chinese words that have a rendering with «не» in the dictionary: 持平, «не измениться»."""
    text = (resources.files("pipeline.assets") / "dictionary" / "zh.tsv").read_text(encoding="utf-8")
    return frozenset(line.split("\t")[0] for line in text.splitlines() if re.search(r"\b(?:не|без)\b", line))


_DENIABLE = frozenset(("VERB", "INFN", "PRTF", "PRTS", "GRND", "ADJF", "ADJS"))
_UNTIL = re.compile(r"пока$|чтобы$|если$|хотя$|до$|ли$|кто$|как$|бы$")


def _denied(view: View, at: int, *, modal: bool = False) -> bool:
    """Is there a negative word near word `at` of its clause, other than one that renders a word of the source as it is?

    A modal word («может», «позволить») is denied only by what stands right before it.
    """
    words, text = view.words, view.target
    if modal and at + 1 < len(words) and words[at + 1].low == "не":
        return True
    if not modal and at and text[words[at - 1].end : words[at].start] == " " and _graded(words, at):
        return True  # холоднее нормы
    if modal and any(word.low in ("лишь", "только") for word in words[at + 1 : at + 4]):
        return True  # разрешается брать только
    first, last = max(0, at - (4 if modal else 6)), at if modal else at + 5
    for n in range(at, first, -1):
        if _BREAK.match(text[words[n - 1].end : words[n].start]) and not _JOINS.match(words[n].low):
            first = n
            break
    for n in range(at, min(last, len(words) - 1)):
        if _BREAK.match(text[words[n].end : words[n + 1].start]):
            last = n
            break
    return any(
        _DENIES.fullmatch(words[n].low)
        and not (modal and _WITHOUT.match(words[n].low))
        and (n == at or not _plain(view, words[n]))
        and (n == at or not _attribute(words, n, at))
        for n in range(first, min(last + 1, len(words)))
    )


def _graded(words: Sequence[Word], at: int) -> bool:
    """Is the noun what a comparative before it compares with?"""
    before, own = parses(words[at - 1].low)[:1], parses(words[at].low)[:1]
    return any(str(one.tag.POS) == "COMP" for one in before) and any(
        {"NOUN", "gent"} <= one.tag.grammemes for one in own
    )


_WITHOUT = re.compile(r"бе[зс]|вне$|кроме$")  # «без разрешения могут» still allows


def _attribute(words: Sequence[Word], n: int, at: int) -> bool:
    """Does «незнакомым» deny only the noun that follows it, and not word `at`?"""
    if not _PREFIXED.match(words[n].low) or n + 1 >= len(words) or n + 1 == at:
        return False
    readings, following = parses(words[n].low)[:1], parses(words[n + 1].low)[:1]
    return all(str(one.tag.POS) in ("ADJF", "PRTF") for one in readings) and any("NOUN" in one.tag for one in following)


def _plain(view: View, word: Word) -> bool:
    """Does a word like «незнакомый» render a source word that has no negation in it (陌生)?"""
    if not _PREFIXED.match(word.low):
        return False
    return any(
        entry is not None and not _NEGATIVE.search(span.of(view.source))
        and any(dictionary.renders("ru", span.of(view.source), lemma) for lemma in word.lemmas)
        for span, entry in dictionary.segment(view.source)
    )  # fmt: skip


_PREFIXED = re.compile(r"(?:не(?!до(?!ст))|бе[зс])\w{4,}")
_BREAK = re.compile(r"\s*[,;:.!?…—–(«»]")
_JOINS = re.compile(r"что|как|когда|если|котор|чем|ли$|то$|и$|а$|но$|где|куда|кто")
_NEGATIVE = re.compile(
    r"[不没无未非莫勿别禁止否拒免避防绝缺少弃违误失停断零空乱假短阻抗反戒忌除脱遏克攻难险患虚错漏废破弱远岂耻终]|消[除失灭]|代替|替代|取代|解决|坚守|坚决|唯|独|仅|只|[有尚仍亟]待"
)
_AFFIRMING = re.compile(
    r"тольк|менее|более|раз$|прост|один|одн|поздн|ранее|выше|ниже|больше|меньше|допус|допущ|забы|сниж|"
    r"отстав|остан|столь|случ|"
    r"говор|упуст|уступ|ослаб|сбав|прекращ|покла|щад|жале|прибег|огран|имеет|имею|сомне|менен|меня|сворач|"
    r"пожал|отступ|дать|дава|"
    r"позвол|прерыв|смотр|взир|счит|остав|страш|боят|побо|отход|отказ|терп|связан|наруш|потер|терял|теря|"
    r"перест|завис|исключ|отста|сгиб|сдав|замык|будет|может|могут|быть|было|нужно|надо|требу|только|всегда|редк|всяк"
)


# Turns with a negative sign that deny nothing, or not what follows.
_TWICE = re.compile("(?:不是|并非|不能说)(?:没有|无|不)")  # 不是没有订单: there were orders
_SPOKEN = re.compile(
    r"([\u4e00-\u9fff])不\1|不足(?=[^，。；]{0,6}(?:分之|[一二三四五六七八九十百千万\d]))|(?<=最)不|不超|没有一|未满|不[断扩结仅但只光管论过久少禁惜愧仅仅懈](?!合格)|不同(?!意|情)|不愿意?透露|不透露|不具名|不得[不了已]|毫不(?:犹豫|动摇|松懈|放松)|"
    r"不[^，。；]{0,4}不|没有[^，。；]{1,12}就没有|"
    r"无[^，。；]{0,3}不|非[^，。；]{1,6}不|能否|是否|记不记|[^，。；]不[^，。；]{0,2}(?=[？?])|未来|未必|不忘|不畏|不辞|不动产|不等式|不一|与众不同"
)
_QUESTION = re.compile("[？?]")
_DENIES = re.compile(
    r"(?:не|ни|нет|без|безо|нельзя|нигде|никогда|вне|мало|вряд|лишь|отнюдь|далеко|кроме|вместо|избегая|едва)|"
    r"не(?!много|сколько|обходим|дел|фт|бес|медленн|пременн|уклонн|устанн|прерывн|посредственн|зависим|сти|"
    r"сет|сущ)\w{4,}|"
    r"ни(?:что|чего|чему|чем|кто|кого|кому|как\w*|куда)|без(?!опас)\w{4,}|бес(?!ед)\w{4,}|"
    r"(?:запре|отказ|отверг|отриц|исключ|отсутств|прекра|избе|лиш|воздерж|пресе|искорен|предотвра|"
    r"недо|противо(?!показ)|воспрещ|слаб|дефицит|потер|утра|провал|сорв|невоз|перест|ниже|меньш|конец|уклон|"
    r"освобо|пределами|оторв|заслон|скры|тайн|исчез|снят|отмен|устар|угроз|угрож)\w*"
)


PLUGIN = Negation()
