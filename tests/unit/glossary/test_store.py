"""Loading of glossaries: what one file may not hold twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.glossary import store


def test_an_id_that_stands_twice_in_a_file_is_an_error_of_its_line(tmp_path: Path) -> None:
    table = tmp_path / "terms.tsv"
    table.write_text("id\tzh\tru\tkind\na\t海绵城市\tгород-губка\tterm\nb\t河长\tсмотритель реки\tterm\n", "utf-8")
    assert len(store.once(store.load([table]))) == 2
    table.write_text("id\tzh\tru\tkind\na\t海绵城市\tгород-губка\tterm\na\t河长\tсмотритель реки\tterm\n", "utf-8")
    with pytest.raises(DataError, match=r"terms\.tsv:3: the id 'a' stands in line 2 already"):
        store.once(store.load([table]))
    other = tmp_path / "more.tsv"
    table.write_text("id\tzh\tru\tkind\na\t海绵城市\tгород-губка\tterm\n", "utf-8")
    other.write_text("id\tzh\tru\tkind\na\t海绵城市\tгород — губка\tterm\n", "utf-8")
    (only,) = store.once(store.load([table, other]))
    assert only.forms["ru"][0].text == "город — губка"
