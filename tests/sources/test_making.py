"""Raw fields to records: what is cleaned, what is left out, and that nothing but a missing title refuses one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Record, Section
from kg.sources.dates import date_and_year
from kg.sources.heads import json_keys, xml_names, xml_root
from kg.sources.identifiers import SCHEMES, identifier
from kg.sources.making import Unfit, make_record
from kg.sources.markup import plain
from kg.sources.people import people, person
from kg.sources.sections import role_of
from kg.sources.text import MAX_TITLE_CHARS


def test_what_cannot_be_understood_is_left_out() -> None:
    record = make_record(
        source="a", key=7, title=" Deep\n Sets\0", abstract=None, year="soon", date="n/a", authors=["Roe, Max", " "],
        arxiv="none", doi="10.1", url="ftp:// nowhere", ids=[("s2", "x"), ("isbn", "1"), ("s2", 12)],
        references=[("doi", "10.1000/B"), ("doi", "10.1000/b"), ("doi", "?"), ("doi", "10.48550/arXiv.1703.06114")],
    )  # fmt: skip
    assert record == Record(
        "a", "7", "Deep Sets", authors=("Max Roe",), ids=(("s2", "12"),),
        references=(("arxiv", "1703.06114"), ("doi", "10.1000/b")),
    )  # fmt: skip


def test_an_address_or_a_doi_of_arxiv_gives_the_number() -> None:
    assert make_record(source="a", title="x", url="https://arxiv.org/abs/1703.06114v2").arxiv == "1703.06114"
    assert make_record(source="a", title="x", doi="10.48550/arXiv.1703.06114").arxiv == "1703.06114"
    assert make_record(source="a", title="x", ids=[("doi", "10.1000/A")]).doi == "10.1000/a"


def test_sections_are_cleaned_paragraph_by_paragraph() -> None:
    record = make_record(source="a", title="x", sections=[Section(" A  b", "method", "One \n\n two\t x \n")])
    assert record.sections == (Section("A b", "method", "One\ntwo x"),)


def test_a_key_is_made_of_what_is_said() -> None:
    one, same, other = (make_record(source="a", title=title).key for title in ("Sets", " Sets ", "Set"))
    assert one == same != other


@pytest.mark.parametrize("title", ["", None, " \n", "x" * (MAX_TITLE_CHARS + 1)])
def test_a_paper_needs_a_title_of_some_length(title: str | None) -> None:
    with pytest.raises(Unfit, match="the title is"):
        make_record(source="a", title=title)


def test_what_says_something_of_a_paper_elsewhere_needs_no_title() -> None:
    assert make_record(source="a", title="", untitled=True, ids=[("s2", "1")]).title == ""


@given(text=st.text(max_size=60), data=st.data())
def test_no_text_whatever_breaks_a_field(text: str, data: st.DataObject) -> None:
    scheme = data.draw(st.sampled_from(SCHEMES))
    found = identifier(scheme, text)
    assert found is None or identifier(scheme, found) == found
    day, year = date_and_year(text, text)
    assert day is None or (len(day) in (7, 10) and date_and_year(day)[0] == day)
    assert year is None or 1500 <= year < 2200
    assert person(person(text)) == person(text)
    assert all(people(text)) or people(text) == []
    assert plain(text) == plain(text).strip()
    assert role_of(text)
    record = make_record(
        source="a", title="x", abstract=text, year=text, date=text, authors=[text], arxiv=text, doi=text, venue=text,
        url=text, ids=[(scheme, text)], references=[(scheme, text)], key=text,
    )  # fmt: skip
    str(record).encode("utf-8")


@given(head=st.binary(max_size=200) | st.text(alphabet='{}[]":,a1 <>/!-?&;', max_size=60).map(str.encode))
def test_no_bytes_whatever_break_the_look_at_a_head(head: bytes) -> None:
    assert xml_root(head) is None or xml_names(head)
    assert all(isinstance(key, str) for key in json_keys(head))
