// The data of the page, and what of it is to be seen now.
const data = JSON.parse(document.getElementById('data').textContent);
const byId = new Map(data.nodes.map(node => [node.id, node]));
const incoming = new Map(data.nodes.map(node => [node.id, []]));
const outgoing = new Map(data.nodes.map(node => [node.id, []]));
for (const edge of data.edges) {
  incoming.get(edge.target).push(edge);
  outgoing.get(edge.source).push(edge);
}
// Time order, the undated last; within a year by name.
const inTime = [...data.nodes].sort((a, b) =>
  (a.year ?? Infinity) - (b.year ?? Infinity) || a.name.localeCompare(b.name, 'en') || a.rank - b.rank);
const KIND_ORDER = ['architecture', 'module', 'technique', 'dataset', 'task', 'metric', 'paper'];
const kindsHere = KIND_ORDER.filter(kind => data.nodes.some(node => node.kind === kind));
const yearsHere = data.nodes.map(node => node.year).filter(year => year !== null);
const firstYear = Math.min(...yearsHere);
const lastYear = Math.max(...yearsHere);
const hasUndated = data.nodes.some(node => node.year === null);
const PREDICATES = new Map(data.words.predicates.map(predicate => [predicate.name, predicate]));

const state = {
  kinds: new Set(kindsHere), predicates: new Set(PREDICATES.keys()), from: null, to: null, undated: true,
  support: 0, confidence: 0, shown: data.shown, revealed: new Set(),
  collapsed: new Set(data.nodes.filter(node => node.collapsed).map(node => node.id)),
  selected: null, selectedEdge: null, listeners: [],
};

// Everything that follows the state registers here, and is called in order whenever the state changes.
function onChange(listener) { state.listeners.push(listener); }
function changed(what) { for (const listener of state.listeners) listener(what); }

function passes(node) {
  if (!state.kinds.has(node.kind)) return false;
  if (node.year === null) return state.undated;
  return (state.from === null || node.year >= state.from) && (state.to === null || node.year <= state.to);
}

function linkPasses(edge) {
  return edge.support >= state.support && edge.confidence >= state.confidence && state.predicates.has(edge.predicate);
}
// Not pruned: among the important, or asked for by name.
function isWanted(node) { return node.rank < state.shown || state.revealed.has(node.id); }

// What lies beyond a node: what is linked to it and further from the focus, on the same side.
function isBeyond(node, other) {
  return Math.abs(node.depth) > Math.abs(other.depth) && (other.depth === 0 || node.depth > 0 === other.depth > 0);
}
// What is folded away: all that is linked inwards to nothing but collapsed nodes, and to what they fold away.
function foldedBy(collapsed) {
  const folded = new Set();
  if (!collapsed.size) return folded;
  for (const node of outwards) {
    const within = inwards.get(node.id);
    if (within.length && within.every(id => collapsed.has(id) || folded.has(id))) folded.add(node.id);
  }
  return folded;
}
const inwards = new Map(data.nodes.map(node => [node.id, []]));
for (const edge of data.edges) {
  const [source, target] = [byId.get(edge.source), byId.get(edge.target)];
  if (isBeyond(target, source)) inwards.get(edge.target).push(edge.source);
  if (isBeyond(source, target)) inwards.get(edge.source).push(edge.target);
}
const outwards = [...data.nodes].sort((a, b) => Math.abs(a.depth) - Math.abs(b.depth));
const foldable = new Set([...inwards.values()].flat());

// What is visible: nodes that pass the filters and are neither pruned nor folded away, and the links between them.
// Where links are filtered, a node that no link holds any more is hidden too, but for the focus.
function visible() {
  const folded = foldedBy(state.collapsed);
  const nodes = new Set(data.nodes.filter(node => isWanted(node) && passes(node) && !folded.has(node.id))
    .map(node => node.id));
  const links = data.edges.filter(edge => linkPasses(edge) && nodes.has(edge.source) && nodes.has(edge.target));
  if (state.support > 0 || state.confidence > 0 || state.predicates.size < PREDICATES.size) {
    const held = new Set(links.flatMap(edge => [edge.source, edge.target]));
    for (const id of nodes) if (!held.has(id) && !byId.get(id).focus) nodes.delete(id);
  }
  return { nodes, edges: new Set(links.map(edge => edge.id)) };
}

// The whole line of a node: all that lies before it and all that came of it.
function lineOf(id) {
  const nodes = new Set([id]);
  const edges = new Set();
  const walk = (start, links, end) => {
    const waiting = [start];
    const seen = new Set(waiting);
    while (waiting.length) {
      for (const edge of links.get(waiting.pop())) {
        edges.add(edge.id);
        nodes.add(edge[end]);
        if (!seen.has(edge[end])) { seen.add(edge[end]); waiting.push(edge[end]); }
      }
    }
  };
  walk(id, incoming, 'source');
  walk(id, outgoing, 'target');
  return { nodes, edges };
}

// What is linked to a node.
function around(id) {
  const edges = [...incoming.get(id), ...outgoing.get(id)];
  return { nodes: new Set([id, ...edges.flatMap(edge => [edge.source, edge.target])]),
    edges: new Set(edges.map(edge => edge.id)) };
}

function select(id) {
  state.selected = id;
  state.selectedEdge = null;
  changed('selection');
}
function selectEdge(id) {
  state.selected = null;
  state.selectedEdge = id;
  changed('selection');
}

// Elements are made here and nowhere from text: what a paper says is only ever text content.
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class') made.className = value;
    else if (name === 'text') made.textContent = value;
    else if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
const SVG = 'http://www.w3.org/2000/svg';
function drawn(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
const GLYPHS = {
  architecture: 'M6 .8a5.2 5.2 0 1 0 .001 0Z', module: 'M1.4 1.4h9.2v9.2h-9.2Z', technique: 'M6 0l6 6-6 6-6-6Z',
  dataset: 'M3 .8h6l3 5.2-3 5.2H3L0 6Z', task: 'M6 .8l5.8 10.4H.2Z',
  metric: 'M6 0l1.8 4.1 4.2.4-3.2 2.9 1 4.4L6 9.5l-3.8 2.3 1-4.4L0 4.5l4.2-.4Z',
  paper: 'M2 .4h5.2L10 3.2v8.4H2Z',
};
function glyph(kind) {
  return drawn('svg', { class: `glyph ${kind}`, viewBox: '0 0 12 12', 'aria-hidden': 'true' },
    drawn('path', { d: GLYPHS[kind] }));
}
function counted(count, one, many) { return `${count.toLocaleString('en')} ${count === 1 ? one : many}`; }
