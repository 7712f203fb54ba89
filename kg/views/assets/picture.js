// The picture: what pyvis has drawn gets its colours, its labels, its axis of time, and its first look.
const container = document.getElementById('mynetwork');
const { network, nodes: drawnNodes, edges: drawnEdges } = window;
const AXIS_HEIGHT = 30;
const isMap = data.picture === 'map';
// Where all links are lineage, what is selected lights up its whole line; elsewhere what is around it.
const isLineage = [...PREDICATES.keys()].every(name => name === 'based_on');
const SHAPES = {
  architecture: 'dot', module: 'square', technique: 'diamond', dataset: 'hexagon', task: 'triangle', metric: 'star',
  paper: 'triangleDown',
};
let seen = visible();
let lit = null; // the nodes and links that stand out, or null where all are equal
let colours = readColours();
let labels = { scale: null, placed: [] };

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = name => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: read('paper'), ink: read('ink'), soft: read('soft'), line: read('line'), faint: read('faint'),
    edge: read('edge'), lit: read('lit'),
    kinds: Object.fromEntries(KIND_ORDER.map(kind => [kind, read(`kind-${kind}`)])),
    links: Object.fromEntries([...PREDICATES.keys()].map(name => [name, read(`link-${name}`)])),
  };
}

// A paper looks like one; the other shapes are those of vis-network.
function shapeOf(kind, colour) {
  if (kind !== 'paper') return { shape: SHAPES[kind] };
  const ctxRenderer = ({ ctx, x, y, style: { size, opacity } }) => ({
    drawNode() {
      ctx.save();
      ctx.translate(x - size, y - size);
      ctx.scale(size / 6, size / 6);
      ctx.globalAlpha = opacity ?? 1;
      ctx.fillStyle = colour;
      ctx.fill(new Path2D(GLYPHS.paper));
      ctx.restore();
    },
    nodeDimensions: { width: 2 * size, height: 2 * size },
  });
  return { shape: 'custom', ctxRenderer };
}
function nodeLook(node) {
  const faded = lit && !lit.nodes.has(node.id);
  const colour = colours.kinds[node.kind];
  return {
    id: node.id, ...shapeOf(node.kind, colour), x: node.x, y: node.y, size: node.radius, label: node.lines.join(' '),
    hidden: !seen.nodes.has(node.id), opacity: faded ? 0.2 : 1,
    borderWidth: node.family ? 2 : 0.001,
    color: { background: node.family ? colours.paper : colour, border: colour },
  };
}
// Where a page has several kinds of links each has its colour; where it has one, all are of the quiet one.
function linkColour(edge) { return PREDICATES.size > 1 ? colours.links[edge.predicate] : colours.edge; }
function edgeLook(edge) {
  const strong = lit && lit.edges.has(edge.id);
  const opacity = lit ? (strong ? 0.9 : 0.12) : 0.62;
  const hidden = isMap || !seen.edges.has(edge.id) || (edge.quiet && !strong);
  return {
    id: edge.id, from: edge.source, to: edge.target, hidden,
    dashes: edge.asserted_only ? [5, 4] : false,
    width: Math.min(3, 1 + 0.35 * Math.log2(Math.max(1, edge.support))),
    color: { color: strong && PREDICATES.size === 1 ? colours.lit : linkColour(edge), hover: colours.lit,
      inherit: false, opacity },
  };
}
// Nodes and links that were pruned are not in the picture until they are asked for.
function restyle() {
  const inPicture = data.nodes.filter(isWanted);
  const ids = new Set(inPicture.map(node => node.id));
  drawnNodes.update(inPicture.map(nodeLook));
  drawnEdges.update(data.edges.filter(edge => ids.has(edge.source) && ids.has(edge.target)).map(edgeLook));
  labels.scale = null;
}

function selection() {
  if (state.selected) return isLineage ? lineOf(state.selected) : around(state.selected);
  const edge = data.edges.find(each => each.id === state.selectedEdge);
  return edge ? { nodes: new Set([edge.source, edge.target]), edges: new Set([edge.id]) } : null;
}
// First of all listeners: the others ask what is seen.
onChange(() => {
  seen = visible();
  lit = selection();
});
function isStrong(node) { return node.focus || node.id === state.selected; }

function currentLabels(context) {
  const scale = network.getScale();
  if (labels.scale === scale) return labels.placed;
  const order = data.nodes.filter(node => seen.nodes.has(node.id)).sort((a, b) =>
    isStrong(b) - isStrong(a) || (lit ? lit.nodes.has(b.id) - lit.nodes.has(a.id) : 0) || a.rank - b.rank);
  context.save();
  const taken = [...headBoxes(context, scale), ...badgeBoxes(context, scale)];
  const placed = isMap ? mapLabels(context, order, scale) : placeLabels(context, order, scale, isStrong, taken);
  labels = { scale, placed };
  context.restore();
  return labels.placed;
}

function drawOver(context) {
  onScreen(context, (origin, scale) => {
    if (isMap) drawCells(context, origin, scale);
    for (const node of data.nodes) {
      if (isStrong(node) && seen.nodes.has(node.id)) drawRing(context, node, origin, scale);
    }
    drawBadges(context, origin, scale);
    drawHeads(context, origin, scale);
    const placed = currentLabels(context);
    context.translate(origin.x, origin.y);
    for (const label of placed) {
      (isMap ? drawMapLabel : drawLabel)(context, label, colours, lit && !lit.nodes.has(label.id));
    }
    context.translate(-origin.x, -origin.y);
    drawAxis(context, origin, scale);
  });
}

function bandNames(context) {
  context.font = `600 12px ${LABEL_FONT}`;
  return data.axis.bands.length
    ? Math.max(50, ...data.axis.bands.map(band => context.measureText(band.label).width - 20)) : 0;
}
function margins(shown, scale) {
  const bottom = 44 + (document.getElementById('more-row').hidden ? 0 : 56);
  if (isMap) return mapMargins(shown, bottom);
  const context = container.querySelector('canvas').getContext('2d');
  context.save();
  const bands = bandNames(context);
  context.font = `${labelSize(scale)}px ${LABEL_FONT}`;
  const reach = side => Math.max(65, ...shown.filter(node => node.side === side)
    .map(node => context.measureText(node.lines[0] ?? '').width + node.radius * scale + 14));
  const found = {
    left: reach('left') + bands, right: reach('right') + (data.axis.bands.length ? 30 : 0),
    top: (data.axis.marks.length ? AXIS_HEIGHT : 6) + 34, bottom,
  };
  context.restore();
  return found;
}

// Shows all that is visible; where that would be too small to read, a readable part around the focus.
let fitted = null; // how the picture was fitted last; null once the reader has moved it
function fit({ smallest = 0 } = {}) {
  fitted = { smallest };
  const shown = data.nodes.filter(node => seen.nodes.has(node.id));
  const { clientWidth: width, clientHeight: height } = container;
  if (!shown.length || !width || !height) return;
  const left = Math.min(...shown.map(node => node.x)), right = Math.max(...shown.map(node => node.x));
  const heights = [...shown.map(node => [node.y - node.radius, node.y + node.radius]),
    ...shownHeads().map(head => [head.y, head.y])];
  const top = Math.min(...heights.map(each => each[0])), bottom = Math.max(...heights.map(each => each[1]));
  // Labels reach beyond their nodes, the farther the greater the scale: a second guess at it is near enough.
  let scale = 1, before, after, above, below, roomX, roomY;
  for (let guess = 0; guess < 2; guess++) {
    ({ left: before, right: after, top: above, bottom: below } = margins(shown, scale));
    [roomX, roomY] = [Math.max(60, width - before - after), Math.max(60, height - above - below)];
    const whole = Math.min(1.5, roomX / Math.max(1, right - left), roomY / Math.max(1, bottom - top));
    scale = Math.max(whole, smallest);
  }
  const focus = shown.find(node => node.focus) ?? shown[0];
  // Along each way: the middle where it fits, else the focus, without leaving an empty margin.
  const centre = (low, high, room, wish) => (high - low) * scale <= room ? (low + high) / 2
    : Math.min(high - room / 2 / scale, Math.max(low + room / 2 / scale, wish));
  network.moveTo({
    position: {
      x: centre(left, right, roomX, focus.x) + (after - before) / 2 / scale,
      y: centre(top, bottom, roomY, focus.y) + (below - above) / 2 / scale,
    },
    scale, animation: false,
  });
}
function zoom(factor) {
  fitted = null;
  network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)) });
}
// Brings a node into view where it is not.
function reveal(id) {
  const node = byId.get(id);
  const at = network.canvasToDOM({ x: node.x, y: node.y });
  const margin = 60;
  const inside = at.x >= margin && at.x <= container.clientWidth - margin
    && at.y >= margin && at.y <= container.clientHeight - margin;
  if (!inside) {
    fitted = null;
    network.moveTo({ position: { x: node.x, y: node.y }, animation: false });
  }
}

function nodeAt(point) {
  const hit = network.getNodeAt(point);
  if (hit !== undefined && seen.nodes.has(hit)) return hit;
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const [x, y] = [point.x - origin.x, point.y - origin.y];
  return labels.placed.find(box => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom)?.id;
}
function edgeAt(point) {
  if (isMap) return cellAt(point);
  const hit = network.getEdgeAt(point);
  return hit !== undefined && seen.edges.has(hit) ? hit : undefined;
}

const tip = document.getElementById('tip');
function showTip(point, ...lines) {
  tip.replaceChildren(...lines.map((text, i) => element('div', { text, class: i ? 'under' : 'over' })));
  tip.hidden = false;
  const room = container.clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(room, point.x + 14))}px`;
  tip.style.top = `${Math.max(AXIS_HEIGHT, point.y - tip.offsetHeight - 12)}px`;
}
function hover(event) {
  const frame = container.getBoundingClientRect();
  const point = { x: event.clientX - frame.left, y: event.clientY - frame.top };
  const node = byId.get(nodeAt(point));
  const edge = node ? undefined : data.edges.find(each => each.id === edgeAt(point));
  container.style.cursor = node || edge ? 'pointer' : 'default';
  if (node) {
    const said = [node.kind, node.year ?? 'undated'];
    if (node.kind !== 'paper') said.push(counted(node.papers, 'paper', 'papers'));
    showTip(point, node.name, [...said, ...node.notes].join(' · '));
  } else if (edge) {
    showTip(point, `${byId.get(edge.source).name} → ${byId.get(edge.target).name}`,
      edge.asserted_only ? data.words.dashed : counted(edge.support, 'paper says so', 'papers say so'));
  } else tip.hidden = true;
}

function startPicture() {
  network.on('beforeDrawing', drawLines);
  network.on('afterDrawing', drawOver);
  network.on('click', ({ pointer }) => {
    const node = nodeAt(pointer.DOM);
    const edge = node ? undefined : edgeAt(pointer.DOM);
    if (edge) selectEdge(edge); else select(node ?? null);
  });
  network.on('doubleClick', ({ pointer }) => {
    const node = nodeAt(pointer.DOM);
    if (node) toggle(node);
  });
  container.addEventListener('mousemove', event => { if (!event.buttons) hover(event); });
  container.addEventListener('mouseleave', () => { tip.hidden = true; });
  onChange(what => {
    if (what === 'theme') colours = readColours();
    if (isMap && what !== 'selection' && what !== 'theme') placeCells();
    restyle();
    if (what === 'more' || (what === 'fold' && fitted)) fit();
    network.redraw();
  });
  for (const moved of ['zoom', 'dragStart']) network.on(moved, () => { fitted = null; tip.hidden = true; });
  // When its room changes, vis-network keeps what it shows, even where it had no room before; we fit anew, after it.
  network.on('resize', () => queueMicrotask(() => { labels.scale = null; if (fitted) fit(fitted); }));
  container.firstElementChild.tabIndex = -1; // the keyboard has the list
  if (isMap) placeCells();
  restyle();
  fit({ smallest: container.clientWidth < 600 ? 0.62 : 0.4 });
  network.redraw();
}
