from kg.records import Record
from kg.sources import arxiv_atom
from tests.sources.reading_one import read_one

FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>arXiv Query: search_query=all:grids</title>
%s
</feed>
"""


def read(entries: str) -> list[Record]:
    records, skipped = read_one(arxiv_atom, FEED % entries)
    assert skipped == []
    return records


def test_an_answer_of_the_api_is_read_with_the_day_of_its_first_version() -> None:
    entry = r"""<entry>
    <id>http://arxiv.org/abs/2101.00001v3</id>
    <title>GridNet: Learning on
  Grids with $\beta$-VAEs</title>
    <updated>2022-05-06T07:08:09Z</updated>
    <link href="https://arxiv.org/abs/2101.00001v3" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/2101.00001v3" rel="related" title="pdf"/>
    <summary>  We propose GridNet.
It is by Poincar\'e &amp; co.
</summary>
    <published>2021-01-02T03:04:05Z</published>
    <author><name>Ada Example</name><arxiv:affiliation>Somewhere</arxiv:affiliation></author>
    <author><name>Zo\"e M\"uller</name></author>
    <arxiv:journal_ref>J. Grids 1 (2021)</arxiv:journal_ref>
    <arxiv:doi>10.5555/grid.1</arxiv:doi>
  </entry>"""
    assert read(entry) == [
        Record(
            source="x",
            key="2101.00001",
            title=r"GridNet: Learning on Grids with $\beta$-VAEs",
            abstract="We propose GridNet. It is by Poincaré & co.",
            year=2021,
            date="2021-01-02",
            authors=("Ada Example", "Zoë Müller"),
            arxiv="2101.00001",
            doi="10.5555/grid.1",
            venue="J. Grids 1 (2021)",
            url="https://arxiv.org/abs/2101.00001v3",
        )
    ]


def test_an_entry_with_a_title_alone_is_a_paper_and_one_without_is_not() -> None:
    records, skipped = read_one(
        arxiv_atom, FEED % "<entry><title>Deep Sets</title></entry>\n<entry><summary>We.</summary></entry>"
    )
    assert [(record.title, record.abstract, record.date) for record in records] == [("Deep Sets", "", None)]
    assert skipped == [(5, "the title is missing")]


def test_an_error_of_the_api_is_told_in_its_own_words() -> None:
    error = "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary></entry>"
    assert read_one(arxiv_atom, FEED % error) == ([], [(4, "the API answers: bad id")])


def test_titles_as_html_and_as_xhtml_are_texts() -> None:
    entries = """<entry><title type="html">Nets &amp;amp; &lt;i&gt;Sets&lt;/i&gt;</title></entry>
    <entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Deep <b>Sets</b></div></title>
    <content>We do.</content></entry>"""
    assert [(record.title, record.abstract) for record in read(entries)] == [
        ("Nets & Sets", ""),
        ("Deep Sets", "We do."),
    ]
