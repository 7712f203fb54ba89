from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import fold, singular, slug, strip_latex

ONE = [
    ("U-Net", "UNet", "U-net", "unet", "U-Nets", "u nets"),
    ("GPT2", "GPT-2", "gpt 2"),
    ("ViT", "ViTs"),
    ("feature pyramid network", "Feature Pyramid Networks", "feature-pyramid network"),
    ("g^nConv", "$g^n$Conv", "$g^n$-Conv"),
    ("genCNN", "$gen$CNN"),
    ("β-VAE", "$\\beta$-VAE", "\\beta-VAE"),
    ("Poincaré embedding", "Poincare Embeddings"),
    ("CIFAR-10", "CIFAR10", "cifar 10"),
    ("self-attention", "Self Attention", "selfattention"),
]
TWO = [
    ("UNet", "UNet++"),
    ("GPT-2", "GPT-3"),
    ("YOLOv3", "YOLOv4"),
    ("SimCLR", "SimCLRv2"),
    ("depthwise convolution", "depthwise separable convolution"),
    ("ResNet", "ResNeXt"),
    ("ResNet", "ResNeSt"),
    ("CvT", "ConViT"),
    ("DETR", "Deformable DETR"),
    ("CIFAR-10", "CIFAR-100"),
    ("ImageNet-1K", "ImageNet-21K"),
    ("attention", "self-attention"),
    ("VAE", "β-VAE"),
    ("GAN", "WGAN"),
    ("α-divergence", "β-divergence"),
    ("Grad-CAM", "Grad-CAM++"),
    ("C", "C++"),
    ("ADD", "ADD-S"),
    ("1 0", "10"),
]


@pytest.mark.parametrize("spellings", ONE, ids=lambda spellings: spellings[0])
def test_spellings_of_one_name_fold_to_one_key(spellings: tuple[str, ...]) -> None:
    assert len({fold(name) for name in spellings}) == 1


@pytest.mark.parametrize("pair", TWO, ids=" and ".join)
def test_two_names_fold_to_two_keys(pair: tuple[str, str]) -> None:
    assert fold(pair[0]) != fold(pair[1])


@given(st.text(max_size=40))
def test_folding_takes_any_text_and_is_blind_to_space_around_it(name: str) -> None:
    assert fold(f" {name} ") == fold(name)


@given(st.text("abxyABXY-+ 0129.", max_size=20))
def test_folding_is_blind_to_case(name: str) -> None:
    assert fold(name.upper()) == fold(name.lower())


@given(st.lists(st.text("abcXYZ129+αβ", min_size=1, max_size=6), min_size=1, max_size=4))
def test_hyphens_and_spaces_between_parts_are_alike(parts: list[str]) -> None:
    assert fold("-".join(parts)) == fold(" ".join(parts))


@given(st.text("abXY+β123", min_size=1, max_size=8), st.sampled_from(["+", "++", "2", "β", "x"]))
def test_a_sign_a_number_or_a_letter_more_is_another_name(name: str, more: str) -> None:
    assert fold(name + more) != fold(name)


@given(st.text(max_size=60))
def test_a_slug_is_safe_in_an_iri(name: str) -> None:
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in slug(name))


def test_slugs_keep_apart_what_folding_keeps_apart() -> None:
    names = [*itertools.chain(*TWO)]
    by_key = {fold(name): slug(name) for name in names}
    assert len(set(by_key.values())) == len(by_key)


def test_a_plural_in_capitals_is_no_plural() -> None:
    assert [singular(word) for word in ("GANs", "RBMS", "status", "class", "analyses")] == [
        "GAN", "RBMS", "status", "class", "analyse",
    ]  # fmt: skip


def test_latex_dress_is_taken_off() -> None:
    assert strip_latex("\\textbf{Swin} $\\lambda$-Net") == "Swin λ-Net"
