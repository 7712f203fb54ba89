// The same nodes as a list, in time order, for eyes, keyboards and screen readers; and the search.
const list = document.getElementById('list');
const search = document.getElementById('search');
const suggestions = document.getElementById('suggestions');
const MOST_SUGGESTIONS = 9;

function showList() {
  const held = document.activeElement?.dataset?.node;
  const shown = inTime.filter(node => seen.nodes.has(node.id));
  const rows = [];
  let year;
  for (const node of shown) {
    if (node.year !== year || !rows.length) {
      year = node.year;
      rows.push(element('li', { class: 'year', text: year === null ? 'undated' : String(year) }));
    }
    const button = element('button', {
      type: 'button', 'data-node': node.id, class: node.focus ? 'focus' : '', tabindex: '-1',
      onclick: () => open(node.id),
    }, glyph(node.kind), element('span', { text: node.name }),
    element('span', { class: 'unseen', text: `, ${node.kind}` }));
    rows.push(element('li', {}, button));
  }
  list.replaceChildren(...rows);
  document.getElementById('list-count').textContent = shown.length === data.nodes.length ? String(shown.length)
    : `${shown.length} of ${data.nodes.length}`;
  markCurrent();
  if (held) list.querySelector(`[data-node="${held}"]`)?.focus();
}
// One button of the list is reached by Tab, the others from there by the arrows.
function markCurrent() {
  const buttons = [...list.querySelectorAll('button')];
  const focus = data.nodes.find(node => node.focus)?.id;
  const entry = buttons.find(button => button.dataset.node === state.selected)
    ?? buttons.find(button => button.dataset.node === focus) ?? buttons[0];
  for (const button of buttons) {
    button.setAttribute('aria-current', String(button.dataset.node === state.selected));
    button.tabIndex = button === entry ? 0 : -1;
  }
}
list.addEventListener('keydown', event => {
  const here = document.activeElement?.dataset?.node;
  if (here && (event.key === 'ArrowLeft') !== isCollapsed(here) && /^Arrow(Left|Right)$/.test(event.key)) {
    event.preventDefault();
    toggle(here);
    return;
  }
  const buttons = [...list.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined || !buttons[to]) return;
  event.preventDefault();
  buttons[to].focus();
});

function found(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const scored = [];
  for (const node of data.nodes) {
    const places = [node.name, ...node.aliases].map(name => name.toLowerCase().indexOf(wanted)).filter(at => at >= 0);
    if (places.length) scored.push([Math.min(...places) === 0 ? 0 : 1, node.rank, node]);
  }
  return scored.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MOST_SUGGESTIONS).map(each => each[2]);
}
let chosen = -1;
function suggest() {
  const hits = found(search.value);
  chosen = hits.length ? 0 : -1;
  const rows = hits.map((node, i) => element('li', {
    role: 'option', id: `suggestion-${i}`, 'data-node': node.id,
    onmousedown: event => { event.preventDefault(); take(node.id); },
  }, glyph(node.kind), element('span', { text: node.name }),
  element('span', { class: 'count', text: String(node.year ?? '') })));
  if (!hits.length && search.value.trim()) {
    const said = { class: 'empty', role: 'option', 'aria-disabled': 'true', text: 'Nothing by this name' };
    rows.push(element('li', said));
  }
  suggestions.replaceChildren(...rows);
  suggestions.hidden = !rows.length;
  search.setAttribute('aria-expanded', String(rows.length > 0));
  markChosen();
}
function markChosen() {
  const rows = [...suggestions.querySelectorAll('[data-node]')];
  rows.forEach((row, i) => row.setAttribute('aria-selected', String(i === chosen)));
  if (rows[chosen]) {
    search.setAttribute('aria-activedescendant', rows[chosen].id);
    rows[chosen].scrollIntoView({ block: 'nearest' });
  } else search.removeAttribute('aria-activedescendant');
}
function closeSuggestions() {
  suggestions.hidden = true;
  search.setAttribute('aria-expanded', 'false');
  search.removeAttribute('aria-activedescendant');
}
function take(id) {
  search.value = byId.get(id).name;
  closeSuggestions();
  open(id);
}
search.addEventListener('input', suggest);
search.addEventListener('blur', closeSuggestions);
search.addEventListener('keydown', event => {
  const rows = [...suggestions.querySelectorAll('[data-node]')];
  if (event.key === 'Escape') { closeSuggestions(); return; }
  if (suggestions.hidden || !rows.length) return;
  if (event.key === 'Enter') { event.preventDefault(); take(rows[chosen].dataset.node); }
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    chosen = (chosen + (event.key === 'ArrowDown' ? 1 : -1) + rows.length) % rows.length;
    markChosen();
  }
});
onChange(what => { if (what === 'selection') markCurrent(); else if (what !== 'theme') showList(); });
