"""Where sources disagree: told with what each says, and nothing told where they agree."""

from kg.records import Record
from kg.sources import join_with_records
from kg.sources.conflicts import Conflict, find_conflicts, origins

ONE = Record("a.bib", "1", "Deep Sets", doi="10.1000/a", year=2017, authors=("Ada Example",), abstract="We study.")


def test_spellings_of_one_title_and_years_side_by_side_are_no_conflict() -> None:
    other = Record("b.ris", "1", "Deep sets.", doi="10.1000/a", year=2018, authors=("A. Example",))
    assert find_conflicts([ONE, other]) == []


def test_two_titles_two_years_and_two_first_authors_are_conflicts() -> None:
    other = Record("b.ris", "1", "Sets", doi="10.1000/a", year=2020, authors=("Bo Sample",))
    assert find_conflicts([other, ONE]) == [
        Conflict(("doi-10-1000-a",), "first author", (("Ada Example", ("a.bib",)), ("Bo Sample", ("b.ris",)))),
        Conflict(("doi-10-1000-a",), "title", (("Deep Sets", ("a.bib",)), ("Sets", ("b.ris",)))),
        Conflict(("doi-10-1000-a",), "year", (("2017", ("a.bib",)), ("2020", ("b.ris",)))),
    ]


def test_two_dois_for_one_arxiv_number_are_a_conflict_between_two_papers() -> None:
    said = [Record("a", "1", "Deep Sets", arxiv="1703.06114", doi=f"10.1000/{letter}") for letter in "ab"]
    papers = ("doi-10-1000-a", "doi-10-1000-b")
    sayings = (("10.1000/a", ("a",)), ("10.1000/b", ("a",)))
    assert find_conflicts(said) == [Conflict(papers, "doi", sayings, "arxiv:1703.06114")]


def test_each_field_of_a_paper_is_known_to_be_from_some_sources() -> None:
    other = Record("b.ris", "1", "Deep Sets", doi="10.1000/a", venue="NeurIPS", ids=(("s2", "7"),))
    ((paper, records),) = join_with_records([ONE, other])
    assert origins(paper, records) == {
        "title": ("a.bib", "b.ris"),
        "abstract": ("a.bib",),
        "authors": ("a.bib",),
        "doi": ("a.bib", "b.ris"),
        "venue": ("b.ris",),
        "year": ("a.bib",),
        "s2": ("b.ris",),
    }
