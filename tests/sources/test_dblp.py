from kg.records import Record
from kg.sources import dblp
from tests.sources.reading_one import read_one

DUMP = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
%s
</dblp>"""


def test_a_paper_of_the_dump_is_read_with_the_named_characters_of_a_dtd_that_is_not() -> None:
    paper = """<inproceedings mdate="2030-01-01" key="conf/grid/ExampleM21"><author>Ada Example 0001</author>
    <author orcid="0000-0000">Zo&euml; M&uuml;ller</author><title>On U<sup>2</sup>-Grids &amp; <i>Nets</i>.</title>
    <pages>1-9</pages><year>2021</year><booktitle>GRID</booktitle><ee type="oa">https://doi.org/10.5555/A.1</ee>
    <ee>https://arxiv.org/abs/2101.00001</ee><crossref>conf/grid/2021</crossref><cite>conf/grid/Old19</cite>
    <cite>...</cite><url>db/conf/grid/grid2021.html#x</url></inproceedings>"""
    assert read_one(dblp, DUMP % paper) == (
        [
            Record(
                source="x",
                key="conf/grid/ExampleM21",
                title="On U2-Grids & Nets",
                year=2021,
                authors=("Ada Example", "Zoë Müller"),
                arxiv="2101.00001",
                doi="10.5555/a.1",
                venue="GRID",
                url="https://doi.org/10.5555/A.1",
                ids=(("dblp", "conf/grid/ExampleM21"),),
                references=(("dblp", "conf/grid/Old19"),),
            )
        ],
        [],
    )


def test_a_preprint_has_its_arxiv_number_and_a_thesis_its_month() -> None:
    papers = """<article key="journals/corr/abs-2101-00001" publtype="informal"><title>Grids?</title>
    <year>2021</year><volume>abs/2101.00001</volume><journal>CoRR</journal></article>
    <phdthesis key="phd/Example21"><title>Nets.</title><year>2021</year><month>July/August</month></phdthesis>"""
    records, skipped = read_one(dblp, DUMP % papers)
    assert skipped == []
    assert [(r.title, r.arxiv, r.date, r.venue) for r in records] == [
        ("Grids?", "2101.00001", None, "CoRR"),
        ("Nets", None, "2021-07", None),
    ]


def test_home_pages_proceedings_and_books_are_no_papers() -> None:
    others = """<www key="homepages/e/AdaExample"><author>Ada Example</author><title>Home Page</title></www>
    <proceedings key="conf/grid/2021"><title>Proceedings.</title></proceedings>"""
    assert read_one(dblp, DUMP % others) == ([], [])


def test_a_persons_page_and_an_answer_of_the_search_are_read() -> None:
    person = """<dblpperson name="Ada Example" n="1"><person key="homepages/1"><author>Ada Example</author></person>
    <r><article key="journals/g/E21"><author>Ada Example</author><title>Grids.</title></article></r></dblpperson>"""
    assert [record.title for record in read_one(dblp, person)[0]] == ["Grids"]
    answer = """<result><query>grids</query><hits total="1"><hit score="3" id="1"><info><authors>
    <author pid="1">Ada Example 0001</author></authors><title>Grids.</title><venue>J. Grids</venue><year>2021</year>
    <key>journals/g/E21</key><doi>10.5555/a</doi></info></hit></hits></result>"""
    (found,), _ = read_one(dblp, answer)
    assert (found.title, found.authors, found.doi, found.venue) == ("Grids", ("Ada Example",), "10.5555/a", "J. Grids")


def test_a_paper_without_a_title_is_told() -> None:
    assert read_one(dblp, DUMP % '<article key="a/b/c"><year>2021</year></article>') == (
        [],
        [(4, "the title is missing")],
    )
