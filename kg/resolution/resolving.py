"""The second half of a build: a pure function of the set of extractions and the curated concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.lexicon import Lexicon
from kg.records import Extraction, Paper, Proof, Resolution
from kg.resolution.citations import citations
from kg.resolution.curated_edges import EdgeKey
from kg.resolution.curated_facts import curated_papers
from kg.resolution.curation import Curation
from kg.resolution.deciding import decide
from kg.resolution.drawing import Meaning, draw_edges, draw_scores, joined
from kg.resolution.local import Anchors, Local
from kg.resolution.said import read_said


def resolve(
    papers: Sequence[Paper],
    extractions: Mapping[str, Extraction],
    lexicon: Lexicon,
    curation: Curation | None = None,
) -> Resolution:
    """Return the graph of some papers, all at once; a build does the same paper by paper.

    The result depends on the set of papers alone, never on their order. Linear in what the papers say.

    Args:
        papers: distinct papers.
        extractions: by the paper's key; one for each paper.
        lexicon: the curated concepts.
        curation: what people decided on the graph.
    """
    papers = sorted(papers, key=lambda paper: paper.key)
    anchors = Anchors(lexicon)
    wordings: dict[Local, Local] = {}
    read = {paper.key: read_said(paper, extractions[paper.key], anchors, wordings) for paper in papers}
    curation = curation or Curation()
    decisions = decide(
        (said for said, _ in read.values()),
        lambda paper: read[paper][1],
        lexicon,
        curation=curation,
        named=curated_papers(papers, curation),
    )
    kinds, rules = decisions.kinds, decisions.rules
    proofs: dict[EdgeKey, set[Proof]] = defaultdict(set)
    scores = list(rules.stated_scores())
    for edge in rules.stated():
        proofs[edge.subject, edge.predicate, edge.object].update(edge.proofs)
    for paper in papers:
        names = decisions.meant.get(paper.key, {})
        meant = {name: Meaning(concept, kinds[concept]) for name, concept in names.items()}
        for edge in draw_edges(extractions[paper.key], meant, rules):
            proofs[edge.subject, edge.predicate, edge.object].update(edge.proofs)
        scores += draw_scores(extractions[paper.key], meant, rules)
    return Resolution(
        papers=tuple(papers),
        concepts=tuple(decisions.concepts),
        edges=tuple(joined(proofs)),
        scores=tuple(scores),
        merges=tuple(decisions.merges),
        decisions=decisions.uses(extractions.get),
        citations=tuple((citing, each) for citing, cited in citations(papers).items() for each in cited),
    )
