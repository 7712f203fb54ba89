"""The set of extractions to concepts: who is who across papers, with a reason for every merge of names."""

from kg.resolution.resolving import resolve

__all__ = ["resolve"]
