import io
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.records import Record
from kg.sources import acl_xml, arxiv_atom, dblp, endnote_xml, jats, oai, pubmed, rss, tei
from kg.sources._xml import attribute, xml_records
from kg.sources._xml_text import flat, paragraphs
from kg.sources.formats import DEFAULTS, ReadOptions, SourceFormat
from kg.sources.limits import Limits
from tests.sources.reading_one import Skipped, read_one
from tests.sources.samples import samples
from tests.sources.writers_srx import WITHOUT_ABSTRACTS, WRITERS

ALL = {**WRITERS, **WITHOUT_ABSTRACTS}
XML = (acl_xml, arxiv_atom, dblp, endnote_xml, jats, oai, pubmed, rss, tei)
ENDS = {
    "ACL Anthology XML": b"</paper>",
    "Atom feed": b"</entry>",
    "DBLP XML": b"</article>",
    "EndNote XML": b"</record>",
    "JATS": b"</article>",
    "OAI-PMH": b"</record>",
    "PubMed XML": b"</PubmedArticle>",
    "RSS feed": b"</item>",
}


def texts(
    content: bytes | str, *tags: str, openers: tuple[str, ...] = (), options: ReadOptions = DEFAULTS
) -> tuple[list[tuple[int, str, str]], list[Skipped]]:
    data = content.encode() if isinstance(content, str) else content
    skipped: list[Skipped] = []

    def skip(place: int, reason: str, /, *, unit: str = "line") -> None:
        skipped.append((place, reason))

    found = xml_records(
        io.BufferedReader(io.BytesIO(data)),  # type: ignore[arg-type]
        tags=tags,
        openers=openers,
        skip=skip,
        options=options,
    )
    return [(line, element.tag, "".join(element.itertext())) for line, element in found], skipped


def test_records_come_with_their_lines_and_local_names() -> None:
    content = '<?xml version="1.0"?>\n<x:f xmlns:x="u">\n<x:e><x:a>1</x:a></x:e>\n\n<x:e>2</x:e></x:f>'
    assert texts(content, "e") == ([(3, "e", "1"), (5, "e", "2")], [])


def test_prefixes_need_no_declaration_and_attributes_are_found_by_their_local_names() -> None:
    assert texts("<f><e><b:a c:d='1'>x</b:a></e><e><q:a/>y</e></f>", "e")[0] == [(1, "e", "x"), (1, "e", "y")]
    assert attribute(fromstring('<a xmlns:x="u" x:href="b"/>'), "href") == "b"


def test_comments_and_sections_of_characters_hide_what_looks_like_a_record() -> None:
    content = "<f><!-- <e>1</e> --><e>2<!-- </e> --></e><e><![CDATA[<e>3</e>]]></e></f>"
    assert texts(content, "e") == ([(1, "e", "2"), (1, "e", "<e>3</e>")], [])


def test_openers_come_without_their_content() -> None:
    found, skipped = texts("<f><v n='>'><e>1</e></v><v/><e/></f>", "e", openers=("v",))
    assert (found, skipped) == ([(1, "v", ""), (1, "e", "1"), (1, "v", ""), (1, "e", "")], [])


def test_several_documents_in_one_file_are_read_like_one() -> None:
    page = '<?xml version="1.0"?>\n<f><e>1</e></f>\n'
    assert texts(page * 2, "e") == ([(2, "e", "1"), (4, "e", "1")], [])


def test_named_characters_are_those_of_html_and_unknown_ones_stay_as_written() -> None:
    assert texts("<f><e a='&eacute;'>M&uuml;ller &amp; &nope; &NotEqualTilde;</e></f>", "e")[0] == [
        (1, "e", "Müller & &nope; ≂̸")
    ]


def test_what_xml_forbids_but_harvests_hold_is_mended() -> None:
    assert texts(b"<f><e>a\x0bb &#3;AT&T &#xD800;c</e></f>", "e") == ([(1, "e", "a b  AT&T  c")], [])


def test_the_declared_encoding_is_heard() -> None:
    content = '<?xml version="1.0" encoding="ISO-8859-1"?><f><e>é</e></f>'
    assert texts(content.encode("latin-1"), "e") == ([(1, "e", "é")], [])


def test_damage_in_one_record_is_named_and_the_others_are_read() -> None:
    content = b"<f>\n<e>1</e>\n<e><a></b></e>\n<e>no end\n<e>2</e>\n</e>\n<e>\xff</e><e a=<b>3</e>\n<e>4</e>\n</f>"
    assert texts(content, "e") == (
        [(2, "e", "1"), (5, "e", "2"), (8, "e", "4")],
        [
            (3, "the record is not well-formed XML: mismatched tag"),
            (4, "<e> has no end before the next <e>"),
            (6, "</e> stands here without a beginning"),
            (7, "the record is not UTF-8 (byte 4 of it)"),
            (7, "the tag <e has no end"),
        ],
    )


def test_a_file_that_breaks_off_says_so() -> None:
    assert texts("<f>\n<e>1</e>\n<e>2", "e") == ([(2, "e", "1")], [(3, "the file is cut off within <e>")])
    assert texts("<f>\n<e>1</e>\n", "e") == ([(2, "e", "1")], [(3, "the file is cut off: </f> is missing")])
    assert texts("<v>\n<e>1</e>\n</v>", "e", openers=("v",))[1] == []
    assert texts("<v>\n<e>1</e>\n", "e", openers=("v",))[1] == [(3, "the file is cut off: </v> is missing")]


def test_a_record_that_is_too_long_is_left_out_and_the_rest_is_read() -> None:
    options = ReadOptions(limits=Limits(line_bytes=1000))
    assert texts(f"<f>\n<e>{'x' * 900_000}</e>\n<e>2</e></f>", "e", options=options) == (
        [(3, "e", "2")],
        [(2, "the record is longer than 1,000 bytes")],
    )


class Endless(io.RawIOBase):
    """A file of so many bytes, and how much was asked of it at once."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.most = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        self.most = max(self.most, len(buffer))
        text = b"<e>" + b"x" * 700 + b"</e><!-- " + b"y" * 900 + b" -->\n"
        count = min(len(buffer), self.left)
        buffer[:count] = (text * (count // len(text) + 1))[:count]
        self.left -= count
        return count


def test_memory_does_not_grow_with_the_file() -> None:
    file = Endless(20_000_000)
    records = xml_records(io.BufferedReader(file), tags=("e",), skip=lambda *_, unit="line": None)
    assert sum(1 for _ in records) > 10_000
    assert file.most <= 1024 * 1024


@pytest.mark.parametrize(
    "declaration",
    [
        "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>",
        "<!ENTITY c SYSTEM 'file:///etc/passwd'>",
        "<!ENTITY c SYSTEM 'http://example.org/x'>",
        "<!ENTITY % p SYSTEM 'http://example.org/x.dtd'> %p;",
    ],
)
@pytest.mark.parametrize("form", XML, ids=lambda form: form.name)
def test_a_file_that_declares_entities_is_refused_in_one_line(form: SourceFormat, declaration: str) -> None:
    written = ALL.get(form.name, WRITERS["OAI-PMH: arXiv"])(samples(1))
    written = WRITERS["RSS feed: RSS 2.0"](samples(1)) if form is rss else written
    if form is tei:
        written = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>'
    body = written.removeprefix(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    body = body.removeprefix(b'<!DOCTYPE dblp SYSTEM "dblp.dtd">\n').replace(b"Net", b"&c;")
    records, skipped = read_one(form, f"<!DOCTYPE x [{declaration}]>\n".encode() + body)
    assert records == []
    assert skipped == [
        (1, "the file declares entities of its own (<!ENTITY ...>), which are refused; save it without them")
    ]


@pytest.mark.parametrize("key", [key for key in ALL if key.partition(":")[0] in ENDS])
def test_damage_in_the_middle_of_any_xml_format_costs_one_paper_and_is_named(key: str) -> None:
    form = next(form for form in XML if form.name == key.partition(":")[0])
    data = ALL[key](samples(3))
    whole, nothing = read_one(form, data)
    assert (len(whole), nothing) == (3, [])
    # The second record ends in the middle of its title
    title, end = data.index(samples(3)[1].title[:9].encode()), ENDS[form.name]
    behind = data.index(end, title)
    records, skipped = read_one(form, data[: title + 5] + data[behind:])
    assert records == [whole[0], whole[2]]
    assert [(place > 1, "not well-formed" in reason) for place, reason in skipped] == [(True, True)]
    records, skipped = read_one(form, data[:behind] + data[behind + len(end) :])
    assert records == [whole[0], whole[2]]
    assert [(place > 1, "has no end" in reason) for place, reason in skipped] == [(True, True)]


@pytest.mark.parametrize(
    "hostile",
    [
        b"<f><e>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</e></f>",
        b"<f>" + b"<e>" * 20_000,
        b"<f>" + b"<!--" * 200_000,
        b"<f>" + b"<e><!--" * 20_000,
        b"<f>" + b"<![CDATA[" * 100_000,
        b"<f>" + b"</e>" * 20_000,
        b"<f><e" + b" a='" * 200_000,
        b"<f>" + b"<" * 500_000,
        b"<f><e>" + b"&" * 200_000 + b"</e></f>",
        b"<f><e>" + b"&x" * 100_000 + b";" * 100_000 + b"</e></f>",
        b"<f><e " + b"a:b='' " * 50_000 + b"/></f>",
    ],
    ids=lambda hostile: repr(hostile[:12]),
)
def test_hostile_xml_takes_time_in_proportion_to_its_length(hostile: bytes) -> None:
    found, skipped = texts(hostile, "e")
    assert len(found) <= 1
    assert found or skipped


PIECES = st.lists(
    st.binary(max_size=12)
    | st.sampled_from(
        [b"<e a='", *b"'> <f> </f> <e> </e> <e/> <!-- --> <![CDATA[ ]]> &uuml; <x:e> </x:e> <x:a/> &#0;".split()]
    ),
    max_size=14,
).map(b"".join)


@settings(max_examples=300, deadline=None)
@given(PIECES)
@example(b"<?xml version='1.0' encoding='utf-7'?><f><e>+ADw-</e></f>")
def test_no_bytes_whatever_crash_the_cutting_of_xml(content: bytes) -> None:
    for _, _, text in texts(content, "e", openers=("v",))[0]:
        text.encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_whatever_crashes_a_reader_of_xml(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(key for key in ALL if key.partition(":")[0] in ENDS)))
    form = next(form for form in XML if form.name == key.partition(":")[0])
    written = ALL[key](samples(2))
    at = data.draw(st.integers(0, len(written)))
    behind = data.draw(st.integers(at, min(len(written), at + 300)))
    broken = written[:at] + data.draw(st.binary(max_size=20)) + written[behind:]
    stream = io.BufferedReader(io.BytesIO(broken))  # type: ignore[arg-type]
    records: list[Record] = list(form.read(stream, source="x", skip=lambda *_, unit="line": None))
    for record in records:
        assert record.title
        str(record).encode("utf-8")


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<t>U<sup>2</sup>-Net for CO<sub>2</sub></t>", "U2-Net for CO2"),
        ("<t>10<sup>-3</sup> and 2<sup>nd</sup></t>", "10^-3 and 2nd"),
        ("<t>A<fn><p>Thanks</p></fn> B<xref ref-type='fn'>*</xref></t>", "A B"),
        (
            "<t><math><msub><mi>x</mi><mi>i</mi></msub><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math></t>",
            "x_i=1/2",
        ),
        ("<t>a <math><semantics><mi>β</mi><annotation>\\beta</annotation></semantics></math>-VAE</t>", "a β-VAE"),
        ("<t><alternatives><tex-math>\\beta</tex-math><math><mi>β</mi></math></alternatives>-VAE</t>", "β-VAE"),
        (
            "<t><tex-math>\\documentclass{x}\\begin{document}$$\\beta$$\\end{document}</tex-math>-VAE</t>",
            "$\\beta$-VAE",
        ),
        ("<t><math><msqrt><mi>n</mi></msqrt><msubsup><mi>a</mi><mn>1</mn><mn>2</mn></msubsup></math></t>", "√(n)a_1^2"),
        ("<tex-math>x</tex-math>", "$x$"),
        ("<t/>", ""),
    ],
)
def test_markup_in_a_text_becomes_what_people_write_in_a_line(xml: str, text: str) -> None:
    assert flat(fromstring(xml)) == text


def test_paragraphs_are_the_outermost_ones_outside_of_figures() -> None:
    section = fromstring("<s><title>H</title><p>a <p>b</p></p><fig><p>c</p></fig><s><p>d\n e</p><p/></s></s>")
    assert paragraphs(section, without={"fig"}) == ["a b", "d e"]
