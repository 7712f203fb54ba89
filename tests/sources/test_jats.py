from kg.records import Record, Section
from kg.sources import jats
from kg.sources.formats import ReadOptions
from tests.sources.reading_one import read_one

ARTICLE = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2//EN" "JATS-journalpublishing1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML">
<front><journal-meta>
<journal-title-group><journal-title>Journal of Grids</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmid">31</article-id><article-id pub-id-type="pmc">77</article-id>
<article-id pub-id-type="doi">10.5555/A</article-id><article-categories><subj-group><subject>X</subject></subj-group>
</article-categories><title-group><article-title>Learning <italic>on</italic> Grids<xref ref-type="fn" rid="f1">*</xref>
<fn id="f1"><p>Funded.</p></fn></article-title><subtitle>A Study</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Example</surname><given-names>Ada</given-names></name>
<xref ref-type="aff">1</xref></contrib><contrib contrib-type="author"><collab>Grid Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>No</surname></name></contrib></contrib-group>
<pub-date pub-type="collection"><year>2022</year></pub-date>
<pub-date pub-type="epub"><day>2</day><month>1</month><year>2021</year></pub-date>
<abstract abstract-type="graphical"><p>Picture.</p></abstract>
<abstract><title>Abstract</title><sec><title>Background</title><p>Grids with
<inline-formula><mml:math><mml:msup><mml:mi>n</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></inline-formula>
cells.</p></sec>
<sec><title>Methods:</title><p>We use nets <xref ref-type="bibr">[1]</xref>.</p><p>And more.</p></sec></abstract>
</article-meta></front>
<body><sec sec-type="intro"><title>1. Why Grids</title><p>Once upon a time.</p>
<fig><caption><p>Fig.</p></caption></fig></sec>
<sec><title>Our Method</title><p>First.</p><sec><title>Loss</title><p>Second.</p></sec></sec>
<sec><title>Thanks</title><p>X.</p></sec></body>
<back><ref-list><ref id="r1"><element-citation><pub-id pub-id-type="doi">10.5555/OLD</pub-id>
<pub-id pub-id-type="pmid">12</pub-id></element-citation></ref></ref-list></back>
<sub-article><front-stub><title-group><article-title>Reply</article-title></title-group></front-stub></sub-article>
</article>"""


def test_the_front_matter_and_the_references_are_read() -> None:
    assert read_one(jats, ARTICLE) == (
        [
            Record(
                source="x",
                key="31",
                title="Learning on Grids: A Study",
                abstract="Background: Grids with n^2 cells. Methods: We use nets [1]. And more.",
                year=2021,
                date="2021-01-02",
                authors=("Ada Example", "Grid Group"),
                doi="10.5555/a",
                venue="Journal of Grids",
                ids=(("pmc", "PMC77"), ("pmid", "31")),
                references=(("doi", "10.5555/old"), ("pmid", "12")),
            )
        ],
        [],
    )


def test_sections_come_where_they_are_asked_for() -> None:
    (found,), _ = read_one(jats, ARTICLE, options=ReadOptions(sections=True))
    assert found.sections == (
        Section("Why Grids", "introduction", "Once upon a time."),
        Section("Our Method", "method", "First.\nSecond."),
        Section("Thanks", "other", "X."),
    )


def test_a_set_of_articles_is_read_and_one_without_a_title_is_told() -> None:
    title = "<title-group><article-title>{}</article-title></title-group>"
    article = f"<article><front><article-meta>{title}</article-meta></front></article>"
    content = (
        f"<pmc-articleset>\n{article.format('Grids')}\n{article.format('')}\n{article.format('Nets')}</pmc-articleset>"
    )
    records, skipped = read_one(jats, content)
    assert [(r.title, r.abstract, r.date, r.authors) for r in records] == [
        ("Grids", "", None, ()),
        ("Nets", "", None, ()),
    ]
    assert skipped == [(3, "the title is missing")]


def test_dates_in_words_and_names_in_other_forms_are_read() -> None:
    content = """<article><front><article-meta><title-group><article-title>Grids</article-title></title-group>
    <contrib-group><contrib><name-alternatives><name><surname>Li</surname><given-names>Mei</given-names></name>
    <string-name>李</string-name></name-alternatives></contrib><contrib><string-name>Bo Sample</string-name></contrib>
    </contrib-group><pub-date date-type="pub" iso-8601-date="2021-01-02"/><abstract>Plain.</abstract>
    </article-meta></front></article>"""
    (found,), _ = read_one(jats, content)
    assert (found.authors, found.date, found.abstract) == (("Mei Li", "Bo Sample"), "2021-01-02", "Plain.")
