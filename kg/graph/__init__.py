"""The reading side: look up, ask, follow lineage, measure influence."""

from kg.graph._choices import UnknownChoice
from kg.graph.concept import Concept
from kg.graph.evidence import Edge, Proof
from kg.graph.graph import Graph
from kg.graph.influence import MEASURES, Influence
from kg.graph.lineage import NoLineage
from kg.graph.paper import Paper
from kg.graph.queries import NamedQuery, Parameter, list_queries
from kg.graph.results import Result
from kg.graph.rows import FORMATS, Rows, UnfitFormat
from kg.graph.stats import Stats

__all__ = [
    "FORMATS",
    "MEASURES",
    "Concept",
    "Edge",
    "Graph",
    "Influence",
    "NamedQuery",
    "NoLineage",
    "Paper",
    "Parameter",
    "Proof",
    "Result",
    "Rows",
    "Stats",
    "UnfitFormat",
    "UnknownChoice",
    "list_queries",
]
