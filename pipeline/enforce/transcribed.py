"""Names in another transcription than the official one, in any script of the target.

Rows of capitalised words, and Chinese characters that sound like the official name; the case a Russian name stands in
as its ending tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.enforce import likeness, people
from pipeline.enforce.candidates import NAMES, Candidate, among_latin, other_gender
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.languages.chinese import is_han
from pipeline.languages.palladius_distance import distance
from pipeline.languages.palladius_table import listed
from pipeline.languages.russian.analyse import analyses
from pipeline.model import LANGS, Lang, Span, Term


def names(term: Term, view: View) -> Iterator[Candidate]:
    """Names in another transcription: every row of capitalised words about as long as the official name."""
    if term.kind not in NAMES:
        return
    if view.lang == "zh":
        yield from _chinese_names(term, view)
        return
    official = [
        (rank, made)
        for rank, form in enumerate(term.forms.get(view.lang, ()))
        if all(word[:1].isupper() for word in form.text.split())
        and not (view.lang == "en" and form.text.removeprefix("the ").isupper())  # «As» is no transcription of US
        and (made := forms.surfaces(form.text, form.notes, view.lang, term.kind, term.gender))
    ]
    other = [form.text for lang in LANGS if lang not in (view.lang, "zh") for form in term.forms.get(lang, ())]
    if not official:
        return
    longest = max(len(made[0].text.split()) for _, made in official) + 1
    for span in capitalised(view, longest):
        text = span.of(view.text)
        if not view.free(span) or (view.lang == "ru" and common(text, term.kind == "place")):
            continue
        if view.lang == "ru" and term.kind == "place" and other_gender(term, text):
            continue
        if (view.lang == "ru" and _led(text)) or re.match(r"[A-Z]\.", text):
            continue
        if view.lang != "en" and not _cyrillic(text) and among_latin(view.text, span):
            continue
        best = max((nominal(text, made, rank, view.lang) for rank, made in official), key=lambda item: item[0])
        score, rank, cells = best
        if one_word(term, text, view.lang):
            continue
        text = re.sub("['’]s?$", "", text) if view.lang == "en" else text
        if view.lang == "en" and score < 0.9:  # «Pkhenyan» is Пхеньян in Latin letters
            heard = max((sounds(text, form) for form in other), default=0.0)
            size = text.count(" ")
            whole = next((at for at, made in official if made[0].text.count(" ") == size), None)
            if heard >= 0.9 and whole is not None:
                score, rank = heard, whole
        if view.lang == "ru" and not _cyrillic(text):
            score, cells = max([score, *(sounds(text, form) for form in other)]), ()
        if view.lang == "ru" and score < 0.9:
            right = term.forms["ru"][rank].text
            score = max(score, 1.0 - distance(text, right) if _chinese(term, right) else 0.0)
        latin = view.lang == "ru" and not _cyrillic(text)
        if term.kind == "place" and ((latin and score < _LATIN) or _with_letters(text, official[0][1][0].text)):
            continue  # «Perrier» is no Париж, «Юго-Запад США» no Юго-Западный Китай
        if term.kind == "person" and _goes_on(view, span):
            score -= 0.12
        if term.kind == "place" and score < 0.9 and view.lang == "ru" and (_other_place(text) or _goes_on(view, span)):
            continue
        size = min(made[0].text.count(" ") for _, made in official)
        if term.kind == "place" and view.lang == "ru" and text.count(" ") > size and score < 0.93:
            continue  # «Лао Ши» is no Лаос
        if score >= 0.5 and (score >= 0.66 or _surname(text, official[0][1][0].text)):
            why = f"«{text}» is another transcription"
            if view.lang == "ru" and term.kind == "place" and root_of(text, term.forms["ru"][rank].text):
                yield Candidate(
                    span, 0.5, f"«{text}» is a part of the name", cells, bool(cells), text, rank, repair=False
                )
                continue
            longer = 0.03 * text.count(" ") if view.lang == "en" else 0.0  # rather the whole name than the surname
            yield Candidate(span, 0.9 * score + longer, why, cells, bool(cells), text, rank, same=True)


_LATIN = 0.85  # how like in sound a name in Latin letters must be that stands for a place


def _with_letters(text: str, official: str) -> bool:
    """Does one of several words consist of letters that the official name has not: США?"""
    return " " in text and any(word.isupper() and len(word) > 1 and word not in official for word in text.split())


def one_word(term: Term, text: str, lang: Lang) -> bool:
    """Is the name of a person whom no entry has, which is two words, one word of other letters, rather a foreign name
    (鲁哈尼, «Рухани», beside «Лу Хани»)?"""
    if not people.is_unlisted(term) or " " in text or (lang == "ru" and not _cyrillic(text)):
        return False
    official = term.forms[lang][0].text
    joined = official.replace(" ", "").replace("'", "").lower()
    return " " in official and joined[:4] != text.replace("-", "").lower()[:4]


_LEADS = frozenset(listed("в во на с со к ко из у о об от до по за для при и а но под над"))


def _led(text: str) -> bool:
    """Does a preposition or conjunction that begins the sentence open the row («[В] Дуннинском»)?"""
    first, _, rest = text.partition(" ")
    return bool(rest) and first.lower() in _LEADS


def root_of(word: str, official: str) -> bool:
    """Is it the bare name that the adjective of an official name is made from («Бохай» and Бохайское море)?"""
    first, _, rest = official.partition(" ")
    if not rest or " " in word or not any(a.pos == "ADJF" for a in analyses(first)):
        return False
    size = len(_common_start([word.lower(), first.lower()]))
    return size >= 4 and size >= len(word) - 1 and len(first) > len(word)


@lru_cache(maxsize=1 << 12)
def _palladius(han: str, official: str) -> bool:
    from pipeline.languages import palladius

    return palladius.name(han) == official


def _chinese(term: Term, official: str) -> bool:
    """Is the official form what the Palladius system makes of the Chinese one?"""
    return any(_palladius(form.text, official) for form in term.forms.get("zh", ()) if is_han(form.text))


_KINDS = "市县区省镇乡州旗湖江河海山岛"


def _chinese_names(term: Term, view: View) -> Iterator[Candidate]:
    """Another transcription in Chinese: most characters shared, alike in sound («拉夫洛夫» for 拉夫罗夫)."""
    from rapidfuzz.distance import LCSseq

    from pipeline.languages.pinyin import reading

    text = view.folded.text
    for rank, form in enumerate(term.forms.get("zh", ())):
        wanted = form.text
        sounded = " ".join(map(reading, wanted))
        if len(wanted) == 2:
            for at in range(len(text) - 1 if term.kind == "person" else 0):
                window = text[at : at + 2]
                span = view.folded.span(at, at + 2)
                if window[0] == wanted[0] and " ".join(map(reading, window)) == sounded and view.free(span):
                    yield Candidate(span, 0.8, f"«{window}» is another spelling", (), False, window, rank, same=True)
            continue
        for size in (len(wanted), len(wanted) - 1, len(wanted) + 1):
            for start in range(len(text) - size + 1):
                window = text[start : start + size]
                if "·" in (window[:1], window[-1:]) or set(window) & _FUNCTION - set(wanted):
                    continue
                if window[:-1] == wanted[:-1] and wanted[-1] in _KINDS:
                    continue  # the bare name and a further word («同江|中», «叶尼塞|号»)
                if window == wanted[:-1] and wanted[-1] in _KINDS:
                    continue  # the short name («临江» for 临江市)
                shared = LCSseq.normalized_similarity(window, wanted)
                if shared < 0.5 or (window[0] != wanted[0] and window[-1] != wanted[-1]):
                    continue
                heard = sounds(" ".join(map(reading, window)), sounded)
                span = view.folded.span(start, start + size)
                if heard >= 0.75 and shared + heard >= 1.4 and view.free(span):
                    score = 0.45 * (shared + heard)
                    yield Candidate(
                        span, score, f"«{window}» is another transcription", (), False, window, rank, same=True
                    )


_FUNCTION = frozenset("的了各与及和在是这那该将被把等")
_ENDINGS = ("ом", "ем", "ём"), ("а", "я"), ("у", "ю"), ("ой", "ей"), ("ы", "и"), ("е",)


def nominal(text: str, made: Sequence[forms.Surface], rank: int, lang: Lang) -> tuple[float, int, tuple[str, ...]]:
    """Likeness of a found name to an official one, and the cells that the found one's ending tells.

    The ending is cut off both; a name that ends in a vowel which is no ending of the official name tells no case.
    """
    if lang != "ru" or not _cyrillic(text):
        return max(likeness.names(text, surface.text) for surface in made), rank, ()
    stem = _common_start([surface.text for surface in made])
    ranked: list[tuple[float, int, tuple[str, ...]]] = []
    for surface in made:
        ending = surface.text[len(stem) :]
        group = next((group for group in _ENDINGS if ending in group), (ending,))
        for each in group:
            if each and text.endswith(each) and len(text) > len(each) + 1:
                ranked.append((likeness.names(text[: -len(each)], stem), len(each), surface.cells))
            elif not each and (text[-1].lower() not in "аеёиоуыэюя" or surface.text[-1].lower() in "аеёиоуыэюя"):
                ranked.append((likeness.names(text, surface.text), 0, surface.cells))
    if not ranked:
        return likeness.names(text, made[0].text), rank, ()
    top = max(score for score, _, _ in ranked)
    _, size, _ = max((item for item in ranked if item[0] >= top - 0.03), key=lambda item: (item[1], item[0]))
    cells = [cell for score, length, of in ranked if length == size and score >= top - 0.03 for cell in of]
    return top, rank, tuple(dict.fromkeys(cells))


def _common_start(texts: Sequence[str]) -> str:
    low, high = min(texts), max(texts)
    size = next((index for index, char in enumerate(low) if index >= len(high) or char != high[index]), len(low))
    return low[:size]


def _goes_on(view: View, span: Span) -> bool:
    """Does a further capitalised word that no dictionary knows follow: is the name longer than the span?"""
    after = view.after(span.end)
    return (
        after is not None
        and after.start - span.end <= 1
        and after.text[:1].isupper()
        and not analyses(after.text)[0].known
        and view.free(Span(after.start, after.end))
    )


def _surname(found: str, official: str) -> bool:
    """Two names of as many words that share the first."""
    one, two = found.split(), official.split()
    return len(one) == len(two) >= 2 and likeness.names(one[0], two[0]) >= 0.85


def common(text: str, place: bool) -> bool:
    """Is it an ordinary Russian word that only begins with a capital, or does it hold an adjective («Европейской»)?"""
    words = text.replace("-", " ").split()
    for word in words:
        readings = analyses(word)
        name = any({"Name", "Surn", "Patr", "Geox"} & a.grammemes for a in readings)
        if len(words) == 1 and readings[0].pos in ("ADJF", "PRTF") and (place or not name):
            return True
        if readings[0].known and not name and len(words) == 1 and len(word) > 4:
            return True
    return False


def _other_place(text: str) -> bool:
    """Does the dictionary list the word as a place («Латвии» is no misspelt Литва)?"""
    return any(a.known and "Geox" in a.grammemes for a in analyses(text)) if text.isalpha() else False


def _cyrillic(text: str) -> bool:
    return any("а" <= char <= "я" or char == "ё" for char in text.lower())


def capitalised(view: View, longest: int) -> Iterator[Span]:
    """Rows of one to `longest` neighbouring words that begin with a capital."""
    tokens = view.tokens
    for first, token in enumerate(tokens):
        if not token.text[:1].isupper():
            continue
        last = token
        yield Span(token.start, token.end)
        for follower in tokens[first + 1 : first + longest + 1]:
            gap = view.text[last.end : follower.start]
            if follower.text in "-‐‑" and not gap:
                last = follower
                continue
            if not (follower.text[:1].isupper() or last.text in "-‐‑") or gap.strip() or len(gap) > 1:
                break
            last = follower
            yield Span(token.start, follower.end)
