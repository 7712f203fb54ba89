"""The smallest graph that has one of everything."""

from kg.records import Concept, Edge, Evidence, Extraction, Merge, Paper, Proof, Record, Resolution, Score

SAYS = Evidence("RetNet extends ResNet.", 0, 22, "rule:extends", 0.9)
AGAIN = Evidence("RetNet builds on ResNet.", 40, 64, "rule:builds-on", 0.71239)
SCORES = Evidence("RetNet-50 reaches 87.10% on COCO.", 70, 103, "rule:result", 0.8)

PAPER = Paper(
    "arxiv-1708.02002",
    "RetNet",
    abstract="It is new.",
    year=2017,
    date="2017-08-07",
    authors=("Lin, B.", "Goyal, A."),
    arxiv="1708.02002",
    doi="10.1000/x",
    url="https://example.org/a b",
    sources=("b.txt", "a.txt"),
)
RESNET = Concept(
    "resnet",
    "ResNet",
    "architecture",
    aliases=("residual network", "Res-Net"),
    curated=True,
    family=True,
    year=2015,
    introduced_in="Deep Residual Learning",
    broader=("cnn",),
    configurations=("ResNet-50",),
    definition="A network with shortcuts.",
)
RETNET = Concept("retnet", "RetNet", "module")
COCO = Concept("coco", "COCO", "dataset", tasks=("detection",))
METRIC = Concept("ap", "AP", "metric", direction="higher")
BASED_ON = Edge(
    "retnet",
    "based_on",
    "resnet",
    (Proof(None, source="a book"), Proof(PAPER.key, SAYS), Proof(PAPER.key, AGAIN)),
)
MENTIONS = Edge(PAPER.key, "mentions", "coco")
SCORE = Score(PAPER.key, "retnet", "RetNet-50", "coco", "ap", "87.10%", 87.10, "%", None, SCORES)

RESOLUTION = Resolution(
    papers=(PAPER,),
    concepts=(METRIC, COCO, RESNET, RETNET),
    edges=(MENTIONS, BASED_ON),
    scores=(SCORE,),
)
MERGE = Merge("resnet", "residual network", True, "defined in the text", (PAPER.key,))
RECORD = Record("a.txt", "1", "RetNet", authors=("Lin, B.",), ids=(("s2", "7"),))
EXTRACTION = Extraction("arxiv-1708.02002", "RetNet")
