from __future__ import annotations

import re
import shutil
import subprocess
import time
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.model import Document, Edit, Finding, Report, Score, Segment, Severity
from pipeline.reports import base
from pipeline.reports._page import STYLE

HOSTILE = [
    "<script>document.title='owned'</script>",
    "]]> --> </style></main><b onmouseover=alert(1)>",
    "\"'><img src=x onerror=alert(1)> &lt;&amp;",
    "\u202eдесь\u2066текст\u200b\u0007\ud7ff",
    "слитно" * 60 + "会" * 300,
]


def finding(start: int, end: int, severity: Severity = Severity.MAJOR, message: str = "why", fix: str = "") -> Finding:
    return Finding("terms", "terminology/wrong-term", severity, start, end, message, fix)


def page(segments: list[Segment], **figures: object) -> str:
    document = Document("a.jsonl", "jsonl", tuple(segments), "zh", "ru")
    return base.plugin("html").render(Report((document,), {}, {"version": "0", "seconds": 1.0, **figures}))


def hostile() -> str:
    segments = [
        Segment(
            text, text, text, provenance=text, notes=(text,), terms=({"status": text},), score=Score(0.1, 0.9),
            edits=(Edit(0, len(text), text, text, text, text),),
            findings=(Finding(text, text, Severity.MAJOR, 0, min(9, len(text)), text, text), finding(2, 400, message=text)),
        )
        for text in HOSTILE
    ]  # fmt: skip
    document = Document(HOSTILE[1], "jsonl", tuple(segments), "zh", "ru")
    return base.plugin("html").render(Report((document, document), {}, {"version": HOSTILE[0]}))


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "wbr", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


def test_hostile_segments_show_as_text() -> None:
    reader = read(hostile())
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert not {"img", "b", "a", "iframe"} & {tag for tag, _ in reader.tags}
    assert not [name for _, attributes in reader.tags for name in attributes if name.startswith("on")]
    for text in HOSTILE[:3]:
        assert text in reader.text
    assert "‹U+202E›десь‹U+2066›текст‹U+200B›‹U+0007›" in reader.text
    assert not set(reader.text) & set("\u202e\u2066\u200b\u0007")


def test_nothing_is_loaded_from_anywhere() -> None:
    html = hostile()
    for tag, attributes in read(html).tags:
        assert not {"src", "srcset", "action"} & attributes.keys() and tag not in ("iframe", "object", "embed")
        assert re.fullmatch(r"data:,|#s\d+", attributes.get("href", "data:,") or "")
    assert "url(" not in STYLE and "@import" not in STYLE and "default-src 'none'" in html


def test_marks_are_numbered_after_their_flags_and_say_why() -> None:
    made = page([
        Segment("1", "会议", "один два три", findings=(
            finding(0, 4, Severity.MINOR, "first"), finding(5, 12, Severity.MAJOR, "second", "2, 3"),
            finding(5, 8, Severity.CRITICAL, "third"), finding(0, 0, Severity.MAJOR, "missing"),
        )),
    ])  # fmt: skip
    marks = re.findall(r'<mark class="(\w+)" title="(\w+)"(?: data-n="([\d ]+)")?>([^<]*)</mark>', made)
    assert marks == [
        ("minor", "first", "1", "один"),
        ("critical", "third", "3", "два"),
        ("major", "second", "2", " три"),
    ]
    assert re.findall(r'<li data-n="(\d)">', made) == ["1", "2", "3", "4"]
    assert "<strong>2, 3</strong>" in made


def test_what_the_enforcer_changed_stands_in_its_place() -> None:
    target = "Мэр Ван Ли и вице-мэр"
    edits = (Edit(0, 9, "Городской", "Мэр", "t1", "why"), Edit(14, 14, "", "Ли ", "t2", "why"))
    made = page([Segment("1", "会议", target, edits=edits)])
    assert "<del>Городской</del><ins>Мэр</ins> Ван <ins>Ли </ins>и вице-мэр" in made
    assert "2 places put right by the enforcer" in made
    other = page([Segment("1", "会议", "совсем другое", edits=edits)])
    assert "<del>Городской</del> <ins>Мэр</ins>" in other and "Ван" not in other


def test_the_weakest_segments_are_named_first_with_links_to_them() -> None:
    segments = [Segment(f"n{i}", f"<会议>{i}" * 30, "да", score=Score(0.5, i / 40)) for i in range(20)]
    made = page(segments)
    links = re.findall(
        r'<li><a href="#s(\d+)">n(\d+)</a> <span class="soft">([\d.]+)</span> <span>([^<]+)</span>', made
    )
    assert [int(place) for place, *_ in links] == list(range(19, 9, -1)) and links[0][2] == "0.47"
    assert links[0][3].startswith("&lt;会议&gt;19") and links[0][3].endswith("…")
    assert all(f'<article id="s{place}"' in made for place, *_ in links)
    assert "weakest" not in page(segments[:10]).partition("<main>")[2].replace("weakest first", "")


def test_what_the_message_names_is_not_said_twice() -> None:
    said = finding(0, 2, message="the official form is «мэр & Ко»", fix="мэр & Ко")
    made = page([Segment("1", "会议", "да", findings=(said, finding(0, 2, message="why", fix="нет")))])
    assert (
        "the official form is <strong>мэр &amp; Ко</strong></li>" in made and "why → <strong>нет</strong></li>" in made
    )


def test_headings_go_down_one_step_at_a_time_and_controls_have_names() -> None:
    html = hostile()
    levels = [int(tag[1]) for tag, _ in read(html).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert html.count("<label>") == len(re.findall(r"<(?:select|input) ", html)) == 4
    tags = dict(read(html).tags)
    assert tags["html"]["lang"] == "en" and 'lang="zh-Hans"' in html and 'lang="ru"' in html


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast_meets_wcag_aa(scheme: int) -> None:
    """4.5:1 for text (WCAG 2.2, 1.4.3), 3:1 for bars and frames of controls (1.4.11)."""
    colours = dict(re.findall(r"--(\w+):(#\w+)", re.findall(r":root\{([^}]*)\}", STYLE)[scheme]))

    def ratio(one: str, two: str) -> float:
        high, low = sorted((luminance(colours[one]), luminance(colours[two])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    pairs = [("fg", "bg"), ("fg", "card"), ("soft", "bg"), ("soft", "card")]
    pairs += [("fg", f"{kind}bg") for kind in ("crit", "maj", "min", "neu")]
    pairs += [(kind, f"{kind}bg") for kind in ("crit", "maj", "min", "neu")] + [("fg", "add"), ("fg", "del")]
    for one, two in pairs:
        assert ratio(one, two) >= 4.5, (one, two, ratio(one, two))
    pairs = [("bar", "card")]  # also the colour of links
    for one, two in pairs:
        assert ratio(one, two) >= 4.5, (one, two, ratio(one, two))
    for one, two in [("bar", "bg"), ("soft", "card"), ("crit", "card"), ("maj", "card"), ("min", "card")]:
        assert ratio(one, two) >= 3, (one, two)


def thousand() -> str:
    target = "Секретарь горкома Чжан Минъюань провёл заседание руководящей группы по внешним связям города. " * 2
    flags = tuple(
        finding(n * 20, n * 20 + 9, fix="секретарь горкома КПК", message="the official form " * 4) for n in range(4)
    )
    segments = [
        Segment(str(n), "市委书记、市委外事工作领导小组组长张明远主持召开领导小组会议。" * 2, target, findings=flags,
                score=Score(0.5, (n % 100) / 100), edits=(Edit(0, 4, "Глав", "Секр", "t", "reason"),))
        for n in range(1000)
    ]  # fmt: skip
    return page(segments)


def test_a_thousand_segments_are_under_three_megabytes() -> None:
    started = time.perf_counter()
    html = thousand()
    assert len(html.encode("utf-8")) < 3_000_000 and time.perf_counter() - started < 5


def test_a_report_of_nothing() -> None:
    read(page([]))
    assert "1 segment, 0 with flags, 0 edits" in page([Segment("1", "会议")])


CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)


@pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")
@pytest.mark.parametrize(("width", "dark"), [(360, False), (1440, True)])
@pytest.mark.parametrize("make", [hostile, thousand])
def test_in_chromium_nothing_overflows_and_the_console_is_silent(
    tmp_path: Path, width: int, dark: bool, make: object
) -> None:
    html = make()  # type: ignore[operator]
    probe = (
        "<script>document.querySelectorAll('details').forEach(function(d){d.open=true});var f=document.forms[0];"
        "f.order.value='risk';f.dispatchEvent(new Event('input'));parent.postMessage([innerWidth,"
        "document.documentElement.scrollWidth,matchMedia('(prefers-color-scheme: dark)').matches,f.hidden,"
        "document.getElementById('shown').textContent,document.querySelector('article').dataset.risk].join('|'),'*')</script>"
    )
    file, frame, picture = tmp_path / "r.html", tmp_path / "frame.html", tmp_path / "r.png"
    file.write_text(html.replace("</body>", probe + "</body>"), encoding="utf-8")
    frame.write_text(  # a window may be no narrower than 500 pixels, a frame may
        "<title></title><script>onmessage=function(e){document.title=e.data}</script>"
        f"<iframe src=r.html style='border:0;width:{width}px;height:900px'></iframe>",
        encoding="utf-8",
    )
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1500,950"]
    command += ["--blink-settings=preferredColorScheme=0"] if dark else []
    done = subprocess.run(
        [*command, "--virtual-time-budget=20000", "--dump-dom", frame.as_uri()],
        capture_output=True,
        encoding="utf-8",
        timeout=90,
        check=True,
    )
    title = re.search(r"<title>([^<]*)</title>", done.stdout)
    assert title is not None
    inner, scroll, is_dark, hidden, shown, risk = title[1].split("|")
    assert int(inner) == width and int(scroll) <= width
    assert (is_dark, hidden) == (str(dark).lower(), "false")
    assert re.fullmatch(r"(\d+) of \1 segments", shown) and float(risk) >= 0.9
    assert "CONSOLE" not in done.stderr
    if make is hostile:
        subprocess.run(
            [*command, f"--screenshot={picture}", frame.as_uri()], capture_output=True, timeout=90, check=True
        )
        assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n" and picture.stat().st_size > 10_000


def test_of_several_files_the_title_names_one_and_the_links_each() -> None:
    segments = tuple(Segment(f"{i}", "会议", "да", score=Score(0.5, i / 40)) for i in range(11))
    documents = tuple(Document(name, "jsonl", segments, "zh", "ru") for name in ("a, b.txt", "c.txt"))
    made = base.plugin("html").render(Report(documents, {}, {"version": "0"}))
    assert "<h1>Palladius: a, b.txt and 1 more</h1>" in made
    links = made.partition("Look at these first")[2].partition("</ol>")[0]
    assert " a, b.txt:</span>" in links and " c.txt:</span>" in links
