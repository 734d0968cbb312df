"""Official names and fixed slogans in a translation: verified, repaired in the right form, or flagged."""

from pipeline.enforce.core import Enforcer
from pipeline.enforce.result import Enforced

__all__ = ["Enforced", "Enforcer"]
