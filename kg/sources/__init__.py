"""Files to records, and records to papers.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     file = Path(folder) / "papers.jsonl"
...     _ = file.write_text('{"title": "Deep Sets", "arxiv": "arXiv:1703.06114v3"}', encoding="utf-8")
...     [(paper.key, paper.title) for paper in join(read_sources([file]))]
[('arxiv-1703.06114', 'Deep Sets')]
"""

from kg.sources.columns import column_map
from kg.sources.formats import ReadOptions, Skipper, SourceFormat
from kg.sources.joining import join, join_with_records
from kg.sources.limits import Limits, limits
from kg.sources.reading import FORMATS, Skip, known_formats, read_sources, source_name

__all__ = [
    "FORMATS",
    "Limits",
    "ReadOptions",
    "Skip",
    "Skipper",
    "SourceFormat",
    "column_map",
    "join",
    "join_with_records",
    "known_formats",
    "limits",
    "read_sources",
    "source_name",
]
