"""The small graph of :mod:`examples`, with what else the named queries ask for.

Added: six papers of 2015 to 2021 from a second listing, of which more and more name Self-Attention and fewer and fewer
Max Pooling; a chain ParseNet -> SegFormer -> Vision Transformer -> Self-Attention; wins that contradict each other;
two concepts of one name, one introduced together with its part; a curated edge that papers confirm.
"""

from dataclasses import replace

from kg.records import Concept, Edge, Evidence, Paper, Score

from .examples import CURATED, SMALL, said

NAMING = {2015: "pooling", 2016: "pooling", 2017: "both", 2019: "both", 2020: "attention", 2021: "attention"}
DATED = tuple(
    Paper(f"t-year{year}", f"Notes of {year}", "Read.", year, authors=("Ada Byron",), sources=("b.txt",))
    for year in NAMING
)


def _named(year: int) -> list[Edge]:
    which = NAMING[year]
    concepts = [*(["max-pooling"] if which != "attention" else []), *(["self-attention"] if which != "pooling" else [])]
    return [Edge(f"t-year{year}", "mentions", concept) for concept in concepts]


PARSE = "t-year2021"

ASKED = replace(
    SMALL,
    papers=(*SMALL.papers, *DATED),
    concepts=(
        *SMALL.concepts,
        Concept("max-pooling", "Max Pooling", "module", curated=True, year=1990),
        Concept("orphan", "Orphan Trick", "technique"),
        Concept("parsenet", "ParseNet", "architecture", year=2021, configurations=("ParseNet-B",)),
        Concept("parsenet-decoder", "ParseNet Decoder", "architecture", year=2021),
    ),
    edges=(
        *SMALL.edges,
        *(edge for year in NAMING for edge in _named(year)),
        Edge("alexnet", "outperforms", "resnet", (said("t-year2020", "AlexNet beats ResNet on toys.", 0.4),)),
        Edge("alexnet", "uses", "max-pooling", (CURATED, said("t-year2015", "AlexNet has max pooling.", 0.7))),
        Edge("parsenet", "based_on", "segformer", (said(PARSE, "ParseNet builds on SegFormer.", 0.9),)),
        Edge("parsenet", "uses", "max-pooling", (said(PARSE, "ParseNet has max pooling.", 0.3),)),
        Edge("parsenet", "uses", "self-attention", (said(PARSE, "ParseNet has self-attention.", 0.8),)),
        Edge("parsenet-decoder", "based_on", "segformer", (said(PARSE, "Its decoder is that of SegFormer.", 0.5),)),
        Edge(PARSE, "introduces", "parsenet", (said(PARSE, "We propose ParseNet."),)),
        Edge(PARSE, "introduces", "parsenet-decoder", (said(PARSE, "We propose a decoder."),)),
        Edge(PARSE, "addresses", "semantic-segmentation", (said(PARSE, "We parse scenes."),)),
        Edge(PARSE, "evaluates_on", "ade20k", (said(PARSE, "We test on ADE20K."),)),
        Edge(PARSE, "mentions", "parsenet"),
        Edge(PARSE, "mentions", "orphan"),
    ),
    scores=(
        *SMALL.scores,
        Score(PARSE, "parsenet", "ParseNet-B", "ade20k", None, "53.0", 53.0, None, None,
              Evidence("ParseNet-B scores 53.0.", 0, 23, "test-rule", 0.7)),
    ),
)  # fmt: skip
