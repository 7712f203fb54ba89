from kg.records import Record
from kg.sources import endnote_xml
from tests.sources.reading_one import read_one


def style(text: str) -> str:
    return f'<style face="normal" font="default" size="100%">{text}</style>'


def export(*records: str) -> str:
    body = "\n".join(f"<record>{record}</record>" for record in records)
    return f'<?xml version="1.0" encoding="UTF-8"?><xml><records>\n{body}\n</records></xml>'


FULL = f"""<database name="My.enl">My.enl</database><source-app name="EndNote">EndNote</source-app>
<rec-number>7</rec-number><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author>{style("Example, Ada")}</author><author>{style("Sample, Bo")}</author></authors>
<secondary-authors><author>{style("Editor, Eve")}</author></secondary-authors></contributors>
<titles><title>{style("Grids: ")}<style face="italic">in vivo</style>{style(" &amp; more")}</title>
<secondary-title>{style("Journal of Grids")}</secondary-title></titles>
<periodical><full-title>{style("Journal of Grids, the Whole")}</full-title></periodical>
<dates><year>{style("2021")}</year><pub-dates><date>{style("Jan 2")}</date></pub-dates></dates>
<abstract>{style("We study grids.")}</abstract><accession-num>{style("12345")}</accession-num>
<remote-database-name>{style("Medline")}</remote-database-name>
<electronic-resource-num>{style("10.5555/A")}</electronic-resource-num>
<urls><related-urls><url>{style("https://arxiv.org/abs/2101.00001")}</url></related-urls></urls>"""


def test_a_record_is_read_through_its_styles() -> None:
    assert read_one(endnote_xml, export(FULL)) == (
        [
            Record(
                source="x",
                key="7",
                title="Grids: in vivo & more",
                abstract="We study grids.",
                year=2021,
                date="2021-01-02",
                authors=("Ada Example", "Bo Sample"),
                arxiv="2101.00001",
                doi="10.5555/a",
                venue="Journal of Grids, the Whole",
                url="https://arxiv.org/abs/2101.00001",
                ids=(("pmid", "12345"),),
            )
        ],
        [],
    )


def test_texts_without_styles_and_whole_dates_are_read() -> None:
    record = """<titles><title>Grids</title></titles><dates><year>2021</year><pub-dates><date>2021-01-02</date>
    </pub-dates></dates><electronic-resource-num>arXiv:2101.00001</electronic-resource-num>
    <accession-num>WOS:000012345</accession-num>"""
    (found,), _ = read_one(endnote_xml, export(record))
    assert (found.title, found.date, found.arxiv, found.doi, found.ids) == (
        "Grids",
        "2021-01-02",
        "2101.00001",
        None,
        (),
    )


def test_a_record_with_a_title_alone_is_a_paper_and_one_without_is_told() -> None:
    records, skipped = read_one(
        endnote_xml, export("<titles><title>Grids</title></titles>", "<rec-number>8</rec-number>")
    )
    assert [(record.title, record.year, record.date) for record in records] == [("Grids", None, None)]
    assert skipped == [(3, "the title is missing")]
