"""Pages that people want to show: each one file, without network, readable by eye, keyboard and screen reader."""

from kg.views.lineage import lineage_page
from kg.views.page import Page
from kg.views.views import Views

__all__ = ["Page", "Views", "lineage_page"]
