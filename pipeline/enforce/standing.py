"""A right term in a wrong case, and whether a change may stand."""

from __future__ import annotations

from pipeline.enforce.result import Repair
from pipeline.enforce.view import View
from pipeline.glossary.forms import Found
from pipeline.model import Lang, Term


def acceptable(before: str, after: str, lang: Lang) -> bool:
    """Does the change add no agreement error?"""
    if lang != "ru":
        return True
    from pipeline.languages.russian.agreement import errors

    return sum(error.sure for error in errors(after)) <= sum(error.sure for error in errors(before))


def recase(term: Term, found: Found, view: View) -> Repair | None:
    """The repair of a term whose form the place does not admit; None where it does, or where that is not certain."""
    return None
