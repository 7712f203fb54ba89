"""Features of two methods of one paper: does the first come from, use, or beat the second?

Three groups are summed: what is said of the object wherever it stands (crossed with the subject's standing, and
shared by all subjects of one standing), what holds of the two names, and what each sentence says that names both.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from kg.extraction.paper_features import level
from kg.extraction.scene import Scene, Span
from kg.lexicon import Lexicon

# Words that tell of lineage, parts or victory, wherever they stand in a sentence.
CUES = frozenset(
    """
    outperforms outperform outperforming outperformed surpasses surpass surpassing surpassed exceeds exceed exceeding
    better than faster superior beats compared compare comparing comparable competitive replace replacing replaces
    replaced based variant variants inspired extend extends extending extended extension built build builds building
    such like using uses use used utilize utilizes utilizing employ employs employing leverage leverages leveraging
    adopt adopts adopting consists consisting composed comprises combines combining combine combination integrate
    integrates integrating incorporate incorporates incorporating into plug applied apply applying via with by through
    improve improves improving improved modify modified modification generalizes generalize generalization hybrid
    trained train training fine-tuned pretrained pre-trained contains containing includes including equipped augmented
    augment enhances enhance enhancing adapt adapts adapting adapted instead unlike existing however recent traditional
    conventional previous propose proposes proposed introduce introduces introduced called named our we backbone
    backbones baseline baselines over consists introduces implemented implement follow following derived unify
    unifies revisit rethinking special case from on top stacked encoder decoder both different various
    """.split()
)
_LIST = frozenset({",", "and", "or", "/", "&", "as", "well", "@", "the", "(", ")"})
_HOST = frozenset({"-", "–"})


def standing(probability: float, is_main: bool) -> str:
    """Return in one letter how surely the paper introduces a method: M for its main one, then H, P, L."""
    if is_main:
        return "M"
    return "H" if probability > 0.6 else "P" if probability > 0.2 else "L"


def object_features(scene: Scene, number: int, counts: tuple[int, ...]) -> set[str]:
    """Return what is said of a method wherever it stands, whoever the subject may be."""
    entity, spans = scene.entities[number], scene.spans[number]
    found = {f"kind={entity.type}", f"times{min(len(spans), 4)}"}
    for span in spans:
        found |= object_mention_features(scene, span)
    if not any(span.sentence == 0 for span in spans):
        found.add("not in title")
    if spans:
        share = spans[0].sentence / len(scene.sentence_tokens)
        found.add(f"first{level(share, (0.01, 0.2, 0.4, 0.6, 0.8))}")
    found.add(f"head={(entity.name.split() or ['-'])[-1].lower()}")
    seen = counts[0]
    found.add(f"seen{level(seen, (1, 2, 4, 8, 20))}")
    if seen:
        size = "+" if seen >= 4 else "-"
        found.update(f"p{role}{size}{level(counts[role] / seen, (0.01, 0.1, 0.25, 0.5))}" for role in (1, 4, 5, 6))
    return found


def object_mention_features(scene: Scene, span: Span) -> set[str]:
    """Return what stands around one mention of an object."""
    words = scene.words
    opens, closes = scene.sentence_tokens[span.sentence]
    left = words[max(opens, span.first - 10) : span.first]
    right = words[span.last : min(closes, span.last + 3)]
    where = "T" if span.sentence == 0 else ""
    found = {f"{where}l{min(distance, 2)}={word}" for distance, word in enumerate(reversed(left[-4:]))}
    found.update(f"{where}r{distance}={word}" for distance, word in enumerate(right))
    if len(left) > 1:
        found.add(f"{where}ll={left[-2]} {left[-1]}")
    elif not left:
        found.add(f"{where}opens")
    if len(right) > 1:
        found.add(f"{where}rr={right[0]} {right[1]}")
    cue = next((word for word in reversed(left) if word in CUES), None)
    if cue:
        found.add(f"{where}cue={cue}")
    if where:
        found.add("before colon" if span.first < scene.colon else "behind colon" if scene.colon >= 0 else "title")
    else:
        found.update(f"S={word}" for word in scene.sentence_words[span.sentence] & CUES)
    return found


def pair_features(
    scene: Scene,
    subject: int,
    target: int,
    standings: Sequence[str],
    counts: Sequence[tuple[int, ...]],
    lexicon: Lexicon,
) -> list[str]:
    """Return what holds of two methods as a pair, sentences apart.

    Args:
        scene: the paper.
        subject, target: places of the two among the paper's entities.
        standings: how surely each entity is introduced (see :func:`standing`).
        counts: for each entity what other papers say of its name.
        lexicon: the curated concepts.
    """
    one, other = scene.entities[subject], scene.entities[target]
    stand = standings[subject] + standings[target]
    kinds = f"{one.type[:4]}>{other.type[:4]}"
    found = ["b", f"I={stand}", f"k={kinds}", f"I={stand}&k={kinds}"]
    found.append(f"seen={min(counts[subject][0], 2)}{min(counts[target][0], 2)}")
    methods = len(scene.methods)
    found += [f"methods{level(methods, (3, 5, 7, 10))}", f"main{sum(s in 'MH' for s in standings)}"]
    if counts[subject][0]:
        found.append(f"A{level(counts[subject][7] / counts[subject][0], (0.01, 0.2, 0.5))}")
    first, second = scene.spans[subject], scene.spans[target]
    titles = ("A" if first and first[0].sentence == 0 else "") + ("B" if second and second[0].sentence == 0 else "")
    found += [f"title={titles}", f"title={titles}&k={kinds}", f"title={titles}&I={stand}"]
    found.append(f"times={min(len(first), 4)}")
    found.append("A first" if first[:1] < second[:1] else "B first")
    found += _lineage(scene, subject, target, lexicon)
    names = _names(scene.keys[subject], scene.keys[target])
    found += names
    found += [f"{name}&k={kinds}" for name in names]
    if scene.clues:
        found += scene.clues.of_pair(subject, target)
    return found


def _lineage(scene: Scene, subject: int, target: int, lexicon: Lexicon) -> Iterator[str]:
    """What curators say of the two, in either direction."""
    one, other = (lexicon.concepts.get(scene.entities[number].curated or "") for number in (subject, target))
    yield f"curated={int(one is not None)}{int(other is not None)}"
    if other is not None and other.family:
        yield "B is family"
    if one is None or other is None:
        return
    for first, second, way in ((one, other, ">"), (other, one, "<")):
        if second.id in first.based_on:
            yield f"known based_on{way}"
        if second.id in first.uses:
            yield f"known uses{way}"
        if second.id in first.broader:
            yield f"known broader{way}"


def _names(one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    """How two names overlap: Deformable DETR ends as DETR does."""
    found = set()
    for a in one:
        for b in other:
            if a == b or min(len(a), len(b)) < 3:
                continue
            if a.endswith(b):
                found.add("A ends B")
            elif a.startswith(b):
                found.add("A starts B")
            elif len(b) > 3 and b in a:
                found.add("A holds B")
            elif b.endswith(a):
                found.add("B ends A")
            elif len(a) > 3 and a in b:
                found.add("B holds A")
            elif a[-4:] == b[-4:]:
                found.add("same end")
    return sorted(found)


def shared_sentences(scene: Scene, subject: int, target: int) -> list[tuple[Span, Span]]:
    """Return for each sentence that names both the pair of mentions that stand closest, in text order."""
    others: dict[int, list[Span]] = {}
    for span in scene.spans[target]:
        others.setdefault(span.sentence, []).append(span)
    best: dict[int, tuple[int, Span, Span]] = {}
    for one in scene.spans[subject]:
        for other in others.get(one.sentence, ()):
            gap = other.first - one.last if other.first >= one.last else one.first - other.last
            if one.sentence not in best or gap < best[one.sentence][0]:
                best[one.sentence] = (gap, one, other)
    return [(one, other) for _, (_, one, other) in sorted(best.items())]


def sentence_features(
    scene: Scene, one: Span, other: Span, standings: Sequence[str], masked: Sequence[str]
) -> set[str]:
    """Return what one sentence says of a subject and an object that it names.

    Args:
        scene: the paper.
        one, other: mentions of the subject and of the object in that sentence.
        standings: how surely each entity is introduced.
        masked: the tokens, each mention's first replaced by ``@`` and the rest by nothing (see :func:`mask`).
    """
    forward = one.first < other.first
    order = "AB" if forward else "BA"
    if one.sentence == 0:
        order = "T" + order
    left, right = (one, other) if forward else (other, one)
    gap = right.first - left.last
    opens, closes = scene.sentence_tokens[one.sentence]
    words = scene.words
    between = [word for word in masked[left.last : right.first] if word]
    stand = standings[one.entity] + standings[other.entity]
    kinds = f"{scene.entities[one.entity].type[:4]}>{scene.entities[other.entity].type[:4]}"
    found = {order, f"{order}{stand}", f"{order}{kinds}", f"{order}gap{level(gap, (1, 2, 4, 8, 16))}"}
    found.update(f"{order}w={word}" for word in between[:18])
    found.update(f"{order}ww={a} {b}" for a, b in itertools.pairwise(between))
    if len(between) <= 4:
        found.add(f"{order}={' '.join(between)}")
        found.add(f"{order}{kinds}={' '.join(between)}")
    if between and all(word in _LIST for word in between):
        found.update(("list", f"list{stand}"))
    cues = [word for word in between if word in CUES]
    if cues:
        found.update((f"{order}last={cues[-1]}", f"{order}first={cues[0]}", f"{order}{kinds}last={cues[-1]}"))
        found.update((f"{order}{stand}last={cues[-1]}", f"{order}{kinds}first={cues[0]}"))
    else:
        found.add(f"{order}no cue")
    before = masked[max(opens, left.first - 5) : left.first]
    found.update(f"{order}pre={word}" for word in before[-4:] if word)
    found.update(f"{order}post={word}" for word in masked[right.last : min(closes, right.last + 4)] if word)
    found.add(f"{order}<={words[left.first - 1] if left.first > opens else '^'}")
    found.add(f"{order}>={words[right.last] if right.last < closes else '$'}")
    found.add(f"{order}<<={words[left.last] if left.last < closes else '$'}")
    found.add(f"{order}>>={words[right.first - 1]}")
    if right.last < closes and words[right.last] in _HOST and right.last + 1 < closes:
        found.add(f"{order}-{words[right.last + 1]}")
    if left.last < closes and words[left.last] in _HOST and left.last + 1 < closes:
        found.add(f"-{order}{words[left.last + 1]}")
    for word in scene.sentence_words[one.sentence] & CUES:
        found.update((f"{order}S={word}", f"{stand}S={word}"))
    inner = [span for span in scene.by_sentence[one.sentence] if left.first < span.first < right.first]
    found.add(f"{order}inner{min(len(inner), 3)}")
    return found


def mask(scene: Scene) -> list[str]:
    """Return the tokens in lower case with each mention as one ``@``."""
    words = list(scene.words)
    for spans in scene.spans:
        for span in spans:
            words[span.first : span.last] = ["@", *[""] * (span.last - span.first - 1)]
    return words
