"""The curated concepts stand in their one form."""

from pathlib import Path

from kg._resources import ontology_folder
from kg.lexicon import CuratedConcept, __main__
from kg.lexicon.concepts import read_folder
from kg.lexicon.formatting import format_folder, turtle

FULL = CuratedConcept(
    id="net",
    name='The "Net"',
    kind="architecture",
    aliases=("A Net", "Net\\1"),
    family=True,
    broader=("b", "c"),
    year=998,
    introduced_in="A title",
    based_on=("b",),
    uses=("c", "d"),
    definition="It is.",
)
METRIC = CuratedConcept(id="error", name="Error", kind="metric", direction="lower")
DATASET = CuratedConcept(id="data", name="Data", kind="dataset", tasks=("seeing",))


def test_a_concept_is_one_block_with_its_properties_in_order():
    assert turtle([FULL]).split("\n\n")[1] == (
        "concept:net a mg:Architecture, mg:Family ;\n"
        '    skos:prefLabel "The \\"Net\\"" ;\n'
        '    skos:altLabel "A Net", "Net\\\\1" ;\n'
        '    skos:definition "It is." ;\n'
        '    mg:year "0998"^^xsd:gYear ;\n'
        '    mg:introducedIn "A title" ;\n'
        "    skos:broader concept:b, concept:c ;\n"
        "    mg:basedOn concept:b ;\n"
        "    mg:uses concept:c, concept:d .\n"
    )


def test_what_is_written_reads_back_as_it_was(tmp_path: Path):
    (tmp_path / "all.ttl").write_text(turtle([METRIC, FULL, DATASET]), encoding="utf-8")
    assert list(read_folder(tmp_path).concepts.values()) == [DATASET, METRIC, FULL]


def test_concepts_go_to_the_file_of_their_kind_and_then_nothing_is_left_to_do(tmp_path: Path):
    (tmp_path / "metrics.ttl").write_text(turtle([METRIC, DATASET]), encoding="utf-8")
    names = [path.name for path in format_folder(tmp_path, write=False)]
    assert "metrics.ttl" in names
    assert "datasets.ttl" in names
    format_folder(tmp_path, write=True)
    assert format_folder(tmp_path, write=False) == []
    assert (tmp_path / "datasets.ttl").read_text(encoding="utf-8") == turtle([DATASET])


def test_the_curated_concepts_are_in_their_one_form():
    wrong = format_folder(ontology_folder() / "concepts", write=False)
    assert [path.name for path in wrong] == [], "python -m kg.lexicon writes them so"


def test_the_formatter_says_which_files_it_wrote(tmp_path: Path, monkeypatch, capsys):
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "metrics.ttl").write_text(turtle([METRIC]) + "\n", encoding="utf-8")
    monkeypatch.setattr(__main__, "ontology_folder", lambda: tmp_path)
    assert __main__.main() == 1
    assert "formatted metrics.ttl" in capsys.readouterr().err
    assert __main__.main() == 0
