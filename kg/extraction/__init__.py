"""A paper to an extraction: what its title and abstract say, each statement with its sentence."""

from kg.extraction.pipeline import Extractor, extraction_schema, make_pipeline

__all__ = ["Extractor", "extraction_schema", "make_pipeline"]
