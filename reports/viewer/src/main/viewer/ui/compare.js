import {Viewer} from '../viewer.js';
import {City, stateAt} from '../data/city.js';
import {counted, day, quantity} from '../layout/ticks.js';
import {Series} from '../data/manifest.js';
import {button, el, refill} from './dom.js';
import {facts} from './details.js';
import {table} from './list.js';

/**
 * Two moments side by side: the commits between them, and what grew and shrank.
 *
 * @param {!Viewer} viewer
 * @param {!Element} host
 */
export function createCompare(viewer, host) {
  const {state, manifest} = viewer;
  const result = el('div', {'role': 'status'});
  const write = async () => {
    const a = state.a < 0 ? 'not set' : day(manifest.first + state.a);
    const b = state.b < 0 ? 'not set' : day(manifest.first + state.b);
    const parts = [facts([['A', a], ['B', b]])];
    if (state.isComparing) {
      parts.push(...await between(viewer, Math.min(state.a, state.b), Math.max(state.a, state.b)));
    }
    refill(result, ...parts);
  };
  host.append(
    el('p', {'class': 'soft'}, 'Move to a moment and set it as A, to another and set it as B. Files are then coloured by how they changed from A to B.'),
    el('p', {'class': 'actions'},
      button('Set A here', null, () => state.compare(state.now, state.b)),
      button('Set B here', null, () => state.compare(state.a, state.now)),
      button('End', null, () => state.compare(-1, -1))),
    result);
  state.on(['compare'], write);
  write();
}

/**
 * @param {!Viewer} viewer
 * @param {number} from
 * @param {number} to
 * @return {!Promise<!Array<!HTMLElement>>}
 */
async function between(viewer, from, to) {
  const {commits} = viewer;
  let count = 0;
  /** @type {!Set<number>} */
  const authors = new Set();
  for (let i = 0; i < commits.count; i++) {
    const seconds = commits.seconds(i);
    if (commits.isLoaded(i) && seconds > from && seconds <= to) {
      count++;
      authors.add(commits.authors[i]);
    }
  }
  const parts = [facts([['Commits between', count.toLocaleString('en')], ['By', counted(authors.size, 'author')]])];
  parts.push(...performance(viewer, from, to));
  const city = viewer.city;
  if (city) {
    parts.push(...await changed(viewer, city, viewer.momentOf(from), viewer.momentOf(to)));
  }
  return parts;
}

/**
 * What the benchmarks gave at both moments: the newest result of what was committed by then.
 *
 * @param {!Viewer} viewer
 * @param {number} from
 * @param {number} to
 * @return {!Array<!HTMLElement>}
 */
function performance(viewer, from, to) {
  const all = viewer.measurements ? viewer.measurements.benchmarks : [];
  const rows = [];
  for (const series of all) {
    const a = medianAt(viewer, series, from);
    const b = medianAt(viewer, series, to);
    if (a !== null && b !== null) {
      const change = a === 0 ? '' : `${b >= a ? '+' : '−'}${Math.abs((b / a - 1) * 100).toFixed(1)} %`;
      rows.push([`${series.name}, ${series.detail}`, quantity(a, series.factor, series.unit), quantity(b, series.factor, series.unit), change]);
    }
  }
  const left = all.length - rows.length;
  return [
    el('h4', null, 'Benchmarks'),
    rows.length > 0 ? table(['Benchmark', 'At the earlier', 'At the later', 'Change'], rows) : el('span'),
    left > 0 ? el('p', {'class': 'soft'}, `${counted(left, 'benchmark has', 'benchmarks have')} no result of what was committed by the earlier moment.`) : el('span'),
  ];
}

/**
 * @param {!Viewer} viewer
 * @param {!Series} series
 * @param {number} moment seconds from the first commit
 * @return {?number} the median of the newest commit measured that was there at the moment
 */
function medianAt(viewer, series, moment) {
  /** @type {?number} */
  let median = null;
  let newest = -Infinity;
  series.points.forEach(([began, value], i) => {
    const commit = /** @type {number} */ (series.runs[i][1]);
    const at = commit >= 0 && viewer.commits.isLoaded(commit) ? viewer.commits.seconds(commit) : began - viewer.manifest.first;
    if (at <= moment && at >= newest) {
      newest = at;
      median = value;
    }
  });
  return median;
}

/**
 * @param {!Viewer} viewer
 * @param {!City} city
 * @param {number} from
 * @param {number} to
 * @return {!Promise<!Array<!HTMLElement>>}
 */
async function changed(viewer, city, from, to) {
  /** @param {number} file @param {number} at @return {number} */
  const lines = (file, at) => {
    const code = stateAt(city, file, at, 0);
    return code <= 0 ? 0 : Math.pow(2, (code - 1) / 12.7);
  };
  const all = Array.from({length: city.files}, (_, i) => ({i, change: Math.round(lines(i, to) - lines(i, from))}))
    .filter(file => file.change !== 0);
  all.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const most = all.slice(0, 15);
  const names = await viewer.library.pathNames(most.map(file => city.paths[file.i]));
  const list = el('ul', {'class': 'rows'});
  most.forEach((file, n) => list.append(el('li', null,
    button(names[n], null, () => viewer.state.select({kind: 'file', index: file.i}), {'class': 'link path'}),
    el('small', null, `about ${file.change > 0 ? '+' : '−'}${Math.abs(file.change).toLocaleString('en')} lines`))));
  return [el('h4', null, `${counted(all.length, 'file')} changed in size`), list];
}
