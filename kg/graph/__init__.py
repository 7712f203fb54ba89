"""The reading side: look up, ask, follow lineage, measure influence.

In the examples of this room ``graph`` is a small open graph in which LeNet (1998) <- AlexNet (2012) <- ResNet (2015)
<- ResNeXt (2016), and SegFormer and Vision Transformer use Self-Attention.
"""

from kg.graph._choices import UnknownChoice
from kg.graph.bibtex import bibtex
from kg.graph.communities import Community
from kg.graph.comparison import Comparison, PairedResults, Sides
from kg.graph.concept import Concept
from kg.graph.engines import ENGINES
from kg.graph.evidence import Edge, Proof
from kg.graph.graph import Graph
from kg.graph.influence import MEASURES, Influence
from kg.graph.kinship import CommonAncestor, Generation, Sibling
from kg.graph.leaderboard import Leaderboard, Placing
from kg.graph.lineage import NoLineage
from kg.graph.modules import ModuleMap, Reuse, Use
from kg.graph.paper import Paper
from kg.graph.paths import IdeaPath, NoPath, Step
from kg.graph.queries import NamedQuery, Parameter, list_queries
from kg.graph.results import Result
from kg.graph.rows import FORMATS, Rows, UnfitFormat
from kg.graph.stats import Stats
from kg.graph.sureness import LEAST_CONFIDENCE, LEAST_OF_CURATED
from kg.graph.table import TABLE_FORMATS, Table
from kg.graph.trends import Emergence, Trend

__all__ = [
    "ENGINES",
    "FORMATS",
    "LEAST_CONFIDENCE",
    "LEAST_OF_CURATED",
    "MEASURES",
    "TABLE_FORMATS",
    "CommonAncestor",
    "Community",
    "Comparison",
    "Concept",
    "Edge",
    "Emergence",
    "Generation",
    "Graph",
    "IdeaPath",
    "Influence",
    "Leaderboard",
    "ModuleMap",
    "NamedQuery",
    "NoLineage",
    "NoPath",
    "PairedResults",
    "Paper",
    "Parameter",
    "Placing",
    "Proof",
    "Result",
    "Reuse",
    "Rows",
    "Sibling",
    "Sides",
    "Stats",
    "Step",
    "Table",
    "Trend",
    "UnfitFormat",
    "UnknownChoice",
    "Use",
    "bibtex",
    "list_queries",
]
