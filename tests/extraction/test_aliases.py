from kg.extraction.aliases import Choice, group_aliases
from kg.extraction.findings import Finders
from kg.extraction.forms import span_hash
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.walking import name_hash
from kg.lexicon.concepts import CuratedConcept, index
from kg.records import KINDS
from tests.extraction.scenes import read

LEXICON = index(
    [
        CuratedConcept("resnet", "ResNet", "architecture", ("Residual Network",)),
        CuratedConcept("fgn", "FGN", "architecture"),
        CuratedConcept("focal-grid", "Focal Grid", "technique"),
        CuratedConcept("deep-focal-grid", "Deep Focal Grid", "technique"),
    ]
)
FINDERS = Finders(LEXICON, Gazetteer({}, {}, frozenset()))


def groups(text: str, standard: dict[str, str] | None = None, **kinds: str) -> list[list[str]]:
    """Return the names in groups; they are given as ``name=kind``, with ``__`` for a hyphen and ``_`` for a space."""
    findings = FINDERS.find(read(text))
    tokens = findings.tokens
    concepts = {(first, last): bearers for first, last, bearers in findings.curated}
    choices = []
    for key, kind in kinds.items():
        name = key.replace("__", "-").replace("_", " ")
        start = text.index(name)
        place = tokens.at_start[start], tokens.at_end[start + len(name)]
        scores = tuple(float(kind == other) for other in KINDS)
        choices.append(Choice(span_hash(findings.pieces, *place), [place], [name], scores, concepts.get(place, ())))
    said = {name_hash(form): name_hash(name) for form, name in (standard or {}).items()}
    return [[c.surfaces[0] for c in group.choices] for group in group_aliases(choices, findings, LEXICON, said)]


def test_a_definition_joins_its_two_forms() -> None:
    text = "We use a frozen image backbone (FIB) here"
    assert groups(text, frozen_image_backbone="module", FIB="module") == [["frozen image backbone", "FIB"]]


def test_the_lexicon_joins_its_names_and_a_size_belongs_to_its_system() -> None:
    text = "A residual network such as ResNet-50"
    assert groups(text, residual_network="architecture", ResNet__50="architecture") == [
        ["residual network", "ResNet-50"]
    ]


def test_a_number_of_a_dataset_is_no_size() -> None:
    assert len(groups("On CIFAR-10 and CIFAR-100", CIFAR__10="dataset", CIFAR__100="dataset")) == 2


def test_a_generic_last_word_makes_no_other_name() -> None:
    assert groups("Focal and Focal loss", Focal="technique", Focal_loss="technique") == [["Focal", "Focal loss"]]


def test_a_name_put_together_from_words_is_one_with_them() -> None:
    text = "FIGNet learns. Face Interaction Graph Network"
    assert groups(text, FIGNet="architecture", Face_Interaction_Graph_Network="architecture") == [
        ["FIGNet", "Face Interaction Graph Network"]
    ]


def test_what_annotated_papers_call_one_thing_is_one() -> None:
    text = "Labels in patches and tiles"
    assert groups(text, patches="module", tiles="module") == [["patches"], ["tiles"]]
    assert groups(text, {"tiles": "patch"}, patches="module", tiles="module") == [["patches", "tiles"]]


def test_names_of_other_kinds_stay_apart() -> None:
    text = "Focal on Focal benchmark"
    assert len(groups(text, Focal_benchmark="dataset")) == 1


def test_the_end_of_a_defined_name_is_not_what_it_defines() -> None:
    text = "We use a layout diffusion model (LDM) here"
    assert groups(text, diffusion_model="architecture", LDM="architecture") == [["diffusion model"], ["LDM"]]


def test_a_name_that_begins_before_a_definition_is_one_with_it_unless_curators_know_the_short_form() -> None:
    frozen = "We use a very frozen image backbone (FIB) here"
    assert groups(frozen, very_frozen_image_backbone="module", FIB="module") == [["very frozen image backbone", "FIB"]]
    wide = "We use a wide residual network (ResNet) here"
    assert len(groups(wide, wide_residual_network="architecture", ResNet="architecture")) == 2


def test_what_curators_know_as_two_things_are_no_variants_of_one_name() -> None:
    text = "A focal grid and a deep focal grid, a grid search and a deep grid search"
    assert len(groups(text, focal_grid="technique", deep_focal_grid="technique")) == 2
    assert len(groups(text, grid_search="technique", deep_grid_search="technique")) == 1


def test_a_curated_acronym_is_not_put_together_from_words_of_which_one_is_left_out() -> None:
    text = "A frozen grid and FGN, the Frozen Graph Node Network"
    assert groups(text, FGN="architecture", Frozen_Graph_Node_Network="architecture") == [
        ["FGN"],
        ["Frozen Graph Node Network"],
    ]
