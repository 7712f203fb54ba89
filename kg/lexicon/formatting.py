"""The one way in which curated concepts are written, so that a person can review a difference.

One block a concept, blocks sorted by identifier, properties in a fixed order, values sorted. From a shell,
``python -m kg.lexicon`` writes the files so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from kg import vocabulary as v
from kg.lexicon.concepts import CuratedConcept, read_folder

_PREFIXES: Final = ("concept", "mg", "skos", "xsd")
_FILES: Final = {kind: f"{kind}s.ttl" for kind in v.KIND_CLASSES}
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def turtle(concepts: Iterable[CuratedConcept]) -> str:
    r"""Return concepts as Turtle.

    >>> vit = CuratedConcept("vit", "ViT", "architecture", year=2020, based_on=("transformer",))
    >>> print(turtle([vit]).split("\n\n")[1])
    concept:vit a mg:Architecture ;
        skos:prefLabel "ViT" ;
        mg:year "2020"^^xsd:gYear ;
        mg:basedOn concept:transformer .
    <BLANKLINE>
    """
    head = "".join(f"@prefix {name}: <{v.PREFIXES[name]}> .\n" for name in _PREFIXES)
    return head + "".join(f"\n{_block(concept)}" for concept in sorted(concepts, key=lambda concept: concept.id))


def format_folder(folder: Path, *, write: bool) -> list[Path]:
    """Return the files of a folder that are not as :func:`turtle` writes them, and mend them if asked.

    Args:
        folder: with ``*.ttl`` files of curated concepts, one a kind.
        write: whether to write the files, and concepts into the file of their kind.

    Raises:
        InputError: a file is not Turtle, or a concept lacks its name or its kind.
    """
    concepts = read_folder(folder).concepts.values()
    wrong: list[Path] = []
    for kind, name in _FILES.items():
        path = folder / name
        right = turtle(concept for concept in concepts if concept.kind == kind)
        if not path.exists() or path.read_text(encoding="utf-8") != right:
            wrong.append(path)
            if write:
                beside = path.with_name(f".{name}.new")
                beside.write_text(right, encoding="utf-8", newline="\n")
                beside.replace(path)
    return wrong


def _block(concept: CuratedConcept) -> str:
    types = [_class(concept.kind), *(["mg:Family"] if concept.family else [])]
    facts = [
        ("a", types),
        ("skos:prefLabel", [_text(concept.name)]),
        ("skos:altLabel", [_text(alias) for alias in sorted(set(concept.aliases))]),
        ("skos:definition", [_text(concept.definition)] if concept.definition else []),
        ("mg:year", [f'"{concept.year:04d}"^^xsd:gYear'] if concept.year is not None else []),
        ("mg:introducedIn", [_text(concept.introduced_in)] if concept.introduced_in else []),
        ("skos:broader", _links(concept.broader)),
        ("mg:basedOn", _links(concept.based_on)),
        ("mg:uses", _links(concept.uses)),
        ("mg:direction", [_text(concept.direction)] if concept.direction else []),
        ("mg:relevantTask", _links(concept.tasks)),
    ]
    said = " ;\n    ".join(f"{predicate} {', '.join(values)}" for predicate, values in facts if values)
    return f"concept:{concept.id} {said} .\n"


def _class(kind: str) -> str:
    return "mg:" + v.KIND_CLASSES[kind].removeprefix(v.ONTOLOGY)


def _links(identifiers: Sequence[str]) -> list[str]:
    return [f"concept:{identifier}" for identifier in sorted(set(identifiers))]


def _text(value: str) -> str:
    return f'"{value.translate(_ESCAPES)}"'
