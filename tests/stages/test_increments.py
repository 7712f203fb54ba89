"""Whatever comes and goes in whatever order, the graph is the one that its records make at once, byte for byte."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg._stages import drawing
from kg.records import Record
from kg.resolution.curation import Curation, Decision
from tests.stages.scripted import build, graph, record, scripted

__all__ = ["scripted"]

WORDS = (
    "OwlNet", "OwlNet>FPN", "CAM", "CAM=class activation map", "CAM=channel attention module", "CAM=cluster aware mask",
    "Owl-Net", "owlnets", "SGD", "GridNet", "GridNet>OwlNet", "GridNet>CAM", "Grid-Net=Grid Network", "COCO", "AP",
    "FPN=frog population nets", "Object Detection", "Translation", "MaskGAE=masked graph autoencoder",
    "GMAE=masked graph autoencoder",
)  # fmt: skip
TITLES = (
    "OwlNet: Machine Translation", "OwlNet: Object Detection in Images", "GridNet: Images",
    "GridNet: Speech Recognition", "CAM: Segmentation", "A Study", "A study", "Introduction", "CAM: Molecules",
)  # fmt: skip
RECORDS = st.builds(
    lambda key, title, said, source, doi, arxiv, year, author, cited: record(
        key,
        title,
        *said,
        source=source,
        doi=doi,
        arxiv=arxiv,
        year=year,
        authors=(author,) if author else (),
        references=cited,
    ),
    st.sampled_from("123"),
    st.sampled_from(TITLES),
    st.lists(st.sampled_from(WORDS), max_size=4, unique=True),
    st.sampled_from(["a.jsonl", "a.jsonl!c.jsonl", "b.jsonl"]),
    st.sampled_from([None, None, "10.1/a-b", "10.1/a_b", "10.1/c"]),
    st.sampled_from([None, None, "2101.00001"]),
    st.sampled_from([None, 2019, 2020, 2024]),
    st.sampled_from([None, "Ada Example", "Bo Sample"]),
    st.sampled_from([(), (), (("arxiv", "2101.00001"),), (("doi", "10.1/a-b"), ("doi", "10.1/c"))]),
)
RESULT = (("method", "GridNet"), ("dataset", "COCO"), ("value", "40"))
CURATIONS = st.sampled_from(
    [
        Curation(),
        Curation(),
        Curation.of([Decision("same", "GridNet", "OwlNet")]),
        Curation.of([Decision("reject", "GridNet", "FPN", predicate="based_on"), Decision("drop", "SGD")]),
        Curation.of([Decision("assert", "GridNet", "FPN", predicate="based_on", source="a letter")]),
        Curation.of([Decision("assert", "A Study", predicate="reports", result=RESULT, source="a letter")]),
    ]
)


@pytest.mark.usefixtures("scripted")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(RECORDS, min_size=1, max_size=9), st.randoms(use_true_random=False), st.data())
def test_any_way_to_the_same_records_makes_the_same_graph(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    records: list[Record],
    chance: random.Random,
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("stores")
    here: list[Record] = []
    # Of so few papers most are soon drawn anew, and then all triples are compared: here even so only what changed.
    monkeypatch.setattr(drawing, "_MOST", data.draw(st.sampled_from([2.0, 0.5]), label="most"))
    for step in range(data.draw(st.integers(1, 5), label="builds")):
        curation = data.draw(CURATIONS, label="curation")
        came = chance.sample(records, chance.randint(0, len(records)))
        went = chance.sample(here, chance.randint(0, len(here))) if step else []
        if chance.random() < 0.25:
            build(folder / "grown.kg", replace=(came, ["a.jsonl"]), curation=curation)
            here = [known for known in here if not known.source.startswith("a.jsonl")] + came
        else:
            build(folder / "grown.kg", add=came, remove=went, curation=curation, model=chance.choice([None, "other"]))
            here = [known for known in [*here, *came] if known not in went]
        build(folder / f"{step}.kg", add=_shuffled(here, chance), curation=curation)
        assert graph(folder / "grown.kg") == graph(folder / f"{step}.kg")


def _shuffled(records: Sequence[Record], chance: random.Random) -> list[Record]:
    return chance.sample(records, len(records))


@pytest.mark.usefixtures("scripted")
def test_a_build_of_nothing_new_changes_nothing(tmp_path: Path) -> None:
    said = [record("1", "OwlNet: Birds", "OwlNet>FPN"), record("2", "A Study", "OwlNet", "COCO")]
    assert build(tmp_path / "graph.kg", add=said).changed
    assert not build(tmp_path / "graph.kg", add=said).changed


@pytest.mark.usefixtures("scripted")
def test_a_paper_more_costs_its_own_triples_alone(tmp_path: Path) -> None:
    build(tmp_path / "graph.kg", add=[record("1", "OwlNet: Birds", "OwlNet>FPN")])
    change = build(tmp_path / "graph.kg", add=[record("2", "A Study", "GridNet")])
    before = len(graph(tmp_path / "graph.kg")[0]) - change.added
    assert change.removed == 0
    assert 0 < change.added < before


@pytest.mark.usefixtures("scripted")
def test_an_edge_stands_while_one_paper_is_left_that_states_it(tmp_path: Path) -> None:
    one, other = (record(key, title, "GridNet>OwlNet") for key, title in (("1", "One Thing"), ("2", "Two Things")))
    edge = "concept/gridnet> <https://w3id.org/methodome/ontology#basedOn>"

    def stands() -> bool:
        return any(edge in line for line in graph(tmp_path / "graph.kg")[0])

    build(tmp_path / "graph.kg", add=[one, other])
    build(tmp_path / "graph.kg", remove=[one])
    assert stands()
    build(tmp_path / "graph.kg", remove=[other])
    assert not stands()


@pytest.mark.usefixtures("scripted")
def test_a_paper_that_gets_its_doi_later_keeps_what_was_read_under_its_new_key(tmp_path: Path) -> None:
    build(tmp_path / "graph.kg", add=[record("1", "OwlNet: Birds", "OwlNet>FPN")])
    build(tmp_path / "graph.kg", add=[record("7", "OwlNet: Birds", source="b.jsonl", doi="10.1/owl")])
    lines, _ = graph(tmp_path / "graph.kg")
    assert any("paper/doi-10-1-owl> <https://w3id.org/methodome/ontology#introduces>" in line for line in lines)
    assert not any("paper/t-" in line for line in lines)


@pytest.mark.usefixtures("scripted")
def test_papers_of_one_text_are_each_drawn_under_their_own_key(tmp_path: Path) -> None:
    twins = [record(str(n), "OwlNet: Birds", "OwlNet>FPN", doi=f"10.1/{n}") for n in (1, 2)]
    build(tmp_path / "graph.kg", add=twins)
    lines, _ = graph(tmp_path / "graph.kg")
    introducing = [line for line in lines if "ontology#introduces> <" in line and "/paper/" in line.split(" ")[0]]
    assert len(introducing) == 2


@pytest.mark.usefixtures("scripted")
def test_new_code_and_a_damaged_state_have_all_worked_out_anew(tmp_path: Path) -> None:
    said = [record("1", "OwlNet: Birds", "OwlNet>FPN")]
    build(tmp_path / "graph.kg", add=said)
    before = graph(tmp_path / "graph.kg")
    assert not build(tmp_path / "graph.kg", code="2").changed
    (tmp_path / "graph.kg/extractions/state.sqlite").write_bytes(b"no database, and long enough to tell" * 99)
    assert not build(tmp_path / "graph.kg", code="2").changed
    assert graph(tmp_path / "graph.kg") == before
