// The panel of details: a node with its links, or one link, each with the sentences behind it.
const details = document.getElementById('details');
const status = document.getElementById('status');
const PROOFS_AT_FIRST = 2;
const ARXIV = /\/paper\/arxiv-(\d{4}\.\d{4,5})$/;
const DOI = /\/paper\/doi-(10\..+)$/;
const intro = document.getElementById('intro');

function paperAddress(iri) {
  const number = ARXIV.exec(iri ?? '')?.[1];
  const name = DOI.exec(iri ?? '')?.[1];
  return number ? `https://arxiv.org/abs/${number}` : name ? `https://doi.org/${name}` : null;
}
function outside(href, text) { return element('a', { href, rel: 'noopener noreferrer', target: '_blank', text }); }
function paperTitle(proof) {
  const title = proof.title ?? proof.paper ?? '';
  const href = paperAddress(proof.paper);
  return href ? outside(href, title) : document.createTextNode(title);
}
function proofItem(proof) {
  if (!proof.paper) {
    return element('li', { class: 'curated', text: proof.source ? `curated: ${proof.source}` : 'curated' });
  }
  const cite = element('cite', {}, paperTitle(proof));
  const found = [`confidence ${Number(proof.confidence).toFixed(2)}`];
  if (proof.found_by) found.push(`found by ${proof.found_by}`);
  cite.append(`${proof.year === null ? '' : `, ${proof.year}`} · ${found.join(' · ')}`);
  const quote = element('blockquote', {});
  if (proof.sentence) quote.append(element('p', { text: `“${proof.sentence}”` }));
  quote.append(cite);
  return element('li', {}, quote);
}
function proofList(edge, atFirst) {
  const list = element('ul', { class: 'proofs' });
  list.append(...edge.proofs.slice(0, atFirst).map(proofItem));
  const rest = edge.proofs.slice(atFirst);
  if (!rest.length) return [list];
  const more = element('button', { type: 'button', class: 'rest', text: `${rest.length} more`, onclick: () => {
    const added = rest.map(proofItem);
    list.append(...added);
    more.remove();
    added[0].setAttribute('tabindex', '-1');
    added[0].focus();
  } });
  return [list, more];
}
function nodeButton(node) {
  // The button is gone once the panel shows something else; the keyboard stays in the panel.
  const follow = () => { open(node.id); details.focus({ preventScroll: true }); };
  return element('button', { type: 'button', class: 'name', text: node.name, onclick: follow });
}
function when(node) {
  return element('span', { class: 'when', text: node.year === null ? 'undated' : String(node.year) });
}

function linkItem(edge, other) {
  const item = element('li', { 'data-edge': edge.id },
    element('div', { class: 'link-head' }, glyph(other.kind), nodeButton(other), when(other)));
  if (edge.note) item.append(element('p', { class: 'warn', text: edge.note }));
  item.append(...proofList(edge, PROOFS_AT_FIRST));
  return item;
}
function linkSection(heading, links, end) {
  if (!links.length) return [];
  const sorted = [...links].sort((a, b) => inTime.indexOf(byId.get(a[end])) - inTime.indexOf(byId.get(b[end])));
  return [
    element('h3', {}, element('span', { text: heading }),
      element('span', { class: 'count', text: String(links.length) })),
    element('ul', { class: 'links' }, ...sorted.map(edge => linkItem(edge, byId.get(edge[end])))),
  ];
}
function facts(node) {
  const said = [node.kind, node.year === null ? 'undated' : String(node.year)];
  if (node.family) said.push('a family');
  if (node.kind !== 'paper') {
    said.push(node.papers ? `named by ${counted(node.papers, 'paper', 'papers')}` : 'named by no paper here');
  }
  said.push(...node.notes);
  return element('p', { class: 'facts' }, glyph(node.kind), said.join(' · '));
}

function nodeDetails(node) {
  const parts = [element('h2', { text: node.name }), facts(node)];
  if (node.aliases.length) parts.push(element('p', { class: 'aliases', text: `Also ${node.aliases.join(', ')}` }));
  if (node.url) parts.push(element('p', { class: 'aliases' }, outside(node.url, 'Read the paper')));
  if (node.iri) parts.push(element('p', { class: 'iri', text: node.iri }));
  parts.push(...foldButton(node));
  for (const [name, words] of PREDICATES) {
    const links = edges => edges.filter(edge => edge.predicate === name);
    parts.push(...linkSection(words.incoming, links(incoming.get(node.id)), 'source'));
    parts.push(...linkSection(words.outgoing, links(outgoing.get(node.id)), 'target'));
  }
  if (parts.every(part => part.tagName !== 'H3')) {
    parts.push(element('p', { class: 'none', text: 'No links on this page.' }));
  }
  return parts;
}
function edgeDetails(edge) {
  const [source, target] = [byId.get(edge.source), byId.get(edge.target)];
  const row = (heading, node) => element('li', {},
    element('div', { class: 'facts', text: heading }),
    element('div', { class: 'link-head' }, glyph(node.kind), nodeButton(node), when(node)));
  const kindOfLink = PREDICATES.size > 1 ? `${PREDICATES.get(edge.predicate).label} · ` : '';
  const parts = [
    element('h2', { text: `${source.name} → ${target.name}` }),
    element('p', { class: 'facts', text: kindOfLink + (edge.asserted_only ? data.words.dashed
      : `${counted(edge.support, 'paper says so', 'papers say so')}, confidence ${edge.confidence.toFixed(2)}`) }),
    element('ul', { class: 'links' }, row('From', source), row('To', target)),
    element('h3', { text: 'Evidence' }),
  ];
  if (edge.note) parts.push(element('p', { class: 'warn', text: edge.note }));
  return [...parts, ...proofList(edge, edge.proofs.length)];
}

function showDetails() {
  const edge = data.edges.find(each => each.id === state.selectedEdge);
  const chosen = byId.get(state.selected) ?? data.nodes.find(each => each.focus);
  const hasIntro = intro.content.childElementCount > 0;
  const node = chosen ?? (hasIntro ? undefined : data.nodes[0]);
  const parts = edge ? edgeDetails(edge) : node ? nodeDetails(node)
    : hasIntro ? [] : [element('p', { class: 'none', text: 'Nothing to show.' })];
  if (!edge && hasIntro && (!state.selected || node.focus)) {
    // Before the links, which may be many.
    const before = parts.findIndex(part => part.tagName === 'H3');
    parts.splice(before < 0 ? parts.length : before, 0, intro.content.cloneNode(true));
  }
  if (!edge && data.notes.length && (!state.selected || node.focus)) {
    parts.push(element('div', { class: 'notes' }, ...data.notes.map(text => element('p', { text }))));
  }
  details.replaceChildren(...parts);
  details.scrollTop = 0;
  status.textContent = edge || state.selected ? `Details of ${parts[0].textContent}` : '';
}
// Names in what was written by the page's maker lead to their nodes.
for (const place of [details, document.getElementById('reading')]) {
  place?.addEventListener('click', event => {
    const id = event.target.closest('[data-goto]')?.dataset.goto;
    if (byId.has(id)) open(id);
  });
}

// Opens a node from beside the picture: also one that is pruned, and one that is out of sight.
function open(id) {
  const node = byId.get(id);
  if (foldedBy(state.collapsed).has(id)) unfold(id);
  if (!isWanted(node)) {
    state.shown = Math.ceil((node.rank + 1) / data.shown) * data.shown;
    changed('more');
  }
  select(id);
  reveal(id);
  if (matchMedia('(max-width: 900px)').matches) details.scrollIntoView({ block: 'start' });
}
function unfold(id) {
  for (let folded = foldedBy(state.collapsed); folded.has(id); folded = foldedBy(state.collapsed)) {
    const holder = inwards.get(id).find(inner => state.collapsed.has(inner));
    if (holder) state.collapsed.delete(holder);
    else unfold(inwards.get(id)[0]);
  }
  state.revealed.add(id);
  changed('fold');
}
onChange(what => { if (what === 'selection' || what === 'fold') showDetails(); });
