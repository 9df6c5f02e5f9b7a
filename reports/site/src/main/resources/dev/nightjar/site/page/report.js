// Adds search, filter and sorting to what the page already shows. Text goes in by textContent alone.
'use strict';
(() => {
  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  function valueOf(row, column) {
    const cell = row.cells[column];
    if (!cell) return '';
    const time = cell.querySelector('time');
    const text = cell.textContent.trim().replace(/(\d),(?=\d{3}\b)/g, '$1');
    return cell.dataset.value ?? (time ? time.dateTime : text);
  }

  function compare(left, right) {
    const bothNumbers = left !== '' && right !== '' && !isNaN(left) && !isNaN(right);
    return bothNumbers ? left - right : left.localeCompare(right, 'en', { numeric: true });
  }

  // What cannot be compared ("—") stays last whichever way the rest is turned.
  function sort(table, column, descending) {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, column) }));
    rows.sort((a, b) => {
      if ((a.value === '—') !== (b.value === '—')) return a.value === '—' ? 1 : -1;
      return descending ? compare(b.value, a.value) : compare(a.value, b.value);
    });
    body.append(...rows.map((entry) => entry.row));
  }

  function makeSortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (head.dataset.unsorted !== undefined) return;
      const button = make('button', { type: 'button', className: 'sorter' });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const descending = head.getAttribute('aria-sort') === 'ascending';
        heads.forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
        sort(table, column, descending);
      });
    });
  }

  function makeFilter(table) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 2) return;
    const cards = [...document.querySelectorAll('.card')];
    const search = make('input', { type: 'search', placeholder: 'name, parameter, device' });
    const kinds = make('select', {});
    const present = [...new Set(rows.map((row) => row.dataset.verdict))];
    kinds.append(make('option', { value: '', textContent: 'all' }));
    present.forEach((kind) => kinds.append(make('option', { value: kind, textContent: kind })));
    const count = make('output', { className: 'hint' });

    const show = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = (element) => {
        const text = element.textContent.toLowerCase();
        const kindFits = !kinds.value || element.dataset.verdict === kinds.value;
        return kindFits && words.every((word) => text.includes(word));
      };
      rows.forEach((row) => { row.hidden = !fits(row); });
      const shown = new Set(rows.filter((row) => !row.hidden)
        .map((row) => row.querySelector('a').getAttribute('href').slice(1)));
      cards.forEach((card) => {
        card.hidden = !shown.has(card.id);
        if (!card.hidden && shown.size < rows.length) openTo(card);
      });
      count.textContent = shown.size + ' of ' + rows.length + ' shown';
    };
    const controls = make('div', { className: 'controls' });
    controls.setAttribute('role', 'search');
    controls.setAttribute('aria-label', 'Results');
    [['Search', search], ['Verdict', kinds]].forEach(([name, field]) => {
      const label = make('label', { textContent: name + ' ' });
      label.append(field);
      controls.append(label);
      field.addEventListener('input', show);
    });
    controls.append(count);
    table.closest('.scroll').before(controls);
    show();
  }

  // A flame graph becomes a tree: arrows walk it, Enter and a click zoom, Escape goes back.
  function makeFlame(flame) {
    const boxes = [...flame.children].filter((child) => child.localName === 'svg').map((box) => {
      const number = (name) => parseFloat(box.getAttribute(name));
      return { box, name: box.querySelector('text').textContent, x: number('x'), y: number('y'),
        width: number('width') };
    });
    const row = Math.abs((boxes[1] ?? boxes[0]).y - boxes[0].y);
    const slack = 1e-3;
    const covers = (outer, inner) =>
      inner.x >= outer.x - slack && inner.x + inner.width <= outer.x + outer.width + slack;
    const below = (one) => boxes.find((other) => other.y === one.y + row && covers(other, one));
    const above = (one) => boxes.filter((other) => other.y === one.y - row && covers(one, other));
    const root = boxes[0];
    let current = root;

    const zoom = (to) => {
      boxes.forEach((one) => {
        const isBelow = one.y > to.y && covers(one, to);
        one.box.toggleAttribute('hidden', !isBelow && !covers(to, one));
        const scale = 100 / to.width;
        one.box.setAttribute('x', isBelow ? '0%' : (one.x - to.x) * scale + '%');
        one.box.setAttribute('width', isBelow ? '100%' : one.width * scale + '%');
      });
      back.disabled = to === root;
    };
    const focus = (one) => {
      if (!one || one.box.hasAttribute('hidden')) return;
      current.box.setAttribute('tabindex', '-1');
      current = one;
      current.box.setAttribute('tabindex', '0');
      current.box.focus();
    };
    const beside = (step) => {
      const row = boxes.filter((one) => one.y === current.y && !one.box.hasAttribute('hidden'));
      return row.sort((a, b) => a.x - b.x)[row.indexOf(current) + step];
    };
    const keys = {
      ArrowUp: () => focus(above(current).sort((a, b) => b.width - a.width)[0]),
      ArrowDown: () => focus(below(current)),
      ArrowLeft: () => focus(beside(-1)),
      ArrowRight: () => focus(beside(1)),
      Home: () => focus(root),
      Enter: () => zoom(current),
      Escape: () => zoom(root),
    };

    const search = make('input', { type: 'search', placeholder: 'function' });
    const back = make('button', { type: 'button', textContent: 'Whole program', disabled: true });
    const count = make('output', { className: 'hint' });
    const find = () => {
      const word = search.value.toLowerCase();
      const found = boxes.filter((one) => word && one.name.toLowerCase().includes(word));
      boxes.forEach((one) => one.box.classList.toggle('found', found.includes(one)));
      // A box within one that is found is part of it already.
      const outermost = found.filter((one) =>
        !found.some((other) => other.y > one.y && covers(other, one)));
      const share = outermost.reduce((sum, one) => sum + one.width, 0);
      count.textContent = word ? found.length + ' boxes, ' + share.toFixed(1) + ' % of the cost' : '';
    };
    const label = make('label', { textContent: 'Search ' });
    label.append(search);
    const controls = make('div', { className: 'controls' });
    controls.setAttribute('role', 'search');
    controls.setAttribute('aria-label', flame.querySelector('title').textContent);
    controls.append(label, back, count);
    flame.before(controls);
    search.addEventListener('input', find);
    back.addEventListener('click', () => { zoom(root); focus(root); });

    flame.setAttribute('role', 'tree');
    boxes.forEach((one) => {
      one.box.setAttribute('role', 'treeitem');
      one.box.setAttribute('aria-level', String(1 + Math.round((root.y - one.y) / row || 0)));
      one.box.setAttribute('aria-label', one.box.querySelector('title').textContent);
      one.box.setAttribute('tabindex', one === root ? '0' : '-1');
      one.box.addEventListener('click', () => { zoom(one); focus(one); });
    });
    flame.addEventListener('keydown', (event) => {
      const act = keys[event.key];
      if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      act();
    });
  }

  // What a link leads into is opened.
  function openTo(element) {
    for (let at = element; at; at = at.parentElement) {
      if (at.localName === 'details') at.open = true;
    }
  }

  function openTarget() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    openTo(target);
    const folded = target.querySelector(':scope > details.folded');
    if (folded) folded.open = true;
    target.scrollIntoView();
  }

  // On a telephone what a morning needs last is a heading until it is wanted.
  function fold() {
    const background = ['telemetry', 'health', 'research', 'host', 'skipped', 'runs', 'data'];
    const isLong = (section) => section && !section.querySelector(':scope > h2 + .nothing:last-child');
    background.map((id) => document.getElementById(id)).filter(isLong).forEach((section) => {
      const details = make('details', { className: 'folded' });
      const summary = make('summary', {});
      const [heading, ...rest] = section.childNodes;
      summary.append(heading);
      details.append(summary, ...rest);
      section.append(details);
    });
    const rest = [...document.querySelectorAll('.cards > .card')].slice(4);
    if (rest.length > 1) {
      const more = make('details', { className: 'more' });
      const cards = make('div', { className: 'cards' });
      rest[0].parentElement.after(more);
      cards.append(...rest);
      more.append(make('summary', { textContent: rest.length + ' more series' }), cards);
    }
  }

  if (matchMedia('(max-width: 42rem)').matches) fold();
  addEventListener('hashchange', openTarget);
  if (location.hash) openTarget();
  document.querySelectorAll('svg.flame').forEach(makeFlame);
  document.querySelectorAll('table').forEach(makeSortable);
  document.querySelectorAll('table.results').forEach(makeFilter);
  // Paper has no place for all that is folded; what was folded for a telephone alone is printed.
  addEventListener('beforeprint', () => {
    document.querySelectorAll('.folded').forEach((part) => { part.open = true; });
  });
})();
