"""Scores that catch what is wrong with a pair, one module a signal; see ``Assessor``."""

from trilogue.align.scores.assessor import Assessor
from trilogue.align.scores.text import Pair

__all__ = ["Assessor", "Pair"]
