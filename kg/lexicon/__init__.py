"""The curated concepts, read once into what extraction, resolution and look-up need."""

from kg.lexicon.concepts import CuratedConcept, Lexicon, load

__all__ = ["CuratedConcept", "Lexicon", "load"]
