"""What one paper calls a thing, before other papers are heard: its names, its definitions, its curated concept."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from kg.lexicon import Lexicon
from kg.names import fold, plain, slug
from kg.records import KINDS, METHOD_KINDS, Entity
from kg.resolution.expansions import akin, conflict, expands, initials, may_expand, spells
from kg.resolution.sizes import are_versions, is_coined, loose_stem, split_size, without_head
from kg.resolution.spelling import identity_key

_MILLION = 1_000_000
_SENSE_MARK = re.compile(rf" \((?:{'|'.join(KINDS)})(?: \d+)?\)$")


def group_of(kind: str) -> str:
    """Return the group of a kind: names are shared only within one (methods with tasks, data sets, metrics)."""
    return "method" if kind in METHOD_KINDS or kind == "task" else kind


class Local(NamedTuple):
    """What a paper calls a thing, with what tells who it is and nothing else.

    Papers that call a thing alike share one: they are many, and what is known of a name is worked out once. A tuple,
    since all of a corpus are made in each build.

    Attributes:
        said: the entity's name in the extraction, by which the paper's relations refer to it.
        kind: the likeliest.
        kinds: all that were considered.
        group: see :func:`group_of`.
        name: by which the paper calls it.
        key: the identity key of the name.
        slug: of the name.
        names: all that it is called there and that is its own, the name first; none where the curators know better.
        keys: the identity keys of the names.
        pairs: (long, short) forms that the text declares to be one, those first that spell the short one out.
        curated: the identifier of the curated concept that it is, if any.
        refused: the curated concept that its name suggests and its definition rules out.
        configurations: the sizes of it that the paper names.
    """

    said: str
    kind: str
    kinds: tuple[str, ...]
    group: str
    name: str
    key: str
    slug: str
    names: tuple[str, ...]
    keys: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    curated: str | None = None
    refused: str | None = None
    configurations: tuple[str, ...] = ()


class Anchors:
    """The curated concepts by identity key and group."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.concepts = lexicon.concepts
        self._by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._keys: dict[str, frozenset[str]] = {}
        for concept in lexicon.concepts.values():
            keys = frozenset(identity_key(name) for name in concept.names) - {""}
            self._keys[concept.id] = keys
            for key in sorted(keys):
                self._by_key[group_of(concept.kind), key].append(concept.id)

    def bearing(self, key: str, group: str) -> Sequence[str]:
        """Return the concepts of a group that bear a name, those that prefer it first."""
        return self._by_key.get((group, key), ())

    def keys(self, identifier: str) -> frozenset[str]:
        """Return the identity keys of a concept's names."""
        return self._keys[identifier]

    def one(self, key: str, group: str, kind: str | None = None) -> str | None:
        """Return the concept of a group that a name means; where several bear it, that which prefers it or fits."""
        found = self.bearing(key, group)
        if len(found) <= 1:
            return found[0] if found else None
        of_kind = [i for i in found if self.concepts[i].kind == kind] or list(found)
        preferring = [i for i in of_kind if identity_key(self.concepts[i].name) == key] or of_kind
        # Curated namesakes of one kind: the earlier one is the better known.
        return min(preferring, key=lambda i: (self.concepts[i].year or 9999, i))


def read_local(entity: Entity, anchors: Anchors) -> Local:
    """Return an entity of a paper with its names, definitions and curated concept."""
    group = group_of(entity.type)
    name, names = _names(entity, group)
    pairs = _pairs(names, entity.aliases)
    curated, refused = _curated(entity, group, names, pairs, anchors)
    if curated is not None:
        pairs = tuple(pair for pair in pairs if _tells(pair, curated, group, anchors))
    own = tuple(said for said in names if _is_own(said, curated, group, pairs, anchors))
    names = own if own or curated is not None else (name,)
    # What extraction takes for a size may be a version, which is a name.
    sizes = {said for said in (*entity.configurations, *(m.text for m in entity.mentions)) if split_size(said)[1]}
    if curated is None and refused is None and group == "method" and name.casefold().endswith("supervised"):
        # "Self-supervised" alone is self-supervised learning.
        curated = anchors.one(identity_key(f"{name} learning"), group)
    if curated is None and refused is None and group == "method" and (stem := loose_stem(name)) is not None:
        curated = anchors.one(identity_key(stem), group, entity.type)
        sizes |= {name} if curated is not None else set()
    configurations = tuple(sorted(sizes)) if group == "method" else ()
    return Local(
        said=entity.name,
        kind=entity.type,
        kinds=tuple(kind for kind, _ in _kinds(entity)),
        group=group,
        name=name,
        key=identity_key(name),
        slug=slug(name),
        names=names,
        keys=tuple(map(identity_key, names)),
        pairs=pairs,
        curated=curated,
        refused=refused,
        configurations=configurations,
    )


def read_votes(entity: Entity) -> list[int]:
    """Return how sure a paper is of each kind that it considers for an entity, in millionths."""
    # Whole numbers: their sum is the same in any order.
    return [round(entity.confidence * score * _MILLION) for _, score in _kinds(entity)]


def _kinds(entity: Entity) -> Sequence[tuple[str, float]]:
    return entity.kinds or ((entity.type, 1.0),)


def _names(entity: Entity, group: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of an entity in its paper, and all names; sizes and what the lexicon calls it are left out."""
    cut = (lambda said: split_size(plain(said))[0]) if group == "method" else plain
    surfaces = [cut(mention.text) for mention in entity.mentions]
    declared = [cut(alias) for alias in entity.aliases]
    own = plain(_SENSE_MARK.sub("", entity.name))
    said = {identity_key(surface) for surface in (*surfaces, *declared)}
    if surfaces and identity_key(own) not in said:
        counts = Counter(surfaces)
        own = min(counts, key=lambda surface: (-counts[surface], surface))
    own = without_head(own, group) or own
    spelled = [surface for surface in dict.fromkeys(surfaces) if expands(surface, own) or expands(own, surface)]
    further = [said for said in (*declared, *sorted(set(spelled))) if not are_versions(said, own)]
    return own, tuple(dict.fromkeys([own, *further]))


def _pairs(names: Sequence[str], declared: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what a text declares to be one, as (long, short)."""
    if len(names) < 2:
        return ()
    spelled = {(long, short) for long in names for short in names if expands(long, short)}
    # What is said of the name itself comes first.
    found = sorted(spelled, key=lambda pair: (names[0] not in pair, -len(pair[0]), pair))
    in_pairs = {name for pair in found for name in pair}
    # What else the text declares the same ("also called"), the shorter name taken for the short form.
    own = names[0]
    if found and own not in in_pairs:
        found.append((found[0][0], own))
    for other in sorted(set(declared)):
        if other not in in_pairs and other in names and other != own and fold(other) != fold(own):
            long, short = sorted((own, other), key=lambda name: (-len(name), name))
            found.append((long, short))
    return tuple(found)


def _curated(
    entity: Entity, group: str, names: Sequence[str], pairs: Sequence[tuple[str, str]], anchors: Anchors
) -> tuple[str | None, str | None]:
    """Return the curated concept of an entity, and the one that its definition rules out."""
    longs = [long for long, short in pairs if expands(long, short)]
    telling = [long for long, short in pairs if spells(long, short)]
    own = anchors.one(identity_key(names[0]), group, entity.type)
    for long in longs:
        meant = anchors.one(identity_key(long), group, entity.type)
        if meant is not None:
            # "Deep reinforcement learning (RL)" is deep reinforcement learning, wherever the long form begins.
            whole = own is not None and " " in names[0] and identity_key(names[0]).endswith(identity_key(long))
            return own if whole else meant, None
    candidates = [entity.curated] if entity.curated is not None and entity.curated in anchors.concepts else []
    if own is not None and " " in names[0] and not any(identity_key(names[0]) in anchors.keys(i) for i in candidates):
        # What is called by the whole name of another concept is that one: "deep reinforcement learning (RL)".
        candidates.insert(0, own)
    for name in names:
        meant = anchors.one(identity_key(name), group, entity.type)
        if meant is not None and meant not in candidates:
            candidates.append(meant)
    said = frozenset(identity_key(name) for name in (*names, *(mention.text for mention in entity.mentions)))
    for candidate in candidates:
        if not _ruled_out(candidate, telling, pairs, said, anchors):
            return candidate, None
    return None, candidates[0] if candidates else None


def _tells(pair: tuple[str, str], curated: str, group: str, anchors: Anchors) -> bool:
    """Return whether a definition tells names of a curated concept, and not of something more special or general."""
    long, short = pair
    if not expands(long, short):
        return False
    concept, key = anchors.concepts[curated], identity_key(short)
    if key in anchors.keys(curated):
        known = [name for name in concept.names if may_expand(name, short)]
        return not known or any(akin(long, name) for name in known)
    # A short name that the curators do not know must be plain initials: others are of systems that build on it.
    if key not in initials(long) or not any(akin(long, name) for name in concept.names):
        return False
    # "Deep reinforcement learning (RL)" makes RL no name of deep reinforcement learning.
    others = [
        name for i in anchors.bearing(key, group) for name in anchors.concepts[i].names if may_expand(name, short)
    ]
    return all(conflict(long, name) for name in others)


def _is_own(said: str, curated: str | None, group: str, pairs: Sequence[tuple[str, str]], anchors: Anchors) -> bool:
    """Return whether a further name is one of a thing's own: not what another curated concept is called."""
    if curated is None:
        return is_coined(said) or not anchors.bearing(identity_key(said), group)
    key = identity_key(said)
    return key in anchors.keys(curated) or any(said in pair and (said == pair[0] or is_coined(said)) for pair in pairs)


def _ruled_out(
    identifier: str, longs: Sequence[str], pairs: Sequence[tuple[str, str]], said: frozenset[str], anchors: Anchors
) -> bool:
    """Return whether a text defines a name in a way that cannot be this concept.

    Either it spells one of the concept's short names out as something else, or it gives a short name of its own to
    something more special and does not name the concept itself.
    """
    concept, keys = anchors.concepts[identifier], anchors.keys(identifier)
    for long, short in pairs:
        if long not in longs:
            continue
        if identity_key(short) in keys:
            known = [name for name in concept.names if may_expand(name, short)]
            if known and all(conflict(long, name) for name in known):
                return True
        elif not said & keys and not any(akin(long, name) for name in concept.names):
            return True
    return False
