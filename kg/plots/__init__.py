"""Pictures of tables, for papers and slides: SVG or PNG, by matplotlib, which the extra ``plots`` brings."""

from kg.plots.charts import NoPlot
from kg.plots.drawing import draw

__all__ = ["NoPlot", "draw"]
