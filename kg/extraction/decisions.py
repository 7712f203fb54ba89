"""From scores to decisions and to confidences that mean something."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.linear import squash


@dataclass(frozen=True, slots=True)
class Decision:
    """How a score becomes a decision and a confidence.

    Attributes:
        threshold: the least score that is said; best F1 out of fold on the annotated papers.
        slope, intercept: of the logistic curve from scores to probabilities (Platt), fitted out of fold.
    """

    threshold: float
    slope: float = 1.0
    intercept: float = 0.0

    def confidence(self, score: float) -> float:
        """Return how likely a relation of this score is to be right."""
        return squash(self.slope * score + self.intercept)

    def readable(self) -> dict[str, float]:
        """Return the three numbers by name."""
        return {"threshold": self.threshold, "slope": self.slope, "intercept": self.intercept}
