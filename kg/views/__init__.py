"""Pages that people want to show: each one file, without network, readable by eye, keyboard and screen reader."""

from kg.views.atlas import Atlas, write_atlas
from kg.views.compare import compare_page
from kg.views.influence import influence_page
from kg.views.lineage import lineage_page
from kg.views.map import map_page
from kg.views.neighbourhood import neighbourhood_page
from kg.views.page import Page
from kg.views.paper import paper_page
from kg.views.timeline import timeline_page
from kg.views.views import Views

__all__ = [
    "Atlas",
    "Page",
    "Views",
    "compare_page",
    "influence_page",
    "lineage_page",
    "map_page",
    "neighbourhood_page",
    "paper_page",
    "timeline_page",
    "write_atlas",
]
