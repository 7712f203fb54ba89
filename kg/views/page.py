"""A finished page: one HTML file that needs nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from html import escape
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Page:
    """One page, complete in itself; the last value of a notebook cell shows itself.

    Attributes:
        html: the whole document.
        title: what it is called, as plain text.

    >>> Page("<!doctype html>...", title="Lineage of ResNet")
    Page(title='Lineage of ResNet')
    """

    html: str = field(repr=False)
    title: str

    def save(self, path: str | Path) -> Path:
        """Write the page as UTF-8; the file appears whole or not at all.

        Args:
            path: where to write it; a file that is there is replaced.

        Returns:
            The path of the file.

        Raises:
            OSError: the folder is missing or cannot be written to.
        """
        target = Path(path)
        beside = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            beside.write_text(self.html, encoding="utf-8", newline="\n")
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        return target

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="{escape(self.title)}" srcdoc="{escape(self.html)}" '
            'style="width:100%;height:720px;border:0"></iframe>'
        )
