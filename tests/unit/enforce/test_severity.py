"""How grave it is when the words of a body's or an office's name are translated, but not its head."""

from __future__ import annotations

import pytest

from pipeline.enforce import Enforcer
from pipeline.enforce.result import Ground
from pipeline.glossary import store
from pipeline.model import Severity


@pytest.fixture(scope="module")
def enforcer() -> Enforcer:
    return Enforcer(store.load(["builtin"]), "zh", "ru")


@pytest.mark.parametrize(
    ("source", "target", "grave"),
    [
        ("海关总署公布了数据。", "Данные обнародовала Высшая администрация таможни.", Severity.MINOR),
        ("海关总署公布了数据。", "Данные обнародовало Верховное управление таможни.", Severity.NEUTRAL),
        ("海关总署公布了数据。", "Данные обнародовало Главное таможенное управление.", None),
    ],
)
def test_a_name_without_its_head_is_more_than_a_note(
    enforcer: Enforcer, source: str, target: str, grave: Severity | None
) -> None:
    found = [f.severity for f in enforcer.verify(source, target) if "agrees" not in f.message]
    assert found == ([grave] if grave else [])


def test_what_the_word_tables_alone_tell_is_a_ground_of_its_own(enforcer: Enforcer) -> None:
    done = enforcer.enforce("海关总署公布了数据。", "Данные обнародовала Высшая администрация таможни.")
    assert set(done.grounds.values()) == {Ground.TRANSLATED}
