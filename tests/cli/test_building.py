from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from kg.extraction import extraction_schema
from tests.conftest import PAPERS, write_papers

Run = Callable[..., tuple[int, str, str]]


def test_build_says_what_it_did_and_then_that_nothing_changed(
    kg_command: Run, papers_file: Path, tmp_path: Path
) -> None:
    code, out, err = kg_command("build", papers_file, "--store", tmp_path / "graph.kg")
    assert code == 0
    assert out.startswith(f"{tmp_path / 'graph.kg'}: 3 papers, 3 read anew;")
    assert "extracting: 3 papers" in err
    code, out, _ = kg_command("build", papers_file, "--store", tmp_path / "graph.kg")
    assert (code, out) == (0, f"{tmp_path / 'graph.kg'}: 3 papers; nothing changed\n")


def test_build_names_what_it_skips_and_strict_refuses_it(kg_command: Run, tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text(json.dumps(PAPERS[0]) + '\n{"abstract": "no title"}\n', encoding="utf-8")
    code, _, err = kg_command("build", source, "--store", tmp_path / "graph.kg", "--quiet")
    assert code == 0
    assert f"skipped {source}, line 2: " in err
    code, _, err = kg_command("build", source, "--store", tmp_path / "strict.kg", "--strict", "--quiet")
    assert code == 1
    assert err.count("\n") == 1
    assert f"{source}, line 2" in err
    assert not (tmp_path / "strict.kg").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02\xff" * 500, b'{"title": 1}', b"[1, 2", b"x" * 10_000_000, None],
    ids=["empty", "binary", "wrong JSON", "cut-off JSON", "one line of 10 MB", "missing"],
)
def test_a_bad_source_gets_one_clear_line_and_writes_nothing(
    kg_command: Run, tmp_path: Path, content: bytes | None
) -> None:
    source = tmp_path / "source.txt"
    if content is not None:
        source.write_bytes(content)
    code, out, err = kg_command("build", source, "--store", tmp_path / "graph.kg", "--quiet")
    assert (code, out) == (1, "")
    assert err.startswith(f"kg: {source}")
    assert err.count("\n") == 1
    assert len(err) < 500
    assert not (tmp_path / "graph.kg").exists()


def test_a_folder_that_is_no_store_is_refused_and_left_alone(
    kg_command: Run, papers_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.tex").write_text("precious", encoding="utf-8")
    for words in (("build", papers_file), ("stats",)):
        code, out, err = kg_command(*words, "--store", folder)
        assert (code, out) == (1, "")
        assert str(folder) in err.splitlines()[-1]
    assert [path.name for path in folder.iterdir()] == ["thesis.tex"]


def test_extract_writes_what_its_schema_says(kg_command: Run, papers_file: Path, tmp_path: Path) -> None:
    code, _, _ = kg_command("extract", papers_file, "-o", tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert code == 0
    assert {row["title"] for row in rows} == {paper["title"] for paper in PAPERS}
    for row in rows:
        jsonschema.validate(row, extraction_schema())
    texts = {paper["title"]: f"{paper['title']}\n{paper['abstract']}" for paper in PAPERS}
    for row in rows:
        for entity in row["entities"]:
            for mention in entity["mentions"]:
                assert texts[row["title"]][mention["start"] : mention["end"]] == mention["text"]
        for said in (*row["relations"], *row["results"]):
            evidence = said["evidence"]
            assert texts[row["title"]][evidence["start"] : evidence["end"]] == evidence["sentence"]


def test_extract_without_output_writes_lines_to_stdout(kg_command: Run, papers_file: Path) -> None:
    code, out, _ = kg_command("extract", papers_file)
    assert code == 0
    assert len([json.loads(line) for line in out.splitlines()]) == 3


def test_an_extract_that_fails_leaves_the_old_output(kg_command: Run, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("old", encoding="utf-8")
    code, _, _ = kg_command("extract", tmp_path / "missing.jsonl", "-o", tmp_path / "out.jsonl")
    assert code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old"


def test_remove_takes_a_paper_by_its_arxiv_number(kg_command: Run, papers_file: Path, tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    kg_command("build", papers_file, "--store", store, "--quiet")
    code, out, _ = kg_command("remove", "2201.00002", "--store", store, "--quiet")
    assert code == 0
    assert out.startswith(f"{store}: 2 papers, 0 read anew;")


def test_a_paper_with_a_hostile_title_is_only_text(kg_command: Run, tmp_path: Path) -> None:
    title = "<img src=x onerror=alert(1)> href"
    source = write_papers(tmp_path / "p.jsonl", [{"title": title, "abstract": "We study ResNet on ImageNet."}])
    assert kg_command("build", source, "--store", tmp_path / "graph.kg", "--quiet")[0] == 0
    code, out, _ = kg_command("show", title, "--store", tmp_path / "graph.kg")
    assert code == 0
    assert out.startswith(title)


def test_a_store_without_papers_answers_from_the_curated_concepts(kg_command: Run, tmp_path: Path) -> None:
    store = tmp_path / "graph.kg"
    code, out, _ = kg_command("build", "--store", store, "--quiet")
    assert code == 0
    assert out.startswith(f"{store}: 0 papers, 0 read anew;")
    code, out, _ = kg_command("show", "Batch Normalization", "--store", store)
    assert code == 0
    assert out.startswith("Batch Normalization  (module, 2015, curated)")
    code, out, _ = kg_command("lineage", "ResNet", "--down", "--store", store)
    assert code == 0
    assert "ResNeXt (2016)" in out
    assert "curated: Aggregated Residual Transformations for Deep Neural Networks" in out
    assert "DeiT" in kg_command("query", "descendants", "--concept", "Vision Transformer", "--store", store)[1]
