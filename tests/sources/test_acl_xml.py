import pytest

from kg.records import Record
from kg.sources import acl_xml
from tests.sources.reading_one import read_one


def collection(name: str, volume: str, papers: str, meta: str = "<year>2020</year>") -> str:
    return (
        f'<?xml version=\'1.0\' encoding=\'UTF-8\'?>\n<collection id="{name}">\n<volume id="{volume}" type="x">'
        f"<meta><booktitle>Proceedings of <fixed-case>ACL</fixed-case></booktitle>{meta}</meta>\n"
        f"<frontmatter><url>{name}-{volume}.0</url><author><first>F</first></author></frontmatter>\n{papers}\n</volume>"
        "</collection>"
    )


def test_a_paper_is_read_with_what_its_volume_says() -> None:
    paper = """<paper id="1"><title><fixed-case>G</fixed-case>rid<fixed-case>BERT</fixed-case>: a
    <tex-math>\\beta</tex-math>
    Study of <i>Grids</i></title><author id="ada"><first>Ada</first><last>Example</last>
    <affiliation>X</affiliation></author>
    <author><first/><last>Madonna</last><variant script="hani"><first>a</first><last>b</last></variant></author>
    <pages>1–9</pages><abstract>We study <b>grids</b> at <url>https://x.org</url>.</abstract>
    <url hash="abc">2020.acl-main.1</url><doi>10.18653/v1/2020.acl-main.1</doi><bibkey>x</bibkey></paper>"""
    content = collection("2020.acl", "main", paper, "<month>July 5–10</month><year>2020</year>")
    assert read_one(acl_xml, content) == (
        [
            Record(
                source="x",
                key="2020.acl-main.1",
                title="GridBERT: a $\\beta$ Study of Grids",
                abstract="We study grids at https://x.org.",
                year=2020,
                date="2020-07",
                authors=("Ada Example", "Madonna"),
                doi="10.18653/v1/2020.acl-main.1",
                venue="Proceedings of ACL",
                url="https://aclanthology.org/2020.acl-main.1",
                ids=(("acl", "2020.acl-main.1"),),
            )
        ],
        [],
    )


@pytest.mark.parametrize(
    ("name", "volume", "number", "identifier"),
    [
        ("2020.acl", "main", "12", "2020.acl-main.12"),
        ("P16", "1", "1", "P16-1001"),
        ("W16", "3", "7", "W16-0307"),
    ],
)
def test_an_identifier_that_is_not_stated_is_made_of_volume_and_number(
    name: str, volume: str, number: str, identifier: str
) -> None:
    (found,), _ = read_one(acl_xml, collection(name, volume, f'<paper id="{number}"><title>Grids</title></paper>'))
    assert found.ids == (("acl", identifier),)


def test_papers_that_are_commented_out_are_none_and_one_without_a_title_is_told() -> None:
    papers = (
        '<!-- <paper id="1"><title>Old</title></paper> -->\n<paper id="2"/>\n<paper id="3"><title>New</title></paper>'
    )
    records, skipped = read_one(acl_xml, collection("2020.acl", "main", papers))
    assert [record.title for record in records] == ["New"]
    assert skipped == [(6, "the title is missing")]


def test_what_a_volume_says_ends_with_it() -> None:
    volume = '<volume id="{}"><meta><booktitle>{}</booktitle>{}</meta><paper id="1"><title>X</title></paper></volume>'
    volumes = volume.format(1, "A", "<year>2020</year>") + volume.format(2, "B", "")
    records, _ = read_one(acl_xml, f'<collection id="2020.x">{volumes}</collection>')
    assert [(r.title, r.venue, r.year, r.ids) for r in records] == [
        ("X", "A", 2020, (("acl", "2020.x-1.1"),)),
        ("X", "B", None, (("acl", "2020.x-2.1"),)),
    ]
