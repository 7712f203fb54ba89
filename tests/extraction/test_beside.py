"""What stands beside title and abstract: sections say where evidence stands, claims are weak and marked."""

from kg.extraction.beside import CLAIM_CONFIDENCE, in_sections, with_claims
from kg.records import Claim, Entity, Evidence, Extraction, Mention, Paper, Relation, Result, Section

PAPER = Paper(
    "t-1",
    "GridNet",
    abstract="We propose it.",
    sections=(Section("Introduction", "introduction", "It is new."), Section("Our grid", "method", "It uses FPN.")),
)
GRIDNET = Entity("GridNet", "architecture", 0.9, (Mention(0, 7, "GridNet"),))


def says(start: int, end: int, section: str | None = None) -> Evidence:
    return Evidence(PAPER.text[start:end], start, end, "model", 0.8, section)


def claimed(statement: str) -> Evidence:
    return Evidence(statement, 0, 0, "pwc", CLAIM_CONFIDENCE)


def test_the_text_of_a_paper_has_its_sections_behind_the_abstract() -> None:
    assert PAPER.text == "GridNet\nWe propose it.\nIt is new.\nIt uses FPN."


def test_evidence_says_in_which_section_it_stands() -> None:
    places = ((8, 22), (23, 33), (34, 46))
    relations = tuple(Relation("paper", "introduces", "GridNet", says(*place)) for place in places)
    found = Extraction("t-1", "GridNet", relations=relations)
    assert [relation.evidence for relation in in_sections(found, PAPER).relations] == [
        says(8, 22), says(23, 33, "introduction"), says(34, 46, "method"),
    ]  # fmt: skip


def test_a_paper_with_neither_stays_as_it_is() -> None:
    found, paper = Extraction("t-1", "GridNet", (GRIDNET,)), Paper("t-1", "GridNet")
    assert with_claims(in_sections(found, paper), paper) is found


def test_a_claim_is_about_what_the_text_names_where_it_names_it() -> None:
    paper = Paper(
        "t-1",
        "GridNet",
        claims=(
            Claim("paper", "introduces", "Grid Net", "technique", "pwc", "It says so."),
            Claim("paper", "evaluates_on", "COCO", "dataset", "pwc", "It lists COCO.", (("alias", "MS COCO"),)),
        ),
    )
    found = with_claims(Extraction("t-1", "GridNet", (GRIDNET,)), paper)
    coco = Entity("COCO", "dataset", CLAIM_CONFIDENCE, (), kinds=(("dataset", 1.0),), aliases=("MS COCO",))
    assert found.entities == (GRIDNET, coco)
    assert found.relations == (
        Relation("paper", "evaluates_on", "COCO", claimed("It lists COCO.")),
        Relation("paper", "introduces", "GridNet", claimed("It says so.")),
    )


def test_a_claimed_score_is_a_result_and_one_without_a_number_is_none() -> None:
    about = (("dataset", "COCO"), ("metric", "AP"))
    paper = Paper(
        "t-1",
        "GridNet",
        claims=(
            Claim("GridNet", "reports", "51.2%", "", "pwc", "The table says so.", about),
            Claim("GridNet", "reports", "best", "", "pwc", "The table says so.", about),
        ),
    )
    found = with_claims(Extraction("t-1", "GridNet", (GRIDNET,)), paper)
    score = Result("GridNet", None, "COCO", "AP", "51.2%", 51.2, "%", None, claimed("The table says so."))
    assert found.results == (score,)
    assert [entity.name for entity in found.entities] == ["GridNet", "AP", "COCO"]


def test_a_thing_of_another_kind_with_the_same_name_is_another_thing() -> None:
    paper = Paper("t-1", "GridNet", claims=(Claim("paper", "evaluates_on", "GridNet", "dataset", "pwc", "It says."),))
    found = with_claims(Extraction("t-1", "GridNet", (GRIDNET,)), paper)
    assert [(entity.name, entity.type) for entity in found.entities] == [
        ("GridNet", "architecture"), ("GridNet (dataset)", "dataset"),
    ]  # fmt: skip
