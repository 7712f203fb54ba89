// The map: modules as rows, architectures as columns, what uses what as cells. It is laid out anew whenever what is
// visible changes, so that there is never an empty row. Names stay in sight: at the left edge and along the top.
const PITCH = 20;
const ORDERS = {
  reuse: node => [-(map.reuse.get(node.id) ?? 0), node.year ?? Infinity],
  year: node => [node.year ?? Infinity],
  name: () => [],
};
const map = { order: 'reuse', rows: [], columns: [], cells: new Map(), reuse: new Map() };

function inOrder(nodes, key) {
  return nodes.map(node => [key(node), node]).sort(([a, first], [b, second]) => {
    const i = a.findIndex((value, at) => value !== b[at]);
    return i < 0 ? first.name.localeCompare(second.name, 'en') : a[i] - b[i];
  }).map(each => each[1]);
}
function placeCells() {
  const shown = data.nodes.filter(node => seen.nodes.has(node.id));
  const cells = data.edges.filter(edge => seen.edges.has(edge.id));
  map.reuse = new Map();
  for (const edge of cells) map.reuse.set(edge.target, (map.reuse.get(edge.target) ?? 0) + 1);
  map.rows = inOrder(shown.filter(node => node.side === 'row'), ORDERS[map.order]);
  map.columns = inOrder(shown.filter(node => node.side === 'column'), ORDERS.year);
  map.rows.forEach((node, i) => Object.assign(node, { x: -PITCH, y: i * PITCH }));
  map.columns.forEach((node, i) => Object.assign(node, { x: i * PITCH, y: -PITCH }));
  map.cells = new Map(cells.map(edge => {
    const [column, row] = [byId.get(edge.source), byId.get(edge.target)];
    return [`${column.x},${row.y}`, edge];
  }));
  const marks = [];
  for (const node of map.columns) {
    const label = node.year === null ? 'undated' : String(node.year);
    if (marks.at(-1)?.label !== label) marks.push({ x: node.x, label });
  }
  data.axis.marks = marks;
}
function startOrder() {
  const choice = element('select', { id: 'order', onchange: () => { map.order = choice.value; changed('order'); } },
    ...Object.entries({ reuse: 'how many use it', year: 'year', name: 'name' }).map(([value, text]) =>
      element('option', { value, text })));
  document.getElementById('reset').before(element('fieldset', {}, element('legend', { text: 'Rows by' }), choice));
}

function drawGrid(context, origin, scale) {
  const x = i => Math.round(origin.x + i * PITCH * scale) + 0.5;
  const y = i => Math.round(origin.y + i * PITCH * scale) + 0.5;
  const right = x(map.columns.length - 0.5), bottom = y(map.rows.length - 0.5);
  context.lineWidth = 1;
  context.strokeStyle = colours.faint;
  context.beginPath();
  map.rows.forEach((_, i) => { context.moveTo(x(-0.5), y(i)); context.lineTo(right, y(i)); });
  context.stroke();
  // A year begins with a line.
  context.strokeStyle = colours.line;
  context.beginPath();
  for (const mark of data.axis.marks) {
    const at = x(mark.x / PITCH - 0.5);
    context.moveTo(at, AXIS_HEIGHT);
    context.lineTo(at, bottom);
  }
  context.stroke();
}
function drawCells(context, origin, scale) {
  const size = Math.max(2, PITCH * scale * 0.68);
  for (const edge of map.cells.values()) {
    const [column, row] = [byId.get(edge.source), byId.get(edge.target)];
    const x = origin.x + column.x * scale - size / 2, y = origin.y + row.y * scale - size / 2;
    const faded = lit && !lit.edges.has(edge.id);
    context.globalAlpha = faded ? 0.15 : edge.asserted_only ? 1 : 0.45 + 0.55 * edge.confidence;
    context.beginPath();
    context.roundRect(x, y, size, size, size / 5);
    context.fillStyle = edge.asserted_only ? colours.paper : colours.kinds[row.kind];
    context.fill();
    if (edge.asserted_only) {
      context.lineWidth = 1.4;
      context.strokeStyle = colours.kinds[row.kind];
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}
function cellAt(point) {
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const at = value => Math.round(value / network.getScale() / PITCH) * PITCH;
  return map.cells.get(`${at(point.x - origin.x)},${at(point.y - origin.y)}`)?.id;
}

function mapMargins(shown, bottom) {
  const context = container.querySelector('canvas').getContext('2d');
  context.save();
  context.font = `13px ${LABEL_FONT}`;
  const widest = side => Math.max(0, ...shown.filter(node => node.side === side)
    .map(node => context.measureText(node.lines.join(' ')).width));
  const found = { left: widest('row') + 34, right: 60, top: AXIS_HEIGHT + 22 + widest('column') * SLOPE, bottom };
  context.restore();
  return found;
}
const ANGLE = -Math.PI / 3;
const SLOPE = Math.sin(-ANGLE);
// Names are as large as the distance of the rows allows; where that is too small, the reader must come nearer.
function mapLabels(context, nodes, scale) {
  const size = Math.min(13, PITCH * scale * 0.82);
  if (size < 7.5) return [];
  return nodes.map(node => {
    context.font = `${isStrong(node) ? '600 ' : ''}${size}px ${LABEL_FONT}`;
    const text = node.lines.join(' ');
    const width = context.measureText(text).width;
    const x = node.x * scale, y = node.y * scale, away = node.radius * scale + 5;
    const box = node.side === 'row'
      ? { left: x - away - width, right: x - away, top: y - size / 2, bottom: y + size / 2 }
      // What a turned name covers is no upright box: this is its lower end, by which it is clicked.
      : { left: x - size / 2, right: x + size / 2, top: y - away - size, bottom: y - away };
    return { ...box, id: node.id, text, width, size, side: node.side, x, y: y - away, strong: isStrong(node) };
  });
}
function drawMapLabel(context, label, colours, faded) {
  context.font = `${label.strong ? '600 ' : ''}${label.size}px ${LABEL_FONT}`;
  context.textBaseline = 'middle';
  context.fillStyle = colours.ink;
  context.globalAlpha = faded ? 0.4 : 1;
  if (label.side === 'row') {
    context.textAlign = 'right';
    context.fillText(label.text, label.right, (label.top + label.bottom) / 2);
  } else {
    context.save();
    context.translate(label.x, label.y);
    context.rotate(ANGLE);
    context.textAlign = 'left';
    context.fillText(label.text, 0, 0);
    context.restore();
  }
  context.globalAlpha = 1;
}
