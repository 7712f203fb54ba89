"""How decisions find what they are about, and what becomes of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.records import Concept, DecisionUse
from kg.resolution.curation import Curation, Decision, Reference
from kg.resolution.spelling import identity_key


class Journal:
    """What becomes of each decision while a graph is made."""

    def __init__(self, curation: Curation) -> None:
        self._notes: dict[str, DecisionUse] = {
            decision.words: DecisionUse(decision.words, used=False) for decision in curation.decisions
        }

    def used(self, decision: Decision) -> None:
        """Note that the graph is another one for a decision."""
        self._notes[decision.words] = DecisionUse(decision.words, used=True)

    def unused(self, decision: Decision, note: str) -> None:
        """Note why a decision changed nothing, unless it did elsewhere."""
        if not self._notes[decision.words].used:
            self._notes[decision.words] = DecisionUse(decision.words, used=False, note=note)

    @property
    def uses(self) -> tuple[DecisionUse, ...]:
        """What became of each decision, sorted by its words."""
        return tuple(self._notes.values())


class Names:
    """Concepts by what decisions call them.

    Args:
        concepts: all of them.
        renamed: what other identifiers stand for.
    """

    def __init__(self, concepts: Sequence[Concept], renamed: Mapping[str, str] | None = None) -> None:
        self.kinds: dict[str, str] = {}
        self.preferred: dict[str, str] = {}
        self._curated = frozenset(concept.id for concept in concepts if concept.curated)
        self._bearers: dict[str, set[str]] = defaultdict(set)
        self._renamed = dict(renamed or {})
        for concept in concepts:
            self.add(concept.id, concept.kind, concept.name, concept.aliases)

    def add(self, identifier: str, kind: str, name: str, aliases: Iterable[str] = ()) -> None:
        """Note a concept with its names."""
        self.kinds[identifier] = kind
        self.preferred[identifier] = identity_key(name)
        for each in (name, *aliases):
            self._bearers[identity_key(each)].add(identifier)

    def forget(self, identifier: str, key: str) -> None:
        """Take a name, by its identity key, from a concept."""
        self._bearers[key].discard(identifier)

    def find(self, text: str) -> list[str]:
        """Return the identifiers of the concepts that a decision means, sorted.

        As in a look-up, those that are curated go before the others, then those that prefer the name.
        """
        reference = Reference.of(text)
        if reference.identifier is not None:
            identifier = self._renamed.get(reference.identifier, reference.identifier)
            return [identifier] if identifier in self.kinds else []
        found = self.bearing(text)
        key = identity_key(reference.name or "")
        known = [each for each in found if each in self._curated] or found
        return [each for each in known if self.preferred[each] == key] or known

    def bearing(self, text: str) -> list[str]:
        """Return the identifiers of all concepts that bear a name, sorted."""
        reference = Reference.of(text)
        found = sorted(self._bearers.get(identity_key(reference.name or ""), ()))
        return [each for each in found if reference.kind in (None, self.kinds[each])]

    def one(self, text: str) -> str | None:
        """Return the one concept that a decision means; None where there is none, or several."""
        found = self.find(text)
        return found[0] if len(found) == 1 else None

    def why_not(self, text: str) -> str:
        """Return why a decision does not mean one concept."""
        if not (found := self.find(text)):
            return f"nothing is named {text!r}"
        return f"{text!r} has several senses: {', '.join(f'concept:{each}' for each in found)}"

    def join(self, gone: str, into: str) -> None:
        """Let a concept bear the names of another, which is no more."""
        for bearers in self._bearers.values():
            if gone in bearers:
                bearers.discard(gone)
                bearers.add(into)
        del self.kinds[gone], self.preferred[gone]
        self.rename(gone, into)

    def rename(self, identifier: str, now: str) -> None:
        """Let an identifier stand for a concept that has another."""
        for old, stands_for in self._renamed.items():
            self._renamed[old] = now if stands_for == identifier else stands_for
        self._renamed[identifier] = now
