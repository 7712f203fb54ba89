"""The atlas: a folder of small pages, one for each concept and paper, linked to each other and ready to publish."""

from kg.views.atlas.writing import Atlas, write_atlas

__all__ = ["Atlas", "write_atlas"]
