"""Bitext as TSV: whose quotes are whose."""

from __future__ import annotations

from dataclasses import replace

from pipeline.formats.tsv import PLUGIN


def test_quotes_around_a_sentence_are_its_own_where_no_cell_needs_any() -> None:
    data = b'id\tsource\ttarget\n1\t"Live and learn."\t"old"\n2\tx\ty\n'
    read = PLUGIN.read(data, "a.tsv", "en", "ru")
    assert [(s.source, s.target) for s in read.segments] == [('"Live and learn."', '"old"'), ("x", "y")]
    assert PLUGIN.write(read) == data
    first, second = read.segments
    made = PLUGIN.write(replace(read, segments=(replace(first, target='"new"'), second)))
    assert made == data.replace(b'"old"', b'"new"')
    broken = PLUGIN.write(replace(read, segments=(first, replace(second, target="a\nb"))))
    again = PLUGIN.read(broken, "a.tsv", "en", "ru")
    assert [(s.source, s.target) for s in again.segments] == [('"Live and learn."', '"old"'), ("x", "a\nb")]
