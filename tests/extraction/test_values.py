import pytest

from kg.extraction.values import find_values
from tests.extraction.scenes import scene


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It reaches 87.7% and 85.2 % there.", ["87.7%", "85.2%"]),
        (r"It reaches 83.3\% top1.", ["83.3%"]),
        ("27.69/32.24 BLEU at 5 percent.", ["27.69", "32.24", "5%"]),
        ("From 35.6% to 46.7%.", ["35.6%", "46.7%"]),
        ("It has 1,024 units and 31.5 dB.", ["1,024", "31.5"]),
        ("An mIoU of 54.", ["54"]),
        ("ResNet-50, top5, v2, x_3 and CIFAR-10 hold none.", []),
    ],
)
def test_numbers_are_read_as_written(text, written):
    assert [value.written for value in find_values(scene("On 7 Things", text))] == written


def test_a_value_knows_its_number_unit_and_place():
    found = scene("T", "It gains 1,024.5 dB.")
    (value,) = find_values(found)
    assert (value.number, value.unit, value.sentence) == (1024.5, "dB", 1)
    assert found.reading.text[value.start : value.end] == "1,024.5 dB"
