import pytest

from kg.records import Record
from kg.sources import pubmed
from tests.sources.reading_one import read_one

SET = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://example.org/pubmed.dtd">
<PubmedArticleSet>
%s
</PubmedArticleSet>"""


def citation(article: str, data: str = "") -> str:
    return (
        '<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">31</PMID><Article>'
        f"{article}</Article></MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>"
    )


FULL = """<Journal><Title>Journal of grids</Title><JournalIssue><PubDate><Year>2021</Year><Month>Mar</Month></PubDate>
</JournalIssue></Journal><ArticleTitle>Grids of H<sub>2</sub>O: a study.</ArticleTitle>
<ELocationID EIdType="pii" ValidYN="Y">x</ELocationID><ELocationID EIdType="doi" ValidYN="Y">10.5555/A</ELocationID>
<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Grids are <i>old</i>.</AbstractText>
<AbstractText Label="METHODS AND RESULTS">We use nets.</AbstractText>
<AbstractText Label="UNLABELLED">It works.</AbstractText>
<CopyrightInformation>© Us</CopyrightInformation></Abstract>
<AuthorList><Author ValidYN="Y"><LastName>Example</LastName><ForeName>Ada B</ForeName><Initials>AB</Initials></Author>
<Author><LastName>Roe</LastName><Initials>M</Initials><Suffix>Jr</Suffix></Author>
<Author><CollectiveName>The Grid Group</CollectiveName></Author></AuthorList>
<ArticleDate DateType="Electronic"><Year>2021</Year><Month>01</Month><Day>02</Day></ArticleDate>"""
DATA = """<ArticleIdList><ArticleId IdType="pubmed">31</ArticleId>
<ArticleId IdType="pmc">PMC77</ArticleId></ArticleIdList>
<ReferenceList><Reference><Citation>X</Citation><ArticleIdList><ArticleId IdType="pubmed">12</ArticleId>
<ArticleId IdType="doi">10.5555/OLD</ArticleId></ArticleIdList></Reference></ReferenceList>"""


def test_a_citation_is_read_with_its_labels_and_its_references() -> None:
    assert read_one(pubmed, SET % citation(FULL, DATA)) == (
        [
            Record(
                source="x",
                key="31",
                title="Grids of H2O: a study",
                abstract="Background: Grids are old. Methods and results: We use nets. It works.",
                year=2021,
                date="2021-01-02",
                authors=("Ada B Example", "M Roe Jr", "The Grid Group"),
                doi="10.5555/a",
                venue="Journal of grids",
                ids=(("pmc", "PMC77"), ("pmid", "31")),
                references=(("doi", "10.5555/old"), ("pmid", "12")),
            )
        ],
        [],
    )


@pytest.mark.parametrize(
    ("date", "day", "year"),
    [
        ("<Year>2021</Year><Month>Mar</Month><Day>4</Day>", "2021-03-04", 2021),
        ("<Year>2021</Year><Month>03</Month>", "2021-03", 2021),
        ("<Year>2021</Year><Season>Spring</Season>", None, 2021),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998-12", 1998),
        ("<MedlineDate>Winter</MedlineDate>", None, None),
    ],
)
def test_the_date_of_an_issue_is_read_as_far_as_it_goes(date: str, day: str | None, year: int | None) -> None:
    article = (
        f"<ArticleTitle>X Y</ArticleTitle><Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>"
    )
    (found,), _ = read_one(pubmed, SET % citation(article))
    assert (found.date, found.year) == (day, year)


def test_a_translated_title_loses_its_brackets_and_a_missing_one_is_told() -> None:
    translated = citation("<ArticleTitle>[On grids].</ArticleTitle>")
    records, skipped = read_one(pubmed, SET % f"{translated}\n{citation('<Abstract/>')}")
    assert [record.title for record in records] == ["On grids"]
    assert skipped == [(5, "the title is missing")]


def test_medlines_own_set_is_read() -> None:
    citation = "<MedlineCitation><PMID>5</PMID><Article><ArticleTitle>Grids.</ArticleTitle></Article></MedlineCitation>"
    (found,), skipped = read_one(pubmed, f"<MedlineCitationSet>{citation}</MedlineCitationSet>")
    assert (found.title, found.ids, skipped) == ("Grids", (("pmid", "5"),), [])
