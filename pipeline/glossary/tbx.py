"""TermBase eXchange, basic dialect: version 2 (ISO 30042:2008, martif) and version 3 (ISO 30042:2019), in and out.

Read: DCA and DCT style, unknown data categories ignored. What TBX-Basic has no category for (the paradigm in braces)
stands in a note of the term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.errors import DataError
from pipeline.glossary.entry import GENDERS, KIND_NAMES
from pipeline.model import LANGS, Form, Lang, Term

_XML = "{http://www.w3.org/XML/1998/namespace}"
_NS3 = "urn:iso:std:iso:30042:ed-2"
_STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
_GENDER_OUT = {"m": "masculine", "f": "feminine"}
_GENDER_IN = {"masculine": "m", "feminine": "f"}
_BRACES = re.compile(r"^\{(.*)\}$")


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _category(element: Any) -> tuple[str, str]:
    """Data category and value: <descrip type="x">v</descrip> or, in DCT style, <x>v</x>."""
    name = element.get("type") or _local(element)
    return name, " ".join("".join(element.itertext()).split())


def _find(element: Any, *names: str) -> Iterator[Any]:
    for child in element.iter():
        if _local(child) in names:
            yield child


def read(data: bytes, name: str) -> tuple[Term, ...]:
    """The concepts of a TBX file. Raises DataError where it is not XML, not TBX, or holds no entry."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise DataError(
            f"is not XML: {error.msg}", where=f"{name}:{line}", hint="export it again as TBX-Basic"
        ) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise DataError("declares entities", where=name, hint="a term base needs none; remove the DOCTYPE")
    if _local(root) not in ("martif", "tbx", "TBX"):
        raise DataError(f"is not TBX: its root is <{_local(root)}>", where=name, hint="TBX-Basic has <martif> or <tbx>")
    terms = [
        _entry(entry, name, number) for number, entry in enumerate(_find(root, "termEntry", "conceptEntry"), start=1)
    ]
    if not terms:
        raise DataError("holds no entry", where=name, hint="TBX-Basic has <termEntry> or <conceptEntry>")
    return tuple(term for term in terms if term.forms)


def _entry(entry: Any, name: str, number: int) -> Term:
    kind = note = source = ""
    for child in entry:
        for item in [child, *child]:
            label, value = _category(item)
            if label == "subjectField" and value.lower() in KIND_NAMES:
                kind = kind or value.lower()
            elif label == "note":
                note = note or value
            elif label in ("source", "xSource"):
                source = source or value
    forms: dict[Lang, list[tuple[bool, Form]]] = {}
    forbidden: dict[Lang, tuple[Form, ...]] = {}
    gender = ""
    for section in _find(entry, "langSet", "langSec"):
        lang = str(section.get(f"{_XML}lang") or section.get("lang") or "").lower()[:2]
        if lang not in LANGS:
            continue
        code: Lang = lang
        for group in _find(section, "tig", "ntig", "termSec"):
            text, status, braces, told = _group(group)
            gender = gender or told
            if not text:
                continue
            if status.startswith(("deprecated", "superseded")):
                forbidden[code] = (*forbidden.get(code, ()), Form(text, braces))
            else:
                forms.setdefault(code, []).append((not status.startswith("preferred"), Form(text, braces)))
    ordered: dict[Lang, tuple[Form, ...]] = {
        lang: tuple(form for _, form in sorted(several, key=lambda item: item[0])) for lang, several in forms.items()
    }
    return Term(
        id=entry.get("id") or entry.get(f"{_XML}id") or f"entry-{number}",
        forms=ordered,
        kind=KIND_NAMES[kind],
        gender=GENDERS.get(_GENDER_IN.get(gender, ""), ""),
        forbidden=forbidden,
        note=note,
        source=source,
        origin=f"{name}:{entry.sourceline or number}",
    )


def _group(group: Any) -> tuple[str, str, str, str]:
    """Term text, status, brace notes, gender."""
    text = status = braces = gender = ""
    for item in group.iter():
        label, value = _category(item)
        if _local(item) == "term" and not text:
            text = value
        elif label in ("administrativeStatus", "normativeAuthorization"):
            status = value
        elif label == "grammaticalGender":
            gender = value
        elif label == "note":
            found = _BRACES.match(value)
            braces = found.group(1) if found else braces
    return text, status, braces, gender


def write(terms: Iterable[Term], *, version: int = 3) -> bytes:
    """A TBX-Basic file of the given version (2 or 3, DCA style)."""
    from lxml import etree

    third = version == 3
    space = f"{{{_NS3}}}" if third else ""
    names = ("conceptEntry", "langSec", "termSec") if third else ("termEntry", "langSet", "tig")
    if third:
        root = etree.Element(
            f"{space}tbx", nsmap={None: _NS3}, attrib={"style": "dca", "type": "TBX-Basic", f"{_XML}lang": "en"}
        )
    else:
        root = etree.Element("martif", attrib={"type": "TBX-Basic", f"{_XML}lang": "en"})

    def add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
        made = etree.SubElement(parent, space + tag, attrib=attributes)
        if text:
            made.text = _clean(text)
        return made

    head = add(root, "tbxHeader" if third else "martifHeader")
    add(add(add(head, "fileDesc"), "sourceDesc"), "p", "Exported by Palladius")
    body = add(add(root, "text"), "body")
    for term in terms:
        entry = add(body, names[0], id=_xml_id(term.id))
        add(entry, "descrip", term.kind, type="subjectField")
        if term.source:
            add(entry, "admin", term.source, type="source")
        if term.note:
            add(entry, "note", term.note)
        for lang in LANGS:
            several = [("preferred" if n == 0 else "admitted", form) for n, form in enumerate(term.forms.get(lang, ()))]
            several += [("forbidden", form) for form in term.forbidden.get(lang, ())]
            if not several:
                continue
            section = add(entry, names[1], **{f"{_XML}lang": lang})
            for status, form in several:
                group = add(section, names[2])
                add(group, "term", form.text)
                add(group, "termNote", _STATUS[status], type="administrativeStatus")
                if term.gender and lang == "ru":
                    add(group, "termNote", _GENDER_OUT[term.gender], type="grammaticalGender")
                if form.notes:
                    add(group, "note", f"{{{form.notes}}}")
    doctype = None if third else '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">'
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True, doctype=doctype)
    return made


def _xml_id(text: str) -> str:
    safe = re.sub(r"[^\w.-]", "-", text)
    return safe if re.match(r"[^\W\d]", safe) else f"id-{safe}"


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
