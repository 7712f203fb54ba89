"""One source that the user named (a file, an archive, a folder): what it yields, and what it leaves out."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from io import FileIO
from pathlib import Path
from typing import Final

from kg.errors import InputError, KgError
from kg.records import Record
from kg.sources import containers
from kg.sources._streams import Meter, of_file
from kg.sources.containers import Part
from kg.sources.formats import ReadOptions, Skipper, SourceFormat
from kg.sources.sections import sections_read
from kg.sources.text import BYTE_ORDER_MARK

STANDARD_INPUT: Final = "-"
_STANDARD_INPUT_NAME: Final = "standard input"
_READABLE: Final = "`kg sources` lists what can be read"


@dataclass(frozen=True, slots=True)
class Skip:
    """What was left out although it may have been a paper.

    Attributes:
        path: the file as the user named it; a member of an archive stands behind ``!``.
        place: where it stands, counted from 1; None where all of the file is meant.
        reason: in plain words.
        unit: what the place counts: ``line``, ``record``, ``row``, ``page`` or ``byte``.
        source: what the user gave (the file, folder or archive), as :func:`source_name` names it.
    """

    path: str
    place: int | None
    reason: str
    unit: str = "line"
    source: str = field(default="", compare=False)

    def __str__(self) -> str:
        where = self.path if self.place is None else f"{self.path}, {self.unit} {self.place:,}"
        return f"{where}: {self.reason}"


def source_name(path: str | Path) -> str:
    """Return the name that the records of a file bear as their source: the file's, without its folder.

    >>> source_name("exports/papers.bib"), source_name("-")
    ('papers.bib', 'standard input')
    """
    if str(path) == STANDARD_INPUT:
        return _STANDARD_INPUT_NAME
    return _storable(Path(path).name or Path(path).resolve().name)


class Source:
    """One source under reading.

    Args:
        path: as the user gave it.
        formats: in the order in which they are asked.
        plugins: those of them that are not ours.
        strict: whether the first skip is an error.
        on_skip: called for each skip.
        options: how to read.
    """

    def __init__(
        self,
        path: str,
        formats: Sequence[SourceFormat],
        *,
        plugins: Sequence[SourceFormat],
        strict: bool,
        on_skip: Callable[[Skip], None] | None,
        options: ReadOptions,
    ) -> None:
        if "\0" in path:
            raise InputError(path, "is no name of a file, since it holds a zero byte")
        self._path = path
        self._name = source_name(path)
        self._formats = formats
        self._plugins = plugins
        self._strict = strict
        self._on_skip = on_skip
        self._options = options
        self._meter = Meter(path, options.limits)
        self._papers = 0
        self._skips = 0
        self._first: Skip | None = None

    def records(self) -> Iterator[Record]:
        """Yield what the source says of papers.

        Raises:
            InputError: it cannot be read or yields no paper, a limit is reached, or a skip is an error.
        """
        if self._path == STANDARD_INPUT:
            yield from self._read(sys.stdin.fileno(), _STANDARD_INPUT_NAME, self._name, inside=False)
        elif _is_folder(self._path):
            for file in _files_in(self._path):
                name = _storable(os.path.relpath(file, self._path).replace(os.sep, "/"))
                yield from self._read(file, file, name, inside=True)
        else:
            yield from self._read(self._path, self._path, self._name, inside=False)
        if not self._papers:
            raise self._no_paper()

    def _read(self, file: str | int, path: str, source: str, *, inside: bool) -> Iterator[Record]:
        try:
            with of_file(FileIO(file, closefd=isinstance(file, str)), path, self._meter) as stream:
                for part in containers.parts(stream, path, source, meter=self._meter, leave_out=self._leave_out):
                    yield from self._read_part(replace(part, inside=part.inside or inside))
        except FileNotFoundError:
            raise InputError(path, "there is no such file; check its name and folder") from None
        except OSError as error:
            raise InputError(path, f"cannot be read: {error.strerror or error}") from None

    def _read_part(self, part: Part) -> Iterator[Record]:
        papers, skips = self._papers, self._skips
        form, problem = self._recognise(part)
        if form is None:
            if not part.inside:
                raise InputError(part.path, problem)
            self._leave_out(part.path, None, problem)
            return
        for record in self._records_of(form, part):
            self._papers += 1
            yield record
        if self._meter.reached is not None:
            raise self._meter.reached
        if part.inside and (self._papers, self._skips) == (papers, skips):
            self._leave_out(part.path, None, f"holds no paper ({form.name})")

    def _recognise(self, part: Part) -> tuple[SourceFormat | None, str]:
        """Return the format of a file; else None and why it cannot be read."""
        head = part.stream.peek().removeprefix(BYTE_ORDER_MARK)
        if not head.strip():
            return None, f"is empty; {_READABLE}"
        for form in self._formats:
            try:
                recognised = form.recognise(head)
            except Exception as error:
                raise self._failed(form, part, error) from error
            if recognised:
                lacking = lacking_module(form)
                extra = str(getattr(form, "extra", ""))
                return (form, "") if lacking is None else (None, containers.needs(f"is {form.name}", lacking, extra))
        what = "is binary, and no format that can be read" if b"\0" in head else "is in no format that can be read"
        return None, f"{what}; {_READABLE}"

    def _records_of(self, form: SourceFormat, part: Part) -> Iterator[Record]:
        skip = self._skipper(part.path)
        reading = form.read(part.stream, source=part.source, skip=skip, options=self._options)
        while True:
            try:
                record = next(reading, None)
            except (KgError, OSError):
                raise
            except Exception as error:
                raise self._failed(form, part, error) from error
            if record is None:
                return
            if record.sections:
                sections = sections_read(record.sections) if self._options.sections else ()
                record = replace(record, sections=sections)
            yield record

    def _failed(self, form: SourceFormat, part: Part, error: Exception) -> Exception:
        """Return what to raise where a format failed: what a plug-in raises is told in one line."""
        if form not in self._plugins:
            return error
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return InputError(part.path, f"the plug-in that reads {form.name} failed: {said}")

    def _skipper(self, path: str) -> Skipper:
        def skip(place: int, reason: str, /, *, unit: str = "line") -> None:
            self._note(Skip(path, place, reason, unit, self._name))

        return skip

    def _leave_out(self, path: str, byte: int | None, reason: str) -> None:
        self._note(Skip(path, byte, reason, "byte", self._name))

    def _note(self, skip: Skip) -> None:
        self._skips += 1
        self._first = self._first or skip
        if self._strict:
            reason = f"{skip.reason} (what is skipped is an error here)"
            raise InputError(skip.path, reason, line=skip.place, unit=skip.unit)
        if self._on_skip is not None:
            self._on_skip(skip)

    def _no_paper(self) -> InputError:
        first = self._first
        if first is None:
            return InputError(self._path, f"holds no paper; {_READABLE}")
        others = f" (and {self._skips - 1:,} more such places)" if self._skips > 1 else ""
        reason = f"no paper in the file: {first.reason}{others}; {_READABLE}"
        return InputError(first.path, reason, line=first.place, unit=first.unit)


def lacking_module(form: SourceFormat) -> str | None:
    """Return a module that a format needs and that is not installed; None where all are."""
    return next((module for module in getattr(form, "needs", ()) if find_spec(module) is None), None)


def _storable(name: str) -> str:
    """Return a name of a file as any store takes it: it may hold bytes that are no UTF-8."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except FileNotFoundError:
        raise InputError(path, "there is no such file; check its name and folder") from None
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror or error}") from None


def _files_in(folder: str) -> Iterator[str]:
    """Yield the files of a folder and of those in it, in sorted order; hidden ones are passed over."""

    def refuse(error: OSError) -> None:
        raise InputError(str(error.filename or folder), f"cannot be read: {error.strerror or error}")

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if not name.startswith(".") and path.is_file():
                yield str(path)
