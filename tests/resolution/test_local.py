from __future__ import annotations

from kg.lexicon import CuratedConcept
from kg.lexicon.concepts import index
from kg.records import Entity, Mention
from kg.resolution.local import Anchors, Local, read_local

ANCHORS = Anchors(
    index(
        [
            CuratedConcept("fpn", "Feature Pyramid Network", "module", ("FPN",)),
            CuratedConcept("rl", "Reinforcement Learning", "technique", ("RL",)),
            CuratedConcept("gnn", "Graph Neural Network", "architecture", ("GNN",)),
            CuratedConcept("autoencoder", "Autoencoder", "architecture", ("AE",)),
            CuratedConcept("swin", "Swin Transformer", "architecture", ("Swin",)),
            CuratedConcept("monet-2016", "MoNet", "architecture", year=2016),
            CuratedConcept("monet-2019", "MONet", "architecture", year=2019),
        ]
    )
)


def read(
    name: str, *said: str, kind: str = "architecture", aliases: tuple[str, ...] = (), curated: str | None = None
) -> Local:
    mentions = tuple(Mention(0, len(text), text) for text in said or (name,))
    entity = Entity(name, kind, 0.9, mentions, ((kind, 1.0),), aliases, curated)
    return read_local(entity, ANCHORS)


def test_a_definition_that_agrees_leaves_the_curated_concept() -> None:
    found = read("FPN", "FPN", kind="module", aliases=("FPN", "feature pyramid networks"), curated="fpn")
    assert (found.curated, found.refused) == ("fpn", None)


def test_a_definition_that_conflicts_rules_the_curated_concept_out() -> None:
    found = read(
        "Feature Pyramid Network", "FPN", kind="module", aliases=("FPN", "frog population nets"), curated="fpn"
    )
    assert (found.curated, found.refused, found.name) == (None, "fpn", "FPN")


def test_one_word_that_an_acronym_stands_for_counts_too() -> None:
    assert read("AE", aliases=("AE", "active exploration"), curated="autoencoder").curated is None


def test_a_more_special_system_with_a_name_of_its_own_is_not_the_curated_one() -> None:
    found = read("GLNN", aliases=("GLNN", "Graph-less Neural Networks"), curated="gnn")
    assert (found.curated, found.names[0]) == (None, "GLNN")


def test_an_acronym_of_a_more_special_form_gives_the_curated_concept_no_new_names() -> None:
    found = read("RL", kind="technique", aliases=("RL", "deep constrained reinforcement learning"), curated="rl")
    assert (found.curated, found.names, found.pairs) == ("rl", ("RL",), ())


def test_a_size_belongs_to_its_system_even_where_only_the_curators_know_it() -> None:
    found = read("Swin-L")
    assert (found.curated, found.configurations) == ("swin", ("Swin-L",))


def test_a_version_is_a_name_and_no_size() -> None:
    found = read("HeronLM", "HeronLM-2", "HeronLM-2")
    assert (found.name, found.configurations) == ("HeronLM-2", ())


def test_another_version_is_no_further_name() -> None:
    assert read("SN-Netv2", "SN-Netv2", aliases=("SN-Net",)).names == ("SN-Netv2",)


def test_the_mark_of_a_second_sense_is_no_part_of_the_name() -> None:
    assert read("Grid (dataset)", "Grid", kind="dataset").name == "Grid"


def test_of_curated_namesakes_that_fit_alike_the_earlier_is_meant() -> None:
    assert read("MoNet").curated == "monet-2016"


def test_the_dress_of_latex_and_markdown_is_no_part_of_a_name() -> None:
    found = read("NORM", "NORM", aliases=("$N$-to-$O$ne $R$epresentation **M**atching",))
    assert found.names == ("NORM", "N-to-One Representation Matching")


def test_half_a_bracket_is_no_part_of_a_name() -> None:
    assert read("MSE) Loss", "MSE) loss", kind="technique").name == "MSE Loss"
    assert read("R(2+1)D", "R(2+1)D").name == "R(2+1)D"
