import pytest

from kg.extraction.naming import entity_name


@pytest.mark.parametrize(
    ("surfaces", "longs", "kind", "name"),
    [
        (["FooNets", "FooNet"], [], "architecture", "FooNet"),
        (["graph matching"], [], "task", "Graph Matching"),
        (["feature pyramid network", "FPN"], ["feature pyramid network"], "module", "Feature Pyramid Network"),
        (["Frequency Recurrent CRN", "FRCRN"], ["Frequency Recurrent CRN"], "architecture", "FRCRN"),
        (["CIFAR-10"], [], "dataset", "CIFAR-10"),
        (["ResNet-50", "ResNet-101"], [], "architecture", "ResNet"),
    ],
)
def test_names_follow_the_guidelines(surfaces: list[str], longs: list[str], kind: str, name: str) -> None:
    assert entity_name(surfaces, longs, kind) == name
