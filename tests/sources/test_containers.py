"""Packed files, archives and folders: read as if their files were given, within the limits."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.sources import Limits, ReadOptions, Skip, read_sources
from kg.sources.limits import UnknownLimit, limits

ONE = b'{"title": "Deep Sets", "id": 1}\n'
TWO = b'{"title": "WL meet VC", "id": 2}\n'


def write(folder: Path, content: bytes, name: str = "papers") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def zstandard(content: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").compress(content))


def read(path: Path, skips: list[Skip] | None = None, **options: object) -> list[tuple[str, str]]:
    found = read_sources([path], on_skip=None if skips is None else skips.append, **options)  # type: ignore[arg-type]
    return [(record.source, record.title) for record in found]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard])
def test_a_packed_file_is_read_as_the_file_itself(tmp_path: Path, pack) -> None:
    assert read(write(tmp_path, pack(ONE + TWO))) == [("papers", "Deep Sets"), ("papers", "WL meet VC")]


def test_several_streams_of_gzip_in_a_row_are_one_file(tmp_path: Path) -> None:
    assert len(read(write(tmp_path, gzip.compress(ONE) + gzip.compress(TWO)))) == 2


def test_members_of_an_archive_are_read_sorted_and_bear_its_name_and_theirs(tmp_path: Path) -> None:
    content = zipped({"b.json": b"[" + TWO + b"]", "a/x.jsonl.gz": gzip.compress(ONE), ".hidden": ONE})
    path = write(tmp_path, content, "all.zip")
    assert read(path) == [("all.zip!a/x.jsonl.gz", "Deep Sets"), ("all.zip!b.json", "WL meet VC")]


def test_a_packed_tar_is_read_in_its_own_order(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(tarred({"b": TWO, "a": ONE})), "all.tgz")
    assert read(path) == [("all.tgz!b", "WL meet VC"), ("all.tgz!a", "Deep Sets")]


def test_what_is_no_paper_in_an_archive_is_named_and_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, zipped({"logo.png": b"\x89PNG\0\0", "empty": b"", "p.jsonl": ONE + b"oops\n"}), "a.zip")
    skips: list[Skip] = []
    assert read(path, skips) == [("a.zip!p.jsonl", "Deep Sets")]
    assert [str(skip).replace(str(tmp_path), "") for skip in skips] == [
        "/a.zip!empty: is empty; `kg sources` lists what can be read",
        "/a.zip!logo.png: is binary, and no format that can be read; `kg sources` lists what can be read",
        "/a.zip!p.jsonl, line 2: not JSON: Expecting value at column 1",
    ]
    assert {skip.source for skip in skips} == {"a.zip"}


def test_an_archive_without_a_paper_is_one_clear_line(tmp_path: Path) -> None:
    path = write(tmp_path, zipped({"empty": b"", "none": b" "}), "a.zip")
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value) == (
        f"{path}!empty: no paper in the file: is empty; `kg sources` lists what can be read"
        " (and 1 more such places); `kg sources` lists what can be read"
    )


def test_a_folder_is_walked_in_sorted_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, TWO, "in/sub/b.jsonl")
    write(tmp_path, ONE, "in/z.jsonl")
    write(tmp_path, ONE, "in/.cache/c.jsonl")
    write(tmp_path, b"", "in/a.txt")
    skips: list[Skip] = []
    assert read(tmp_path / "in", skips) == [("z.jsonl", "Deep Sets"), ("sub/b.jsonl", "WL meet VC")]
    assert [(skip.path, skip.source) for skip in skips] == [(str(tmp_path / "in/a.txt"), "in")]
    with pytest.raises(InputError, match="is empty"):
        read(tmp_path / "in", strict=True)


def test_an_empty_folder_holds_no_paper(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no paper"):
        read(tmp_path)


def test_standard_input_is_a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with write(tmp_path, gzip.compress(ONE)).open("rb") as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert read(Path("-")) == [("standard input", "Deep Sets")]


def test_a_zip_that_cannot_be_sought_in_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    if os.fork() == 0:
        path.write_bytes(zipped({"a": ONE}))
        os._exit(0)
    assert read(path) == [("pipe!a", "Deep Sets")]
    os.wait()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_stands_before_damaged_packed_data_is_read_and_the_damage_is_named(tmp_path: Path, pack) -> None:
    lines = b"".join(b'{"title": "Paper number %d", "id": %d}\n' % (n * n * 7919, n) for n in range(60_000))
    content = bytearray(pack(lines))
    content[len(content) // 2 :] = b"\0" * 40
    skips: list[Skip] = []
    assert 0 < len(read(write(tmp_path, bytes(content)), skips)) < 60_000
    (damage,) = (skip for skip in skips if skip.unit == "byte")
    assert "the packed data is damaged from here on" in damage.reason


def test_a_damaged_member_costs_itself_alone(tmp_path: Path) -> None:
    content = bytearray(zipped({"a": ONE * 50, "b": TWO}))
    content[40] ^= 0xFF
    skips: list[Skip] = []
    assert ("papers!b", "WL meet VC") in read(write(tmp_path, bytes(content)), skips)
    assert skips


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lambda content: zipped({"a": content})])
def test_a_bomb_is_refused(tmp_path: Path, pack) -> None:
    path = write(tmp_path, pack(ONE + b" " * 70_000_000))
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value) == (
        f"{path}: unpacks to more than 200 times its size, as a zip bomb does; where it is none, raise the limit with"
        " --limit ratio=... or KG_LIMIT_RATIO"
    )
    allowed = ReadOptions(limits=Limits(ratio=10**9, line_bytes=10**9))
    assert [title for _, title in read(path, options=allowed)] == ["Deep Sets"]


@pytest.mark.parametrize(
    "opening",
    [b"<dblp><article>", b'{"results": [{"id": "', b"@article{a, title = {", b"Title,Year\nA,B\n", b"TY  - JOUR\n"],
)
def test_no_parser_takes_a_limit_for_damage(tmp_path: Path, opening: bytes) -> None:
    path = write(tmp_path, gzip.compress(opening + b"x" * 200_000))
    with pytest.raises(InputError, match="holds more than 100,000 bytes"):
        read(path, options=ReadOptions(limits=Limits(file_bytes=100_000)))


def test_packing_over_and_over_is_refused(tmp_path: Path) -> None:
    content = ONE
    for _ in range(4):
        content = gzip.compress(content)
    with pytest.raises(InputError, match="is packed more than 3 times over"):
        read(write(tmp_path, content))


def test_a_file_may_hold_so_many_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(ONE * 100))
    with pytest.raises(InputError, match="holds more than 1,000 bytes; raise the limit with --limit file="):
        read(path, options=ReadOptions(limits=Limits(file_bytes=1_000)))


def test_a_line_may_be_so_long(tmp_path: Path) -> None:
    path = write(tmp_path, ONE + b'{"title": "' + b"x" * 500 + b'"}\n')
    skips: list[Skip] = []
    assert len(read(path, skips, options=ReadOptions(limits=Limits(line_bytes=100)))) == 1
    assert [str(skip) for skip in skips] == [f"{path}, line 2: the line is longer than 100 bytes"]


def test_limits_are_set_by_the_environment_and_by_settings() -> None:
    assert limits(["file=2K"], environ={"KG_LIMIT_LINE": "8 MiB", "KG_LIMIT_FILE": "1G"}) == Limits(8 * 1024**2, 2048)
    for wrong in ("size=1", "line", "line=many", "line=0"):
        with pytest.raises(UnknownLimit):
            limits([wrong], environ={})


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_a_text_in_another_unicode_is_read(tmp_path: Path, encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    page = "Übung für Mengen\n\nWir üben Funktionen auf Mengen, und sie üben uns. So ist es.\n"
    assert read(write(tmp_path, mark + page.encode(encoding))) == [("papers", "Übung für Mengen")]


def test_western_text_of_eight_bits_is_read(tmp_path: Path) -> None:
    page = "Übung für Mengen\n\nWir üben Funktionen auf Mengen, und sie üben uns. So ist es – hier.\n"
    assert read(write(tmp_path, page.encode("cp1252")))[0][1] == "Übung für Mengen"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), cut=st.floats(0, 1), what=st.sampled_from([
    gzip.compress(ONE), bz2.compress(ONE), lzma.compress(ONE), zipped({"a": ONE, "b": TWO}), tarred({"a": ONE}),
]), junk=st.binary(max_size=30))  # fmt: skip
def test_no_damage_to_an_archive_crashes_the_reading(
    tmp_path: Path, seed: int, cut: float, what: bytes, junk: bytes
) -> None:
    place = int(cut * len(what))
    try:
        read(write(tmp_path, what[:place] + junk + what[place + seed % 7 :]))
    except InputError as error:
        assert len(str(error).splitlines()) == 1
