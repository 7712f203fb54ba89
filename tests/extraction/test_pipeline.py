from __future__ import annotations

import itertools
import json
from pathlib import Path

import jsonschema
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.extraction import Extractor, extraction_schema, make_pipeline
from kg.records import Extraction, Paper, to_json

EXTRACTOR = Extractor()
WORDS = st.sampled_from(
    """We propose GridNet a Transformer (ViT) for object detection on COCO . , : ; 51.2% mAP ResNet-50
    outperforms $\\alpha$ -Net \\textbf{ } ( ) [1] e.g. et al. https://x.org/GridNet “ ”
    é ﬁ 模型 نموذج \u200b \u0007 🙂 self - attention 1,000 ++""".split()
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


def check(text: str, found: Extraction) -> None:
    """Whatever a text is, what is read out of it must be well formed, and every offset must give its text back."""
    jsonschema.validate(to_json(found), extraction_schema())
    names = [entity.name for entity in found.entities]
    both = [*found.entities, *found.candidates]
    assert len({entity.name for entity in both}) == len(both)
    assert all(text[m.start : m.end] == m.text for entity in both for m in entity.mentions)
    spans = sorted((mention.start, mention.end) for entity in both for mention in entity.mentions)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    for said in (*found.relations, *found.results):
        assert text[said.evidence.start : said.evidence.end] == said.evidence.sentence
    for relation in found.relations:
        assert {relation.subject, relation.object} <= {*names, "paper"}
    for result in found.results:
        assert {result.method, result.dataset, result.metric, result.task} <= {*names, None}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_no_text_breaks_the_reading_or_its_offsets(title: str, abstract: str) -> None:
    paper = Paper("t-1", title.replace("\n", " "), abstract)
    check(paper.text, EXTRACTOR.extract(paper))


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("", ""),
        ("", "We propose GridNet."),
        ("GridNet", ""),
        ("GridNet: Grids", "We propose GridNet for image classification. " * 3_000),
        ("GridNet", "GridNet " * 700),
        ("$\\alpha$", "$\\mathcal{O}(n^2)$ $$\\sum_i x_i$$ \\cite{a} \\textbf{b}"),
        ("شبكة", "نقترح نموذجا جديدا للتعرف على الصور باستخدام ResNet."),
        ("Netzwerk fÃ¼r Bilder", "Wir schlagen â€œGridNetâ€\x9d vor."),
    ],
    ids=["nothing", "no title", "no abstract", "very long", "one sentence", "only LaTeX", "right to left", "mojibake"],
)
def test_odd_papers_are_read(title: str, abstract: str) -> None:
    paper = Paper("t-1", title, abstract)
    check(paper.text, EXTRACTOR.extract(paper))


def test_the_same_text_gives_the_same_extraction_alone_or_among_others() -> None:
    papers = [Paper(f"t-{n}", f"GridNet{n}: Grids for ResNet", "We propose it for COCO. " * n) for n in range(5)]
    alone = [Extractor().extract(paper) for paper in papers]
    assert list(EXTRACTOR.extract_all(papers[::-1]))[::-1] == alone


def test_the_schema_is_a_schema_and_json_goes_there_and_back() -> None:
    jsonschema.Draft202012Validator.check_schema(extraction_schema())
    found = EXTRACTOR.extract(Paper("t-1", "GridNet: A CNN for Object Detection", "GridNet reaches 51.2% AP on COCO."))
    assert Extraction.from_json(json.loads(json.dumps(to_json(found)))) == found


def test_the_components_are_found_by_spacy_itself() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    nlp.add_pipe("kg_concepts")
    doc = nlp("GridNet: A Transformer for Image Classification\nWe propose GridNet.")
    assert [(span.text, span.label_) for span in doc.spans["kg"]][:1] == [("GridNet", "architecture")]
    assert [(r.subject, r.predicate, r.object) for r in doc._.kg.relations if r.predicate == "introduces"] == [
        ("paper", "introduces", "GridNet")
    ]


def test_fifty_thousand_words_are_read() -> None:
    names = (f"Grid{chr(65 + i % 26)}{chr(97 + i // 26 % 26)}Net{i}" for i in range(6_300))
    paper = Paper("t-1", "Grids", " ".join(f"We propose {name} for image classification on COCO. " for name in names))
    assert len(paper.abstract.split()) > 50_000
    check(paper.text, Extractor(model="fast").extract(paper))


def test_a_pipeline_goes_to_disk_and_back(tmp_path: Path) -> None:
    text = "GridNet: A Transformer\nWe propose GridNet."
    nlp = make_pipeline()
    nlp.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline")(text)._.kg == nlp(text)._.kg


def test_a_folder_without_models_is_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="kg train"):
        Extractor(model=tmp_path)


def test_the_digest_knows_the_text_and_the_options() -> None:
    one, other = Paper("t-1", "GridNet"), Paper("t-1", "GridNet", "New.")
    assert EXTRACTOR.digest(one) != EXTRACTOR.digest(other)
    assert EXTRACTOR.digest(one) == Extractor().digest(Paper("t-9", "GridNet"))
    assert EXTRACTOR.digest(one) != Extractor(accept=0.9).digest(one)


def test_what_scores_too_low_is_a_candidate_that_no_statement_names() -> None:
    text = (
        "The spline layer and tensor gating help in robust planning and weather nowcasting on the Harbor corpus. "
        "Packets are routed by a gradient router with tree memory, and a smart trick keeps the flow sparse."
    )
    found = EXTRACTOR.extract(Paper("t-1", "GridNet: Gated Grids", text))
    assert found.candidates
    stated = {name for r in found.relations for name in (r.subject, r.object)}
    assert stated.isdisjoint(candidate.name for candidate in found.candidates)
    assert max(c.confidence for c in found.candidates) < max(e.confidence for e in found.entities)
