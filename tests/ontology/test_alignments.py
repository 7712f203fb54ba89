"""The links to other graphs lead from what we have, and say no more than a match does."""

from collections import defaultdict

import pyoxigraph as ox
import pytest

from kg import vocabulary as v
from kg._resources import ontology_folder
from kg.lexicon import load

MATCHES = {v.SKOS + name for name in ("exactMatch", "closeMatch", "relatedMatch", "broadMatch", "narrowMatch")}


@pytest.fixture(scope="module")
def links():
    return [triple.triple for triple in ox.parse(path=ontology_folder() / "alignments.ttl")]


def test_every_link_leads_from_a_term_or_a_curated_concept_to_elsewhere(links):
    ours = {v.concept_iri(identifier) for identifier in load().concepts}
    ours |= {quad.subject.value for quad in ox.parse(path=ontology_folder() / "methods.ttl")}
    assert [subject.value for subject, _, _ in links if subject.value not in ours] == []
    assert [target.value for _, _, target in links if target.value.startswith(v.BASE)] == []


def test_a_link_is_a_match_and_entails_nothing_of_our_terms(links):
    assert {predicate.value for _, predicate, _ in links} <= MATCHES


def test_no_two_concepts_are_exactly_one_thing_elsewhere(links):
    exact = defaultdict(set)
    for subject, predicate, target in links:
        if predicate.value == v.SKOS + "exactMatch":
            exact[target.value].add(subject.value)
    assert {target: names for target, names in exact.items() if len(names) > 1} == {}


def test_blocks_are_sorted_within_each_part():
    text = (ontology_folder() / "alignments.ttl").read_text(encoding="utf-8")
    for part in text.split("\n\n\n"):
        names = [line.split()[0] for line in part.splitlines() if line.startswith(("mg:", "concept:"))]
        assert names == sorted(names)
