"""Features of one entity: what they say of its place in the paper, its context, its name and its fame."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from kg.extraction import cues
from kg.extraction.linear import Groups, spelled
from kg.extraction.scene import Scene, Span
from kg.extraction.surfaces import is_coined
from kg.lexicon import Lexicon
from kg.names import fold

PROPOSING = frozenset(
    """
    propose proposes proposed proposing introduce introduces introduced introducing present presents presented
    presenting develop develops developed developing design designed devise devised named called dubbed termed novel
    new describe create created construct constructed build built contribute release released formulate namely
    formulated derive derived coined establish
    """.split()
)
_SENTENCE_CUES = frozenset(
    """
    outperforms outperform outperforming achieves achieve experiments evaluate evaluated evaluation datasets dataset
    such results benchmark benchmarks based existing however recent recently task tasks trained on including
    training demonstrate show tested applied application applications problem pre-trained state-of-the-art
    conventional traditional previous fine-tuning zero-shot compared baseline unlike inspired address
    """.split()
)
_OURS = frozenset({"we", "our", "ours", "us"})
# The words next to a mention, the nearest first.
_LEFT = ("l0=", "l1=", "l2=", "l2=")
_RIGHT = ("r0=", "r1=", "r2=", "r2=")


def level(value: float, borders: tuple[float, ...]) -> int:
    """Return how many borders, which ascend, a value reaches.

    >>> level(3, (1, 3, 6))
    2
    """
    return bisect_right(borders, value)


def entity_features(scene: Scene, number: int, counts: tuple[int, ...], lexicon: Lexicon) -> list[str]:
    """Return the features of an entity as the object of what a paper does with it: see :func:`entity_groups`."""
    return spelled(entity_groups(scene, number, counts, lexicon))


def entity_groups(scene: Scene, number: int, counts: tuple[int, ...], lexicon: Lexicon) -> Groups:
    """Return the features of an entity as the object of what a paper does with it, by what they begin with.

    Args:
        scene: the paper.
        number: the entity's place among the paper's entities.
        counts: what other papers say of its name (see :class:`kg.extraction.priors.Priors`).
        lexicon: the curated concepts.
    """
    entity = scene.entities[number]
    kind = entity.type
    plain = [*_fame(scene, number, counts, lexicon), *_place(scene, number), *_counts(scene, number)]
    plain.append(f"sure{level(entity.confidence, (0.4, 0.55, 0.7, 0.8, 0.9, 0.97))}")
    plain += _name(scene, number)
    context = mention_features(scene, scene.spans[number])
    strong = [feature for feature in context if feature[0] == "*"]
    known = "known" if counts[0] or entity.curated else "unknown"
    title = "T" if scene.spans[number] and scene.spans[number][0].sentence == 0 else "A"
    return (
        ("", ("b", kind, f"{known}{title}", f"{kind}{known}{title}")),
        ("", plain),
        ("", context),
        ("", scene.clues.of_entity(number) if scene.clues else ()),
        (known + "&", strong),
        (kind + "&", plain),
        (kind + "&", strong),
    )


def _fame(scene: Scene, number: int, counts: tuple[int, ...], lexicon: Lexicon) -> list[str]:
    """What is known of the name: from other papers and from the curators."""
    entity = scene.entities[number]
    seen = counts[0]
    found = [f"seen{level(seen, (1, 2, 4, 8, 20))}"]
    if seen:
        size = "+" if seen >= 4 else "-"
        found += [f"p{role}{size}{int(3.99 * counts[role] / seen)}" for role in (1, 2, 3)]
    concept = lexicon.concepts.get(entity.curated or "")
    if concept is None:
        found.append("uncurated")
    else:
        found.append("family" if concept.family else "curated")
        if concept.introduced_in:
            found.append("its paper" if fold(concept.introduced_in) == fold(scene.reading.title) else "other's paper")
    return found


def _place(scene: Scene, number: int) -> list[str]:
    spans = scene.spans[number]
    if not spans:
        return ["nowhere"]
    found = []
    title = [span for span in spans if span.sentence == 0]
    words, colon = scene.words, scene.colon
    if title:
        first = title[0]
        found.append("in title")
        if first.first == 0:
            found.append("opens title")
            if first.last == scene.title_tokens:
                found.append("is title")
        else:
            found.append(f"title<{words[first.first - 1]}")
        after = words[first.last] if first.last < scene.title_tokens else "$"
        found.append(f"title>{after}")
        if colon >= 0:
            found.append("names title" if first.last == colon and first.first <= 1 else
                         "before colon" if first.first < colon else "behind colon")  # fmt: skip
        else:
            found.append("no colon")
    abstract = [span for span in spans if span.sentence > 0]
    if abstract:
        total = len(scene.sentence_tokens)
        found.append(f"first{level(abstract[0].sentence / total, (0.15, 0.3, 0.45, 0.6, 0.8))}")
        found.append(f"last{level(abstract[-1].sentence / total, (0.3, 0.6, 0.8))}")
    else:
        found.append("only title")
    return found


def _counts(scene: Scene, number: int) -> list[str]:
    spans = scene.spans[number]
    mine = len(spans)
    firsts, times = scene.kin[scene.entities[number].type]
    # The most that another of the kind is named.
    most = times[-1] if times[-1] > mine else times[-2] if len(times) > 1 else 0
    earlier = bisect_left(firsts, spans[:1])
    found = [f"times{min(mine, 5)}", f"rank{min(earlier, 3)}", f"kin{min(len(times) - 1, 4)}"]
    found.append("most named" if mine > most else "as named" if mine == most else "less named")
    return found


def _name(scene: Scene, number: int) -> list[str]:
    entity = scene.entities[number]
    words = entity.name.split() or ["-"]
    found = [f"head={words[-1].lower()}", f"words{min(len(words), 5)}"]
    if any(is_coined(mention.text.split()[0]) for mention in entity.mentions if mention.text.split()):
        found.append("coined")
    if entity.aliases or len(scene.keys[number]) > 2:
        found.append("aliases")
    if len(words) == 1 and entity.name.isupper():
        found.append("capitals")
    return found


def mention_features(scene: Scene, spans: Sequence[Span]) -> set[str]:
    """Return what stands around some mentions in the abstract; what begins with ``*`` tells most."""
    found: set[str] = set()
    nearest, words, text = 99, scene.words, scene.reading.text
    for span in spans:
        if span.sentence == 0:
            continue
        opens, closes = scene.sentence_tokens[span.sentence]
        left = words[max(opens, span.first - 14) : span.first]
        right = words[span.last : min(closes, span.last + 4)]
        near = left[::-1]
        found.update([place + word for place, word in zip(_LEFT, near, strict=False)])
        found.update([place + word for place, word in zip(_RIGHT, right, strict=False)])
        if not PROPOSING.isdisjoint(left):
            proposing = [distance for distance, word in enumerate(near) if word in PROPOSING]
            nearest = min(nearest, proposing[0])
            found.update([f"L={near[distance]}" for distance in proposing])
        if len(left) > 1:
            found.add(f"ll={left[-2]} {left[-1]}")
        if len(right) > 1:
            found.add(f"rr={right[0]} {right[1]}")
        if span.first == opens:
            found.add("opens sentence")
        if not _OURS.isdisjoint(left):
            found.add("*we")
            if nearest < 99:
                found.add("*we propose")
        if left[-1:] == ["("]:
            found.add("*bracket")
        start = scene.reading.starts[span.first]
        before = text[max(scene.reading.starts[opens], start - 110) : start]
        if cues.NAMING.search(before):
            found.add("*named")
        if cues.PROPOSING.search(before):
            found.add("*proposed")
        if cues.OURS.search(before):
            found.add("*ours")
        said = scene.sentence_words[span.sentence]
        found.update(_said(said))
        if "*we propose" not in found and not _OURS.isdisjoint(said):
            found.add("our sentence")
    found.add(f"*far{level(nearest, (2, 4, 8, 12, 99))}")
    return found


@lru_cache(maxsize=256)
def _said(words: frozenset[str]) -> tuple[str, ...]:
    """Return the cues of a sentence as features; it is asked for each of its mentions."""
    return tuple(f"S={word}" for word in words & _SENTENCE_CUES)
