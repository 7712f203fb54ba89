from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import vocabulary as v
from kg.errors import InputError, StoreError
from kg.records import EXTRACTED_PREDICATES, KINDS
from kg.resolution.curation import Decision, problem_of
from kg.store.curation import CURATION, add_decision, read_curation, read_statements, remove_decisions
from kg.store.read_only import mark_read_only

BY_HAND = """\
# Ours.
@prefix mg: <https://w3id.org/methodome/ontology#> .
@prefix my: <https://w3id.org/methodome/concept/> .  # short

# It is from that year;
# the arXiv paper came later.
[] a mg:Decision ;
   mg:decision "year" ;
   rdf:subject my:vit ;
   rdf:object 2020 .  # surely

[] mg:decision "kind" ; rdf:subject \"\"\"Owl "net" (1.0) .\"\"\" ; rdf:object mg:Task .
# Nothing follows.
"""


def written(store: Path) -> str:
    return (store / CURATION).read_text(encoding="utf-8")


def test_the_example_in_the_docs_is_a_file_as_it_should_be(tmp_path: Path) -> None:
    docs = (Path(__file__).parents[2] / "docs" / "curation.md").read_text(encoding="utf-8")
    example = docs.split("```turtle\n")[1].split("```")[0]
    (tmp_path / CURATION).write_text(example, encoding="utf-8")
    assert [one.decision.verb for one in read_statements(tmp_path)] == sorted(
        ["assert", "kind", "reject", "same", "sense", "year"]
    )
    assert add_decision(tmp_path, Decision("drop", "Owl"))
    assert remove_decisions(tmp_path, [2]) == [Decision("drop", "Owl")]
    assert written(tmp_path) == example


def test_a_store_without_the_file_has_no_decisions(tmp_path: Path) -> None:
    assert (read_statements(tmp_path), read_curation(tmp_path).decisions) == ([], ())


def test_a_file_written_by_hand_is_read_with_the_lines_of_its_statements(tmp_path: Path) -> None:
    (tmp_path / CURATION).write_text(BY_HAND, encoding="utf-8")
    assert [(one.decision, one.decision.line) for one in read_statements(tmp_path)] == [
        (Decision("kind", 'Owl "net" (1.0) .', "task"), 12),
        (Decision("year", v.concept_iri("vit"), "2020"), 7),
    ]


def test_what_the_command_writes_keeps_comments_and_text_and_sorts_the_statements(tmp_path: Path) -> None:
    (tmp_path / CURATION).write_text(BY_HAND, encoding="utf-8")
    assert add_decision(tmp_path, Decision("same", "ViT", "Vision Transformer"))
    assert written(tmp_path) == (
        """\
# Ours.
@prefix mg: <https://w3id.org/methodome/ontology#> .
@prefix my: <https://w3id.org/methodome/concept/> .  # short
@prefix concept: <https://w3id.org/methodome/concept/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix paper: <https://w3id.org/methodome/paper/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

[] mg:decision "kind" ; rdf:subject \"\"\"Owl "net" (1.0) .\"\"\" ; rdf:object mg:Task .

[] mg:decision "same" ; rdf:subject "ViT" ; rdf:object "Vision Transformer" .

# It is from that year;
# the arXiv paper came later.
[] a mg:Decision ;
   mg:decision "year" ;
   rdf:subject my:vit ;
   rdf:object 2020 .  # surely

# Nothing follows.
"""
    )


def test_a_decision_stands_once_and_can_be_taken_back_by_its_number(tmp_path: Path) -> None:
    first, second = Decision("drop", "A"), Decision("drop", "B")
    assert [add_decision(tmp_path, one) for one in (second, first, first)] == [True, True, False]
    assert remove_decisions(tmp_path, [1]) == [first]
    assert [one.decision for one in read_statements(tmp_path)] == [second]


def test_a_number_that_is_none_takes_nothing_out(tmp_path: Path) -> None:
    add_decision(tmp_path, Decision("drop", "A"))
    with pytest.raises(InputError, match=r"there is no decision 2; they go from 1 to 1 \(kg curate --list\)"):
        remove_decisions(tmp_path, [1, 2])
    assert len(read_statements(tmp_path)) == 1


def test_the_digest_follows_what_is_meant_and_not_how_it_is_written(tmp_path: Path) -> None:
    (tmp_path / CURATION).write_text('[] mg:decision "drop" ; rdf:subject "A" .', encoding="utf-8")
    digest = read_curation(tmp_path).digest
    (tmp_path / CURATION).write_text('# x\n[] rdf:subject "A" ;\n mg:decision "drop" .', encoding="utf-8")
    assert read_curation(tmp_path).digest == digest
    add_decision(tmp_path, Decision("drop", "B"))
    assert read_curation(tmp_path).digest != digest


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[] mg:decision "same" ; rdf:subject "A" .', "line 1: 'same' needs an object: the other concept"),
        ('\n\n[] mg:decision "smae" ; rdf:subject "A" .', "line 3: there is no decision 'smae'; choose one of assert,"),
        ('[] mg:decision "same" ;\n rdf:subject "A" rdf:object "B" .', "line 2: not valid Turtle: "),
        ('[] mg:decision "drop" ; rdf:subject "A"', "line 1: not valid Turtle: "),
        ('[] rdf:subject "A" .', "line 1: no mg:decision in it; a statement looks like this: "),
        ('[] mg:decision "drop" ; rdf:subject "A", "B" .', "line 1: rdf:subject stands 2 times in one statement"),
        ('[] mg:decision "drop" ; rdf:subject "A" ; mg:year 1 .', "line 1: a decision has no mg:year; it may have"),
        ('[] mg:decision "drop" ; mg:named [ mg:year 1 ] .', "line 1: a result has no mg:year; it may have mg:method"),
        (
            '[] mg:decision "different" ; rdf:subject "A" ; rdf:object "B" .\n'
            '[] mg:decision "same" ; rdf:subject "b" ; rdf:object "a" .',
            'line 1: different "A" "B" contradicts that on line 2: same "b" "a"; take one of them out',
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_its_place_and_mend(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / CURATION).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_curation(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / CURATION}, {problem}")
    assert "\n" not in str(raised.value)


def test_a_decision_against_another_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    add_decision(tmp_path, Decision("year", "A", "2017"))
    before = written(tmp_path)
    with pytest.raises(InputError, match="contradicts"):
        add_decision(tmp_path, Decision("year", "a", "2018"))
    assert written(tmp_path) == before


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / CURATION).write_bytes(b"# caf\xe9")
    with pytest.raises(InputError, match="save it as UTF-8"):
        read_curation(tmp_path)


def test_an_imported_graph_takes_no_decisions(tmp_path: Path) -> None:
    mark_read_only(tmp_path, source="graph.nq")
    with pytest.raises(StoreError, match="read-only"):
        add_decision(tmp_path, Decision("drop", "A"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pytest.TempPathFactory:
    return tmp_path_factory


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20).filter(str.strip)
_DECISIONS = st.one_of(
    st.builds(Decision, st.just("same"), _TEXTS, _TEXTS, source=st.none() | _TEXTS),
    st.builds(Decision, st.just("kind"), _TEXTS, st.sampled_from(KINDS)),
    st.builds(Decision, st.just("year"), _TEXTS, st.sampled_from(["1989", "2024"])),
    st.builds(Decision, st.just("sense"), _TEXTS, _TEXTS, name=_TEXTS),
    st.builds(
        Decision, st.just("assert"), _TEXTS, _TEXTS, st.sampled_from(EXTRACTED_PREDICATES), source=_TEXTS
    ),
    st.builds(
        Decision,
        st.just("reject"),
        _TEXTS,
        predicate=st.just("reports"),
        result=st.builds(lambda method, value: (("method", method), ("value", value)), _TEXTS, _TEXTS),
    ),
)  # fmt: skip


@settings(deadline=None)
@given(decision=_DECISIONS)
def test_any_decision_comes_back_as_it_was_written(folder: pytest.TempPathFactory, decision: Decision) -> None:
    if problem_of(decision) is None:
        store = folder.mktemp("store")
        add_decision(store, decision)
        assert [one.decision for one in read_statements(store)] == [decision]
