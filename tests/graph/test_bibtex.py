from kg.graph import Graph, bibtex
from kg.graph.bibtex import escape_latex
from kg.records import Paper, Resolution

from .examples import RESNET, UNDATED, store_of


def test_an_entry_says_what_is_known_of_a_paper(graph: Graph) -> None:
    assert bibtex([graph.paper(RESNET)]) == (
        "@misc{he2015deep,\n"
        "  title = {Deep Residual Learning for Image Recognition},\n"
        "  author = {Kaiming He and Jian Sun},\n"
        "  year = {2015},\n"
        "  eprint = {1512.03385},\n"
        "  archiveprefix = {arXiv},\n"
        "}\n"
    )


def test_a_paper_without_author_and_year_is_named_by_its_title(graph: Graph) -> None:
    assert bibtex([graph.paper(UNDATED)]).startswith("@misc{b,\n  title = {A <b>Survey</b> of href},\n}")


def test_entries_of_one_key_are_told_apart() -> None:
    papers = tuple(Paper(f"t-{n}", f"Graphs, part {n}", "", 2020, authors=("Ada Müller",)) for n in range(3))
    with Graph(store_of(Resolution(papers=papers))) as graph:
        text = bibtex(reversed(graph.papers()))
    keys = [line for line in text.splitlines() if line.startswith("@")]
    assert keys == ["@misc{muller2020graphsa,", "@misc{muller2020graphsb,", "@misc{muller2020graphsc,"]


def test_a_paper_given_twice_stands_once(graph: Graph) -> None:
    paper = graph.paper(RESNET)
    assert bibtex([paper, paper]) == bibtex([paper])
    assert bibtex([]) == ""


def test_signs_of_latex_are_escaped_and_formulas_kept() -> None:
    assert escape_latex("a_b {c} ~ ^ \\d 5$") == (
        r"a\_b \{c\} \textasciitilde{} \textasciicircum{} \textbackslash{}d 5\$"
    )
    assert escape_latex("$n_1$ and n_1") == r"$n_1$ and n\_1"
