from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extraction.model_files import MODELS, WORDS
from kg.extraction.settings import ACCURATE, DEFAULT, FAST, Setting, find_setting


def folder_of_models(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).mkdir(parents=True)
    (folder / WORDS).write_bytes(b"")
    return folder


def test_a_setting_is_given_by_its_name_and_one_is_the_default() -> None:
    assert find_setting("fast") == find_setting(Path("fast")) == Setting(MODELS, FAST)
    assert find_setting("accurate") == Setting(MODELS, ACCURATE)
    assert find_setting() == Setting(MODELS, DEFAULT)


def test_of_a_folder_the_most_accurate_setting_that_it_holds_is_taken(tmp_path: Path) -> None:
    both = folder_of_models(tmp_path / "both", FAST, ACCURATE)
    assert find_setting(both) == Setting(both, ACCURATE)
    assert find_setting(str(both / FAST)) == Setting(both, FAST)
    one = folder_of_models(tmp_path / "one", FAST)
    assert find_setting(one) == Setting(one, FAST)


def test_what_is_no_folder_of_models_is_named_with_what_would_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"choose fast or accurate, or train one with `kg train"):
        find_setting(tmp_path / "accurat")


def test_the_fast_setting_depends_on_no_file_of_the_encoder() -> None:
    assert [path.name for path in Setting(MODELS, FAST).files() if path.name.startswith("encoder")] == []
    assert {path.name for path in Setting(MODELS, ACCURATE).files()} >= {WORDS, "encoder.onnx", "encoder.npz"}
