// The search of an atlas. What it looks through is a script of its own, fetched from the folder when it is first
// wanted; it works from a disk, where a page may fetch nothing else.
(() => {
  'use strict';
  const MOST = 12;
  const home = document.body.dataset.home;
  const search = document.getElementById('search');
  const suggestions = document.getElementById('suggestions');
  let asked = false;
  let chosen = -1;

  function load() {
    if (asked) return;
    asked = true;
    const script = document.createElement('script');
    script.src = `${home}search.js`;
    script.addEventListener('load', suggest);
    document.head.append(script);
  }
  // Rows come with the best known first; a name that begins with the text goes before one that only holds it.
  function found(text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted || !window.ATLAS) return [];
    const groups = [[], [], []];
    for (const row of window.ATLAS) {
      const places = [row[0], ...row[4]].map(name => name.toLowerCase()).map(name =>
        name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3);
      const best = Math.min(...places);
      if (best < 3) groups[best].push(row);
      if (groups[0].length + groups[1].length >= 4 * MOST) break;
    }
    return groups.flat().slice(0, MOST);
  }
  function element(tag, properties, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  function suggest() {
    const hits = found(search.value);
    chosen = hits.length ? 0 : -1;
    const rows = hits.map(([name, kind, path, year], i) => {
      const row = element('li', { role: 'option', id: `suggestion-${i}`, 'data-path': path },
        element('span', {}, name), element('span', { class: 'count' }, [kind, year].filter(Boolean).join(' · ')));
      row.addEventListener('mousedown', event => { event.preventDefault(); go(path); });
      return row;
    });
    if (!hits.length && search.value.trim() && window.ATLAS) {
      rows.push(element('li', { class: 'empty', role: 'option', 'aria-disabled': 'true' }, 'Nothing by this name'));
    }
    suggestions.replaceChildren(...rows);
    suggestions.hidden = !rows.length;
    search.setAttribute('aria-expanded', String(rows.length > 0));
    mark();
  }
  function mark() {
    const rows = [...suggestions.querySelectorAll('[data-path]')];
    rows.forEach((row, i) => row.setAttribute('aria-selected', String(i === chosen)));
    if (rows[chosen]) {
      search.setAttribute('aria-activedescendant', rows[chosen].id);
      rows[chosen].scrollIntoView({ block: 'nearest' });
    } else search.removeAttribute('aria-activedescendant');
  }
  function close() {
    suggestions.hidden = true;
    search.setAttribute('aria-expanded', 'false');
    search.removeAttribute('aria-activedescendant');
  }
  function go(path) { location.href = home + path; }

  search.addEventListener('focus', load);
  search.addEventListener('input', suggest);
  search.addEventListener('blur', close);
  search.addEventListener('keydown', event => {
    const rows = [...suggestions.querySelectorAll('[data-path]')];
    if (event.key === 'Escape') close();
    if (!rows.length || suggestions.hidden) return;
    if (event.key === 'Enter') { event.preventDefault(); go(rows[chosen].dataset.path); }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : -1) + rows.length) % rows.length;
      mark();
    }
  });
  document.addEventListener('keydown', event => {
    if (event.key === '/' && event.target !== search) { event.preventDefault(); search.focus(); }
  });
})();
