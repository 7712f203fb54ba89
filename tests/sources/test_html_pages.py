import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Record
from kg.sources import html_pages
from kg.sources.formats import ReadOptions
from kg.sources.limits import Limits
from tests.sources.reading_one import read_one

pytest.importorskip("lxml", reason="needs the extra html")

ABSTRACT = (
    "We study grids, for p < 0.1, at such a length that nobody could take it for a button, a date or a name;"
    " and then we study them again, since once is never enough."
)
ESCAPED = ABSTRACT.replace("<", "&lt;")


def read(page: str) -> list[Record]:
    records, skipped = read_one(html_pages, page)
    assert skipped == []
    return records


def test_a_papers_page_is_read_by_its_citation_tags() -> None:
    page = f"""<!DOCTYPE html>
<!-- saved from url=(0021)https://example.org -->
<html><head><title>A site</title><meta name="citation_title" content="Grids &amp;amp; Nets">
<meta name="citation_author" content="Example, Ada"><meta name="citation_author" content="Sample, Bo">
<meta name="citation_publication_date" content="2021/01/02"><meta name="citation_doi" content="10.5555/A">
<meta name="citation_arxiv_id" content="2101.00001"><meta name="citation_conference_title" content="Grid Conf">
<meta name="citation_reference" content="citation_title=Old; citation_doi=10.5555/OLD">
<meta property="og:url" content="https://aclanthology.org/2020.acl-main.1/"></head>
<body><h1>Grids &amp; Nets</h1><blockquote class="abstract mathjax"><span>Abstract:</span> {ESCAPED}</blockquote>
</body></html>"""
    (found,) = read(page)
    assert (found.title, found.abstract, found.authors) == ("Grids & Nets", ABSTRACT, ("Ada Example", "Bo Sample"))
    assert (found.date, found.doi, found.arxiv, found.venue, found.ids, found.references) == (
        "2021-01-02",
        "10.5555/a",
        "2101.00001",
        "Grid Conf",
        (("acl", "2020.acl-main.1"),),
        (("doi", "10.5555/old"),),
    )


def test_json_ld_is_read_and_what_it_cites_is_no_paper_of_the_page() -> None:
    thing = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": ["ScholarlyArticle", "Article"],
                "headline": "Grids",
                "abstract": ESCAPED,
                "author": [{"name": "Ada Example"}, "Bo Sample"],
                "datePublished": "2021-01",
                "isPartOf": {"@type": "Periodical", "name": "J. Grids"},
                "identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": "10.5555/A"},
                "citation": [{"@type": "ScholarlyArticle", "name": "Old", "@id": "https://doi.org/10.5555/OLD"}],
            },
            {"@type": "WebPage", "name": "No"},
        ],
    }
    script = '<script type="application/ld+json">{}</script>'
    page = "<html>" + script.format("{") + script.format(json.dumps(thing))
    (found,) = read(page)
    assert (found.title, found.abstract, found.authors, found.date) == (
        "Grids",
        ABSTRACT,
        ("Ada Example", "Bo Sample"),
        "2021-01",
    )
    assert (found.venue, found.doi, found.references) == ("J. Grids", "10.5555/a", (("doi", "10.5555/old"),))


def test_a_listing_of_arxiv_is_read_with_and_without_abstracts() -> None:
    page = f"""<!DOCTYPE html><html lang="en"><body><dl id='articles'><h3>New submissions</h3>
<dt><a name='item1'>[1]</a> <a href ="/abs/2101.00001" title="Abstract" id="2101.00001"> arXiv:2101.00001 </a>
[<a href="/pdf/2101.00001">pdf</a>]</dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> Grids by Poincar\\'e
</div><div class='list-authors'><a href="/a/1">Ada Example</a>, <a href="/a/2">Zo\xeb M\xfcller</a></div>
<div class='list-comments'>9 pages</div><p class='mathjax'>{ESCAPED}</p></div></dd>
<dt><a href="https://arxiv.org/abs/math/0101001v2">arXiv:math/0101001</a></dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> Nets</div></div></dd>
</dl></body></html>"""
    assert [(r.key, r.title, r.abstract, r.authors) for r in read(page)] == [
        ("2101.00001", "Grids by Poincaré", ABSTRACT, ("Ada Example", "Zoë Müller")),
        ("math/0101001", "Nets", "", ()),
    ]


def test_what_arxivs_search_found_is_read() -> None:
    page = f"""<!DOCTYPE html><html><body><ol><li class="arxiv-result"><div><p class="list-title is-inline-block">
<a href="https://arxiv.org/abs/2101.00001">arXiv:2101.00001</a></p></div><p class="title is-5 mathjax">
Deep <span class="search-hit mathjax">Grids</span></p><p class="authors"><span>Authors:</span>
<a href="/search/?x">Ada Example</a>, <a href="/search/?y">Bo Sample</a></p><p class="abstract mathjax">
<span>Abstract</span>: <span class="abstract-short">… We study</span><span class="abstract-full" style="display: none">
{ESCAPED} <a class="is-size-7">△ Less</a></span></p><p><span>Submitted</span> 2 January, 2021; <span>originally
announced</span> January 2021.</p></li></ol></body></html>"""
    (found,) = read(page)
    assert (found.title, found.abstract, found.authors, found.arxiv, found.date) == (
        "Deep Grids",
        ABSTRACT,
        ("Ada Example", "Bo Sample"),
        "2101.00001",
        "2021-01-02",
    )


def test_a_volume_of_the_anthology_is_read() -> None:
    page = f"""<!doctype html><html><body><p class="d-sm-flex align-items-stretch">
<span><a href="/2020.x-1.1.pdf">pdf</a>
</span><span class=d-block><strong><a class=align-middle href=/2020.x-1.1/>Grids</a></strong><br>
<a href=/people/a/ada-example/>Ada Example</a></span></p><div class="card bg-light abstract-collapse" id=x>
<div class="card-body p-3 small">{ESCAPED}</div></div></body></html>"""
    (found,) = read(page)
    assert (found.title, found.abstract, found.authors, found.ids) == (
        "Grids",
        ABSTRACT,
        ("Ada Example",),
        (("acl", "2020.x-1.1"),),
    )


def test_any_listing_with_headings_is_read_and_its_furniture_is_not() -> None:
    page = f"""<html><head><style>h3 {{}}</style></head><body><nav><h2>Menu</h2><p>{ESCAPED}</p></nav>
<h1>Trending papers</h1><p>by AK</p>
<article><a href="/papers/2101.00001"><h3>Grids</h3></a><time>Mar 14</time><p>{ESCAPED}</p><button>12</button></article>
<article><div><h3><a href="https://arxiv.org/abs/2102.00002">Deep <b>Nets</b></a></h3><h4>Abstract</h4>
<p>We study <i>nets</i>.<br>{ESCAPED}</p><p>{ESCAPED}</p></div></article>
<article><h3>No abstract</h3></article><footer><h3>About us</h3><p>{ESCAPED}</p></footer></body></html>"""
    assert [(r.title, r.abstract, r.arxiv) for r in read(page)] == [
        ("Grids", ABSTRACT, "2101.00001"),
        ("Deep Nets", f"We study nets. {ABSTRACT}", "2102.00002"),
    ]


def test_a_paper_with_its_sections_is_one_paper() -> None:
    parts = ("<h2>Abstract</h2>", "<h2>1 Introduction</h2>", "<h2>2. Related Work</h2>", "<h2>References</h2>")
    page = "<html><body><h1>Grids</h1>" + "".join(f"{heading}<p>{ESCAPED}</p>" for heading in parts)
    assert [(record.title, record.abstract) for record in read(page)] == [("Grids", ABSTRACT)]


def test_damage_in_the_middle_costs_no_other_paper() -> None:
    article = f"<article><h3>{{}}</h3><p>{ESCAPED}</p></article>"
    damaged = f'<article><h3 class="x>{article.format("Nets")}"<<</p></h3>'
    page = f"<html><body>{article.format('Grids')}{damaged}{article.format('Sets')}"
    titles = [record.title for record in read_one(html_pages, page)[0]]
    assert titles[0] == "Grids"
    assert titles[-1] == "Sets"


def test_a_page_in_another_encoding_is_heard() -> None:
    page = f'<html><head><meta charset="windows-1252"></head><body><h2>Gr\xfcße</h2><p>{ESCAPED}</p></body></html>'
    assert [record.title for record in read_one(html_pages, page.encode("cp1252"))[0]] == ["Grüße"]


def test_a_page_without_papers_and_one_that_is_too_long_are_told() -> None:
    assert read_one(html_pages, "<html><body><p>Nothing.</p></body></html>") == (
        [],
        [(1, "the page holds no paper that can be told from its surroundings: no citation tags, no listing")],
    )
    options = ReadOptions(limits=Limits(line_bytes=10))
    assert read_one(html_pages, "<html>" + "x" * 200, options=options) == (
        [],
        [(1, "the page is longer than 160 bytes")],
    )
    missing = '<html><meta name="citation_title" content=" &amp;nbsp; "></html>'
    assert read_one(html_pages, missing) == ([], [(1, "the title is missing")])


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 300_000,
        "<a " * 300_000,
        "<!--" * 200_000,
        "<b><p>" * 50_000,
        "<h1>x" * 20_000,
        "&#" * 200_000,
        "<table>" * 50_000,
        '<script type="application/ld+json">' + "[" * 100_000,
        "<dt><a href=/abs/2101.00001>" * 2_000,
    ],
    ids=lambda hostile: hostile[:12],
)
def test_hostile_pages_take_time_in_proportion_to_their_length(hostile: str) -> None:
    read_one(html_pages, "<html>" + hostile)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.binary(max_size=20)
        | st.sampled_from(
            [
                b"<h3>Grids</h3>",
                b"<p>" + ESCAPED.encode() + b"</p>",
                b'<meta name="citation_title" content="',
                b'">',
                b'<script type="application/ld+json">{"@type":"ScholarlyArticle","name":',
                b"}</script>",
                b"<dt><a href='/abs/2101.00001'>",
                b"<dd>",
                b"<li class=arxiv-result>",
                b"<p class=d-sm-flex><strong><a>",
                b"&#xD800;",
                b"</h3>",
            ]
        ),
        max_size=12,
    ).map(b"".join)
)
def test_no_bytes_whatever_crash_the_reader(content: bytes) -> None:
    stream = io.BufferedReader(io.BytesIO(b"<html>" + content))  # type: ignore[arg-type]
    for record in html_pages.read(stream, source="x", skip=lambda *_, unit="line": None):
        assert record.title
        str(record).encode("utf-8")
