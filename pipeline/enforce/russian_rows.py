"""Rows of Russian words that a model takes for a term: with the words that belong to them, without those that govern
them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.enforce import heard
from pipeline.enforce.heard import SOME, Word
from pipeline.enforce.view import View
from pipeline.languages.dictionary import kin
from pipeline.languages.russian.analyse import Token, analyses, fold, lemma, lemmas
from pipeline.languages.russian.near import TIMES
from pipeline.languages.russian.reading import agree
from pipeline.languages.russian.tables import table
from pipeline.model import Form

_SUFFIX = re.compile("(?:ов|ев|н|ан|ян|ск)(?:[ыиоея][йехм]|[оеыи](?:го|му|ми)|ая|яя|ую|юю)$")
_STEM = 3  # letters that a noun and its adjective share
_LONG_STEM = 4  # letters of the first word in an adjective made of two
_POSSESSIVE = frozenset(("свой", "мой", "наш", "ваш", "этот", "тот", "такой", "каждый", "любой", "весь", "данный"))


def _without_own(row: list[Word], wording: Sequence[Form]) -> list[Word]:
    """Without a possessive or demonstrative pronoun before the words («[свой] беспощадный курс»), unless the official
    form begins with one."""
    if len(row) > 1 and lemmas(row[0].text) & _POSSESSIVE and not lemmas(wording[0].text.split()[0]) & _POSSESSIVE:
        return row[1:]
    return row


def _without_acronym(row: list[Word], wording: Sequence[Form], view: View) -> list[Word]:
    """Without the letters of another name, which belongs to the noun before it («Госсовета КНР [Национальная
    комиссия]»)."""
    before = view.before(row[0].start) if len(row) > 1 else None
    if before is None or not before.is_word or not row[0].text.isupper() or len(row[0].text) < _LETTERS:
        return row
    owned = row[1].text[:1].isupper() and any(a.pos == "NOUN" for a in analyses(before.text)[:1])
    return row[1:] if owned and not any(row[0].text in form.text for form in wording) else row


_LETTERS = 2


def _without_participle(row: list[Word], view: View) -> list[Word]:
    """Without a participle behind a comma that does not agree with the words behind («, проведенного [уездным
    комитетом]»)."""
    before = view.before(row[0].start) if len(row) > 1 else None
    if before is None or before.text != "," or analyses(row[0].text)[0].pos != "PRTF":
        return row
    mine = [a for a in analyses(row[0].text) if a.pos == "PRTF"]
    nominal = [a for a in analyses(row[1].text) if a.pos in ("NOUN", "ADJF")]
    agreed = any(a.case == b.case and a.number == b.number for a in mine for b in nominal)
    return row if agreed or not nominal else row[1:]


def _before_verb(row: list[Word], wording: Sequence[Form]) -> list[Word]:
    """Without a finite verb and what follows it («ракетные пушки [дали залп]»), unless the official form has a verb."""
    if any(analyses(word)[0].pos == "VERB" for form in wording for word in form.text.split()):
        return row
    verbs = (n for n, word in enumerate(row[:-1]) if n and analyses(word.text)[0].pos == "VERB")
    return row[: next(verbs, len(row))]


def _without_led(row: list[Word], wording: Sequence[Form], view: View) -> list[Word]:
    """Without a word at the beginning that the term depends on or that ends what stands before: a measure or quantity
    («численность [болезнетворных существ]»), a noun of time with its preposition («к настоящему времени [сестринская
    страховка]»), the last of a numeral («двадцать одну [рудную плотину]»), the noun that a verb has to somebody («нанес
    визит [вице-мэру]»); unless the official form has it."""
    known = {word for form in wording for text in form.text.split() for word in lemmas(text)}
    while len(row) > 1 and not lemmas(row[0].text) & known and view.text[row[0].end : row[1].start] == " ":
        before = view.before(row[0].start)
        measures = lemmas(row[0].text) & table("words", "measure").keys() and _genitive(row[1:]) and not row[0].own
        times = lemma(row[0].text) in TIMES and before is not None and _in_time(before)
        kinds = row[1].text[:1].isupper() and lemma(row[0].text) in table("words", "generic")  # реки [Кумары]
        counts = "один" in lemmas(row[0].text) and before is not None and analyses(before.text)[0].pos == "NUMR"
        if not (measures or times or counts or kinds or _paired(before, row[0])):
            break
        row = row[1:]
    return row


def _paired(verb: Token | None, noun: Word) -> bool:
    pairs = table("government", "pair")
    return verb is not None and any(f"{a}_{b}" in pairs for a in lemmas(verb.text) for b in lemmas(noun.text))


def _behind_participle(row: list[Word], view: View) -> list[Word]:
    """Without a noun in the instrumental at the beginning that belongs to the participle right before it, while that
    agrees with a word behind («сделанный зимой [сетевой ящик]»)."""
    before = view.before(row[0].start) if len(row) > 1 else None
    if before is None or view.text[before.end : row[0].start] != " " or row[0].own:
        return row
    participle = [a for a in analyses(before.text) if a.pos == "PRTF"]
    nouns = [a for word in row[1:] for a in analyses(word.text) if a.pos in ("NOUN", "ADJF")]
    led = any(a.pos == "NOUN" and a.case == "ins" for a in analyses(row[0].text))
    own = any(agree(a, n) for a in participle for n in analyses(row[0].text) if n.pos == "NOUN")
    return row[1:] if led and not own and any(agree(a, n) for a in participle for n in nouns) else row


def _genitive(row: Sequence[Word]) -> bool:
    """Does the row begin with what stands in the genitive?"""
    return any(a.case == "gen" and a.pos in ("NOUN", "ADJF", "PRTF") for a in analyses(row[0].text))


def _in_time(before: Token) -> bool:
    """Is it what a noun of time stands behind: a preposition, an adjective, a numeral?"""
    return analyses(before.text)[0].pos in ("PREP", "ADJF", "NUMR") or before.text.isdigit()


def _with_predicate(row: list[Word], words: Sequence[Word], wording: Sequence[Form], view: View) -> list[Word]:
    """With what follows a dash, where the official form has one, as far as it answers the term («[вода и горы] — это
    золото и серебро»)."""
    if "—" not in wording[0].text or any(word.text == "—" for word in row) or view.text[row[-1].end :][:2] != " —":
        return row
    more: list[Word] = []
    for word in (each for each in words if each.start > row[-1].end):
        if word.text in ("—", "это", "есть") or word.link or word.own or word.inside:
            more.append(word)
        else:
            break
    while more and (more[-1].link or more[-1].text in ("—", "это", "есть")):
        more.pop()
    return [*row, *more]


_REACH = 2  # words between an infinitive and what a row begins with


def _with_infinitive(row: list[Word], words: Sequence[Word], wording: Sequence[Form], view: View) -> list[Word]:
    """With the infinitive whose object the row begins with, where the official form is an infinitive with its words
    («потребовали [продвигать реформу по случаям]»)."""
    verbs = [analyses(text)[0] for form in wording[:1] for text in form.text.split()]
    if not any(a.pos == "INFN" for a in verbs) or any(analyses(word.text)[0].pos == "INFN" for word in row):
        return row
    at = next((n for n, word in enumerate(words) if word.start == row[0].start), 0)
    for back in range(1, _REACH + 1):
        if at - back < 0 or view.text[words[at - back].end : words[at - back + 1].start] != " ":
            break
        pos = analyses(words[at - back].text)[0].pos
        if pos == "INFN":
            return [*words[at - back : at], *row]
        if pos not in ("ADJF", "NPRO", "NOUN", "PRTF", "ADVB"):
            break
    return row


def _opened(row: list[Word], words: Sequence[Word], view: View) -> list[Word]:
    """With the adjective right before that belongs to a noun of the row and answers nothing else: «[дворовой]
    маршальской комиссией», «[потерявших] доверие исполняемых лиц»."""
    at = next((n for n, word in enumerate(words) if row and word.start == row[0].start), 0)
    before = words[at - 1] if at else None
    if before is None or view.text[before.end : row[0].start] != " " or not (before.open or before.inside):
        return row
    if lemmas(before.text) & (_POSSESSIVE | {"один"}) or before.share < max(
        SOME, sum(weight for _, weight in before.away)
    ):
        return row  # it answers other words: «на Тутаевской [звонковой фабрике]»
    pos = analyses(before.text)[0].pos
    nouns = [word for word in row if analyses(word.text)[0].pos == "NOUN"]
    if pos == "ADJF":
        nouns = nouns[:1]
    elif pos != "PRTF" or not nouns or nouns[0] is not row[0]:
        return row
    agreed = any(
        a.case == n.case and a.number == n.number and (a.number == "pl" or a.gender == n.gender)
        for a in analyses(before.text)
        for noun in nouns
        for n in analyses(noun.text)
        if a.pos == pos and n.pos == "NOUN"
    )
    return [before, *row] if agreed else row


def _to_quote_end(row: list[Word], words: Sequence[Word], view: View) -> list[Word]:
    """With the rest of the quotation that begins in the row, where it answers nothing else («преобразования „отпуск,
    [надзор, сервис]“»)."""
    said = view.text[row[0].start : row[-1].end] if row else ""
    if said.count("«") != said.count("»") + 1:
        return row
    close = view.text.find("»", row[-1].end)
    rest = [word for word in words if row[-1].end <= word.start < close]
    free = not any(word.other or word.text in "«.;:!?" for word in rest) and any(word.own for word in rest)
    return [*row, *(word for word in rest if not word.link)] if free else row


def _without_head(row: list[Word], parts: int) -> list[Word]:
    """Without a noun at the beginning that renders nothing of the term, where the words that depend on it render all of
    it («[применение] условного выпуска» for conditional release). `parts`: words of the term in the source."""
    rest = row[1:]
    if len(rest) < max(2, len(row[0].like)) or row[0].own or analyses(row[0].text)[0].pos != "NOUN":
        return row
    said = frozenset[int]().union(*(word.says for word in rest))
    return rest if all(word.own for word in rest) and len(said) >= parts and _genitive(rest) else row


def _without_tail(row: list[Word], words: Sequence[Word], wording: Sequence[Form], view: View) -> list[Word]:
    """Without a preposition's noun at the end that the tables do not give for the term and behind which stands what
    belongs to it and answers other words («систему снятия афиш [при разработке] десяти технологий»), unless the
    official form has a preposition."""
    last = row[-1]
    lead = view.before(last.start)
    after = next((word for word in words if word.start > last.end), None)
    if len(row) < 3 or last.own or lead is None or analyses(lead.text)[0].pos != "PREP" or lead.start < row[0].end:
        return row
    if after is None or not (after.other or after.stop) or view.text[last.end : after.start] != " ":
        return row
    if analyses(last.text)[0].pos != "NOUN" or not any(a.case == "gen" for a in analyses(after.text)):
        return row
    official = (analyses(word)[0].pos for word in wording[0].text.split())
    return row if "PREP" in official else row[:-1]


_ALIKE = 0.5  # nearness of a noun to the head of the official form from which it says as much
_SAME = 0.75  # of a word to one of its other words


def _with_head(row: list[Word], words: Sequence[Word], view: View) -> list[Word]:
    """With the noun right before that answers nothing else and says what the head of the official form does, where the
    row has but words that depend on it («[болезни] малых жвачных животных», чума мелких жвачных)."""
    before = next((word for word in reversed(words) if word.end < row[0].start), None)
    if before is None or not before.open or not before.noun or view.text[before.end : row[0].start] != " ":
        return row
    alike = before.like[:1] > (_ALIKE,) and all(word.like[0] < before.like[0] for word in row)
    same = any(value >= _SAME for word in row for value in word.like[1:])
    return [before, *row] if alike and same and before.share >= SOME and _genitive(row) else row


def with_name(row: list[Word], words: Sequence[Word], view: View) -> list[Word]:
    """The word for a kind of place with the name right behind it, whatever other word that may be («реке [То]»)."""
    after = next((word for word in words if row and word.start > row[-1].end), None)
    if after is None or len(row) > 1 or lemma(row[0].text) not in table("words", "generic") or row[0].text.isupper():
        return row
    named = after.text[:1].isupper() and not after.other and view.text[row[0].end : after.start] == " "
    return [*row, after] if named else row


def whole(
    row: list[Word], words: Sequence[Word], wording: Sequence[Form], view: View, parts: int
) -> tuple[list[Word], bool]:
    """The row without what is not the term's at its beginning, with the noun that its last adjective belongs to
    («пуленепробиваемую [одежду]»), and whether the phrase is torn: that noun answers another word of the source, or it
    is not known that it does not. `parts`: words of the term in the source."""
    row = _before_verb(_without_own(_without_acronym(_without_participle(row, view), wording, view), wording), wording)
    row = _behind_participle(_without_led(_with_infinitive(row, words, wording, view), wording, view), view)
    row = _without_tail(_without_head(row, parts), words, wording, view) if row else row
    row = _with_head(row, words, view) if row else row
    row = _with_predicate(row, words, wording, view)
    before = view.text[: row[0].start].rsplit(maxsplit=1)[-1:] if row else []
    if len(row) > 1 and row[0].text.lower() in heard.SET and before and before[0].lower() in heard.BEFORE_SET:
        row = row[1:]  # во время [большого голодания]
    while len(row) > 1 and analyses(row[0].text)[0].pos == "NPRO":
        row = row[1:]  # предъявленное им [полномочие]
    row = _to_quote_end(_opened(row, words, view), words, view)
    last = row[-1] if row else None
    at = next((n for n, word in enumerate(words) if last is not None and word.start == last.start), -1)
    after = words[at + 1] if 0 <= at < len(words) - 1 else None
    if last is None or after is None or view.text[last.end : after.start] != " ":
        return row, False
    mine = [a for a in analyses(last.text) if a.pos in ("ADJF", "PRTF")]
    nouns = [a for a in analyses(after.text)[:3] if a.pos == "NOUN"]
    agreed = any(a.case == n.case and a.number == n.number and (a.number == "pl" or a.gender == n.gender)
                 for a in mine for n in nouns)  # fmt: skip
    if not agreed or (analyses(last.text)[0].pos == "NOUN" and all(a.case == "gen" for a in nouns)):
        return row, False
    return ([*row, after], False) if not (after.other or after.stop or after.link) else (row, True)


def as_adjective(
    words: Sequence[Word], read: Sequence[Word], lower: Sequence[str], wording: Sequence[Form], view: View
) -> bool:
    """Is one of the words an adjective of the one word that is the term («тепличных овощей»: теплица), of those that
    the model or the tables take for it, `read`, or one of both its words («сибиреязвенный»)? `lower`: the wording."""
    small = all(form.text.islower() for form in wording)  # «Благовещинском» is the name itself, «пасхальном» is not
    adjectives = [w for w in words if analyses(w.text)[0].pos == "ADJF" and (small or w.text.islower())]
    return any(
        _joined(fold(word.text), one) if " " in one else word in read and _formed(fold(word.text), one)
        for word in adjectives
        for one in lower
        if not _with_its_noun(word, words, view)
    )


def _with_its_noun(adjective: Word, words: Sequence[Word], view: View) -> bool:
    """Is the noun right behind a Russian adjective, which it agrees with, taken for the term as well («фигурных
    [катателей]» for фигурист)?"""
    noun = next((word for word in words if word.start > adjective.start), None)
    if noun is None or noun.other or noun.share < heard.STRONG or view.text[adjective.end : noun.start] != " ":
        return False
    mine = [a for a in analyses(adjective.text) if a.pos == "ADJF"]
    return any(agree(a, n) for a in mine for n in analyses(noun.text) if n.pos == "NOUN")


def _joined(adjective: str, term: str) -> bool:
    """Is the adjective made of both words of the term: сибиреязвенный, сибирская язва?"""
    first, _, second = term.partition(" ")
    stem, other = first[:_LONG_STEM], second.rstrip("аяоеьйы")
    return len(other) >= _STEM and adjective.startswith(stem) and other in adjective[len(stem) :]


def _formed(adjective: str, noun: str) -> bool:
    """Is the adjective formed from the noun: тепличных, теплица; of a short noun by its suffix: рапсового, рапс?"""
    stem = noun.rstrip("аяоеьй")
    return kin(adjective, noun) or (len(stem) >= _STEM and _SUFFIX.match(adjective.removeprefix(stem)) is not None
                                    and adjective.startswith(stem))  # fmt: skip
