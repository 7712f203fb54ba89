"""A graph small enough to know by heart.

LeNet (1998) <- AlexNet (2012) <- ResNet (2015) <- ResNeXt (2016) <- Late (2014, dated before its parent);
AlexNet and ResNet are based on the family CNN; Vision Transformer and SegFormer use Self-Attention, which is
based on Attention; SGD is a technique and a data set, Medusa two architectures of one name.
"""

from pyoxigraph import Quad, Store

from kg.records import Concept, Edge, Evidence, Paper, Proof, Resolution, Score
from kg.store.triples import triples

CURATED = Proof(None, None, "the curated concepts")


def said(paper: str, sentence: str, confidence: float = 0.9, *, start: int = 0) -> Proof:
    return Proof(paper, Evidence(sentence, start, start + len(sentence), "test-rule", confidence))


def store_of(resolution: Resolution) -> Store:
    store = Store()
    store.extend(Quad(*triple) for triple in triples(resolution))
    return store


RESNET, SEGFORMER, UNDATED = "arxiv-1512.03385", "arxiv-2105.15203", "t-0000000000000001"

SMALL = Resolution(
    papers=(
        Paper(RESNET, "Deep Residual Learning for Image Recognition", "We present residual nets.", 2015,
              "2015-12-10", ("Kaiming He", "Jian Sun"), "1512.03385", sources=("a.txt",)),
        Paper(SEGFORMER, "SegFormer: Simple and Efficient Design", "", 2021),
        Paper(UNDATED, "A <b>Survey</b> of href", ""),
    ),
    concepts=(
        Concept("ade20k", "ADE20K", "dataset", curated=True, tasks=("semantic-segmentation",)),
        Concept("alexnet", "AlexNet", "architecture", curated=True, year=2012),
        Concept("attention", "Attention", "module", curated=True),
        Concept("cnn", "Convolutional Neural Network", "architecture", ("CNN", "ConvNet"), curated=True, family=True),
        Concept("imagenet", "ImageNet", "dataset", curated=True, year=2009),
        Concept("imagenet-1k", "ImageNet-1K", "dataset", curated=True, broader=("imagenet",)),
        Concept("late", "Late", "architecture", year=2014),
        Concept("lenet", "LeNet", "architecture", ("LeNet-5",), curated=True, year=1998),
        Concept("medusa-a", "Medusa", "architecture", year=2023),
        Concept("medusa-b", "MEDUSA", "architecture", year=2022),
        Concept("miou", "mIoU", "metric", direction="higher"),
        Concept("resnet", "ResNet", "architecture", ("Residual Network",), curated=True, year=2015,
                introduced_in="Deep Residual Learning for Image Recognition", configurations=("ResNet-50",),
                definition="A deep network with <shortcuts>."),
        Concept("resnext", "ResNeXt", "architecture", year=2016),
        Concept("segformer", "SegFormer", "architecture", year=2021),
        Concept("self-attention", "Self-Attention", "module", curated=True, broader=("attention",)),
        Concept("semantic-segmentation", "Semantic Segmentation", "task", curated=True),
        Concept("sgd", "SGD", "technique", ("Stochastic Gradient Descent",), curated=True),
        Concept("sgd-dataset", "SGD", "dataset", ("Schema-Guided Dialogue",), curated=True),
        Concept("vit", "Vision Transformer", "architecture", ("ViT",), curated=True, year=2020),
    ),
    edges=(
        Edge("alexnet", "based_on", "cnn", (CURATED,)),
        Edge("alexnet", "based_on", "lenet", (CURATED,)),
        Edge("late", "based_on", "resnext", (said(SEGFORMER, "Late extends ResNeXt.", 0.6),)),
        Edge("resnet", "based_on", "alexnet", (CURATED, said(RESNET, "ResNets go on from AlexNet.", 0.8))),
        Edge("resnet", "based_on", "cnn", (CURATED,)),
        Edge("resnet", "outperforms", "alexnet", (said(RESNET, "ResNet beats AlexNet."),)),
        Edge("resnext", "based_on", "resnet",
             (said(RESNET, "ResNeXt widens ResNet.", 0.7), said(SEGFORMER, "ResNeXt, a kind of ResNet.", 0.95))),
        Edge("segformer", "based_on", "vit", (said(SEGFORMER, "SegFormer goes on from ViT."),)),
        Edge("segformer", "uses", "self-attention", (said(SEGFORMER, "SegFormer uses self-attention."),)),
        Edge("segformer", "outperforms", "resnet", (said(SEGFORMER, "SegFormer beats ResNet.", 0.5),)),
        Edge("self-attention", "based_on", "attention", (CURATED,)),
        Edge("vit", "uses", "self-attention", (CURATED,)),
        Edge(RESNET, "evaluates_on", "imagenet-1k", (said(RESNET, "We test on ImageNet-1K."),)),
        Edge(RESNET, "introduces", "resnet", (said(RESNET, "We present residual nets."),)),
        *(Edge(RESNET, "mentions", each) for each in ("alexnet", "imagenet-1k", "resnet", "resnext")),
        Edge(SEGFORMER, "addresses", "semantic-segmentation", (said(SEGFORMER, "We segment."),)),
        Edge(SEGFORMER, "evaluates_on", "ade20k", (said(SEGFORMER, "On ADE20K it wins."),)),
        Edge(SEGFORMER, "introduces", "segformer", (said(SEGFORMER, "We present SegFormer."),)),
        *(Edge(SEGFORMER, "mentions", each)
          for each in ("ade20k", "late", "miou", "resnet", "resnext", "segformer", "self-attention",
                       "semantic-segmentation", "vit")),
        Edge(UNDATED, "mentions", "resnet"),
    ),
    scores=(
        Score(SEGFORMER, "resnet", "ResNet-50", "ade20k", "miou", "42.1%", 42.1, "%", None,
              Evidence("ResNet-50 reaches 42.1% mIoU.", 0, 29, "test-rule", 0.8)),
        Score(SEGFORMER, "segformer", None, "ade20k", "miou", "51.8%", 51.8, "%", "semantic-segmentation",
              Evidence("SegFormer reaches 51.8% mIoU.", 40, 69, "test-rule", 0.9)),
    ),
)  # fmt: skip
