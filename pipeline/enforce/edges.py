"""The edges of what a translation model takes for a term in a Chinese or English target.

In Chinese a stretch goes on over what would be left of the old rendering beside the new one: a word that nothing else
in the source accounts for («浮板[艇]» for 浮板艇), a character of the same transcription («西蒙·克拉福[措夫]»).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.enforce import (
    akin,
    bridge,
    chinese_edges,
    chinese_ends,
    chinese_rows,
    english_edges,
    heard,
    pointed,
    spans,
)
from pipeline.enforce.candidates import Candidate, Links
from pipeline.enforce.chinese import is_noun, tag
from pipeline.enforce.chinese_names import SOUNDS, round_dot
from pipeline.enforce.heard import Word
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.view import View
from pipeline.languages.chinese import is_han
from pipeline.languages.pinyin import reading
from pipeline.model import Form, Occurrence, Span

_RENDERS, _SURE = 0.6, 0.85  # of the word tables
_BEHIND, _NOUN, _BEFORE = 0.1, 0.04, 0.5  # least attention of a word behind, of a noun behind, of a word before
_BOUND = 0.3  # the last where a single character would stand without it
_NEARER = 0.03  # how much more a longer name must sound like the official one
_PREPOSITION = 0.12  # by how much less a name may sound like the official one without a preposition at its end
_FARTHEST = 3  # characters of a transcription on either side
_ALIKE = 0.4  # in sound, of what is taken for a transcription at all
_WHOLLY, _NEARER_WORD = 0.9, 0.2  # attention of a verb that is the term's, and how much nearer it is to a word of it
_FUNCTION = frozenset("pcd")  # tags of prepositions, conjunctions and adverbs
_MODAL = frozenset("可能会要须应需")
_ADDRESS = ("先生", "女士", "小姐", "同志", "阁下")


def put(candidate: Candidate, occurrence: Occurrence, source: str, view: View, wording: Sequence[Form], links: Links
        ) -> Candidate:  # fmt: skip
    """The candidate with the edges that belong to it."""
    if view.lang == "ru" or not links or not (candidate.repair or candidate.read):
        return candidate
    words = heard.words(occurrence, source, view, wording[0], links)
    if not candidate.repair:
        asked = pointed.asked(occurrence, source, wording, view.lang)
        sure = view.lang == "zh" and chinese_edges.spelt_alike(candidate.span, words, view, asked, wording)
        return replace(candidate, repair=True) if sure else candidate
    if view.lang == "en" and candidate.read and english_edges.doubtful(candidate.span, words, view):
        return replace(candidate, repair=False)
    span = candidate.span
    if view.lang == "en":
        if occurrence.term.kind not in ("person", "place"):
            span = english_edges.behind_adjectives(span, words, occurrence, source, view, wording)
            span = english_edges.with_nouns(span, words, occurrence, source, view)
            if candidate.read:
                span = english_edges.with_gerund(span, words, view, wording)
                span = english_edges.unheard(span, words, occurrence, source, view, wording)
    elif occurrence.term.kind in ("person", "place"):
        span = _whole_name(span, words, view, wording)
        if occurrence.term.kind == "person" and any("·" in form.text for form in wording):
            span = round_dot(span, view)
    elif candidate.read:
        asked = pointed.asked(occurrence, source, wording, view.lang)
        rows = spans.rows(words, view, asked)
        if rows and rows[0].chance >= pointed.SURELY:
            span = chinese_edges.counted(span, words, (rows[0].first, rows[0].last), wording)
        cut = chinese_rows.trimmed(span, words, occurrence, source, view, wording)
        cut = _without_act(cut, words, asked, wording, rows)
        made = _whole_compound(cut, words, occurrence, asked, wording, rows)
        start = cut.start if cut.start > span.start else made.start
        span = Span(start, cut.end if cut.end < span.end else made.end)
        span = chinese_edges.opened(_unaddressed(span, view, wording), words)
        span = chinese_edges.with_quoted(span, words, occurrence, view, wording)
        if occurrence.term.kind == "body":
            span = chinese_edges.pointed_at(span, view, wording, source, occurrence.span)
    elif not candidate.same:
        asked = pointed.asked(occurrence, source, wording, view.lang)
        span = _without_act(span, words, asked, wording, spans.rows(words, view, asked))
        span = Span(_begun(span.start, words, occurrence, source, wording), span.end)
    if view.lang == "zh" and not candidate.same:
        span = chinese_rows.behind_leading(span, view, wording)
    if span == candidate.span or not view.free(span):
        return candidate
    said = span.of(view.text).strip("«»“”")
    why = f"«{said}» is read as its rendering" if candidate.read else candidate.why
    return replace(candidate, span=span, why=why)


def _unaddressed(span: Span, view: View, wording: Sequence[Form]) -> Span:
    """The span without a word of address at its end that no official form has («车站主人[先生]»)."""
    text = span.of(view.text)
    tail = next((each for each in _ADDRESS if text.endswith(each) and len(text) > len(each)), "")
    return span if any(tail in form.text for form in wording) else Span(span.start, span.end - len(tail))


def _without_act(
    span: Span, words: Sequence[Word], asked: spans.Asked, wording: Sequence[Form], rows: Sequence[spans.Row]
) -> Span:
    row = [word for word in words if span.start <= word.start and word.end <= span.end]
    kept = chinese_ends.without_act(row, words, asked, wording, rows)
    return span if kept == row or row[-1].end != span.end else Span(span.start, kept[-1].end)


def _begun(start: int, words: Sequence[Word], occurrence: Occurrence, source: str, wording: Sequence[Form]) -> int:
    """Where the words begin that nothing else accounts for and that belong to those from `start` on: of much attention,
    of some where a single character would stand without them («[订书]钉纤维»)."""
    for word in reversed([each for each in words if each.end <= start]):
        first = next((each for each in words if each.start == start), word)
        least = _BOUND if len(first.text) == 1 and len(word.text) > 1 else _BEFORE
        if word.end != start or not (
            (_unaccounted(word, source) and word.share >= least)
            or _verb_of(word, occurrence, source, wording)
            or chinese_rows.stands_alone(word, words)
        ):
            break
        start = word.start
    return start


def _whole_compound(
    span: Span, words: Sequence[Word], occurrence: Occurrence, asked: spans.Asked, wording: Sequence[Form],
    rows: Sequence[spans.Row],
) -> Span:  # fmt: skip
    """The span with the words beside it that nothing else accounts for: those of much attention before it; behind it
    those of some attention, and those that the likeliest row of words has."""
    source = asked.source
    start, end = _begun(span.start, words, occurrence, source, wording), span.end
    likely = words[rows[0].last].end if rows and rows[0].chance >= pointed.SURELY else end
    end = chinese_ends.up_to_kind(end, words, source, wording)
    for word in (each for each in words if each.start >= end):
        row = [each for each in words if start <= each.start and each.end <= word.end]
        acts = chinese_ends.without_act(row, words, asked, wording, rows) != row
        if word.start == end and (acts or chinese_ends.of_kind(word, wording)):
            break  # 蛙泳[比赛]
        last = next((each for each in words if each.end == end), None)
        left = _left_over(word, words, occurrence, source, wording) or chinese_rows.suffix(word, words)
        left = left or (last is not None and chinese_ends.goes_on(word, last, words, occurrence, source, wording))
        if word.start == end and left:
            end = word.end
            continue
        least = _NOUN if word.noun and len(word.text) == 1 else _BEHIND
        if word.end <= likely:
            least, word = 0.0, _freed(word, words, occurrence, source)
        if word.start != end or not _unaccounted(word, source) or word.share < least:
            break
        if not is_noun(word.text) and (len(word.text) > 1 or tag(word.text)[:1] in _FUNCTION):
            break  # 因[减压疾患]接受治疗, 起降带[因]维修关闭
        after = next((each.text for each in words if each.start == word.end), "")
        if len(word.text) == 1 and chinese_rows.makes_verb(word.text, after):
            break  # 球队[打]进决赛
        if word.text in _MODAL and tag(after).startswith("v"):
            break  # 浮选槽[可]处理
        end = word.end
    return Span(start, end)


def _verb_of(word: Word, occurrence: Occurrence, source: str, wording: Sequence[Form]) -> bool:
    """Is it a verb that answers the term: nearest in meaning to a word of it («[提高]准备制度» for режим повышенной
    готовности), or by the tables, and its last character would stand there twice («[穿越]国家滑雪» for 越野滑雪)?"""
    if word.other or not is_han(word.text) or not tag(word.text).startswith("v"):
        return False
    if word.own and word.share >= heard.SURE and word.text[-1:] in {form.text[0] for form in wording}:
        return True
    if word.own or word.share < _WHOLLY:
        return False
    own, other = akin.nearest(word.text, source, occurrence.span)
    return own >= other + _NEARER_WORD


def _freed(word: Word, words: Sequence[Word], occurrence: Occurrence, source: str) -> Word:
    """The word, accounted for by no other one of the source if what it renders is surely rendered elsewhere too."""
    said = _said(word, occurrence, source)
    return replace(word, other=False) if word.other and said and not _unrendered(said, word, words, source) else word


def _said(word: Word, occurrence: Occurrence, source: str) -> list[str]:
    """The words of the source outside of the term that the word renders."""
    spoken = bridge.language_of(source)
    several = chinese_rows.signs(occurrence, source)
    return [sign for sign in several if bridge.strength(word.text, sign, "zh", spoken) >= _RENDERS]


def _unrendered(signs: Sequence[str], but: Word, words: Sequence[Word], source: str) -> list[str]:
    """Those of the words of the source that no word of the target surely renders, one aside."""
    spoken = bridge.language_of(source)
    others = [each for each in words if each is not but and not each.link]
    return [s for s in signs if all(bridge.strength(each.text, s, "zh", spoken) < _SURE for each in others)]


def _left_over(word: Word, words: Sequence[Word], occurrence: Occurrence, source: str, wording: Sequence[Form]) -> bool:
    """Would the word behind be left over: a second measure («产奶量[次数]»), or a noun that stands in the target more
    often than the words of the source that it renders («股票[市场]», beside 衍生品市场 for срочный рынок)?"""
    if not word.noun or word.own or any(word.text in form.text for form in wording):
        return False
    said = _said(word, occurrence, source)
    if chinese_rows.measured(wording[0].text, word.text):
        return not _unrendered(said, word, words, source)
    if len(word.text) < 2 or not said or sum(each.text == word.text for each in words) <= len(said):
        return False
    free = _unrendered(chinese_rows.signs(occurrence, source), word, words, source)
    own, other = akin.nearest(word.text, source, occurrence.span, free)
    return own > other


def _unaccounted(word: Word, source: str) -> bool:
    """Does no other word of the source answer it, neither by the tables nor by what the model pays heed to?"""
    if word.link or word.stop or word.other or word.own or max(word.like, default=0.0) > 0 or not is_han(word.text):
        return False
    return sum(weight for at, weight in word.away if english_edges.meant(source, at)) < english_edges.ELSEWHERE


def _whole_name(span: Span, words: Sequence[Word], view: View, wording: Sequence[Form]) -> Span:
    """The span with the characters beside it that make a transcribed name sound more like the official one."""
    official = [form.text for form in wording if "·" in form.text or set(form.text) <= SOUNDS]
    if not official:
        return span

    def alike(start: int, end: int) -> float:
        said = _heard(view.text[start:end])
        return max(sounds(said, _heard(name)) for name in official)

    start, end = span.start, span.end
    for word in reversed([word for word in words if start < word.start and word.end <= end]):
        if word.end != end or not word.other or len(word.text) < 2 or alike(start, word.start) < alike(start, end):
            break
        end = word.start  # 卢戈娃[回忆]
    best = alike(start, end)
    if best < _ALIKE:
        return span
    before = [word for word in words if word.end <= start][::-1]
    after = [word for word in words if word.start >= end]
    for reach in _reached(after, end, forward=True):
        if (found := alike(start, reach)) >= best + _NEARER:
            best, end = found, reach
    for reach in _reached(before, start, forward=False):
        if (found := alike(reach, end)) >= best + _NEARER:
            best, start = found, reach
    last = view.text[end - 1]
    foreign = tag(last) == "p" and not any(last in name for name in official)
    goes_on = end - start > _FARTHEST and is_han(view.text[end : end + 1])
    if foreign and goes_on and alike(start, end - 1) >= best - _PREPOSITION:
        end -= 1  # 法库哈[因]挽救
    return Span(start, end)


def _heard(name: str) -> str:
    return " ".join(map(reading, name.replace("·", "")))


def _reached(row: Sequence[Word], edge: int, *, forward: bool) -> list[int]:
    """How far a transcription may go from its edge: over single characters or rows of characters used for sounds, none
    of which another word of the source accounts for."""
    found: list[int] = []
    at = edge
    for word in row:
        spelt = set(word.text) <= SOUNDS and len(word.text) <= 2
        single = len(word.text) == 1 and word.share >= 2 * _BEHIND
        touches = word.start == at if forward else word.end == at
        if not touches or not is_han(word.text) or word.other or word.stop or word.link or not (spelt or single):
            break
        at = word.end if forward else word.start
        if abs(at - edge) > _FARTHEST:
            break
        found.append(at)
    return found
