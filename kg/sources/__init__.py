"""Files to records, and records to papers.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     file = Path(folder) / "papers.jsonl"
...     _ = file.write_text('{"title": "Deep Sets", "arxiv": "arXiv:1703.06114v3"}', encoding="utf-8")
...     [(paper.key, paper.title) for paper in join(read_sources([file]))]
[('arxiv-1703.06114', 'Deep Sets')]
"""

from kg.sources.formats import SkipLine, SourceFormat
from kg.sources.joining import join, join_with_records
from kg.sources.reading import FORMATS, Skip, read_sources

__all__ = ["FORMATS", "Skip", "SkipLine", "SourceFormat", "join", "join_with_records", "read_sources"]
