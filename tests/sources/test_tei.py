from kg.records import Record, Section
from kg.sources import tei
from kg.sources.formats import ReadOptions
from tests.sources.reading_one import read_one

TEI = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xml:space="preserve" xmlns="http://www.tei-c.org/ns/1.0" xmlns:xlink="http://www.w3.org/1999/xlink">
<teiHeader xml:lang="en"><fileDesc><titleStmt><title level="a" type="main">Learning on Grids</title></titleStmt>
<publicationStmt><publisher/><date type="published" when="2021-01-02">2 Jan 2021</date></publicationStmt>
<sourceDesc><biblStruct><analytic><author><persName><forename type="first">Ada</forename>
<forename type="middle">B</forename><surname>Example</surname></persName><affiliation>X</affiliation></author>
<title level="a" type="main">Learning on Grids</title></analytic><monogr><title level="j">Journal of Grids</title>
<imprint/></monogr><idno type="MD5">ABC</idno><idno type="arXiv">arXiv:2101.00001v2[cs.LG]</idno>
<idno type="DOI">10.5555/A</idno></biblStruct></sourceDesc></fileDesc>
<profileDesc><abstract><div xmlns="http://www.tei-c.org/ns/1.0"><p>We study grids
<ref type="bibr" target="#b0">[1]</ref>.</p><p>And more.</p></div></abstract></profileDesc></teiHeader>
<text xml:lang="en"><body>
<div><head n="1">Introduction</head><p>Once upon a time.</p></div>
<div><head n="2">Our Approach</head></div>
<div><head n="2.1">Grid Loss</head><p>First <formula>x = 1</formula></p><p>Second.</p></div>
<div><head n="3">Evaluation</head><p>It works.<note>No.</note></p></div>
<figure><head>Figure 1</head><figDesc>No.</figDesc></figure></body>
<back><div type="references"><listBibl><biblStruct xml:id="b0"><analytic><title>Old</title>
<idno type="DOI">10.5555/OLD</idno></analytic></biblStruct><biblStruct xml:id="b1"><monogr><title>New</title>
<ptr target="https://arxiv.org/abs/1901.00001"/></monogr></biblStruct></listBibl></div></back></text></TEI>"""


def test_the_header_and_the_references_are_read() -> None:
    assert read_one(tei, TEI) == (
        [
            Record(
                source="x",
                key="2101.00001",
                title="Learning on Grids",
                abstract="We study grids [1]. And more.",
                year=2021,
                date="2021-01-02",
                authors=("Ada B Example",),
                arxiv="2101.00001",
                doi="10.5555/a",
                venue="Journal of Grids",
                references=(("arxiv", "1901.00001"), ("doi", "10.5555/old")),
            )
        ],
        [],
    )


def test_a_section_below_another_plays_its_part() -> None:
    (found,), _ = read_one(tei, TEI, options=ReadOptions(sections=True))
    assert found.sections == (
        Section("Introduction", "introduction", "Once upon a time."),
        Section("Grid Loss", "method", "First x = 1\nSecond."),
        Section("Evaluation", "experiments", "It works."),
    )


def test_a_text_without_a_title_is_told_and_damage_too() -> None:
    empty = '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<teiHeader><fileDesc><titleStmt><title/></titleStmt></fileDesc></teiHeader></TEI>'
    assert read_one(tei, empty) == ([], [(1, "the title is missing")])
    assert read_one(tei, TEI[:900]) == ([], [(2, "the file is cut off within <TEI>")])
    broken = TEI.replace("</analytic><monogr><title level", "<monogr><title level")
    assert read_one(tei, f"<teiCorpus>\n{TEI[39:]}\n{broken[39:]}\n</teiCorpus>")[1] == [
        (28, "the record is not well-formed XML: mismatched tag")
    ]
