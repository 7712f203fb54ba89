"""Features of numbers that may be scores, and of what they may be scores of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.extraction.paper_features import level
from kg.extraction.scene import Scene, Span
from kg.extraction.values import Value

_JOINTS = frozenset({",", "and", "/", "&", "or", "%", "\\%", "\\", "(", ")", "respectively", "vs", "vs."})
_CUES = frozenset(
    """
    achieves achieve achieved achieving obtains obtain obtained reaches reach reached attains attain yields yield
    accuracy score scores result results performance outperforms outperforming surpasses improvement improvements
    improves improve improving gain gains increase increases reduction reduces reduce error margin respectively from to
    by than only parameters faster times speedup speed points compared state-of-the-art record best
    """.split()
)


def value_features(scene: Scene, value: Value, values: Sequence[Value]) -> set[str]:
    """Return what tells a score from a gain, a cost, a count or a size.

    Args:
        scene: the paper.
        value: the number.
        values: all numbers of the paper.
    """
    words = scene.words
    opens, closes = scene.sentence_tokens[value.sentence]
    left = words[max(opens, value.first - 6) : value.first]
    right = words[value.last : min(closes, value.last + 6)]
    decimals = len(value.digits.partition(".")[2])
    form = f"{value.unit or '-'}{min(decimals, 3)}"
    size = level(value.number, (1, 2, 10, 20, 40, 60, 80, 100.001, 1000))
    found = {"b", f"form{form}", f"size{size}", f"form{form}size{size}"}
    for distance, word in enumerate(reversed(left)):
        found.update((f"l{distance}={word}" if distance < 3 else f"l3={word}", f"l={word}"))
    for distance, word in enumerate(right):
        found.update((f"r{distance}={word}" if distance < 3 else f"r3={word}", f"r={word}"))
    found.add(f"ll={' '.join(left[-2:])}")
    found.add(f"lll={' '.join(left[-3:])}")
    found.add(f"rr={' '.join(right[:2])}")
    found.update(f"S={word}" for word in scene.sentence_words[value.sentence] & _CUES)
    inside = scene.by_sentence.get(value.sentence, [])
    for kind in ("metric", "dataset", "task"):
        spans = [span for span in inside if scene.entities[span.entity].type == kind]
        found.add(f"{kind}{min(len(spans), 2)}")
        if spans:
            gap = min(_gap(value, span) for span in spans)
            found.update((f"{kind}near{level(gap, (1, 2, 3, 5, 8, 14))}", f"{kind}near{level(gap, (2, 5))}{form}"))
    found.add(f"metrics{any(entity.type == 'metric' for entity in scene.entities)}")
    beside = [v for v in values if v.sentence == value.sentence]
    found.add(f"beside{min(len(beside), 4)}")
    place = beside.index(value)
    for other, way in ((place - 1, "<"), (place + 1, ">")):
        if 0 <= other < len(beside):
            between = _between(words, beside[other], value)
            found.add(f"{way}form{'same' if beside[other].unit == value.unit else 'other'}")
            found.add(f"{way}gap{level(len(between), (1, 2, 3, 6))}")
            if len(between) <= 3:
                found.add(f"{way}{' '.join(between)}")
    # A list shares what stands before its first and behind its last number.
    first, last = _list(words, beside, place)
    if first != value or last != value:
        found.add("list")
        found.update(f"Ll={word}" for word in words[max(opens, first.first - 3) : first.first])
        found.update(f"Lr={word}" for word in words[last.last : min(closes, last.last + 3)])
    share = value.sentence / len(scene.sentence_tokens)
    found.add(f"where{level(share, (0.4, 0.6, 0.8))}")
    return found


def link_features(scene: Scene, value: Value, number: int, values: Sequence[Value], *, main: int | None) -> set[str]:
    """Return what tells whether an entity is the metric, the data set or the method of a score.

    Args:
        scene: the paper.
        value: the score.
        number: the entity.
        values: the numbers of the paper that may be scores.
        main: the paper's main method.
    """
    entity = scene.entities[number]
    role = "method" if entity.type in {"architecture", "module", "technique"} else entity.type
    plain: set[str] = {"b", f"kind={entity.type}"}
    rivals = scene.rivals[entity.type]
    plain.add(f"rivals{min(len(rivals) - 1, 3)}")
    if role == "method":
        plain.add("main" if number == main else "not main" if main is not None else "no main")
        plain.add(f"main{min(len(rivals) - 1, 3)}" if number == main else "other")
    spans = scene.spans[number]
    inside = [span for span in spans if span.sentence == value.sentence]
    if inside:
        plain |= _inside(scene, value, number, inside, values, rivals)
    else:
        before = [span.sentence for span in spans if 0 < span.sentence < value.sentence]
        away = value.sentence - max(before) if before else 9
        plain.add(f"away{min(away, 4)}")
        named = {scene.entities[s.entity].type for s in scene.by_sentence.get(value.sentence, ())}
        there = any(count > (kind == entity.type) for kind, count in scene.rival_kinds[entity.type] if kind in named)
        plain.add("kin there" if there else "no kin there")
        if spans and spans[0].sentence == 0:
            plain.add("in title")
        if len(spans) == 1 and spans[0].sentence > value.sentence:
            plain.add("only later")
    return {f"{role}:{feature}" for feature in plain}


def none_features(scene: Scene, value: Value, role: str) -> set[str]:
    """Return what tells that a score names no metric or data set at all."""
    inside = sum(scene.entities[span.entity].type == role for span in scene.by_sentence.get(value.sentence, ()))
    anywhere = sum(entity.type == role for entity in scene.entities)
    plain = {"none", f"none inside{min(inside, 2)}", f"none of{min(anywhere, 3)}", f"none{min(inside, 1)}{value.unit}"}
    return {f"{role}:{feature}" for feature in plain}


def _inside(
    scene: Scene,
    value: Value,
    number: int,
    inside: Sequence[Span],
    values: Sequence[Value],
    rivals: Collection[int],
) -> set[str]:
    """What holds of an entity that the score's own sentence names."""
    words = scene.words
    span = min(inside, key=lambda s: (_gap(value, s), s.first))
    before = span.last <= value.first
    way = "<" if before else ">"
    gap = _gap(value, span)
    between = words[span.last : value.first] if before else words[value.last : span.first]
    found = {"here", f"{way}gap{level(gap, (1, 2, 3, 5, 8, 14))}", way}
    found.update(f"{way}w={word}" for word in between[:8])
    if len(between) <= 3:
        found.add(f"{way}{' '.join(between)}")
    found.add(f"{way}at={words[span.first - 1] if span.first else '^'}")
    beside = [v for v in values if v.sentence == value.sentence]
    crossed = sum(1 for v in beside if (span.last <= v.first < value.first) or (value.last <= v.first < span.first))
    found.add(f"{way}values{min(crossed, 3)}")
    kin = [s for s in scene.by_sentence[value.sentence] if s.entity in rivals and s.entity != number]
    nearer = sum(1 for s in kin if _gap(value, s) < gap)
    inner = sum(1 for s in kin if (span.last <= s.first < value.first) or (value.last <= s.first < span.first))
    found.update(
        (f"nearer{min(nearer, 3)}", f"{way}inner{min(inner, 3)}", f"{way}nearer{min(nearer, 2)}{min(crossed, 2)}")
    )
    # The first of two values goes with the first of two names.
    names = list(dict.fromkeys(s.entity for s in scene.by_sentence[value.sentence] if s.entity == number or s in kin))
    same_side = [
        n for n in names if n == number or any(s.entity == n and (s.first > value.first) != before for s in kin)
    ]
    for label, order in (("all", names), ("side", same_side)):
        if len(order) == len(beside) > 1:
            found.add(f"aligned {label}" if order.index(number) == beside.index(value) else f"crossed {label}")
    if "respectively" in scene.sentence_words[value.sentence]:
        found.update([f"respectively {f}" for f in found if f.startswith(("aligned", "crossed"))])
    return found


def _gap(value: Value, span: Span) -> int:
    return span.first - value.last if span.first >= value.last else max(0, value.first - span.last)


def _between(words: Sequence[str], one: Value, other: Value) -> Sequence[str]:
    left, right = (one, other) if one.first < other.first else (other, one)
    return words[left.last : right.first]


def _list(words: Sequence[str], beside: Sequence[Value], place: int) -> tuple[Value, Value]:
    """Return the first and the last number of the list in which a number stands."""
    first = last = place
    while first > 0 and all(word in _JOINTS for word in _between(words, beside[first - 1], beside[first])):
        first -= 1
    while last + 1 < len(beside) and all(word in _JOINTS for word in _between(words, beside[last], beside[last + 1])):
        last += 1
    return beside[first], beside[last]
