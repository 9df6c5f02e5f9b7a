import {Viewer} from '../viewer.js';
import {City, stateAt} from '../data/city.js';
import {counted, day, quantity} from '../layout/ticks.js';
import {button, choice, el, refill} from './dom.js';

const ROWS = 50;

/**
 * Everything that can be selected in the scene, as tables: the commits, branches and tags, files,
 * benchmarks and readings of the shown time.
 *
 * @param {!Viewer} viewer
 * @param {!Element} host
 * @param {function(): boolean} isOpen
 * @return {function()} writes it anew
 */
export function createList(viewer, host, isOpen) {
  let what = 'commits';
  let start = 0;
  let turn = 0;
  const body = el('div', {'class': 'scroll', 'tabindex': '0', 'role': 'region', 'aria-label': 'Rows'});
  const place = el('p', {'class': 'soft', 'role': 'status'});
  const write = async () => {
    if (!isOpen()) {
      return;
    }
    const mine = ++turn;
    const rows = await rowsOf(viewer, what, start);
    if (mine === turn) {
      refill(body, rows.table);
      place.textContent = rows.total === 0 ? 'Nothing is there in the shown time.'
        : `${(start + 1).toLocaleString('en')} to ${Math.min(rows.total, start + ROWS).toLocaleString('en')} of ${rows.total.toLocaleString('en')}`;
    }
  };
  const soon = later(write, 250);
  /** @param {number} by */
  const turnPage = by => {
    start = Math.max(0, start + by * ROWS);
    write();
  };
  host.append(
    choice('Show', [['commits', 'Commits, the newest first'], ['files', 'Files, the hottest first'],
      ['refs', 'Branches and tags'], ['suspects', 'Suspected commits'],
      ['benchmarks', 'Benchmarks'], ['telemetry', 'Telemetry']], what, value => {
      what = value;
      start = 0;
      write();
    }),
    place, body,
    el('p', {'class': 'actions'}, button('Newer rows', null, () => turnPage(-1)), button('Older rows', null, () => turnPage(1))));
  viewer.state.on(['time', 'moment', 'matches'], () => {
    start = 0;
    soon();
  });
  return write;
}

/**
 * @param {function()} work
 * @param {number} millis
 * @return {function()} does it once, after a pause
 */
export function later(work, millis) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, millis);
  };
}

/**
 * @param {!Viewer} viewer
 * @param {string} what
 * @param {number} start
 * @return {!Promise<{table: !HTMLElement, total: number}>}
 */
async function rowsOf(viewer, what, start) {
  if (what === 'commits') {
    return commitRows(viewer, start);
  }
  if (what === 'files') {
    return fileRows(viewer, start);
  }
  if (what === 'refs') {
    return refRows(viewer, start);
  }
  if (what === 'suspects') {
    return suspectRows(viewer, start);
  }
  const measured = viewer.measurements;
  if (what === 'benchmarks') {
    const all = measured ? measured.benchmarks : [];
    return {total: all.length, table: table(['Benchmark', 'Verdict', 'Newest median'], all.slice(start, start + ROWS).map((series, i) => [
      button(`${series.name}, ${series.detail}`, null, () => viewer.state.select({kind: 'series', index: start + i}), {'class': 'link'}),
      series.verdict, quantity(series.points[series.points.length - 1][1], series.factor, series.unit)]))};
  }
  const rows = measured ? measured.telemetry.rows : [];
  return {total: rows.length, table: table(['Reading', 'Lowest', 'Highest', 'Unit'], rows.slice(start, start + ROWS).map(row =>
    [row.name, String(Number(row.lowest.toPrecision(4))), String(Number(row.highest.toPrecision(4))), row.unit]))};
}

/**
 * Commits of the shown time up to its moment that the filter lets through, the newest first.
 *
 * @param {!Viewer} viewer
 * @param {number=} most
 * @return {!Array<number>}
 */
export function shownCommits(viewer, most = Infinity) {
  const {commits, range, mask, state} = viewer;
  /** @type {!Array<number>} */
  const shown = [];
  for (let i = range.last - 1; i >= range.first && shown.length < most; i--) {
    if (commits.isLoaded(i) && commits.seconds(i) <= state.now && (!mask || mask[i])) {
      shown.push(i);
    }
  }
  return shown;
}

/**
 * @param {!Viewer} viewer
 * @param {number} start
 * @return {!Promise<{table: !HTMLElement, total: number}>}
 */
async function commitRows(viewer, start) {
  const all = shownCommits(viewer);
  const some = all.slice(start, start + ROWS);
  const subjects = await viewer.library.subjects(some);
  const rows = some.map((index, i) => [
    button(subjects[i] || '(no message)', null, () => viewer.state.select({kind: 'commit', index}), {'class': 'link'}),
    viewer.library.authors[viewer.commits.authors[index]] || 'no name',
    day(viewer.manifest.first + viewer.commits.seconds(index)),
  ]);
  return {table: table(['Message', 'Author', 'Day'], rows), total: all.length};
}

/**
 * Branches and tags whose commit lies in the shown time, up to its moment.
 *
 * @param {!Viewer} viewer
 * @param {number} start
 * @return {{table: !HTMLElement, total: number}}
 */
function refRows(viewer, start) {
  const {commits, manifest, range, state} = viewer;
  const kinds = {'b': 'branch', 'r': 'remote branch', 't': 'tag'};
  const all = manifest.refs.filter(([, , index]) => {
    const at = /** @type {number} */ (index);
    return at >= range.first && at < range.last && commits.isLoaded(at) && commits.seconds(at) <= state.now;
  }).sort((a, b) => /** @type {number} */ (b[2]) - /** @type {number} */ (a[2]));
  const rows = all.slice(start, start + ROWS).map(([name, kind, index]) => [
    button(/** @type {string} */ (name), null, () => viewer.state.select({kind: 'commit', index: /** @type {number} */ (index)}), {'class': 'link'}),
    kinds[/** @type {string} */ (kind)],
    day(manifest.first + commits.seconds(/** @type {number} */ (index))),
  ]);
  return {table: table(['Name', 'Kind', 'Day'], rows), total: all.length};
}

/**
 * Commits that may have made something slower, whatever time is shown.
 *
 * @param {!Viewer} viewer
 * @param {number} start
 * @return {!Promise<{table: !HTMLElement, total: number}>}
 */
async function suspectRows(viewer, start) {
  const all = viewer.manifest.suspects;
  const some = all.slice(start, start + ROWS);
  const positions = some.map(([position]) => /** @type {number} */ (position));
  const subjects = await viewer.library.subjects(positions);
  const rows = some.map(([, of], i) => [
    button(subjects[i] || '(no message)', null, () => viewer.state.select({kind: 'commit', index: positions[i]}), {'class': 'link'}),
    /** @type {string} */ (of),
    day(viewer.manifest.first + viewer.commits.seconds(positions[i])),
  ]);
  return {table: table(['Message', 'May have slowed', 'Day'], rows), total: all.length};
}

/**
 * @param {!Viewer} viewer
 * @param {number} start
 * @return {!Promise<{table: !HTMLElement, total: number}>}
 */
async function fileRows(viewer, start) {
  const city = viewer.city;
  if (!city) {
    return {table: table([], []), total: 0};
  }
  const at = viewer.momentOf(viewer.state.now);
  const all = hottest(city, at);
  const some = all.slice(start, start + ROWS);
  const names = await viewer.library.pathNames(some.map(i => city.paths[i]));
  const rows = some.map((index, i) => [
    button(names[i], null, () => viewer.state.select({kind: 'file', index}), {'class': 'link path'}),
    counted(city.changes[index], 'change'),
    `${Math.round(stateAt(city, index, at, 1) / 2.55)} %`,
  ]);
  return {table: table(['File', 'In all', 'Heat'], rows), total: all.length};
}

/**
 * @param {!City} city
 * @param {number} at a moment
 * @return {!Array<number>} the files that are there then, the hottest first
 */
function hottest(city, at) {
  return Array.from({length: city.files}, (_, i) => i)
    .filter(i => stateAt(city, i, at, 0) > 0)
    .sort((a, b) => stateAt(city, b, at, 1) - stateAt(city, a, at, 1));
}

/**
 * @param {!Array<string>} heads
 * @param {!Array<!Array<(string|!Node)>>} rows
 * @return {!HTMLElement}
 */
export function table(heads, rows) {
  const head = el('tr');
  heads.forEach(text => head.append(el('th', {'scope': 'col'}, text)));
  const body = el('tbody');
  rows.forEach(cells => {
    const row = el('tr');
    cells.forEach(cell => row.append(el('td', null, typeof cell === 'string' ? el('bdi', null, cell) : cell)));
    body.append(row);
  });
  return el('table', null, el('thead', null, head), body);
}
