from __future__ import annotations

import re

import pytest

from kg.lexicon.concepts import CuratedConcept, index
from kg.lexicon.matching import LexiconMatcher

MATCHER = LexiconMatcher(
    index(
        [
            CuratedConcept("fpn", "Feature Pyramid Network", "module", ("FPN",)),
            CuratedConcept("unet", "U-Net", "architecture"),
            CuratedConcept("fast", "FAST", "technique"),
            CuratedConcept("based", "Based", "architecture"),
            CuratedConcept("dropout", "Dropout", "technique"),
            CuratedConcept("convolution", "Convolution", "module"),
            CuratedConcept("deformable", "Deformable Convolution", "module"),
            CuratedConcept("sgd-data", "SGD", "dataset"),
            CuratedConcept("sgd", "Stochastic Gradient Descent", "technique", ("SGD",)),
        ]
    )
)


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    words = re.findall(r"\w+|[^\w\s]", text)
    return [("".join(words[m.first : m.last]), m.concepts) for m in MATCHER.find(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("feature pyramid networks", [("featurepyramidnetworks", ("fpn",))]),
        ("a feature-pyramid network (FPN)", [("feature-pyramidnetwork", ("fpn",)), ("FPN", ("fpn",))]),
        ("UNet and U-Nets", [("UNet", ("unet",)), ("U-Nets", ("unet",))]),
        ("deformable convolutions", [("deformableconvolutions", ("deformable",))]),
        ("fast training based on dropout", [("dropout", ("dropout",))]),
        ("FAST corners and Based", [("FAST", ("fast",)), ("Based", ("based",))]),
        ("trained by SGD", [("SGD", ("sgd", "sgd-data"))]),
        ("feature pyramids", []),
    ],
)
def test_the_longest_names_are_found_by_their_keys(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert found(text) == expected
