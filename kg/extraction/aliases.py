"""Which chosen forms of a paper are names of one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.extraction.findings import Findings, Place
from kg.extraction.surfaces import is_coined, split_configuration
from kg.extraction.walking import name_hash
from kg.lexicon import Lexicon
from kg.names import fold
from kg.records import KINDS

_METHODS = frozenset({0, 1, 2})
# Words that a name may have behind it, or before it, or not.
_TAIL = frozenset(
    """
    network networks model models layer layers block blocks module modules architecture architectures method methods
    loss losses mechanism mechanisms operation operations dataset datasets benchmark benchmarks task tasks framework
    algorithm algorithms technique operator operators unit units function strategy learning challenge corpus score
    scores problem problems optimizer metric index
    """.split()
)
_FRONT = frozenset(
    "deep standard vanilla plain conventional traditional proposed classical modern original single the".split()
)
_SMALL = frozenset("a an the of for with and in on to by from via".split())


@dataclass(frozen=True)
class Choice:
    """A form that was chosen.

    Attributes:
        name: its hash.
        places: where it stands, as numbers of tokens; no two choices share one.
        surfaces: its spellings, in the order of the places.
        kinds: the probability of each kind, in the order of ``KINDS``.
        concepts: the curated concepts that bear it.
    """

    name: int
    places: list[Place]
    surfaces: list[str]
    kinds: tuple[float, ...]
    concepts: tuple[str, ...] = ()

    @cached_property
    def kind(self) -> int:
        """The number of the likeliest kind."""
        return self.kinds.index(max(self.kinds))


@dataclass
class Group:
    """Choices that are one thing."""

    choices: list[Choice] = field(default_factory=list)

    @property
    def kinds(self) -> tuple[float, ...]:
        """The weight of each kind over the choices, the surer and more frequent ones counting more."""
        return tuple(
            sum(choice.kinds[kind] * (1 + 0.3 * min(len(choice.places), 5)) for choice in self.choices)
            for kind in range(len(KINDS))
        )

    @property
    def kind(self) -> int:
        """The number of the likeliest kind."""
        kinds = self.kinds
        return kinds.index(max(kinds))


def group_aliases(
    choices: Sequence[Choice], findings: Findings, lexicon: Lexicon, standard: Mapping[int, int]
) -> list[Group]:
    """Return the choices in groups of one thing each, in the order of their first places.

    Args:
        choices: the chosen forms.
        findings: of the text, for its definitions.
        lexicon: the curated concepts.
        standard: the hash of the standard name of an annotated name, where it is another.
    """
    parent = list(range(len(choices)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for one, other in _pairs(choices, findings, lexicon, standard):
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    groups: dict[int, Group] = defaultdict(Group)
    for number, choice in enumerate(choices):
        groups[root(number)].choices.append(choice)
    return sorted(groups.values(), key=lambda group: min(choice.places[0] for choice in group.choices))


def _pairs(
    choices: Sequence[Choice], findings: Findings, lexicon: Lexicon, standard: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    by_name = {choice.name: number for number, choice in enumerate(choices)}
    yield from _defined(choices, findings)
    by_standard: dict[tuple[int, bool], int] = {}
    by_concept: dict[str, int] = {}
    for number, choice in enumerate(choices):
        key = (standard.get(choice.name, choice.name), _is_method(choice))
        if key in by_standard:
            yield by_standard[key], number
        by_standard.setdefault(key, number)
        for concept in choice.concepts:
            if len(choice.concepts) == 1 and concept in by_concept:
                yield by_concept[concept], number
            by_concept.setdefault(concept, number)
    by_stem: dict[int, int] = {}
    for number, choice in enumerate(choices):
        for surface in sorted(set(choice.surfaces)):
            for other in _variants(surface, choice):
                shorter = by_name.get(other, number)
                if shorter != number and _alike(choice, choices[shorter]) and not _are_two(choice, choices[shorter]):
                    yield shorter, number
            if choice.kind in _METHODS:
                stem, configuration = split_configuration(surface)
                if configuration is None:
                    continue
                key_of_stem = name_hash(stem)
                key_of_stem = standard.get(key_of_stem, key_of_stem)
                if key_of_stem in by_stem and by_stem[key_of_stem] != number:
                    yield by_stem[key_of_stem], number
                by_stem.setdefault(key_of_stem, number)
                for same in (by_standard.get((key_of_stem, True)), by_name.get(key_of_stem)):
                    if same is not None and same != number and choices[same].kind in _METHODS:
                        yield same, number
                known = lexicon.find(stem)
                if known is not None and known.id in by_concept and by_concept[known.id] != number:
                    yield by_concept[known.id], number
    yield from _initials(choices)


def _is_method(choice: Choice) -> bool:
    return choice.kind in _METHODS


def _alike(one: Choice, other: Choice) -> bool:
    return one.kind == other.kind or (_is_method(one) and _is_method(other))


def _are_two(one: Choice, other: Choice) -> bool:
    """Return whether curators know both, as two things."""
    return bool(one.concepts and other.concepts) and set(one.concepts).isdisjoint(other.concepts)


def _defined(choices: Sequence[Choice], findings: Findings) -> Iterator[tuple[int, int]]:
    """Yield long and short forms of the definitions; the chosen long form may begin a little before the defined one.

    It may not begin behind it: a "layout diffusion model (LDM)" is no diffusion model. And where the short form is the
    name of a curated concept, what is longer than its definition is a concept of its own: "offline reinforcement
    learning (RL)".
    """
    ends: dict[int, list[tuple[int, int]]] = defaultdict(list)
    at: dict[Place, int] = {}
    for number, choice in enumerate(choices):
        for place in choice.places:
            ends[place[1]].append((place[0], number))
            at[place] = number
    for (first, last), place in findings.definitions:
        short = at.get(place)
        for start, number in ends.get(last, ()):
            if short is None or number == short or not first - 4 <= start <= first:
                continue
            known = choices[short].concepts
            if start == first or not known or set(known) & set(choices[number].concepts):
                yield number, short


def _variants(surface: str, choice: Choice) -> Iterator[int]:
    """Yield the hashes of what a name is called with a word less, or spelled otherwise."""
    words = surface.split()
    if len(words) > 1:
        if words[-1].lower() in _TAIL:
            yield name_hash(" ".join(words[:-1]))
        if words[0].lower() in _FRONT:
            yield name_hash(" ".join(words[1:]))
    respelled = surface.replace("isation", "ization").replace("ising", "izing").replace("modelling", "modeling")
    if respelled != surface:
        yield name_hash(respelled)
    if len(surface) > 2 and surface[-1] == "s" and surface[-2].isupper():
        yield name_hash(surface[:-1])
    if choice.kind not in _METHODS and fold(surface) == "imagenet":
        yield name_hash("ImageNet-1K")


def _initials(choices: Sequence[Choice]) -> Iterator[tuple[int, int]]:
    """Yield coined short names with the descriptive names from whose words they are put together."""
    shorts = [
        (number, "".join(c for c in surface.rstrip("s") if c.isalnum()).casefold())
        for number, choice in enumerate(choices)
        for surface in sorted(set(choice.surfaces))
        if 2 <= len(surface) <= 14 and " " not in surface and sum(map(str.isupper, surface)) >= 2
    ]
    if not shorts:
        return
    for number, choice in enumerate(choices):
        surface = choice.surfaces[0]
        words = [word.casefold() for word in surface.replace("-", " ").split()]
        # The names of a curated concept are known, and a coined name is no description (ViT-CoMer is no ViT).
        if len(words) < 2 or len(words) > 9 or choice.concepts or is_coined(surface):
            continue
        for short, letters in shorts:
            fitting = short != number and letters[:1] == words[0][:1] and _alike(choice, choices[short])
            # A curated acronym has long forms of its own: Stochastic Reweighted Gradient Descent is no SGD.
            if fitting and put_together(letters, words, spared=0 if choices[short].concepts else 1):
                yield number, short


def put_together(letters: str, words: Sequence[str], *, spared: int = 1) -> bool:
    """Return whether a short name consists of beginnings of the words of a long one, with few words left out.

    Small words (and, of, ...) may be left out besides; the first word may not.

    Args:
        letters: of the short name, folded.
        words: of the long name, folded.
        spared: how many words may be left out of a short name of more than two letters.

    >>> put_together("fignet", ["face", "interaction", "graph", "network"])
    True
    >>> put_together("bpfre", ["blemish", "aware", "and", "progressive", "face", "retouching"])
    True
    >>> put_together("clip", ["contrastive", "learning"])
    False
    >>> put_together("sgd", ["stochastic", "reweighted", "gradient", "descent"], spared=0)
    False
    """

    def fits(at: int, word: int, left: int) -> bool:
        if at == len(letters):
            return sum(w not in _SMALL for w in words[word:]) <= left
        if word == len(words):
            return False
        text = words[word]
        size = 0
        while size < len(text) and at + size < len(letters) and text[size] == letters[at + size]:
            size += 1
        # A number counts whole: CIFAR-10 is not CIFAR-100.
        shortest = len(text) if text[0].isdigit() else 1
        for used in range(size, shortest - 1, -1):
            if fits(at + used, word + 1, left):
                return True
        if word and text in _SMALL:
            return fits(at, word + 1, left)
        return bool(word) and left > 0 and fits(at, word + 1, left - 1)

    return len(letters) >= 2 and fits(0, 0, spared if len(letters) > 2 else 0)
