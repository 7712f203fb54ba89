"""The same papers in every JSON and bibliography format: what our readers, and bare parsers, are tried on."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from tests.sources.samples import Sample


def _lines(objects: Iterable[Any]) -> bytes:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in objects).encode()


def _page(content: Any) -> bytes:
    return json.dumps(content, indent=1).encode()


def _parts(name: str) -> tuple[str, str]:
    """Given names and family name, the family name being the last word."""
    given, _, family = name.rpartition(" ")
    return given, family


def arxiv_snapshot(papers: Sequence[Sample]) -> bytes:
    return _lines(
        {
            "id": p.arxiv,
            "submitter": "Someone",
            "authors": ", ".join(p.authors),
            "title": p.title.replace(" for ", "\n  for "),
            "comments": None,
            "journal-ref": p.venue,
            "doi": p.doi,
            "report-no": None,
            "categories": "cs.LG cs.CV",
            "license": None,
            "abstract": f"  {p.abstract.replace('. ', f'.{chr(10)}')}\n",
            "versions": [
                {"version": "v1", "created": _rfc_822(p.date)},
                {"version": "v2", "created": "Tue, 1 Jan 2030 08:00:00 GMT"},
            ],
            "update_date": "2030-01-01",
            "authors_parsed": [[_parts(a)[1], _parts(a)[0], ""] for a in p.authors],
        }
        for p in papers
    )


def _rfc_822(date: str) -> str:
    return datetime.date.fromisoformat(date).strftime("%a, %d %b %Y 10:00:00 GMT")


def _openalex_work(p: Sample, number: int) -> dict[str, Any]:
    index: dict[str, list[int]] = {}
    for place, word in enumerate(_escaped(p.abstract).split()):
        index.setdefault(word, []).append(place)
    return {
        "id": f"https://openalex.org/W{number + 1}",
        "doi": f"https://doi.org/{p.doi}",
        "title": _escaped(p.title),
        "publication_year": p.year,
        "publication_date": p.date,
        "ids": {"openalex": f"https://openalex.org/W{number + 1}", "mag": number + 1000},
        "primary_location": {"source": {"display_name": p.venue}, "landing_page_url": f"https://doi.org/{p.doi}"},
        "type": "article",
        "authorships": [{"author": {"id": "https://openalex.org/A1", "display_name": a}} for a in p.authors],
        "is_paratext": False,
        "locations": [{"landing_page_url": f"http://arxiv.org/abs/{p.arxiv}"}],
        "referenced_works": [f"https://openalex.org/W{number}"] if number else [],
        "abstract_inverted_index": index,
        "topics": [{"id": "https://openalex.org/T1", "display_name": "Samples"}],
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def openalex_lines(papers: Sequence[Sample]) -> bytes:
    return _lines(_openalex_work(p, number) for number, p in enumerate(papers))


def openalex_page(papers: Sequence[Sample]) -> bytes:
    results = [_openalex_work(p, number) for number, p in enumerate(papers)]
    return _page({"meta": {"count": len(papers), "page": 1}, "results": results, "group_by": []})


def _graph_paper(p: Sample, number: int) -> dict[str, Any]:
    return {
        "paperId": f"{number + 1:040x}",
        "corpusId": number + 1,
        "externalIds": {"ArXiv": p.arxiv, "DOI": p.doi, "CorpusId": number + 1},
        "title": p.title,
        "abstract": p.abstract,
        "venue": p.venue,
        "year": p.year,
        "publicationDate": p.date,
        "authors": [{"authorId": "1", "name": a} for a in p.authors],
        "references": [{"paperId": f"{number:040x}", "title": "Another"}] if number else [],
    }


def s2_search(papers: Sequence[Sample]) -> bytes:
    data = [_graph_paper(p, number) for number, p in enumerate(papers)]
    return _page({"total": len(papers), "offset": 0, "data": data})


def s2_batch(papers: Sequence[Sample]) -> bytes:
    return json.dumps([None, *(_graph_paper(p, number) for number, p in enumerate(papers))]).encode()


def s2_papers(papers: Sequence[Sample]) -> bytes:
    return _lines(
        {
            "corpusid": number + 1,
            "externalids": {"ACL": None, "ArXiv": p.arxiv, "CorpusId": str(number + 1), "DOI": p.doi},
            "url": f"https://www.semanticscholar.org/paper/{number + 1:040x}",
            "title": p.title,
            "authors": [{"authorId": "1", "name": a} for a in p.authors],
            "venue": p.venue,
            "year": p.year,
            "publicationdate": p.date,
            "journal": {"name": p.venue, "pages": None, "volume": None},
        }
        for number, p in enumerate(papers)
    )


def pwc_papers(papers: Sequence[Sample]) -> bytes:
    return _page(
        [
            {
                "paper_url": f"https://paperswithcode.com/paper/{p.key}",
                "arxiv_id": p.arxiv,
                "nips_id": None,
                "openreview_id": None,
                "title": p.title,
                "abstract": p.abstract,
                "url_abs": f"http://arxiv.org/abs/{p.arxiv}v1",
                "url_pdf": f"http://arxiv.org/pdf/{p.arxiv}v1.pdf",
                "proceeding": p.venue,
                "authors": list(p.authors),
                "tasks": [],
                "date": p.date,
                "methods": [],
            }
            for p in papers
        ]
    )


def _crossref_work(p: Sample) -> dict[str, Any]:
    return {
        "DOI": p.doi.upper(),
        "type": "proceedings-article",
        "title": [_escaped(p.title)],
        "abstract": f"<jats:title>Abstract</jats:title>\n<jats:p>{_escaped(p.abstract)}</jats:p>",
        "author": [
            {"given": _parts(a)[0], "family": _parts(a)[1], "sequence": "additional", "affiliation": []}
            for a in p.authors
        ],
        "container-title": [_escaped(p.venue)],
        "issued": {"date-parts": [[p.year]]},
        "published-online": {"date-parts": [[int(part) for part in p.date.split("-")]]},
        "member": "1",
        "reference-count": 1,
        "relation": {"has-preprint": [{"id-type": "arxiv", "id": p.arxiv, "asserted-by": "subject"}]},
        "URL": f"https://doi.org/{p.doi}",
    }


def crossref_page(papers: Sequence[Sample]) -> bytes:
    message = {"total-results": len(papers), "items": [_crossref_work(p) for p in papers], "items-per-page": 1000}
    return _page({"status": "ok", "message-type": "work-list", "message": message})


def crossref_lines(papers: Sequence[Sample]) -> bytes:
    return _lines(map(_crossref_work, papers))


def _datacite_attributes(p: Sample) -> dict[str, Any]:
    return {
        "doi": p.doi,
        "creators": [
            {"name": f"{_parts(a)[1]}, {_parts(a)[0]}", "givenName": _parts(a)[0], "familyName": _parts(a)[1]}
            for a in p.authors
        ],
        "titles": [{"title": _escaped(p.title)}],
        "publisher": _escaped(p.venue),
        "publicationYear": p.year,
        "dates": [{"date": f"{p.date}T09:00:00Z", "dateType": "Submitted"}, {"date": "2030", "dateType": "Updated"}],
        "types": {"resourceTypeGeneral": "Text"},
        "descriptions": [{"description": _escaped(p.abstract), "descriptionType": "Abstract"}],
        "alternateIdentifiers": [{"alternateIdentifier": p.arxiv, "alternateIdentifierType": "arXiv"}],
        "url": f"https://arxiv.org/abs/{p.arxiv}",
    }


def datacite_page(papers: Sequence[Sample]) -> bytes:
    data = [{"id": p.doi, "type": "dois", "attributes": _datacite_attributes(p)} for p in papers]
    return _page({"data": data, "meta": {"total": len(papers)}, "links": {}})


def openreview_v1(papers: Sequence[Sample]) -> bytes:
    return _page({"notes": [_note(p, wrapped=False) for p in papers], "count": len(papers)})


def openreview_v2(papers: Sequence[Sample]) -> bytes:
    return _page({"notes": [_note(p, wrapped=True) for p in papers], "count": len(papers)})


def _note(p: Sample, *, wrapped: bool) -> dict[str, Any]:
    content: dict[str, Any] = {"title": p.title, "abstract": p.abstract, "authors": list(p.authors), "venue": p.venue}
    content["pdf"] = f"https://arxiv.org/pdf/{p.arxiv}"
    if wrapped:
        content = {field: {"value": value} for field, value in content.items()}
    day = datetime.datetime.fromisoformat(p.date).replace(tzinfo=datetime.UTC)
    own_id = f"note_{p.key}"
    return {
        "id": own_id,
        "forum": own_id,
        "invitations": ["Samples.cc/-/Submission"],
        "cdate": int(day.timestamp() * 1000),
        "content": content,
    }


def csl_json(papers: Sequence[Sample]) -> bytes:
    return _page(
        [
            {
                "id": p.key,
                "type": "paper-conference",
                "title": _escaped(p.title),
                "abstract": _escaped(p.abstract),
                "author": [{"family": _parts(a)[1], "given": _parts(a)[0]} for a in p.authors],
                "container-title": _escaped(p.venue),
                "issued": {"date-parts": [[part.lstrip("0") for part in p.date.split("-")]]},
                "DOI": p.doi,
                "note": f"arXiv:{p.arxiv} [cs]",
            }
            for p in papers
        ]
    )


_LATEX: Final = {char: f"\\{char}" for char in "&%$#_{}"} | {
    "é": "{\\'e}",
    "ü": '{\\"u}',
    "ö": '{\\"o}',
    "ï": '{\\"\\i}',
}


def _latex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in text)


def bibtex(papers: Sequence[Sample]) -> bytes:
    months = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    entries = [f'@string{{venue = "{_latex(papers[0].venue) if papers else ""}"}}\n']
    for p in papers:
        _, month, day = p.date.split("-")
        authors = " and ".join(f"{_latex(_parts(a)[1])}, {_latex(_parts(a)[0])}" for a in p.authors)
        entries.append(
            f"@inproceedings{{{p.key},\n  title = {{{_latex(p.title)}}},\n  author = {{{authors}}},\n"
            f"  abstract = {{{_latex(p.abstract)}}},\n  booktitle = venue,\n  year = {p.year},\n"
            f'  month = {months[int(month) - 1]} # "~{int(day)}",\n'
            f"  doi = {{{p.doi}}},\n  eprint = {{{p.arxiv}}},\n  archiveprefix = {{arXiv}},\n}}\n"
        )
    return "\n".join(entries).encode()


def ris(papers: Sequence[Sample]) -> bytes:
    records = []
    for p in papers:
        authors = "".join(f"AU  - {_parts(a)[1]}, {_parts(a)[0]}\r\n" for a in p.authors)
        records.append(
            f"TY  - CONF\r\nID  - {p.key}\r\nTI  - {_escaped(p.title)}\r\n{authors}AB  - {_escaped(p.abstract)}\r\n"
            f"T2  - {_escaped(p.venue)}\r\nPY  - {p.year}\r\nDA  - {p.date.replace('-', '/')}\r\nDO  - {p.doi}\r\n"
            f"UR  - https://arxiv.org/abs/{p.arxiv}\r\nER  - \r\n"
        )
    return "\r\n".join(records).encode()


def zotero_csv(papers: Sequence[Sample]) -> bytes:
    columns = ["Key", "Item Type", "Publication Year", "Author", "Title", "Publication Title", "DOI", "Url",
               "Abstract Note", "Date", "Extra"]  # fmt: skip
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    for number, p in enumerate(papers):
        authors = "; ".join(f"{_parts(a)[1]}, {_parts(a)[0]}" for a in p.authors)
        title, abstract, venue = map(_escaped, (p.title, p.abstract, p.venue))
        extra = f"arXiv:{p.arxiv} [cs]"
        row = [f"{number:08}", "conferencePaper", p.year, authors, title, venue, p.doi, "", abstract, p.date, extra]
        writer.writerow(row)
    return target.getvalue().encode()


WRITERS: Final[dict[str, Callable[[Sequence[Sample]], bytes]]] = {
    "arXiv snapshot": arxiv_snapshot,
    "BibTeX": bibtex,
    "Crossref works: lines": crossref_lines,
    "Crossref works: page": crossref_page,
    "CSL-JSON": csl_json,
    "DataCite records": datacite_page,
    "OpenAlex works: lines": openalex_lines,
    "OpenAlex works: page": openalex_page,
    "OpenReview notes: version 1": openreview_v1,
    "OpenReview notes: version 2": openreview_v2,
    "Papers with Code archive": pwc_papers,
    "RIS": ris,
    "Semantic Scholar: batch": s2_batch,
    "Semantic Scholar: search": s2_search,
    "Zotero CSV": zotero_csv,
}
WITHOUT_ABSTRACTS: Final[dict[str, Callable[[Sequence[Sample]], bytes]]] = {
    "Semantic Scholar: data set of papers": s2_papers,
}


# The bare parsers are those that can read a file of any size: of a page or a list, one element after the other.


def _bare_lines(content: bytes) -> object:
    return [json.loads(line) for line in content.splitlines()]


def _bare_list(prefix: str) -> Callable[[bytes], object]:
    def parse(content: bytes) -> object:
        import ijson

        return list(ijson.items(io.BytesIO(content), prefix, use_float=True))

    return parse


def _bare_bibtex(content: bytes) -> object:
    from bibtexparser import parse_string

    return parse_string(content.decode(), parse_stack=())


def _bare_ris(content: bytes) -> object:
    import rispy

    return rispy.loads(content.decode())


def _bare_csv(content: bytes) -> object:
    return list(csv.DictReader(io.StringIO(content.decode())))


BARE: Final[dict[str, Callable[[bytes], object]]] = {
    "arXiv snapshot": _bare_lines,
    "BibTeX": _bare_bibtex,
    "Crossref works: lines": _bare_lines,
    "Crossref works: page": _bare_list("message.items.item"),
    "CSL-JSON": _bare_list("item"),
    "DataCite records": _bare_list("data.item"),
    "OpenAlex works: lines": _bare_lines,
    "OpenAlex works: page": _bare_list("results.item"),
    "OpenReview notes: version 1": _bare_list("notes.item"),
    "OpenReview notes: version 2": _bare_list("notes.item"),
    "Papers with Code archive": _bare_list("item"),
    "RIS": _bare_ris,
    "Semantic Scholar: batch": _bare_list("item"),
    "Semantic Scholar: data set of papers": _bare_lines,
    "Semantic Scholar: search": _bare_list("data.item"),
    "Zotero CSV": _bare_csv,
}
