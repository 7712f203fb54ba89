"""Features of two methods of one paper: does the first come from, use, or beat the second?

Three groups are summed: what is said of the object wherever it stands (crossed with the subject's standing, and
shared by all subjects of one standing), what holds of the two names, and what each sentence says that names both.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from kg.extraction.linear import Groups
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
        found.update(_said(scene.sentence_words[span.sentence]))
    return found


@lru_cache(maxsize=256)
def _said(words: frozenset[str]) -> tuple[str, ...]:
    """Return the cues of a sentence as features; it is asked for each of its pairs."""
    return tuple(f"S={word}" for word in words & CUES)


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
    kinds = _kinds(one.type, other.type)
    first, second = scene.spans[subject], scene.spans[target]
    titles = ("A" if first and first[0].sentence == 0 else "") + ("B" if second and second[0].sentence == 0 else "")
    found = [
        *_crossed(standings[subject] + standings[target], kinds, titles),
        f"seen={min(counts[subject][0], 2)}{min(counts[target][0], 2)}",
        f"methods{level(len(scene.methods), (3, 5, 7, 10))}",
        f"main{standings.count('M') + standings.count('H')}",
        f"times={min(len(first), 4)}",
        "A first" if first[:1] < second[:1] else "B first",
        *_lineage(scene, subject, target, lexicon),
    ]
    if counts[subject][0]:
        found.append(f"A{level(counts[subject][7] / counts[subject][0], (0.01, 0.2, 0.5))}")
    for name in _names(scene.keys[subject], scene.keys[target]):
        found += (name, f"{name}&k={kinds}")
    if scene.clues:
        found += scene.clues.of_pair(subject, target)
    return found


@lru_cache(maxsize=64)
def _kinds(one: str, other: str) -> str:
    return f"{one[:4]}>{other[:4]}"


@lru_cache(maxsize=1024)
def _crossed(stand: str, kinds: str, titles: str) -> tuple[str, ...]:
    """Return what two standings, two kinds and the title say, each alone and crossed; there are few of them."""
    title = f"title={titles}"
    return ("b", f"I={stand}", f"k={kinds}", f"I={stand}&k={kinds}", title, f"{title}&k={kinds}", f"{title}&I={stand}")


def _lineage(scene: Scene, subject: int, target: int, lexicon: Lexicon) -> list[str]:
    """What curators say of the two, in either direction."""
    one, other = (lexicon.concepts.get(scene.entities[number].curated or "") for number in (subject, target))
    found = [f"curated={'01'[one is not None]}{'01'[other is not None]}"]
    if other is not None and other.family:
        found.append("B is family")
    if one is None or other is None:
        return found
    for first, second, way in ((one, other, ">"), (other, one, "<")):
        if second.id in first.based_on:
            found.append(f"known based_on{way}")
        if second.id in first.uses:
            found.append(f"known uses{way}")
        if second.id in first.broader:
            found.append(f"known broader{way}")
    return found


def _names(one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    """How two names overlap: Deformable DETR ends as DETR does."""
    found = set()
    for a in one:
        for b in other:
            if a == b or min(len(a), len(b)) < 3:
                continue
            if b in a:
                if a.endswith(b):
                    found.add("A ends B")
                elif a.startswith(b):
                    found.add("A starts B")
                elif len(b) > 3:
                    found.add("A holds B")
            elif a in b:
                if b.endswith(a):
                    found.add("B ends A")
                elif len(a) > 3:
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


def sentence_groups(scene: Scene, one: Span, other: Span, standings: Sequence[str], masked: Sequence[str]) -> Groups:
    """Return what one sentence says of a subject and an object that it names, by what the features begin with.

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
    stand = standings[one.entity] + standings[other.entity]
    kinds = _kinds(scene.entities[one.entity].type, scene.entities[other.entity].type)
    between = [word for word in masked[left.last : right.first] if word]
    of_order = _around(scene, left, right, masked)
    of_order.update([f"w={word}" for word in between[:18]])
    of_order.update([f"ww={a} {b}" for a, b in pairwise(between)])
    of_stand, of_kinds = [""], [""]
    if len(between) <= 4:
        together = f"={' '.join(between)}"
        of_order.add(together)
        of_kinds.append(together)
    cues = [word for word in between if word in CUES]
    if cues:
        first, last = f"first={cues[0]}", f"last={cues[-1]}"
        of_order.update((first, last))
        of_kinds += (first, last)
        of_stand.append(last)
    else:
        of_order.add("no cue")
    said = _said(scene.sentence_words[one.sentence])
    of_order.update(said)
    listed = ("list", f"list{stand}") if between and _LIST.issuperset(between) else ()
    hung = _hung_on(scene, left)
    return (
        (order, of_order),
        (order + stand, of_stand),
        (order + kinds, of_kinds),
        (stand, said),
        ("", listed),
        ("-" + order, hung),
    )


def _around(scene: Scene, left: Span, right: Span, masked: Sequence[str]) -> set[str]:
    """Return what stands around two mentions in one sentence, and how far they are apart."""
    opens, closes = scene.sentence_tokens[left.sentence]
    words = scene.words
    inner = sum(left.first < span.first < right.first for span in scene.by_sentence[left.sentence])
    found = {
        "",
        f"gap{level(right.first - left.last, (1, 2, 4, 8, 16))}",
        f"inner{min(inner, 3)}",
        f"<={words[left.first - 1] if left.first > opens else '^'}",
        f">={words[right.last] if right.last < closes else '$'}",
        f"<<={words[left.last] if left.last < closes else '$'}",
        f">>={words[right.first - 1]}",
    }
    before = masked[max(opens, left.first - 5) : left.first]
    found.update([f"pre={word}" for word in before[-4:] if word])
    found.update([f"post={word}" for word in masked[right.last : min(closes, right.last + 4)] if word])
    found.update([f"-{word}" for word in _hung_on(scene, right)])
    return found


def _hung_on(scene: Scene, span: Span) -> Sequence[str]:
    """Return the word that a hyphen hangs on a mention ("FooNet-based"), if one does."""
    behind, closes = span.last, scene.sentence_tokens[span.sentence][1]
    return scene.words[behind + 1 : behind + 2] if behind + 1 < closes and scene.words[behind] in _HOST else ()


def mask(scene: Scene) -> list[str]:
    """Return the tokens in lower case with each mention as one ``@``."""
    words = list(scene.words)
    for spans in scene.spans:
        for span in spans:
            words[span.first : span.last] = ["@", *[""] * (span.last - span.first - 1)]
    return words
