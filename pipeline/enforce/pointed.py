"""Where a translation model looks when it reads the target: the words that stand for a term, however they are put.

Only for a glossary of one's own, which has made its choice of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.enforce import (
    channel,
    chinese_ends,
    chinese_rows,
    english_number,
    english_rows,
    guessed,
    heard,
    place,
    quoted,
    rendering,
    russian_rows,
    spans,
)
from pipeline.enforce.bridge import source_words
from pipeline.enforce.candidates import Candidate, Links
from pipeline.enforce.chinese_names import BODIES
from pipeline.enforce.english import balanced, number, with_prefix
from pipeline.enforce.heard import NEGATIONS, SOME, STRONG, SURE, Word
from pipeline.enforce.result import Ground
from pipeline.enforce.synonyms import bundled as bundled
from pipeline.enforce.view import View, closed
from pipeline.languages.chinese import is_han
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.russian.analyse import analyses, fold, lemmas, tokenise
from pipeline.languages.russian.paradigm import paradigm
from pipeline.languages.russian.reading import agree
from pipeline.model import Form, Lang, Occurrence, Span

Reader = Callable[[str, str], Links]
"""Source and target text -> which span of the source each span of the target answers, and how surely (0..1)."""
_KINDS = ("term", "title", "body", "slogan", "place")
SHOWN, SURELY = 0.3, 0.5  # chances from which words are shown as a term's rendering, and replaced
ALONE = 0.6  # the latter of a single word that the tables do not give for the term, if nothing accounts for others
WHOLLY = 0.85  # from which none of the words is left out for the little heed that it has
PART = 0.3  # part of a row's chance that fewer of its words must have to be taken for it
TORN = 0.8  # and of Russian words that are no nominal group
_STEM = 3  # letters that a noun and its adjective share
_ADJECTIVE = re.compile("(?:i?al|ical|ic|i?an|(?:ion)?ary|i?ous|ive|u?lar|ar|ional|ine)")  # behind the stem of the noun
_AREA_WORDS = {  # characters for areas, and what speaks of one in a source
    "区": "район|округ|district", "县": "уезд|район|county", "市": "город|city|town", "省": "провинц|област|province",
    "州": "област|край|штат|state|region", "镇": "посел|посёл|город|town", "乡": "волост|township",
    "村": "сел|дерев|village",
}  # fmt: skip
_LEAST = 0.4  # attention of the words of a quotation that nothing else accounts for
_QUOTE = 0.5  # mean attention of the words of a quotation that is the term as a whole
_JOINED = re.compile(r"[和与及、,]|\b(?:and|or|и|или)\b")
_ABBREVIATION = re.compile("[A-Z]{2,}s?")
_PART_QUOTED = re.compile('[^«“"]+[«“"]|[»”][^»”]+$')
_QUOTED = re.compile(r"«[^«»]+»|“[^“”]+”|\"[^\"]+\"")


def candidates(
    occurrence: Occurrence,
    source: str,
    view: View,
    wording: Sequence[Form],
    read: Reader,
    weigh: channel.Weigher | None = None,
) -> Iterator[Candidate]:
    """The stretch that the model takes for the term; none where it is not sure. Only to be shown where it says more
    than the term, or only a part of its official name."""
    term = occurrence.term
    ours = bundled(term.origin)
    if term.kind not in _KINDS or not wording or (ours and not guessed.fixed(term, wording, view.lang)):
        return
    links = read(source, view.text)
    if not links:
        return
    words = heard.words(occurrence, source, view, wording[0], links)
    if _as_attribute(words, wording, view):
        return  # «тепличных овощей», "naval exercise": the term stands as an adjective
    named = _PART_QUOTED.search(wording[0].text) is not None  # космическая станция «Тяньгун»
    whole = term.kind in ("slogan", "term") and not (named or ours)
    if whole and (span := _quoted(words, view) or quoted.alone(words, occurrence, source, view)) is not None:
        yield _made(span, 0.75, view, repair=True)
        return
    wanted = asked(occurrence, source, wording, view.lang)
    found = spans.rows(words, view, wanted)
    if view.lang == "zh" and term.kind not in ("person", "place"):
        found = _without_names(found, words, view, occurrence, source)
    if weigh is not None:
        found = channel.weighed(found, words, view, occurrence, source, wording[0], weigh)
    if not found or found[0].chance < SHOWN:
        return
    best = found[0]
    row, torn = _settled(best, words, wording, view, wanted, found)
    chance = best.chance + sum(
        other.chance
        for other in found[1:]
        if other.chance >= channel.RIVAL
        and _bounds(_settled(other, words, wording, view, wanted, found)[0]) == _bounds(row)
    )
    if not row:
        return
    start = with_prefix(view.text, row[0].start) if view.lang == "en" else row[0].start
    span = closed(view.text, Span(start, row[-1].end))
    if view.lang == "zh" and term.kind == "place":
        span = _without_area(span, wording, view, source)
    if view.lang == "zh" and any(form.text[1:] == span.of(view.text) for form in wording):
        span = Span(max(0, span.start - 1), span.end)  # 在外|贝加尔斯克 for 后贝加尔斯克
    if not view.free(span) or not balanced(span.of(view.text)):
        return
    if view.lang == "en" and len(row) >= wanted.size and all(max(word.like, default=0.0) >= 0.99 for word in row):
        return  # the official words in another number: «enterprises that produce …»
    if view.lang == "ru" and len(row) > wanted.size > 1 and _all_said(row, wording):
        return  # «доходность [десятилетних] облигаций»
    left = any((word.open or word.inside) and word not in row for word in words)  # for something else
    alone = left and len(row) == 1 and not row[0].own and not row[0].text.isupper()
    repair = (
        chance >= (ALONE if alone else SURELY)
        and not torn
        and (view.lang != "ru" or chance >= TORN or spans.phrase(row, view))
        and not _partial(row, wanted.size)
        and _nominal(wording[0].text, view.lang)
        and not _manned(row, term.kind, view.lang)
        and (not ours or (chance >= guessed.LEAST and guessed.is_guess(span, row, wording, term.kind, view)))
    )
    made = _made(span, 0.72 + 0.08 * chance, view, repair=repair)
    if view.lang == "en" and english_rows.of_no_plural(row, occurrence, source):
        made = replace(made, cells=english_number.MASS)
    yield replace(made, cells=_single(span, occurrence, source, wording[0], view)) if view.lang == "ru" else made


def _without_names(
    found: Sequence[spans.Row], words: Sequence[Word], view: View, occurrence: Occurrence, source: str
) -> list[spans.Row]:
    """The rows without those that are another name of the source; their chance goes to the others."""
    other = [r for r in found if chinese_rows.of_another(_text(r, words, view), occurrence, source)]
    lost = sum(row.chance for row in other)
    return [replace(row, chance=row.chance / max(1 - lost, row.chance)) for row in found if row not in other]


def _text(row: spans.Row, words: Sequence[Word], view: View) -> str:
    return view.text[words[row.first].start : words[row.last].end]


def _settled(
    one: spans.Row, words: Sequence[Word], wording: Sequence[Form], view: View, wanted: spans.Asked,
    found: Sequence[spans.Row],
) -> tuple[list[Word], bool]:  # fmt: skip
    """The words of a row with what belongs to them and without what does not; is a phrase torn with them?"""
    row = [word for word in words[one.first : one.last + 1] if not word.link]
    cut = row if one.chance >= WHOLLY else _cut(row, wanted.size, view.lang)
    row = cut if not cut or chinese_ends.chance(cut, words, found) >= PART * one.chance else row
    if view.lang == "ru":
        row = rendering.without_owner(row, wanted.source, wanted.term, view)
        row = rendering.with_attribute(row, words, wanted.source, wanted.term, view)
        row = russian_rows.with_name(row, words, view) if wanted.kind == "place" else row
        said = wanted.term.of(wanted.source)
        parts = max(wanted.parts, (len(said) + 1) // 2) if is_han(said) else wanted.parts  # 分离|机
        return russian_rows.whole(row, words, wording, view, parts)
    if view.lang == "en":
        return english_rows.settled(row, words, wording, view, (wanted.source, wanted.term)), False
    if wanted.kind == "place":
        return chinese_rows.spelt_out(chinese_rows.without_outer(row, wording), words), False
    row = _with_kind(row, words, one.last) if wanted.kind == "body" else row
    row = chinese_ends.without_act(row, words, wanted, wording, found)
    return chinese_rows.begun(row, words), False


def _bounds(row: Sequence[Word]) -> tuple[int, int]:
    return (row[0].start, row[-1].end) if row else (-1, -1)


_DETERMINERS = frozenset(
    ("a", "an", "the", "this", "that", "each", "every", "any", "no", "one", "his", "her", "its", "their", "our", "your",
     "my", "another", "some", "either", "neither")
)  # fmt: skip


def _all_said(row: Sequence[Word], wording: Sequence[Form]) -> bool:
    """Are all words of the official form there, and a word more that another of the source accounts for?"""
    said = {lemma for word in row for lemma in lemmas(word.text)}
    forms = ([lemmas(token.text) for token in tokenise(form.text) if token.is_word] for form in wording)
    return any(word.other for word in row) and any(all(each & said for each in form) for form in forms)


def _single(span: Span, occurrence: Occurrence, source: str, form: Form, view: View) -> tuple[str, ...]:
    """The cells of Russian words in the plural without their number, where the term is not counted: an English noun
    without article or ending («new rolling stock», «катящиеся запасы»), a noun of action; () for no change."""
    cells = place.own(span.of(view.text))
    if not cells or not all(cell.endswith(".pl") for cell in cells):
        return ()
    said = occurrence.span.of(source)
    ahead = set(source[: occurrence.span.start].lower().split()[-3:])
    bare = said[:1].isascii() and not said.lower().endswith("s") and not ahead & _DETERMINERS
    bare = bare and not source[occurrence.span.end : occurrence.span.end + 1].isalpha()
    head = next((token.text for token in tokenise(form.text) if analyses(token.text)[0].pos == "NOUN"), "")
    if not (bare or head.endswith("ование")):
        return ()
    return tuple(cell.removesuffix(".pl") for cell in cells)


def asked(occurrence: Occurrence, source: str, wording: Sequence[Form], lang: Lang) -> spans.Asked:
    """What is asked of the words that stand for the term."""
    texts = [form.text for form in wording]
    joined = any(_JOINED.search(text) for text in (occurrence.form.text, *texts))
    parts = len(source_words(occurrence.form.text))
    size = max(heard.size(text, lang) for text in texts)
    listed = any(mark in text for text in texts for mark in ",、")
    kind, longest = occurrence.term.kind, max(map(len, texts))
    return spans.Asked(kind, size, longest, parts, joined, source, occurrence.span, texts[0], listed)


def _nominal(text: str, lang: Lang) -> bool:
    """Is the official form a noun or has it one, in the letters of the language?"""
    if lang != "ru":
        return True
    words = [token.text for token in tokenise(text) if token.is_word]
    attributes = ([a for a in analyses(word) if a.pos in ("ADJF", "PRTF")] for word in words)
    nouns = ([a for a in analyses(word) if a.pos == "NOUN"] for word in words[1:])
    agreed = (agree(a, n) for left, right in zip(attributes, nouns, strict=False) for a in left for n in right)
    noun = any(a.pos == "NOUN" for word in words for a in analyses(word)[:1])
    return not text[:1].isascii() and (noun or any(agreed))  # «опоясывающий лишай»: лишай may be of лишать, too


def _manned(row: Sequence[Word], kind: str, lang: Lang) -> bool:
    """Do the words name a person, where the term is a body («министр» beside 商务部)?"""
    if kind != "body":
        return False
    if lang == "ru":
        nouns = (
            [a for a in found if a.pos == "NOUN"] if not any(a.pos in ("ADJF", "PRTF") for a in found) else []
            for found in (analyses(word.text) for word in row)
        )
        return any(a.animate for a in next((found for found in nouns if found), []))
    return lang == "en" and any(word.text.lower() in _OFFICERS for word in (row[0], row[-1]))


_OFFICERS = frozenset(
    ("minister", "secretary", "chairman", "chairwoman", "president", "director", "head", "chief", "governor", "mayor",
     "spokesperson", "spokesman", "spokeswoman", "commissioner", "ambassador", "leader", "judge", "prosecutor")
)  # fmt: skip


def _cut(row: list[Word], official: int, lang: Lang) -> list[Word]:
    """The words without those at an end that answer almost nothing, where there are more than the official ones; of one
    official word that one which is like it."""
    if official == 1 and len(row) > 1 and lang != "zh":
        alike = [word for word in row if max(word.like, default=0.0) >= 0.75]
        if len(alike) == 1:
            return alike
        if len(row) == 2 and row[1].text[:1].isupper() and row[0].text.lower() in _generic():
            return row[1:]
    while len(row) > official:
        end = min(row[0], row[-1], key=lambda word: word.share)
        if lang == "ru" and end is row[0] and end.own and row[-1].other and _whose(row[-1]):
            end = row[-1]  # «главного измерителя [корпорации]»
        if end.share >= SOME or end.own or end.text[:1].isupper() or (lang == "en" and end.text.endswith("s")):
            break
        row = [word for word in row if word is not end]
    return row


def _whose(word: Word) -> bool:
    """Is it a Russian noun that may stand in the genitive?"""
    readings = analyses(word.text)
    return readings[0].pos == "NOUN" and any(a.pos == "NOUN" and a.case == "gen" for a in readings)


def _as_attribute(words: Sequence[Word], wording: Sequence[Form], view: View) -> bool:
    """Does an adjective of the one word that is the term stand in the target, where the model looks for the term; in
    Russian also one of both its words («сибиреязвенный»)?"""
    lower = [fold(form.text) for form in wording if not form.text.isupper()]  # великопостный, Великий пост
    read = [word for word in words if word.own or word.share >= STRONG]
    if view.lang == "en":
        return any(is_attribute(Span(word.start, word.end), wording, view) for word in read)
    return view.lang == "ru" and russian_rows.as_adjective(words, read, lower, wording, view)


def is_attribute(span: Span, wording: Sequence[Form], view: View) -> bool:
    """Is it an English adjective of the one word that is the term, before another noun («[Naval] vessels»)? The noun
    may be in the span."""
    span = Span(span.start, span.start + len(span.of(view.text).partition(" ")[0]))
    single = [fold(form.text) for form in wording if form.text.islower() and " " not in form.text]
    return view.lang == "en" and any(_adjective(span, one, view) for one in single)


def _adjective(place: Span, noun: str, view: View) -> bool:
    """Is it the English adjective of the noun before another noun: "naval", "cultural", "blind" for blindness?"""
    low = place.of(view.text).lower()
    after = re.match(r" ([^\W\d_]+)", view.text[place.end :])
    if after is None or after.group(1).lower() in FUNCTION_WORDS:
        return False
    stem = re.sub("(?:ine|ion|[eyo])$", "", noun)
    made = len(stem) >= _STEM and low.startswith(stem) and _ADJECTIVE.fullmatch(low, len(stem)) is not None
    return made or noun in _qualities(low)


def _qualities(word: str) -> tuple[str, ...]:
    """The nouns that may be made of an English adjective: blindness, of blind; mobility, durability. Not of one in
    -or: a minor group is no minority."""
    made = [f"{word[:-1]}iness" if word.endswith("y") else f"{word}ness"]
    if word.endswith("ble"):
        made.append(f"{word[:-2]}ility")
    elif not word.endswith("or"):
        made.append(f"{word.removesuffix('e')}ity")
    return tuple(made)


def _without_area(span: Span, wording: Sequence[Form], view: View, source: str) -> Span:
    """The span without the character for a district or town at its end, where the official forms have none and the
    source speaks of one («[乌斯特拉宾克]区医院», районной больницы)."""
    said = _AREA_WORDS.get(view.text[span.end - 1])
    ends = len(span) > 2 and said is not None and re.search(said, source, re.IGNORECASE) is not None
    return Span(span.start, span.end - 1) if ends and not any(f.text[-1] in _AREA_WORDS for f in wording) else span


def _with_kind(row: list[Word], words: Sequence[Word], last: int) -> list[Word]:
    """A body's Chinese name with the word for its kind right behind, to which the model pays no heed."""
    after = words[last + 1] if last + 1 < len(words) else None
    if row and after is not None and after.open and after.start == row[-1].end and after.text in BODIES:
        return [*row, after]
    return row


def negated(candidate: Candidate, occurrence: Occurrence, view: View, links: Links) -> Candidate:
    """A Chinese candidate with the negation right before it that the model takes for the term's («[不]履约贷款»)."""
    start = candidate.span.start
    if view.lang != "zh" or not candidate.repair or candidate.same or view.text[start - 1 : start] not in NEGATIONS:
        return candidate
    before = Span(start - 1, start)
    if not len(before) or not view.free(before) or heard.shares([before], occurrence.span, links)[0] < SURE:
        return candidate
    return replace(candidate, span=Span(before.start, candidate.span.end))


@cache
def _generic() -> frozenset[str]:
    """Forms of the Russian words for kinds of places, which may stand before a name («в [реке] Янцзы»)."""
    kinds = "река озеро море залив гора остров город провинция уезд район посёлок деревня пустыня канал"
    return frozenset(form.lower() for kind in kinds.split() for form in paradigm(kind, "", "term").cells.values())


def _made(span: Span, score: float, view: View, *, repair: bool) -> Candidate:
    cells = number(view.text, span) if view.lang == "en" else ()
    why = f"«{span.of(view.text).strip('«»“”')}» is read as its rendering"
    inflects = view.lang != "zh"
    return Candidate(span, score, why, cells, inflects, "", 0, repair=repair, ground=Ground.TRANSLATED, read=True)


def _quoted(words: Sequence[Word], view: View) -> Span | None:
    """The words in quotation marks that answer the term as a whole, the marks aside; None where no such quote is."""
    found = []
    for match in _QUOTED.finditer(view.text):
        row = [word for word in words if match.start() < word.start and word.end < match.end() and not word.link]
        row = [word for word in row if word.text[:1].isalnum()]
        span = Span(match.start() + 1, match.end() - 1)
        if view.text[span.end - 1] in ",." and len(span) > 1:
            span = Span(span.start, span.end - 1)  # “one window passes all,” cutting …
        mean = sum(word.worth for word in row) / max(1, len(row))
        unsaid = any(word.inside for word in row) and not any(word.other or word.stop for word in row)
        if len(row) > 1 and mean >= (_LEAST if unsaid else _QUOTE) and view.free(span):
            found.append(span)
    return found[0] if len(found) == 1 else None


def _partial(row: Sequence[Word], official: int) -> bool:
    """Is it a shortened mention: some of the official words, in their order?"""
    if len(row) == 1 and _ABBREVIATION.fullmatch(row[0].text):
        return True  # NEVs
    if len(row) >= official:
        return False
    at = -1
    for word in row:
        at = next((n for n, value in enumerate(word.like) if n > at and value >= 0.99), -1)
        if at < 0:
            return False
    return True
