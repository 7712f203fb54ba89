import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.entity_finder import EntityFinder, Found
from kg.extraction.entity_model import load_entity_model, load_token_model
from kg.extraction.training.gold import GoldPaper, read_gold
from kg.lexicon import load
from kg.names import fold
from kg.records import Entity
from tests.extraction.scenes import read

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
# The dev figure of the shipped model, less what a new training may lose.
FLOOR = 0.755


@pytest.fixture(scope="module")
def finder() -> EntityFinder:
    return EntityFinder(load(), load_token_model(), load_entity_model())


def test_a_plain_abstract_is_read_as_a_reader_would(finder: EntityFinder) -> None:
    reading = read(
        "GridFormer: A Vision Transformer for Semantic Segmentation",
        "We propose GridFormer, a Vision Transformer (ViT) with window attention. GridFormer reaches 51.2 mIoU on"
        " ADE20K.",
    )
    found = {(entity.name, entity.type) for entity in finder.find(reading).entities}
    assert {
        ("GridFormer", "architecture"),
        ("Vision Transformer", "architecture"),
        ("Semantic Segmentation", "task"),
        ("ADE20K", "dataset"),
    } <= found


def test_a_text_without_words_names_nothing(finder: EntityFinder) -> None:
    assert finder.find(read("", "")) == Found()
    assert list(finder.find(read("...", "\n\n")).entities) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["ResNet-50", "$g^n$Conv", "U-Net", "(FPN)", "feature pyramid network", "mIoU", "we propose", "on", ".",
             ":", "\n", "المحول", "Ã©", "\x07", "\\emph{DINO}", "self-attention", "ImageNet", ",", "loss", "3D", "😀"]
        )
    ),
    st.text(max_size=80),
)  # fmt: skip
def test_every_mention_gives_its_text_back_and_no_two_entities_share_a_name_or_a_place(
    finder: EntityFinder, words: list[str], noise: str
) -> None:
    reading = read(" ".join(words[:5]), " ".join(words[5:]) + noise)
    entities = finder.find(reading).entities
    assert finder.find(reading).entities == entities
    spans = sorted((m.start, m.end, m.text) for e in entities for m in e.mentions)
    assert all(reading.text[start:end] == text for start, end, text in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert len({fold(e.name) for e in entities}) == len(entities)
    assert all(0 < e.confidence <= 1 and e.mentions for e in entities)


def hits(paper: GoldPaper, entities: list[Entity]) -> int:
    free = [(kind, {fold(form) for form in (name, *mentions)}) for name, kind, mentions in paper.entities]
    count = 0
    for entity in entities:
        forms = {fold(entity.name), *(fold(mention.text) for mention in entity.mentions)}
        hit = next((said for said in free if said[0] == entity.type and said[1] & forms), None)
        if hit is not None:
            free.remove(hit)
            count += 1
    return count


@pytest.mark.shared
def test_the_held_out_papers_are_read_as_well_as_the_model_card_says(finder: EntityFinder) -> None:
    if not GOLD.is_dir():
        pytest.skip("the annotated papers do not stand beside the project")
    papers = read_gold(GOLD / "dev.jsonl", GOLD / "papers.json")
    found = [finder.find(read(paper.title, paper.abstract)).entities for paper in papers]
    hit = sum(hits(paper, entities) for paper, entities in zip(papers, found, strict=True))
    f1 = 2 * hit / (sum(map(len, found)) + sum(len(paper.entities) for paper in papers))
    assert f1 >= FLOOR, json.dumps({"f1": round(f1, 4)})
