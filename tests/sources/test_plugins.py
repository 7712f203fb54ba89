"""Formats of other distributions: found by their entry points, asked after ours, and told apart where they break."""

from __future__ import annotations

import types
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.records import Record
from kg.sources import known_formats, plugins, read_sources

FORMAT = types.SimpleNamespace(
    name="cards",
    recognise=lambda head: head.startswith(b"{CARD}"),
    read=lambda stream, *, source, skip, options: (
        Record(source, str(n), line.decode().strip()) for n, line in enumerate(stream) if n
    ),
)


@pytest.fixture
def plug_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    def install(found: Any) -> None:
        entry = EntryPoint("cards", "cards_of_others:FORMAT", plugins.GROUP)
        load = found if callable(found) else lambda _: found
        monkeypatch.setattr(EntryPoint, "load", load)
        monkeypatch.setattr(plugins, "entry_points", lambda group: [entry])
        plugins.plugin_formats.cache_clear()

    yield install
    plugins.plugin_formats.cache_clear()


def test_a_plug_in_reads_its_files_before_the_wide_formats_are_asked(tmp_path: Path, plug_in: Any) -> None:
    plug_in(FORMAT)
    path = tmp_path / "cards"
    path.write_text("{CARD}\nDeep Sets\n", encoding="utf-8")
    assert list(read_sources([path])) == [Record("cards", "1", "Deep Sets")]
    names = [form.name for form in known_formats()]
    assert names.index("BibTeX") < names.index("cards") < names.index("JSON") < names.index("listing page")


def test_a_plug_in_that_cannot_be_loaded_is_one_clear_line(plug_in: Any) -> None:
    def fail(_: EntryPoint) -> None:
        raise ModuleNotFoundError("No module named 'cards_of_others'")

    plug_in(fail)
    with pytest.raises(plugins.BrokenPlugin) as caught:
        known_formats()
    assert str(caught.value) == (
        "the source format 'cards' cannot be loaded: ModuleNotFoundError: No module named 'cards_of_others';"
        " mend or uninstall it"
    )


def test_what_is_no_format_is_one_clear_line(plug_in: Any) -> None:
    plug_in(types.SimpleNamespace(name="cards"))
    with pytest.raises(plugins.BrokenPlugin, match="has no recognise, read; mend or uninstall it"):
        known_formats()


def test_what_a_plug_in_raises_is_told_as_its_fault(tmp_path: Path, plug_in: Any) -> None:
    def fail(*_: object, **__: object) -> Iterator[Record]:
        raise KeyError("suit")
        yield

    plug_in(types.SimpleNamespace(name="cards", recognise=FORMAT.recognise, read=fail))
    path = tmp_path / "cards"
    path.write_text("{CARD}\nDeep Sets\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(read_sources([path]))
    assert str(caught.value) == f"{path}: the plug-in that reads cards failed: KeyError: 'suit'"
