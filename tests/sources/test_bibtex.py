"""BibTeX and BibLaTeX: macros, parents, dates and names in every custom; damage; macros that grow."""

from __future__ import annotations

import pytest

from kg.records import Record
from kg.sources import bibtex
from kg.sources.formats import ReadOptions
from kg.sources.limits import Limits
from tests.sources.reading_one import read_one

ANTHOLOGY = r"""
@proceedings{samples-2021-main,
    title = "Proceedings of the Meeting on Samples",
    editor = "Roe, Max",
    year = "2021"
}
@inproceedings{example-roe-2021-gridset,
    title = "{G}rid{S}et: A Na{\"\i}ve 5{\%} {G}ain for {CNN}s with $\beta$-Grids",
    author = "Example, Ada  and
      van der Roe, Max  and
      {\'E}tienne, Zo{\'e}",
    booktitle = "Proceedings of the Meeting on Samples",
    month = mar,
    year = "2021",
    address = "Online",
    publisher = "Association for Samples",
    url = "https://aclanthology.org/2021.samples-main.7/",
    doi = "10.5555/v1/2021.samples-main.7",
    pages = "1--9",
    abstract = "We propose GridSet, which extends \textit{ResNet}. It gains 5{\%} -- cheaply."
}
"""


def first(text: str) -> Record:
    records, left = read_one(bibtex, text)
    assert left == []
    return records[0]


def test_an_entry_of_the_acl_anthology_is_read_and_its_volume_is_no_paper() -> None:
    assert read_one(bibtex, ANTHOLOGY) == (
        [
            Record(
                source="x",
                key="example-roe-2021-gridset",
                title="GridSet: A Naïve 5% Gain for CNNs with $\\beta$-Grids",
                abstract="We propose GridSet, which extends ResNet. It gains 5% – cheaply.",
                year=2021,
                date="2021-03",
                authors=("Ada Example", "Max van der Roe", "Zoé Étienne"),
                doi="10.5555/v1/2021.samples-main.7",
                venue="Proceedings of the Meeting on Samples",
                url="https://aclanthology.org/2021.samples-main.7/",
                ids=(("acl", "2021.samples-main.7"),),
            )
        ],
        [],
    )


def test_macros_are_filled_in_and_joined_whatever_their_case() -> None:
    text = """@STRING{smp = "Conf.\\\\ on " # {Samples}}
@string(year0 = 2021)
@article(roe, title = {A Grid}, journal = SMP # { (} # Year0 # ")", year = year0, month = "4~" # aug)
"""
    record = first(text)
    assert (record.venue, record.year, record.date) == ("Conf. on Samples (2021)", 2021, "2021-08-04")


def test_an_entry_takes_from_its_parent_what_it_lacks_wherever_the_parent_stands() -> None:
    text = """@inproceedings{a, title = {First}, crossref = {Vol}}
@inproceedings{c, title = {Third}, crossref = {lost}}
@proceedings{vol, title = {The Volume}, year = 2020, month = may}
@inproceedings{b, title = {Second}, crossref = {vol}, year = 2021}
@xdata{common, journaltitle = {Journal of Samples}, date = {2019-02-03}}
@article{d, title = {Fourth}, xdata = {common}}
"""
    records, left = read_one(bibtex, text)
    assert left == []
    assert {record.key: (record.venue, record.date, record.year) for record in records} == {
        "a": ("The Volume", "2020-05", 2020),
        "b": ("The Volume", "2021-05", 2021),
        "c": (None, None, None),
        "d": ("Journal of Samples", "2019-02-03", 2019),
    }


@pytest.mark.parametrize(
    ("fields", "date", "year"),
    [
        ("year = 2021, month = 3", "2021-03", 2021),
        ("year = {2021}, month = {March}, day = {4}", "2021-03-04", 2021),
        ("year = 2021, month = {Mar. 4--6}", "2021-03-04", 2021),
        ("year = 2021, month = {Spring}", None, 2021),
        ("date = {2021-03-04/2021-03-06}", "2021-03-04", 2021),
        ("date = {2021-03}", "2021-03", 2021),
        ("date = {2021~}", None, 2021),
        ("year = {in press}", None, None),
        ("year = " + 5000 * "9" + ", month = 3", None, None),
    ],
)
def test_dates_are_read_in_every_custom(fields: str, date: str | None, year: int | None) -> None:
    record = first(f"@article{{roe, title = {{A Grid}}, {fields}}}")
    assert (record.date, record.year) == (date, year)


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {2103.00123v2}, archiveprefix = {arXiv}, primaryclass = {cs.LG}",
        "eprint = {2103.00123}, eprinttype = {arxiv}",
        "eprint = {arXiv:2103.00123}",
        "journal = {arXiv preprint arXiv:2103.00123}",
        "journal = {CoRR}, volume = {abs/2103.00123}",
        "note = {arXiv:2103.00123 [cs]}",
        "url = {https://arxiv.org/abs/2103.00123}",
        "doi = {10.48550/arXiv.2103.00123}",
        "howpublished = {\\url{http://x.org}, arXiv:2103.00123}",
    ],
)
def test_an_arxiv_number_is_found_in_every_custom(fields: str) -> None:
    assert first(f"@misc{{roe, title = {{A Grid}}, {fields}}}").arxiv == "2103.00123"


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("Ada Example and Roe, Jr., Max", ("Ada Example", "Max Roe Jr.")),
        ("{Grids, Inc.} and {The Grid and Sample Group} and others", ("Grids Inc.", "The Grid and Sample Group")),
        ("family={van der Roe}, given=Max and others", ("Max van der Roe",)),
        ('family=M{\\"u}ller, given=Zo{\\"e}, given-i=Z', ("Zoë Müller",)),
        ("Example, Ada\n AND\tRoe, Max", ("Ada Example", "Max Roe")),
        ("", ()),
    ],
)  # fmt: skip
def test_names_are_read_in_every_form(authors: str, names: tuple[str, ...]) -> None:
    assert first(f"@article{{roe, title = {{A Grid}}, author = {{{authors}}}}}").authors == names


def test_identifiers_of_other_houses_are_kept() -> None:
    record = first(
        "@article{DBLP:journals/smp/Roe21, title = {A Grid}, subtitle = {A Study}, doi = {https://doi.org/10.5555/a\\_b},"
        " eprinttype = {pubmed}, eprint = {88}, pmcid = {PMC99}, url = {https://openreview.net/forum?id=GridSet_001}}"
    )
    assert record.title == "A Grid: A Study"
    assert record.doi == "10.5555/a_b"
    assert record.ids == (
        ("dblp", "journals/smp/Roe21"), ("openreview", "GridSet_001"), ("pmc", "PMC99"), ("pmid", "88"),
    )  # fmt: skip


def test_a_second_entry_with_the_same_key_is_read_under_another() -> None:
    records, left = read_one(bibtex, "@article{a, title={First}}\n@article{a, title={Second}}\n")
    assert [record.title for record in records] == ["First", "Second"]
    assert len({record.key for record in records}) == 2
    assert left == []


def test_comments_settings_and_things_that_are_no_papers_are_passed_over() -> None:
    text = """% Encoding: UTF-8
This file was written by hand.
@comment{jabref-meta: databaseType:bibtex;}
@preamble{"\\newcommand{\\x}{y}"}
@software{tool, title = {A Tool}}
@article{a, title = {A Grid}}
"""
    records, left = read_one(bibtex, text)
    assert ([record.key for record in records], left) == (["a"], [])


def test_damage_costs_its_entry() -> None:
    text = """@article{a, title = {First}}
@article{b, title = {Never closed, year = 2021
}
@article{c, title = {Third} year = 2021}
@article{d, author = {Roe, Max}}
@article{e title = {No comma}}
@article{f, title = {Last}}
"""
    records, left = read_one(bibtex, text)
    assert [(record.key, record.year) for record in records] == [("a", None), ("c", 2021), ("f", None)]
    assert left == [
        (2, "a brace or a quotation mark of the entry is never closed"),
        (5, "the title is missing (entry d)"),
        (6, "the entry cannot be read: Expected comma after entry key, but found ="),
    ]


def test_lines_are_counted_through_a_long_file() -> None:
    entries = [f"@article{{k{n},\n  title = {{Paper {n}}},\n  note = {{{'x' * 200}}}\n}}\n" for n in range(1_000)]
    entries[900] = "@article{broken\n"
    records, left = read_one(bibtex, "".join(entries))
    assert len(records) == 999
    assert [line for line, _ in left] == [3_601]


def test_an_entry_beyond_the_limit_is_left_out() -> None:
    long = "@article{b,\n title = {Second},\n note = {" + "some words\n" * 400 + "}}\n"
    text = "@article{a, title = {First}}\n" + long + "@article{c, title = {Third}}\n"
    records, left = read_one(bibtex, text, options=ReadOptions(limits=Limits(line_bytes=1_000)))
    assert [record.key for record in records] == ["a", "c"]
    assert left == [(2, "the entry is longer than 1,000 bytes")]


def test_macros_made_of_themselves_do_not_grow_without_end() -> None:
    growing = "@string{a = {Sample } # {Sample }}\n" + "@string{a = a # a}\n" * 100
    records, left = read_one(bibtex, growing + "@article{b, title = {A Grid}, journal = a # a}\n")
    assert left == []
    assert len(records[0].venue or "") <= 1_000


@pytest.mark.parametrize(
    ("head", "is_bibtex"),
    [
        (b"@article{a,\n title = {A}}", True),
        (b"\xc2\xa0\n\n% by hand\n@InProceedings {a, Title = {A}}", True),
        (b'@string{x = "y"}', True),
        (b"@article{a,}", True),
        (b"@prefix mg: <https://example.org/> .", False),
        (b"# Notes\n\n```\n@article{a, title = {A}}\n```\n", False),
        (b"@media {a, b}", False),
        (b"by @someone {at home}", False),
        (b"<html>\n@article{a, title = {A}}", False),
    ],
)
def test_a_bibliography_is_told_from_texts_that_quote_one(head: bytes, is_bibtex: bool) -> None:
    assert bibtex.recognise(head) is is_bibtex
