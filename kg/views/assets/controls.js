// Filters, legend, zoom, "show more", light and dark, and the exports.
const at = id => document.getElementById(id);

function startFilters() {
  const most = Math.min(20, Math.max(0, ...data.edges.map(edge => edge.support)));
  for (const kind of kindsHere) {
    const box = element('input', { type: 'checkbox', value: kind, onchange: () => {
      if (box.checked) state.kinds.add(kind); else state.kinds.delete(kind);
      changed('filter');
    } });
    box.checked = true;
    const count = data.nodes.filter(node => node.kind === kind).length;
    at('kinds').append(element('label', { class: 'check' }, box, glyph(kind), kind,
      element('span', { class: 'count', text: String(count) })));
  }
  for (const [name, words] of PREDICATES) {
    const box = element('input', { type: 'checkbox', value: name, onchange: () => {
      if (box.checked) state.predicates.add(name); else state.predicates.delete(name);
      changed('filter');
    } });
    box.checked = true;
    const count = data.edges.filter(edge => edge.predicate === name).length;
    at('predicates').append(element('label', { class: 'check' }, box, stroke(name), words.label,
      element('span', { class: 'count', text: String(count) })));
  }
  at('predicates').hidden = PREDICATES.size < 2;
  for (const [id, key, bound] of [['year-from', 'from', firstYear], ['year-to', 'to', lastYear]]) {
    const input = at(id);
    if (yearsHere.length) Object.assign(input, { min: firstYear, max: lastYear, placeholder: bound });
    input.addEventListener('input', () => {
      // A year that is still being typed is no bound yet.
      state[key] = input.value.length === 4 ? Number(input.value) : null;
      changed('filter');
    });
  }
  at('undated').addEventListener('change', event => { state.undated = event.target.checked; changed('filter'); });
  at('undated-row').hidden = !hasUndated;
  at('times').hidden = !yearsHere.length;
  at('support').max = most;
  at('support').closest('fieldset').hidden = most < 1;
  at('support').addEventListener('input', event => {
    state.support = Number(event.target.value);
    at('support-value').textContent = state.support;
    at('support-unit').textContent = state.support === 1 ? 'paper' : 'papers';
    changed('filter');
  });
  const least = Math.min(1, ...data.edges.map(edge => edge.confidence));
  at('confidence').closest('fieldset').hidden = least === 1;
  at('confidence').addEventListener('input', event => {
    state.confidence = Number(event.target.value);
    at('confidence-value').textContent = state.confidence.toFixed(2);
    changed('filter');
  });
  at('reset').addEventListener('click', () => {
    Object.assign(state, {
      kinds: new Set(kindsHere), predicates: new Set(PREDICATES.keys()), from: null, to: null, undated: true,
      support: 0, confidence: 0,
    });
    for (const box of at('filters').querySelectorAll('#kinds input, #predicates input')) box.checked = true;
    at('confidence').value = 0;
    at('confidence-value').textContent = '0.00';
    Object.assign(at('undated'), { checked: true });
    for (const id of ['year-from', 'year-to']) at(id).value = '';
    at('support').value = 0;
    at('support-value').textContent = '0';
    at('support-unit').textContent = 'papers';
    changed('filter');
  });
  at('filters').open = matchMedia('(min-width: 901px) and (min-height: 700px)').matches;
}

function sign(...shapes) {
  return drawn('svg', { class: 'wide', viewBox: '0 0 34 14', 'aria-hidden': 'true' }, ...shapes);
}
function line(dashes, name) {
  const style = name ? { style: `stroke: var(--link-${name})` } : {};
  return sign(
    drawn('path', { class: 'stroke', d: 'M1 7H29', 'stroke-dasharray': dashes, ...style }),
    drawn('path', { class: 'stroke', d: 'M25 3.5L30 7l-5 3.5', ...style }));
}
function stroke(name) { return line('none', name); }
function cell(hollow) {
  const look = hollow ? 'fill: none; stroke: var(--kind-module); stroke-width: 1.5' : 'fill: var(--kind-module)';
  return drawn('svg', { class: 'glyph', viewBox: '0 0 12 12', 'aria-hidden': 'true' },
    drawn('rect', { x: 1, y: 1, width: 10, height: 10, rx: 2, style: look }));
}
function startLegend() {
  const entry = (icon, text) => element('span', { class: 'entry' }, icon, text);
  const entries = kindsHere.map(kind => entry(glyph(kind), kind));
  if (data.nodes.some(node => node.family)) {
    const ring = drawn('circle', { class: 'ring', cx: 6, cy: 6, r: 4.5 });
    const icon = drawn('svg', { class: 'glyph', viewBox: '0 0 12 12', 'aria-hidden': 'true' }, ring);
    entries.push(entry(icon, 'hollow: a family'));
  }
  if (data.words.size) {
    const dots = [[5, 2.5], [14, 4.2], [27, 6.4]].map(([cx, r]) => drawn('circle', { class: 'dot', cx, cy: 7, r }));
    entries.push(entry(sign(...dots), data.words.size));
  }
  if (PREDICATES.size > 1) for (const [name, words] of PREDICATES) entries.push(entry(stroke(name), words.label));
  const [solid, dashed] = isMap ? [cell(false), cell(true)] : [line('none'), line('4 3')];
  if (data.edges.length) entries.push(entry(solid, data.words.solid), entry(dashed, data.words.dashed));
  at('legend').replaceChildren(...entries);
}

function showMore() {
  const shown = Math.min(state.shown, data.nodes.length);
  const hidden = data.nodes.length - shown;
  at('more-row').hidden = hidden === 0;
  const all = counted(data.nodes.length, data.words.noun, data.words.nouns);
  at('more-count').textContent = `The ${shown} most important of ${all}`;
  at('more').textContent = `Show ${Math.min(hidden, data.shown)} more`;
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme === undefined ? prefersDark.matches : theme === 'dark';
}
function nameTheme() { at('theme-name').textContent = isDark() ? 'Light' : 'Dark'; }
function startTheme() {
  at('theme').addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    nameTheme();
    changed('theme');
  });
  prefersDark.addEventListener('change', () => { nameTheme(); changed('theme'); });
  nameTheme();
}

function saveAs(blob, ending) {
  const link = element('a', { href: URL.createObjectURL(blob), download: `${data.slug}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
function exportJson() {
  const drop = ({ x, y, radius, rank, lines, side, collapsed, id, ...kept }) => ({ id, ...kept });
  const content = { title: data.title, nodes: data.nodes.map(drop), edges: data.edges, notes: data.notes };
  saveAs(new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: 'application/json' }), 'json');
}
// The picture as it is on the screen, between its title and its legend, on its paper.
function exportPng() {
  network.redraw();
  const source = container.querySelector('canvas');
  const ratio = source.width / source.clientWidth;
  const [head, foot] = [56, 40];
  const canvas = element('canvas', { width: source.width, height: source.height + (head + foot) * ratio });
  const context = canvas.getContext('2d');
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, head * ratio);
  context.scale(ratio, ratio);
  context.textBaseline = 'middle';
  context.fillStyle = colours.ink;
  context.font = '500 22px Georgia, "Liberation Serif", serif';
  context.fillText(data.title, 20, head / 2, source.clientWidth - 40);
  context.font = `12px ${LABEL_FONT}`;
  const middle = head + source.clientHeight + foot / 2;
  let x = 20;
  for (const kind of kindsHere) {
    context.save();
    context.translate(x, middle - 6);
    context.fillStyle = colours.kinds[kind];
    context.fill(new Path2D(GLYPHS[kind]));
    context.restore();
    context.fillStyle = colours.soft;
    context.fillText(kind, x + 18, middle);
    x += 18 + context.measureText(kind).width + 22;
  }
  if (data.words.size) context.fillText(`size: ${data.words.size}`, x, middle);
  canvas.toBlob(blob => saveAs(blob, 'png'), 'image/png');
}

function startControls() {
  startFilters();
  if (isMap) startOrder();
  startLegend();
  startTheme();
  at('zoom-in').addEventListener('click', () => zoom(1.3));
  at('zoom-out').addEventListener('click', () => zoom(1 / 1.3));
  at('fit').addEventListener('click', () => fit());
  at('more').addEventListener('click', () => { state.shown += data.shown; changed('more'); });
  at('export-json').addEventListener('click', exportJson);
  at('export-png').addEventListener('click', exportPng);
  onChange(showMore);
  showMore();
  document.addEventListener('keydown', event => {
    const typing = event.target.matches('input, select');
    if (event.key === '/' && !typing) { event.preventDefault(); search.focus(); }
    if (event.key === 'Escape' && !typing) select(null);
  });
}
