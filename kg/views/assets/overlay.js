// What stands around the nodes: the axis of time, bands, headings, badges, rings.
// What is drawn by us is drawn in pixels of the screen, whatever the zoom.
function onScreen(context, draw) {
  const ratio = context.canvas.width / context.canvas.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw(network.canvasToDOM({ x: 0, y: 0 }), network.getScale());
  context.restore();
}
function drawLines(context) {
  onScreen(context, (origin, scale) => {
    const { clientWidth: width, clientHeight: height } = container;
    const lane = data.axis.lane;
    const showLane = lane !== null && data.nodes.some(node => node.year === null && seen.nodes.has(node.id));
    const laneY = showLane ? origin.y + lane * scale : height;
    drawBands(context, origin, scale, width);
    if (isMap) drawGrid(context, origin, scale);
    context.strokeStyle = colours.faint;
    context.lineWidth = 1;
    for (const mark of isMap ? [] : data.axis.marks) {
      const x = Math.round(origin.x + mark.x * scale) + 0.5;
      context.beginPath();
      context.moveTo(x, AXIS_HEIGHT);
      context.lineTo(x, Math.max(AXIS_HEIGHT, Math.min(height, laneY)));
      context.stroke();
    }
    if (!showLane) return;
    context.strokeStyle = colours.line;
    context.setLineDash([2, 4]);
    context.beginPath();
    context.moveTo(0, Math.round(laneY) + 0.5);
    context.lineTo(width, Math.round(laneY) + 0.5);
    context.stroke();
    context.fillStyle = colours.soft;
    context.font = `italic 12px ${LABEL_FONT}`;
    context.fillText('undated', 12, laneY + 17);
  });
}
// Bands across the picture, each with its name at the left edge of the screen.
function drawBands(context, origin, scale, width) {
  data.axis.bands.forEach((band, i) => {
    const y = Math.round(origin.y + band.y * scale) + 0.5;
    context.strokeStyle = colours.line;
    context.lineWidth = 1;
    if (i) {
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(width, y);
      context.stroke();
    }
    context.fillStyle = colours.soft;
    context.font = `600 12px ${LABEL_FONT}`;
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    context.fillText(band.label, 14, y + 18);
  });
}
const HEAD_FONT = `600 11.5px ${LABEL_FONT}`;
function shownHeads() {
  return data.axis.heads.filter(head => head.members.some(id => seen.nodes.has(id)));
}
// The room that headings and bands take, in pixels relative to the origin: labels keep out of it.
function headBoxes(context, scale) {
  context.font = HEAD_FONT;
  return shownHeads().map(head => {
    const width = context.measureText(head.label.toUpperCase()).width * 1.08 + 6;
    const x = head.x * scale, y = head.y * scale;
    const left = head.align === 'left' ? x : head.align === 'right' ? x - width : x - width / 2;
    return { left, right: left + width, top: y - 8, bottom: y + 8, owner: 'head' };
  });
}
function drawHeads(context, origin, scale) {
  context.save();
  context.font = HEAD_FONT;
  if ('letterSpacing' in context) context.letterSpacing = '0.05em';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = colours.paper;
  context.fillStyle = colours.soft;
  for (const head of shownHeads()) {
    context.textAlign = head.align;
    const at = [head.label.toUpperCase(), origin.x + head.x * scale, origin.y + head.y * scale];
    context.strokeText(...at);
    context.fillText(...at);
  }
  context.restore();
}
// How many nodes are folded into a node: a badge at its upper right, which labels keep out of.
const BADGE_FONT = `600 10.5px ${LABEL_FONT}`;
function badgeBoxes(context, scale) {
  context.font = BADGE_FONT;
  return [...state.collapsed].filter(id => seen.nodes.has(id) && heldBy(id)).map(id => {
    const node = byId.get(id);
    const text = `+${heldBy(id)}`;
    const left = node.x * scale + node.radius * scale * 0.7;
    const bottom = node.y * scale - node.radius * scale * 0.7 + 2.5;
    return { left, right: left + context.measureText(text).width + 9, top: bottom - 15, bottom, text, owner: `badge of ${id}` };
  });
}
function drawBadges(context, origin, scale) {
  for (const box of badgeBoxes(context, scale)) {
    context.fillStyle = colours.ink;
    context.beginPath();
    context.roundRect(origin.x + box.left, origin.y + box.top, box.right - box.left, 15, 7.5);
    context.fill();
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = colours.paper;
    context.fillText(box.text, origin.x + (box.left + box.right) / 2, origin.y + box.top + 8);
  }
}
function drawAxis(context, origin, scale) {
  if (!data.axis.marks.length) return;
  const width = container.clientWidth;
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, AXIS_HEIGHT);
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, AXIS_HEIGHT - 0.5);
  context.lineTo(width, AXIS_HEIGHT - 0.5);
  context.stroke();
  context.fillStyle = colours.soft;
  context.font = `12px ${LABEL_FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  let end = -Infinity;
  for (const mark of data.axis.marks) {
    const x = origin.x + mark.x * scale;
    const half = context.measureText(mark.label).width / 2;
    if (x - half < end + 6 || x + half < 0 || x - half > width) continue;
    context.fillText(mark.label, x, AXIS_HEIGHT / 2);
    end = x + half;
  }
}
function drawRing(context, node, origin, scale) {
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.8;
  context.beginPath();
  context.arc(origin.x + node.x * scale, origin.y + node.y * scale, node.radius * scale + 4, 0, 2 * Math.PI);
  context.stroke();
}
