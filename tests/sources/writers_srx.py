"""The same papers in every XML, HTML and full-text format: what our readers, and bare parsers, are tried on."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from html import escape
from typing import Final
from xml.etree.ElementTree import iterparse

from tests.sources.pdf_files import pdf_file
from tests.sources.samples import Sample

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _xml(opening: str, papers: Iterable[str], closing: str) -> bytes:
    return (_DECLARATION + opening + "\n" + "\n".join(papers) + "\n" + closing + "\n").encode()


def _zipped(papers: Sequence[Sample], write: Callable[[Sample], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in papers:
            archive.writestr(zipfile.ZipInfo(f"{paper.key}.bin"), write(paper))
    return target.getvalue()


def _names(paper: Sample) -> list[tuple[str, str]]:
    """Given and family names, the family name being the last word."""
    return [(given, family) for given, _, family in (author.rpartition(" ") for author in paper.authors)]


def atom(papers: Sequence[Sample]) -> bytes:
    def entry(p: Sample) -> str:
        authors = "".join(f"<author><name>{escape(a)}</name></author>" for a in p.authors)
        return (
            f"<entry><id>http://arxiv.org/abs/{p.arxiv}v2</id><updated>2030-01-01T00:00:00Z</updated>"
            f"<published>{p.date}T10:00:00Z</published><title>{escape(p.title)}</title>\n"
            f"<summary>  {escape(p.abstract)}\n</summary>{authors}<arxiv:doi>{p.doi}</arxiv:doi>"
            f"<arxiv:journal_ref>{escape(p.venue)}</arxiv:journal_ref></entry>"
        )

    opening = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
    return _xml(opening, map(entry, papers), "</feed>")


def _oai(papers: Sequence[Sample], metadata: Callable[[Sample], str]) -> bytes:
    def record(p: Sample) -> str:
        return (
            f"<record><header><identifier>oai:arXiv.org:{p.arxiv}</identifier><datestamp>2030-01-01</datestamp>"
            f"</header><metadata>{metadata(p)}</metadata></record>"
        )

    opening = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
    return _xml(opening, map(record, papers), "</ListRecords></OAI-PMH>")


def oai_arxiv(papers: Sequence[Sample]) -> bytes:
    def metadata(p: Sample) -> str:
        authors = "".join(
            f"<author><keyname>{escape(family)}</keyname><forenames>{escape(given)}</forenames></author>"
            for given, family in _names(p)
        )
        return (
            f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{p.arxiv}</id><created>{p.date}</created>'
            f"<authors>{authors}</authors><title>{escape(p.title)}</title><journal-ref>{escape(p.venue)}</journal-ref>"
            f"<doi>{p.doi}</doi><abstract>  {escape(p.abstract)}\n</abstract></arXiv>"
        )

    return _oai(papers, metadata)


def oai_arxiv_raw(papers: Sequence[Sample]) -> bytes:
    def metadata(p: Sample) -> str:
        return (
            f'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{p.arxiv}</id>'
            f'<version version="v1"><date>{p.date}</date></version><version version="v2"><date>2030-01-01</date>'
            f"</version><title>{escape(p.title)}</title><authors>{escape(', '.join(p.authors))}</authors>"
            f"<journal-ref>{escape(p.venue)}</journal-ref><doi>{p.doi}</doi>"
            f"<abstract>{escape(p.abstract)}</abstract></arXivRaw>"
        )

    return _oai(papers, metadata)


def oai_dublin_core(papers: Sequence[Sample]) -> bytes:
    def metadata(p: Sample) -> str:
        creators = "".join(f"<dc:creator>{escape(', '.join((f, g)))}</dc:creator>" for g, f in _names(p))
        return (
            '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(p.title)}</dc:title>{creators}'
            f"<dc:description>{escape(p.abstract)}</dc:description><dc:description>Comment: 9 pages</dc:description>"
            f"<dc:date>2030-01-01</dc:date><dc:date>{p.date}</dc:date>"
            f"<dc:identifier>http://arxiv.org/abs/{p.arxiv}</dc:identifier>"
            f"<dc:identifier>doi:{p.doi}</dc:identifier></oai_dc:dc>"
        )

    return _oai(papers, metadata)


def rss(papers: Sequence[Sample]) -> bytes:
    def item(p: Sample) -> str:
        return (
            f"<item><title>{escape(escape(p.title))}</title><link>https://arxiv.org/abs/{p.arxiv}</link>"
            f"<description>arXiv:{p.arxiv}v1 Announce Type: new \nAbstract: {escape(escape(p.abstract))}</description>"
            f'<guid isPermaLink="false">oai:arXiv.org:{p.arxiv}v1</guid><pubDate>{p.date}</pubDate>'
            f"<dc:creator>{escape(', '.join(p.authors))}</dc:creator></item>"
        )

    opening = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>New</title>'
    return _xml(opening, map(item, papers), "</channel></rss>")


def rss_rdf(papers: Sequence[Sample]) -> bytes:
    def item(p: Sample) -> str:
        creators = "".join(f"<dc:creator>{escape(author)}</dc:creator>" for author in p.authors)
        return (
            f'<item rdf:about="https://doi.org/{p.doi}"><title>{escape(escape(p.title))}</title>'
            f"<link>https://doi.org/{p.doi}</link><content:encoded><![CDATA[<p>{escape(p.abstract)}</p>]]>"
            f"</content:encoded>{creators}<dc:identifier>doi:{p.doi}</dc:identifier><dc:date>{p.date}</dc:date>"
            f"<prism:publicationName>{escape(p.venue)}</prism:publicationName></item>"
        )

    opening = (
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel><title>New</title></channel>'
    )
    return _xml(opening, map(item, papers), "</rdf:RDF>")


def endnote(papers: Sequence[Sample]) -> bytes:
    def styled(text: str) -> str:
        return f'<style face="normal" font="default" size="100%">{escape(text)}</style>'

    def record(p: Sample) -> str:
        year, month, day = p.date.split("-")
        authors = "".join(f"<author>{styled(', '.join((f, g)))}</author>" for g, f in _names(p))
        return (
            f'<record><rec-number>{p.key}</rec-number><ref-type name="Journal Article">17</ref-type><contributors>'
            f"<authors>{authors}</authors></contributors><titles><title>{styled(p.title)}</title><secondary-title>"
            f"{styled(p.venue)}</secondary-title></titles><dates><year>{styled(year)}</year><pub-dates><date>"
            f"{styled(f'{year}-{month}-{day}')}</date></pub-dates></dates><abstract>{styled(p.abstract)}</abstract>"
            f"<electronic-resource-num>{styled(p.doi)}</electronic-resource-num></record>"
        )

    return _xml("<xml><records>", map(record, papers), "</records></xml>")


def acl(papers: Sequence[Sample]) -> bytes:
    def volume(number: int, p: Sample) -> str:
        authors = "".join(f"<author><first>{escape(g)}</first><last>{escape(f)}</last></author>" for g, f in _names(p))
        title = escape(p.title).replace("Extending", "<fixed-case>E</fixed-case>xtending")
        return (
            f'<volume id="{number}"><meta><booktitle>{escape(p.venue)}</booktitle><month>{_month(p)}</month>'
            f"<year>{p.year}</year></meta><frontmatter><url>x-{number}.0</url></frontmatter>"
            f'<paper id="1"><title>{title}</title>{authors}<abstract>{escape(p.abstract)}</abstract>'
            f"<doi>{p.doi}</doi></paper></volume>"
        )

    return _xml('<collection id="2020.sample">', (volume(n, p) for n, p in enumerate(papers, 1)), "</collection>")


def dblp(papers: Sequence[Sample]) -> bytes:
    def article(p: Sample) -> str:
        authors = "".join(f"<author>{escape(author)}</author>" for author in p.authors)
        return (
            f'<article mdate="2030-01-01" key="journals/x/{p.key}">{authors}<title>{escape(p.title)}.</title>'
            f"<month>{_month(p)}</month><year>{p.year}</year><journal>{escape(p.venue)}</journal>"
            f"<ee>https://doi.org/{p.doi}</ee></article>"
        )

    return _xml('<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>', map(article, papers), "</dblp>")


def pubmed(papers: Sequence[Sample]) -> bytes:
    def article(number: int, p: Sample) -> str:
        year, month, day = p.date.split("-")
        authors = "".join(
            f"<Author><LastName>{escape(f)}</LastName><ForeName>{escape(g)}</ForeName></Author>" for g, f in _names(p)
        )
        return (
            f'<PubmedArticle><MedlineCitation><PMID Version="1">{number}</PMID><Article><Journal>'
            f"<Title>{escape(p.venue)}</Title></Journal><ArticleTitle>{escape(p.title)}.</ArticleTitle><Abstract>"
            f"<AbstractText>{escape(p.abstract)}</AbstractText></Abstract><AuthorList>{authors}</AuthorList>"
            f"<ArticleDate><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></ArticleDate></Article>"
            f'</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">{p.doi}</ArticleId>'
            "</ArticleIdList></PubmedData></PubmedArticle>"
        )

    return _xml("<PubmedArticleSet>", (article(n, p) for n, p in enumerate(papers, 1)), "</PubmedArticleSet>")


def jats(papers: Sequence[Sample]) -> bytes:
    def article(p: Sample) -> str:
        year, month, day = p.date.split("-")
        authors = "".join(
            f'<contrib contrib-type="author"><name><surname>{escape(f)}</surname><given-names>{escape(g)}'
            "</given-names></name></contrib>"
            for g, f in _names(p)
        )
        return (
            f"<article><front><journal-meta><journal-title>{escape(p.venue)}</journal-title></journal-meta>"
            f'<article-meta><article-id pub-id-type="doi">{p.doi}</article-id><title-group><article-title>'
            f"{escape(p.title)}</article-title></title-group><contrib-group>{authors}</contrib-group>"
            f'<pub-date pub-type="epub"><day>{day}</day><month>{month}</month><year>{year}</year></pub-date>'
            f"<abstract><p>{escape(p.abstract)}</p></abstract></article-meta></front></article>"
        )

    return _xml("<pmc-articleset>", map(article, papers), "</pmc-articleset>")


def tei(papers: Sequence[Sample]) -> bytes:
    def text(p: Sample) -> bytes:
        authors = "".join(
            f"<author><persName><forename>{escape(g)}</forename><surname>{escape(f)}</surname></persName></author>"
            for g, f in _names(p)
        )
        return (
            _DECLARATION + '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
            f'<title level="a" type="main">{escape(p.title)}</title></titleStmt><sourceDesc><biblStruct><analytic>'
            f'{authors}<idno type="DOI">{p.doi}</idno></analytic><monogr><title>{escape(p.venue)}</title><imprint>'
            f'<date type="published" when="{p.date}"/></imprint></monogr></biblStruct></sourceDesc></fileDesc>'
            f"<profileDesc><abstract><div><p>{escape(p.abstract)}</p></div></abstract></profileDesc></teiHeader>"
            "<text><body/></text></TEI>"
        ).encode()

    return _zipped(papers, text)


def pdf(papers: Sequence[Sample]) -> bytes:
    def file(p: Sample) -> bytes:
        lines = [(p.title, 18.0), (", ".join(p.authors), 11.0), ("Abstract", 12.0)]
        lines += [(line, 10.0) for line in _wrapped(p.abstract)]
        return pdf_file([[*lines, ("1 Introduction", 12.0), (f"https://doi.org/{p.doi}", 8.0)]])

    return _zipped(papers, file)


def markdown(papers: Sequence[Sample]) -> bytes:
    def file(p: Sample) -> bytes:
        people = "".join(f"  - {author}\n" for author in p.authors)
        title = p.title.replace('"', '\\"')
        return (
            f'---\ntitle: "{title}"\nauthors:\n{people}date: {p.date}\ndoi: {p.doi}\n---\n\n'
            f"## Abstract\n\n{_markdown(p.abstract)}\n"
        ).encode()

    return _zipped(papers, file)


def full_text(papers: Sequence[Sample]) -> bytes:
    def file(p: Sample) -> bytes:
        abstract = "\n".join(_wrapped(p.abstract))
        return (
            f"{p.title}\n\n{', '.join(p.authors)}\nhttps://doi.org/{p.doi}\n\nAbstract\n\n{abstract}\n\n"
            "1 Introduction\n\nOnce upon a time.\n"
        ).encode()

    return _zipped(papers, file)


def html_stated(papers: Sequence[Sample]) -> bytes:
    def file(p: Sample) -> bytes:
        tags = [("title", p.title), ("publication_date", p.date.replace("-", "/")), ("doi", p.doi)]
        tags += [("author", author) for author in p.authors] + [("conference_title", p.venue)]
        head = "\n".join(f'<meta name="citation_{tag}" content="{escape(text)}">' for tag, text in tags)
        return (
            f"<!DOCTYPE html>\n<html><head>{head}</head><body><h1>{escape(p.title)}</h1>"
            f'<blockquote class="abstract"><b>Abstract:</b> {escape(p.abstract)}</blockquote></body></html>'
        ).encode()

    return _zipped(papers, file)


def html_json_ld(papers: Sequence[Sample]) -> bytes:
    things = [
        {
            "@type": "ScholarlyArticle",
            "headline": p.title.replace("&", "&amp;").replace("<", "&lt;"),
            "abstract": escape(p.abstract),
            "author": [{"@type": "Person", "name": author} for author in p.authors],
            "datePublished": p.date,
            "sameAs": [f"https://doi.org/{p.doi}", f"https://arxiv.org/abs/{p.arxiv}"],
        }
        for p in papers
    ]
    script = json.dumps({"@context": "https://schema.org", "@graph": things}).replace("</", "<\\/")
    return f'<html><script type="application/ld+json">{script}</script><body>Papers</body></html>'.encode()


def html_arxiv(papers: Sequence[Sample]) -> bytes:
    def entry(p: Sample) -> str:
        authors = ", ".join(f'<a href="/a/x">{escape(author)}</a>' for author in p.authors)
        return (
            f'<dt><a name="item1">[1]</a> <a href ="/abs/{p.arxiv}" title="Abstract">arXiv:{p.arxiv}</a></dt>\n<dd>'
            '<div class="meta"><div class="list-title mathjax"><span class="descriptor">Title:</span>\n'
            f'{escape(p.title)}</div><div class="list-authors">{authors}</div>'
            f'<p class="mathjax">{escape(p.abstract)}</p></div></dd>'
        )

    return f"<!DOCTYPE html><html><body><dl id='articles'>{''.join(map(entry, papers))}</dl></body></html>".encode()


def html_headings(papers: Sequence[Sample]) -> bytes:
    def entry(p: Sample) -> str:
        return (
            f'<article><time>Mar 14</time><h3><a href="/papers/{p.arxiv}">{escape(p.title)}</a></h3>'
            f"<p>{escape(p.abstract)}</p><button>Upvote 12</button></article>"
        )

    return f"<!doctype html>\n<html><body><h1>Papers</h1>{''.join(map(entry, papers))}</body></html>".encode()


def _month(paper: Sample) -> str:
    months = "January February March April May June July August September October November December".split()
    return months[int(paper.date[5:7]) - 1]


def _markdown(text: str) -> str:
    return escape("".join(f"\\{char}" if char in "_*`[]" else char for char in text), quote=False)


def _wrapped(text: str, *, width: int = 80) -> list[str]:
    """Break a text between words, never behind a hyphen."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _bare_xml(data: bytes, *, record: str) -> None:
    """Parse a file as it streams, and take the text of each field of each record."""
    for _, element in iterparse(io.BytesIO(data)):
        if element.tag.rpartition("}")[2] == record:
            {field.tag: "".join(field.itertext()) for field in element.iter()}
            element.clear()


def _members(data: bytes) -> Iterable[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield archive.read(name)


def _bare_tei(data: bytes) -> None:
    for member in _members(data):
        _bare_xml(member, record="TEI")


def _bare_pdf(data: bytes) -> None:
    from pypdf import PdfReader

    for member in _members(data):
        for page in PdfReader(io.BytesIO(member)).pages:
            page.extract_text()


def _bare_html(data: bytes) -> None:
    from lxml import html

    for element in html.fromstring(data).iter():
        " ".join((element.text or "").split())


def _bare_json_ld(data: bytes) -> None:
    from lxml import html

    for script in html.fromstring(data).iter("script"):
        json.loads(script.text or "")


def _bare_pages(data: bytes) -> None:
    for member in _members(data):
        _bare_html(member)


def _bare_markdown(data: bytes) -> None:
    from markdown_it import MarkdownIt

    for member in _members(data):
        MarkdownIt().parse(member.decode())


Writer = Callable[[Sequence[Sample]], bytes]

WRITERS: Final[dict[str, Writer]] = {
    "Atom feed": atom,
    "OAI-PMH: arXiv": oai_arxiv,
    "OAI-PMH: arXivRaw": oai_arxiv_raw,
    "OAI-PMH: Dublin Core": oai_dublin_core,
    "RSS feed: RSS 2.0": rss,
    "RSS feed: RDF": rss_rdf,
    "EndNote XML": endnote,
    "ACL Anthology XML": acl,
    "PubMed XML": pubmed,
    "JATS": jats,
    "TEI": tei,
    "PDF": pdf,
    "Markdown": markdown,
    "full text": full_text,
    "HTML page: citation tags": html_stated,
    "HTML page: JSON-LD": html_json_ld,
    "HTML page: arXiv listing": html_arxiv,
    "HTML page: headings": html_headings,
}
WITHOUT_ABSTRACTS: Final[dict[str, Writer]] = {"DBLP XML": dblp}

_RECORDS: Final = {
    "ACL Anthology XML": "paper",
    "Atom feed": "entry",
    "DBLP XML": "article",
    "EndNote XML": "record",
    "JATS": "article",
    "OAI-PMH": "record",
    "PubMed XML": "PubmedArticle",
    "RSS feed": "item",
}
BARE: Final[dict[str, Callable[[bytes], object]]] = {
    **{
        key: partial(_bare_xml, record=_RECORDS[key.partition(":")[0]])
        for key in (*WRITERS, *WITHOUT_ABSTRACTS)
        if key.partition(":")[0] in _RECORDS
    },
    "TEI": _bare_tei,
    "PDF": _bare_pdf,
    "Markdown": _bare_markdown,
    "HTML page: citation tags": _bare_pages,
    "HTML page: JSON-LD": _bare_json_ld,
    "HTML page: arXiv listing": _bare_html,
    "HTML page: headings": _bare_html,
}
"""The plain parse by the library that stands behind each; plain text has none."""
