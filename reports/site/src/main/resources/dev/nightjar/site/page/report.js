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
      cards.forEach((card) => { card.hidden = !shown.has(card.id); });
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

  document.querySelectorAll('table').forEach(makeSortable);
  document.querySelectorAll('table.results').forEach(makeFilter);
  addEventListener('beforeprint', () => {
    document.querySelectorAll('.more').forEach((part) => { part.open = true; });
  });
})();
