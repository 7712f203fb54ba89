// Labels are drawn by the page in a size that stays readable at any zoom. The important are placed first; one that
// would cover another label or a node tries the other sides, and is left out until the reader zooms in.
const LABEL_FONT = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif';
const CELL = 80;

function labelSize(scale) { return Math.min(16, Math.max(11.5, 13 * scale)); }

// Rectangles in a grid, so that a collision is sought among near ones only.
function makeGrid() {
  const cells = new Map();
  const over = (box, visit) => {
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) visit(`${x},${y}`);
    }
  };
  return {
    add(box) { over(box, key => { if (!cells.has(key)) cells.set(key, []); cells.get(key).push(box); }); },
    hits(box, ignored) {
      let found = false;
      over(box, key => {
        found ||= (cells.get(key) ?? []).some(other => other.owner !== ignored
          && other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top);
      });
      return found;
    },
  };
}

// Returns the labels of the given nodes, in pixels relative to the origin of the picture at this scale.
function placeLabels(context, nodes, scale, isStrong, taken) {
  const size = labelSize(scale);
  const line = size * 1.16;
  const grid = makeGrid();
  for (const box of taken) grid.add(box);
  for (const node of nodes) {
    const x = node.x * scale, y = node.y * scale, radius = node.radius * scale;
    grid.add({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, owner: node.id });
  }
  const placed = [];
  for (const node of nodes) {
    const strong = isStrong(node);
    const lines = node.lines.filter(text => text);
    context.font = `${strong ? '600 ' : ''}${size}px ${LABEL_FONT}`;
    const width = Math.max(0, ...lines.map(text => context.measureText(text).width)) + 4;
    const height = line * lines.length;
    const x = node.x * scale, y = node.y * scale, away = node.radius * scale + 3;
    const middle = { left: x - width / 2, right: x + width / 2 };
    const beside = { top: y - height / 2, bottom: y + height / 2 };
    const sides = {
      below: { ...middle, top: y + away, bottom: y + away + height, align: 'center' },
      above: { ...middle, top: y - away - height, bottom: y - away, align: 'center' },
      right: { ...beside, left: x + away, right: x + away + width, align: 'left' },
      left: { ...beside, left: x - away - width, right: x - away, align: 'right' },
    };
    const tried = [sides[node.side], ...Object.values(sides)];
    const free = tried.find(box => !grid.hits(box, node.id));
    if (!free) continue;
    const label = { ...free, id: node.id, lines, size, line, strong, owner: `label of ${node.id}` };
    grid.add(label);
    placed.push(label);
  }
  return placed;
}

function drawLabel(context, label, colours, faded) {
  context.font = `${label.strong ? '600 ' : ''}${label.size}px ${LABEL_FONT}`;
  context.textAlign = label.align;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = colours.paper;
  context.fillStyle = colours.ink;
  context.globalAlpha = faded ? 0.4 : 1;
  const x = label.align === 'center' ? (label.left + label.right) / 2
    : label.align === 'left' ? label.left + 2 : label.right - 2;
  label.lines.forEach((text, i) => {
    const y = label.top + label.line * (i + 0.5);
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  });
  context.globalAlpha = 1;
}
