"""How well papers are read: figures against annotations, their intervals, mistakes, what a confidence is worth."""

from kg.extraction.evaluation.intervals import Interval, intervals
from kg.extraction.evaluation.judging import Judged, judge
from kg.extraction.evaluation.mistakes import Mistake, mistakes
from kg.extraction.evaluation.reading import read_papers
from kg.extraction.evaluation.reliability import Reliability, reliability
from kg.extraction.evaluation.scores import Tally, score_paper, sum_up

__all__ = [
    "Interval",
    "Judged",
    "Mistake",
    "Reliability",
    "Tally",
    "intervals",
    "judge",
    "mistakes",
    "read_papers",
    "reliability",
    "score_paper",
    "sum_up",
]
