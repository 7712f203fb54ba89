from kg.records import Record
from kg.sources import oai
from tests.sources.reading_one import Skipped, read_one

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2030-01-01T00:00:00Z</responseDate>
<ListRecords>
%s
<resumptionToken cursor="0" completeListSize="9">more|1001</resumptionToken>
</ListRecords></OAI-PMH>
"""


def record(metadata: str, header: str = "<header><identifier>oai:x:1</identifier></header>") -> str:
    return f"<record>{header}<metadata>{metadata}</metadata></record>"


def read(records: str) -> tuple[list[Record], list[Skipped]]:
    return read_one(oai, PAGE % records)


ARXIV = r"""<arXiv xmlns="http://arxiv.org/OAI/arXiv/">
 <id>math/0101001</id><created>2001-01-02</created><updated>2004-05-06</updated>
 <authors><author><keyname>Example</keyname><forenames>Ada</forenames><suffix>Jr.</suffix></author>
 <author><keyname>M\"uller</keyname></author></authors>
 <title>Grids of
  Grids</title><categories>math.CO cs.LG</categories><journal-ref>J. Grids 1</journal-ref>
 <doi>10.5555/a 10.5555/b</doi><abstract>  We study grids.
</abstract></arXiv>"""


def test_a_record_of_arxiv_is_read() -> None:
    assert read(record(ARXIV)) == (
        [
            Record(
                source="x",
                key="math/0101001",
                title="Grids of Grids",
                abstract="We study grids.",
                year=2001,
                date="2001-01-02",
                authors=("Ada Example Jr.", "Müller"),
                arxiv="math/0101001",
                doi="10.5555/a",
                venue="J. Grids 1",
            )
        ],
        [],
    )


def test_a_record_of_arxiv_raw_has_the_day_of_its_first_version_and_one_line_of_authors() -> None:
    raw = """<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2101.00001</id><submitter>Ada</submitter>
    <version version="v1"><date>Sat, 2 Jan 2021 03:04:05 GMT</date></version>
    <version version="v2"><date>Sun, 2 Jan 2022 03:04:05 GMT</date></version>
    <title>GridNet</title><authors>A. Example (Univ. of X (Y), Z), Bo Sample and Mei Li</authors>
    <abstract>We.</abstract></arXivRaw>"""
    (found,), _ = read(record(raw))
    assert (found.date, found.authors, found.arxiv) == (
        "2021-01-02",
        ("A. Example", "Bo Sample", "Mei Li"),
        "2101.00001",
    )


def test_dublin_core_gives_the_first_day_the_abstract_and_the_identifiers() -> None:
    dublin_core = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Grids &lt;i&gt;again&lt;/i&gt;</dc:title>
     <dc:creator>Example, Ada</dc:creator><dc:creator>Sample, Bo</dc:creator><dc:subject>Grids</dc:subject>
     <dc:description>We study grids, and at length.</dc:description>
     <dc:description>Comment: a comment that is longer than the abstract, as it happens</dc:description>
     <dc:date>2022-03-04</dc:date><dc:date>2021-01-02</dc:date>
     <dc:identifier>http://arxiv.org/abs/2101.00001</dc:identifier><dc:identifier>doi:10.5555/a</dc:identifier>
     <dc:identifier>J. Grids 1 (2021)</dc:identifier></oai_dc:dc>"""
    assert read(record(dublin_core)) == (
        [
            Record(
                source="x",
                key="oai:x:1",
                title="Grids again",
                abstract="We study grids, and at length.",
                year=2021,
                date="2021-01-02",
                authors=("Ada Example", "Bo Sample"),
                arxiv="2101.00001",
                doi="10.5555/a",
                url="http://arxiv.org/abs/2101.00001",
            )
        ],
        [],
    )


def test_deleted_records_are_passed_over_and_the_rest_is_told() -> None:
    deleted = '<record><header status="deleted"><identifier>oai:x:2</identifier></header></record>'
    empty = "<record><header><identifier>oai:x:3</identifier></header></record>"
    marc = record("<marc:mods xmlns:marc='u'/>")
    records, skipped = read("\n".join((deleted, empty, marc, record(ARXIV))))
    assert len(records) == 1
    assert skipped == [
        (6, "the record has no metadata"),
        (7, "metadata in <mods> are not read; harvest with metadataPrefix=arXiv or oai_dc"),
    ]


def test_answers_of_a_harvest_in_one_file_are_all_read() -> None:
    records, skipped = read_one(oai, (PAGE % record(ARXIV)) * 2)
    assert (len(records), skipped) == (2, [])


def test_an_error_of_the_server_is_told() -> None:
    answer = '<OAI-PMH><request/><error code="noRecordsMatch">No matches</error></OAI-PMH>'
    assert read_one(oai, answer) == ([], [(1, "the server answered noRecordsMatch: No matches")])


def test_jats_in_a_harvest_is_read_as_jats() -> None:
    jats = """<article xmlns="u"><front><article-meta><article-id pub-id-type="pmid">77</article-id><title-group>
    <article-title>Grids</article-title></title-group></article-meta></front></article>"""
    (found,), _ = read(record(jats))
    assert (found.title, found.ids) == ("Grids", (("pmid", "77"),))


def test_hostile_names_and_formulas_take_time_in_proportion_to_their_length() -> None:
    names = "(" * 100_000 + ")" * 100_000
    raw = f"<arXivRaw><id>2101.00001</id><title>Grids</title><authors>Ada {names}</authors></arXivRaw>"
    (found,), _ = read(record(raw))
    assert found.title == "Grids"
