from kg.records import Record
from kg.sources import rss
from tests.sources.reading_one import read_one

FEED = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">
<channel><title>cs.LG updates</title><pubDate>Tue, 01 Jan 2030 00:00:00 -0500</pubDate>
%s
</channel></rss>"""


def read(items: str) -> list[Record]:
    records, skipped = read_one(rss, FEED % items)
    assert skipped == []
    return records


def test_an_item_of_arxiv_is_read_without_its_notice() -> None:
    item = """<item><title>GridNet: &lt;i&gt;Grids&lt;/i&gt; &amp;amp; $\\beta$</title>
    <link>https://arxiv.org/abs/2401.00001</link>
    <description>arXiv:2401.00001v1 Announce Type: new
Abstract: We propose GridNet, for p &lt; 0.1.</description>
    <guid isPermaLink="false">oai:arXiv.org:2401.00001v1</guid><category>cs.LG</category>
    <pubDate>Mon, 01 Jan 2024 00:00:00 -0500</pubDate><arxiv:announce_type>new</arxiv:announce_type>
    <dc:creator>Ada Example, Bo Sample</dc:creator></item>"""
    assert read(item) == [
        Record(
            source="x",
            key="2401.00001",
            title=r"GridNet: Grids & $\beta$",
            abstract="We propose GridNet, for p < 0.1.",
            year=2024,
            date="2024-01-01",
            authors=("Ada Example", "Bo Sample"),
            arxiv="2401.00001",
            url="https://arxiv.org/abs/2401.00001",
        )
    ]


def test_a_new_version_does_not_date_its_paper() -> None:
    item = """<item><title>GridNet</title><link>https://arxiv.org/abs/1901.00001</link>
    <pubDate>Mon, 01 Jan 2024 00:00:00 -0500</pubDate><arxiv:announce_type>replace</arxiv:announce_type></item>"""
    assert [(record.date, record.year) for record in read(item)] == [(None, None)]


def test_the_stamp_behind_an_old_title_goes_and_authors_may_be_links() -> None:
    item = """<item><title>GridNet. (arXiv:1901.00001v2 [cs.LG] UPDATED)</title>
    <link>http://arxiv.org/abs/1901.00001</link><description>&lt;p&gt;We do.&lt;/p&gt;</description>
    <dc:creator>&lt;a href="http://x.org"&gt;Ada Example&lt;/a&gt;,
    &lt;a href="y"&gt;Bo Sample&lt;/a&gt;</dc:creator></item>"""
    assert [(r.title, r.abstract, r.authors, r.arxiv) for r in read(item)] == [
        ("GridNet", "We do.", ("Ada Example", "Bo Sample"), "1901.00001")
    ]


def test_a_journals_rdf_feed_is_read_with_its_longest_text() -> None:
    feed = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
    <channel rdf:about="https://example.org/feed"><title>Grids</title></channel>
    <item rdf:about="https://example.org/1"><title><![CDATA[Grids &amp; Nets]]></title><link>https://example.org/1</link>
    <description>Short.</description>
    <content:encoded><![CDATA[<p>We study <b>grids</b>&nbsp;at length.</p>]]></content:encoded>
    <dc:creator>Ada Example</dc:creator><dc:creator>Bo Sample</dc:creator>
    <dc:identifier>doi:10.5555/a</dc:identifier><dc:date>2021-01-02</dc:date>
    <prism:publicationName>J. Grids</prism:publicationName></item></rdf:RDF>"""
    records, skipped = read_one(rss, feed)
    assert skipped == []
    assert records == [
        Record(
            source="x",
            key="https://example.org/1",
            title="Grids & Nets",
            abstract="We study grids at length.",
            year=2021,
            date="2021-01-02",
            authors=("Ada Example", "Bo Sample"),
            doi="10.5555/a",
            venue="J. Grids",
            url="https://example.org/1",
        )
    ]


def test_an_item_without_a_title_is_told() -> None:
    assert read_one(rss, FEED % "<item><link>https://x.org</link></item>") == ([], [(3, "the title is missing")])
