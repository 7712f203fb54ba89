"""How pictures look: the colours of the pages, little ink, text that stays text."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# As in kg/views/assets/page.css (light); a test holds them equal.
PAPER: Final = "#fbfaf7"
INK: Final = "#1f2023"
SOFT: Final = "#5b5d63"
LINE: Final = "#dedbd3"
KINDS: Final[Mapping[str, str]] = {
    "architecture": "#2166ac",
    "module": "#c8590a",
    "technique": "#12806a",
    "dataset": "#8e4a9e",
    "task": "#9a7400",
    "metric": "#6b6f76",
}
# Lines of one picture, in an order in which neighbours differ most, also for those who see fewer colours.
LINES: Final = (*(KINDS[kind] for kind in ("architecture", "module", "technique", "dataset", "task", "metric")),
                "#8a3b12", "#3b8ea5")  # fmt: skip
_DOTS_PER_INCH: Final = 160
DASHES: Final = ("-", "--", "-.", ":")
_SETTINGS: Final[Mapping[str, Any]] = {
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "text.color": INK,
    "axes.labelcolor": SOFT,
    "axes.edgecolor": LINE,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "grid.color": LINE,
    "grid.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.titlepad": 12,
    "axes.titlecolor": INK,
    "font.family": "sans-serif",
    "font.sans-serif": ["Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans"],
    "font.size": 9.5,
    # Searchable, and the same file whenever it is drawn.
    "svg.fonttype": "none",
    "svg.hashsalt": "methodome",
    # A dollar sign in a name is no formula.
    "text.parse_math": False,
}


def settings() -> Mapping[str, Any]:
    """Return matplotlib's settings for our pictures.

    >>> settings()["svg.fonttype"]
    'none'
    """
    return _SETTINGS


def new_figure(*, width: float, height: float) -> tuple[Figure, Axes]:
    """Return an empty figure with one pair of axes; to be called under our settings.

    Args:
        width, height: in inches.

    Raises:
        ImportError: matplotlib is not installed.
    """
    # A figure that shows itself in a notebook without pyplot and its backends.
    showing = type("Figure", (load().figure.Figure,), {"_repr_svg_": _as_svg})
    figure: Figure = showing(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def written(figure: Figure, kind: str) -> bytes:
    """Return a figure as a file of a kind, ``svg`` or ``png``; always the same bytes."""
    drawn = io.BytesIO()
    # Without the date of the clock, which no two files would have in common.
    dateless: dict[str, Any] = {"metadata": {"Date": None}} if kind == "svg" else {}
    with load().rc_context(dict(_SETTINGS)):
        figure.savefig(drawn, format=kind, dpi=_DOTS_PER_INCH, **dateless)
    return drawn.getvalue()


def _as_svg(figure: Figure) -> str:
    return written(figure, "svg").decode("utf-8")


def load() -> Any:
    """Return matplotlib.

    Raises:
        ImportError: it is not installed; the extra ``plots`` brings it.
    """
    try:
        import matplotlib
        import matplotlib.figure
    except ImportError as error:
        raise ImportError("a plot needs matplotlib: install the extra 'plots'") from error
    return matplotlib
