"""Russian: paradigms, names, syntax, agreement."""

from pipeline.languages.russian.analyse import CASES
from pipeline.languages.russian.paradigm import Paradigm, paradigm

__all__ = ["CASES", "Paradigm", "paradigm"]
