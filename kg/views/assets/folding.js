// Expand and collapse: what lies beyond a node, seen from the focus, is folded into it and unfolded again.

// How many nodes a collapsed node holds, or would hold.
function heldBy(id) {
  if (!foldable.has(id)) return 0;
  const folded = foldedBy(new Set([...state.collapsed, id]));
  if (!state.collapsed.has(id)) {
    for (const other of foldedBy(state.collapsed)) folded.delete(other);
    return folded.size;
  }
  const held = new Set();
  const waiting = [id];
  while (waiting.length) {
    const from = waiting.pop();
    for (const edge of [...incoming.get(from), ...outgoing.get(from)]) {
      const other = edge.source === from ? edge.target : edge.source;
      if (folded.has(other) && !held.has(other) && inwards.get(other).includes(from)) {
        held.add(other);
        waiting.push(other);
      }
    }
  }
  return held.size;
}
function isCollapsed(id) { return state.collapsed.has(id); }
function toggle(id) {
  if (!heldBy(id)) return;
  if (isCollapsed(id)) {
    state.collapsed.delete(id);
    // What is unfolded is to be seen, also where it was pruned.
    for (const node of data.nodes) if (inwards.get(node.id).includes(id)) state.revealed.add(node.id);
  } else state.collapsed.add(id);
  changed('fold');
  const node = byId.get(id);
  status.textContent = `${node.name} is ${isCollapsed(id) ? 'collapsed' : 'expanded'}`;
}
function foldButton(node) {
  const held = heldBy(node.id);
  if (!held) return [];
  const text = isCollapsed(node.id) ? `Expand: show ${held} more` : `Collapse: hide ${held}`;
  return [element('button', {
    type: 'button', class: 'fold', 'aria-expanded': String(!isCollapsed(node.id)), text, onclick: () => {
      toggle(node.id);
      details.querySelector('.fold')?.focus({ preventScroll: true });
    },
  })];
}
