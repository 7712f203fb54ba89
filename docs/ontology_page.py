"""Write ``docs/ontology.html``: a reference of the ontology, made from its Turtle and nothing else.

``python docs/ontology_page.py [FILE]``, or ``make ontology-docs``.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from html import escape
from pathlib import Path

import pyoxigraph as ox

from kg import vocabulary as v
from kg._resources import ontology_folder
from kg.lexicon import load
from kg.store.validation import checks

OWL = "http://www.w3.org/2002/07/owl#"
SH = "http://www.w3.org/ns/shacl#"
HEADER = v.ONTOLOGY.removesuffix("#")
OTHERS = {
    "cskg": "http://scholkg.kmi.open.ac.uk/cskg/ontology#",
    "cso": "http://cso.kmi.open.ac.uk/schema/cso#",
    "lpwc": "https://linkedpaperswithcode.com/class/",
    "lpwcp": "https://linkedpaperswithcode.com/property/",
    "mls": "http://www.w3.org/ns/mls#",
    "mlso": "http://w3id.org/mlso/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": OWL,
    "wd": "http://www.wikidata.org/entity/",
}
PREFIXES = {**v.PREFIXES, **OTHERS}
MATCHES = ("exactMatch", "closeMatch", "broadMatch", "relatedMatch")
BOX_WIDTH, BOX_HEIGHT, COLUMN, ROW = 166, 30, 236, 42

STYLE = """
:root{--ink:#1f2733;--soft:#5b6675;--line:#d9dee6;--mark:#2f5d8a;--ground:#fff;--shade:#f5f7fa;--ours:#e4eef8}
@media(prefers-color-scheme:dark){:root{--ink:#e3e8ef;--soft:#9aa6b5;--line:#39424f;--mark:#86b7e6;
--ground:#161b22;--shade:#1e252e;--ours:#22364b}}
*{box-sizing:border-box}html{scroll-behavior:smooth}
body{margin:0;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--ground)}
nav{position:fixed;inset:0 auto 0 0;width:14.5rem;overflow:auto;padding:1.2rem;border-right:1px solid var(--line);
background:var(--shade);font-size:.86rem}
nav a{display:block;color:inherit;text-decoration:none;padding:.1rem 0}nav a:hover{color:var(--mark)}
nav b{display:block;margin:.9rem 0 .2rem;color:var(--soft);font-weight:600}
main{margin-left:14.5rem;padding:1.6rem 2.4rem 5rem;max-width:68rem}
h1{font-size:1.9rem;margin:0 0 .3rem}h2{margin:2.6rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
h3{margin:1.7rem 0 .3rem;font-size:1.08rem}h3 small{color:var(--soft);font-weight:400}
code{font:.88em ui-monospace,monospace;background:var(--shade);padding:.08em .32em;border-radius:4px}
a{color:var(--mark)}p{margin:.35rem 0}.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.32rem .7rem .32rem 0;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600}td.number{text-align:right}
dl{display:grid;grid-template-columns:9rem 1fr;margin:.3rem 0;
font-size:.93rem}dt{color:var(--soft)}dd{margin:0}figure{margin:1rem 0;overflow-x:auto}figcaption{color:var(--soft);
font-size:.88rem}svg{max-width:100%;height:auto}
svg text{font:13px system-ui,sans-serif;fill:var(--ink)}svg .label{font-size:12px;fill:var(--mark);paint-order:stroke;
stroke:var(--ground);stroke-width:5px;stroke-linejoin:round}
svg rect{fill:var(--ground);stroke:var(--soft)}svg rect.ours{fill:var(--ours);stroke:var(--mark)}
svg path{fill:none;stroke:var(--soft)}
@media(max-width:60rem){nav{position:static;width:auto;border:0}main{margin:0;padding:1rem}}
"""


class Ontology:
    """The triples of the schema, the alignments and the shapes, asked by subject."""

    def __init__(self) -> None:
        self._facts: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = defaultdict(dict)
        for name in ("methods.ttl", "alignments.ttl", "shapes.ttl"):
            for triple in ox.parse(path=ontology_folder() / name):
                values = self._facts[str(triple.subject)].setdefault(triple.predicate.value, [])
                values.append(triple.object)

    def of(self, subject: str, predicate: str) -> list[str]:
        """Return what a predicate leads to: IRIs, the text of literals, or the names of blank nodes."""
        values = self._facts[subject].get(predicate, []) if subject in self._facts else []
        return [str(value) if isinstance(value, ox.BlankNode) else value.value for value in values]

    def typed(self, *types: str) -> list[str]:
        """Return our terms of some types, sorted by name."""
        found = [subject[1:-1] for subject in list(self._facts) if set(types) & set(self.of(subject, v.RDF + "type"))]
        return sorted(iri for iri in found if iri.startswith(v.ONTOLOGY))

    def text(self, iri: str, predicate: str) -> str:
        """Return the one text that a predicate leads to, or nothing."""
        return " ".join(self.of(f"<{iri}>", predicate))

    def members(self, head: str) -> list[str]:
        """Return the members of an RDF list."""
        found: list[str] = []
        while head in self._facts:
            found += self.of(head, v.RDF + "first")
            rest = self._facts[head].get(v.RDF + "rest", [])
            head = str(rest[0]) if rest else ""
        return found

    def meant(self, iri: str, predicate: str) -> list[str]:
        """Return the classes that a domain or range names, unions taken apart."""
        found: list[str] = []
        for value in self.of(f"<{iri}>", predicate):
            unions = self.of(value, OWL + "unionOf")
            found += [name for head in unions for name in self.members(head)] if unions else [value]
        return sorted(found)


def short(iri: str) -> str:
    """Return an IRI with its prefix, where one is known."""
    spaces = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))
    return next((f"{name}:{iri.removeprefix(space)}" for name, space in spaces if iri.startswith(space)), iri)


def link(iri: str) -> str:
    """Return a link to a term: within the page where it is ours."""
    href = f"#{iri.removeprefix(v.ONTOLOGY)}" if iri.startswith(v.ONTOLOGY) else iri
    return f'<a href="{escape(href)}"><code>{escape(short(iri))}</code></a>'


def links(iris: list[str]) -> str:
    """Return links to some terms, sorted."""
    return ", ".join(link(iri) for iri in sorted(iris))


def _class(onto: Ontology, iri: str) -> str:
    rows = [
        ("stands under", links(onto.of(f"<{iri}>", v.RDFS + "subClassOf"))),
        ("above", links([c for c in onto.typed(OWL + "Class") if iri in onto.of(f"<{c}>", v.RDFS + "subClassOf")])),
        *((name, links(onto.of(f"<{iri}>", v.SKOS + name))) for name in MATCHES),
    ]
    shapes = [s for s in _shapes(onto) if iri in onto.of(s, SH + "targetClass")]
    carried = [(path, message) for shape in shapes for path, message in _paths(onto, shape)]
    table = "".join(f"<tr><td>{path}</td><td>{escape(message)}</td></tr>" for path, message in carried)
    shown = f"<table><tr><th>it carries</th><th>and the shapes ask</th></tr>{table}</table>" if table else ""
    return _term(onto, iri, rows) + shown


def _property(onto: Ontology, iri: str) -> str:
    rows = [
        ("from", links(onto.meant(iri, v.RDFS + "domain"))),
        ("to", links(onto.meant(iri, v.RDFS + "range"))),
        ("stands under", links(onto.of(f"<{iri}>", v.RDFS + "subPropertyOf"))),
        *((name, links(onto.of(f"<{iri}>", v.SKOS + name))) for name in MATCHES),
    ]
    return _term(onto, iri, rows)


def _term(onto: Ontology, iri: str, rows: list[tuple[str, str]]) -> str:
    facts = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows if value)
    return (
        f'<h3 id="{escape(iri.removeprefix(v.ONTOLOGY))}"><code>{escape(short(iri))}</code>'
        f" <small>{escape(onto.text(iri, v.RDFS + 'label'))}</small></h3>"
        f"<p>{escape(onto.text(iri, v.SKOS + 'definition'))}</p><dl>{facts}</dl>"
    )


def _shapes(onto: Ontology) -> list[str]:
    return sorted(subject for subject in list(onto._facts) if onto.of(subject, SH + "targetClass"))


def _paths(onto: Ontology, shape: str) -> list[tuple[str, str]]:
    found = []
    for part in onto.of(shape, SH + "property"):
        message = " ".join(onto.of(part, SH + "message"))
        for path in onto.of(part, SH + "path"):
            inverse = onto.of(path, SH + "inversePath")
            either = [name for head in onto.of(path, SH + "alternativePath") for name in onto.members(head)]
            shown = f"inverse of {links(inverse)}" if inverse else " or ".join(map(link, either)) or link(path)
            found.append((shown, message))
    return sorted(found)


def _box(x: float, y: float, iri: str) -> str:
    ours = ' class="ours"' if iri.startswith(v.ONTOLOGY) else ""
    return (
        f'<rect{ours} x="{x:.0f}" y="{y:.0f}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>'
        f'<text x="{x + BOX_WIDTH / 2:.0f}" y="{y + 20:.0f}" text-anchor="middle">{escape(short(iri))}</text>'
    )


def hierarchy(onto: Ontology) -> str:
    """Return the classes as a picture: superclasses on the left, those from elsewhere first."""
    parents = {iri: sorted(onto.of(f"<{iri}>", v.RDFS + "subClassOf")) for iri in onto.typed(OWL + "Class")}
    ours = {iri: [p for p in above if p in parents] for iri, above in parents.items()}

    def depth(iri: str) -> int:
        return 1 + max((depth(parent) for parent in ours[iri]), default=0)

    children = {iri: sorted(c for c in parents if ours[c][:1] == [iri]) for iri in parents}
    place: dict[str, float] = {}

    def lay(iri: str) -> None:
        for child in children[iri]:
            lay(child)
        below = [place[child] for child in children[iri]]
        place[iri] = sum(below) / len(below) if below else len([p for p in place if not children[p]]) * 1.0

    for root in sorted((iri for iri in parents if not ours[iri]), key=lambda iri: -len(children[iri])):
        lay(root)
    outside = sorted({p for above in parents.values() for p in above if p not in parents})
    wanted = {p: [place[iri] for iri, above in parents.items() if p in above] for p in outside}
    row = sorted(outside, key=lambda p: sum(wanted[p]) / len(wanted[p]))
    at: list[float] = []
    for iri in row:
        best = sum(wanted[iri]) / len(wanted[iri])
        at.append(max(best, at[-1] + 1, 0) if at else max(best - 0.5, 0))
    place |= dict(zip(row, at, strict=True))
    spot = {iri: (10 + (depth(iri) if iri in parents else 0) * COLUMN, 10 + y * ROW) for iri, y in place.items()}
    lines = [
        f'<path d="M{spot[iri][0]:.0f},{spot[iri][1] + BOX_HEIGHT / 2:.0f} L{spot[p][0] + BOX_WIDTH + 3:.0f},'
        f'{spot[p][1] + BOX_HEIGHT / 2:.0f}" marker-end="url(#up)"/>'
        for iri, above in sorted(parents.items())
        for p in above
    ]
    boxes = [_box(*spot[iri], iri) for iri in sorted(spot)]
    return _svg(spot.values(), [*lines, *boxes], "Classes and what they stand under")


def relations(onto: Ontology) -> str:
    """Return the properties between things as a picture: from the left to the right."""
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for iri in onto.typed(OWL + "ObjectProperty"):
        for domain in onto.meant(iri, v.RDFS + "domain"):
            for target in onto.meant(iri, v.RDFS + "range"):
                between[domain, target].append(short(iri).removeprefix("mg:"))
    left = sorted(
        {domain for domain, _ in between}, key=lambda iri: ("PRDM".find(iri.removeprefix(v.ONTOLOGY)[0]), iri)
    )
    right = sorted(
        {target for _, target in between}, key=lambda r: (_mean(left.index(d) for d, t in between if t == r), r)
    )
    height = max(len(left), len(right)) - 1
    spot = {("left", iri): (10.0, 10 + i * height / max(len(left) - 1, 1) * 68) for i, iri in enumerate(left)}
    spot |= {("right", iri): (640.0, 10 + i * height / max(len(right) - 1, 1) * 68) for i, iri in enumerate(right)}
    drawn = []
    for domain in left:
        targets = sorted((t for d, t in between if d == domain), key=right.index)
        for i, target in enumerate(targets):
            (x0, y0), (x1, y1) = spot["left", domain], spot["right", target]
            start = y0 + BOX_HEIGHT * (i + 1) / (len(targets) + 1)
            x0, end, share = x0 + BOX_WIDTH, y1 + BOX_HEIGHT / 2, 0.24 + 0.13 * i
            names = ", ".join(sorted(between[domain, target]))
            drawn.append(f'<path d="M{x0:.0f},{start:.0f} L{x1 - 4:.0f},{end:.0f}" marker-end="url(#up)"/>')
            drawn.append(
                f'<text class="label" text-anchor="middle" x="{x0 + (x1 - x0) * share:.0f}"'
                f' y="{start + (end - start) * share - 5:.0f}">{escape(names)}</text>'
            )
    boxes = [_box(*at, iri) for (_, iri), at in sorted(spot.items())]
    return _svg(spot.values(), [*drawn, *boxes], "Properties between things")


def _mean(numbers: Iterable[float]) -> float:
    values = list(numbers)
    return sum(values) / len(values)


def _svg(spots: Iterable[tuple[float, float]], parts: list[str], title: str) -> str:
    spots = list(spots)
    width = max(x for x, _ in spots) + BOX_WIDTH + 10
    height = max(y for _, y in spots) + BOX_HEIGHT + 10
    arrow = (
        '<defs><marker id="up" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
        ' orient="auto-start-reverse"><path d="M0,0 L8,4 L0,8"/></marker></defs>'
    )
    return (
        f'<svg role="img" aria-label="{escape(title)}" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}">{arrow}{"".join(parts)}</svg>'
    )


def _schemes() -> str:
    concepts = load().concepts.values()
    kinds = Counter(concept.kind for concept in concepts)
    rows = []
    for kind in v.KIND_CLASSES:
        of_kind = [concept for concept in concepts if concept.kind == kind]
        numbers = (
            kinds[kind],
            sum(concept.family for concept in of_kind),
            sum(len(concept.aliases) for concept in of_kind),
            sum(concept.year is not None for concept in of_kind),
            sum(len(concept.based_on) for concept in of_kind),
            sum(len(concept.uses) for concept in of_kind),
        )
        cells = "".join(f'<td class="number">{number:,}</td>' for number in numbers)
        some = ", ".join(escape(c.name) for c in sorted(of_kind, key=lambda c: (-_reach(c.id), c.name))[:4])
        rows.append(f"<tr><td>{link(v.KIND_CLASSES[kind])}</td>{cells}<td>{some}</td></tr>")
    heads = ("kind", "concepts", "families", "aliases", "dated", "based on", "uses", "the most linked")
    return f"<table><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>{''.join(rows)}</table>"


def _reach(identifier: str) -> int:
    if not _REACH:
        for concept in load().concepts.values():
            _REACH.update((*concept.based_on, *concept.uses, *concept.tasks, *concept.broader))
    return _REACH[identifier]


_REACH: Counter[str] = Counter()


def _checks() -> str:
    rows = []
    for name, text in checks().items():
        problem, mend = (line.removeprefix("# ").removeprefix("mend: ") for line in text.splitlines()[:2])
        rows.append(f"<tr><td><code>{name}</code></td><td>{escape(problem)}</td><td>{escape(mend)}</td></tr>")
    return f"<table><tr><th>check</th><th>what is wrong</th><th>the mend</th></tr>{''.join(rows)}</table>"


def page() -> str:
    """Return the page; the same ontology gives the same bytes."""
    onto = Ontology()
    classes = onto.typed(OWL + "Class")
    edges = onto.typed(OWL + "ObjectProperty")
    values = onto.typed(OWL + "DatatypeProperty")
    aligned = [
        f"<tr><td>{link(v.concept_iri(identifier))}</td><td>{targets}</td></tr>"
        for identifier in load().concepts
        if (targets := links([t for name in MATCHES for t in onto.of(f"<{v.concept_iri(identifier)}>", v.SKOS + name)]))
    ]
    parts = (
        ("classes", "Classes", classes, "".join(_class(onto, iri) for iri in classes)),
        ("between", "Properties between things", edges, "".join(_property(onto, iri) for iri in edges)),
        ("values", "Properties with a value", values, "".join(_property(onto, iri) for iri in values)),
    )
    menu = "".join(
        f'<b><a href="#{name}">{title}</a></b>'
        + "".join(f'<a href="#{escape(short(t)[3:])}">{short(t)[3:]}</a>' for t in terms)
        for name, title, terms, _ in parts
    )
    body = "".join(f'<h2 id="{name}">{title}</h2>{content}' for name, title, _, content in parts)
    title = escape(onto.text(HEADER, v.DCTERMS + "title"))
    prefixes = "".join(
        f"<tr><td><code>{k}:</code></td><td>{escape(space)}</td></tr>" for k, space in sorted(PREFIXES.items())
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{STYLE}</style></head><body>
<nav><b><a href="#top">{title}</a></b><a href="#picture">Pictures</a><a href="#concepts">Curated concepts</a>
<a href="#elsewhere">Links elsewhere</a><a href="#checks">Checks</a><a href="#prefixes">Prefixes</a>{menu}</nav>
<main><h1 id="top">{title}</h1>
<p>{escape(onto.text(HEADER, v.DCTERMS + "description"))}</p>
<p class="soft">{escape(onto.text(HEADER, v.SKOS + "scopeNote"))}</p>
<dl><dt>version</dt><dd>{escape(onto.text(HEADER, OWL + "versionInfo"))}</dd>
<dt>namespace</dt><dd><code>{v.ONTOLOGY}</code></dd>
<dt>licence</dt><dd>{link(onto.text(HEADER, v.DCTERMS + "license"))}</dd>
<dt>note</dt><dd>{escape(onto.text(HEADER, v.SKOS + "editorialNote"))}</dd></dl>
<h2 id="picture">Pictures</h2>
<figure>{hierarchy(onto)}
<figcaption>Each class stands under those that it points to; the shaded ones are ours.</figcaption></figure>
<figure>{relations(onto)}<figcaption>Properties lead from the left to the right.</figcaption></figure>
<h2 id="concepts">Curated concepts</h2>{_schemes()}
<h2 id="elsewhere">Links elsewhere</h2><p>Of classes and properties with each term below; of curated concepts here.</p>
<table><tr><th>concept</th><th>elsewhere</th></tr>{"".join(aligned)}</table>{body}
<h2 id="checks">Checks</h2><p><code>kg validate</code> holds a graph against the shapes and these:</p>{_checks()}
<h2 id="prefixes">Prefixes</h2><table>{prefixes}</table></main></body></html>
"""


def main() -> None:
    """Write the page, beside its place first."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("ontology.html")
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(page(), encoding="utf-8", newline="\n")
    beside.replace(path)


if __name__ == "__main__":
    main()
