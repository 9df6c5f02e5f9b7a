import {Viewer} from '../viewer.js';
import {LAYERS, RUN_AXES} from '../state.js';
import {AUTHOR_COLOURS} from '../data/commits.js';
import {CHANGE, HEAT, PALETTES, READINGS, VERDICT_COLOURS} from '../scene/palette.js';
import {button, choice, el, refill} from './dom.js';
import {clearFilter} from './filters.js';

/**
 * Layers, legend and filters.
 *
 * @param {!Viewer} viewer
 * @param {!Element} host
 */
export function createView(viewer, host) {
  const state = viewer.state;
  const layers = el('fieldset', null, el('legend', null, 'Layers'));
  LAYERS.forEach(([name, label], i) => {
    const box = /** @type {!HTMLInputElement} */ (el('input', {
      'type': 'checkbox', 'checked': true, 'onchange': () => state.setLayer(name, box.checked),
    }));
    layers.append(el('label', {'class': 'check'}, box, el('span', null, label), el('kbd', null, String(i + 1))));
    state.on(['layers'], () => void (box.checked = state.layers[name]));
  });
  const axis = choice('Runs lie', RUN_AXES, state.runAxis, value => state.setRunAxis(value));
  const axisSelect = /** @type {!HTMLSelectElement} */ (axis.querySelector('select'));
  state.on(['layers'], () => void (axisSelect.value = state.runAxis));
  const legend = el('div', {'class': 'legend'});
  const filters = el('div', {'class': 'filters'});
  const writeLegend = () => refill(legend, ...legendOf(viewer));
  const writeFilters = () => refill(filters, ...filtersOf(viewer));
  state.on(['paint', 'compare'], writeLegend);
  viewer.onData.push(writeLegend);
  viewer.onData.push(() => {
    if (!filters.contains(document.activeElement)) {
      writeFilters();
    }
  });
  writeLegend();
  writeFilters();
  host.append(layers, axis, el('h2', {'class': 'small'}, 'Legend'), legend, el('h2', {'class': 'small'}, 'Filter'), filters);
}

/**
 * @param {!Viewer} viewer
 * @return {!Array<!Node>}
 */
function legendOf(viewer) {
  const {state, library} = viewer;
  const mode = state.isDark ? 'dark' : 'light';
  const colours = PALETTES[state.palette][mode];
  const authors = el('ul', {'class': 'authors'});
  const named = Math.min(AUTHOR_COLOURS, library.authors.length);
  for (let i = 0; i < named; i++) {
    authors.append(swatch(colours[i], library.authors[i] || 'no name'));
  }
  if (library.authors.length > named) {
    authors.append(swatch(colours[AUTHOR_COLOURS], `${(library.authors.length - named).toLocaleString('en')} others`));
  }
  const ramp = state.isComparing ? CHANGE[mode] : HEAT[mode];
  const scale = el('div', {'class': 'ramp'});
  scale.style.background = `linear-gradient(90deg, ${ramp.join(', ')})`;
  const words = state.isComparing ? ['shrunk', 'grown'] : ['seldom changed', 'often'];
  return [
    authors,
    choice('Colours', PALETTES.map((palette, i) => [String(i), palette.name]), String(state.palette), value => {
      state.palette = Number(value);
      state.tell('paint');
    }),
    el('p', {'class': 'scale-title'}, state.isComparing ? 'Files from A to B' : 'Files: height is size, colour is change'),
    scale,
    el('p', {'class': 'scale'}, el('span', null, words[0]), el('span', null, words[1])),
    ...gaugeLegend(viewer),
  ];
}

/**
 * What the colours of benchmarks and telemetry mean, where there are any.
 *
 * @param {!Viewer} viewer
 * @return {!Array<!Node>}
 */
function gaugeLegend(viewer) {
  const measured = viewer.measurements;
  /** @type {!Array<!Node>} */
  const parts = [];
  if (measured && measured.benchmarks.length > 0) {
    const verdicts = new Set(measured.benchmarks.map(series => series.verdict in VERDICT_COLOURS ? series.verdict : 'none'));
    const list = el('ul', {'class': 'authors'});
    Object.keys(VERDICT_COLOURS).filter(verdict => verdicts.has(verdict)).forEach(verdict =>
      list.append(swatch(VERDICT_COLOURS[verdict], verdict === 'none' ? 'neither better nor worse' : verdict)));
    parts.push(el('p', {'class': 'scale-title'}, 'Benchmarks, by the newest verdict'), list);
  }
  if (measured && measured.telemetry.rows.length > 0) {
    const ramp = el('div', {'class': 'ramp'});
    ramp.style.background = `linear-gradient(90deg, ${READINGS.join(', ')})`;
    parts.push(el('p', {'class': 'scale-title'}, 'Telemetry, a row each metric'), ramp,
      el('p', {'class': 'scale'}, el('span', null, 'its lowest'), el('span', null, 'its highest')));
  }
  return parts;
}

/**
 * @param {string} colour
 * @param {string} name
 * @return {!HTMLElement}
 */
function swatch(colour, name) {
  const dot = el('span', {'class': 'dot', 'aria-hidden': 'true'});
  dot.style.background = colour;
  return el('li', null, dot, el('bdi', null, name));
}

/**
 * @param {!Viewer} viewer
 * @return {!Array<!Node>}
 */
function filtersOf(viewer) {
  const {state, library, manifest} = viewer;
  const filter = state.filter;
  const authors = [['-1', 'everybody']].concat(
    library.authors.slice(0, 200).map((name, rank) => [String(rank), name || 'no name']));
  const branches = [['-1', 'all']].concat(
    manifest.refs.filter(ref => ref[1] !== 't').slice(0, 500).map(ref => [String(ref[2]), String(ref[0])]),
    manifest.refs.filter(ref => ref[1] === 't').slice(-300).map(ref => [String(ref[2]), `tag ${ref[0]}`]));
  return [
    choice('Author', authors, String(filter.author), value => state.filterBy({author: Number(value)})),
    pathField(viewer),
    choice('In branch', branches, String(filter.branch), value => state.filterBy({branch: Number(value)})),
    choice('Kind', [['any', 'all commits'], ['merge', 'merges'], ['plain', 'without merges']], filter.kind,
      value => state.filterBy({kind: value})),
    dateField(viewer, 'After', filter.after, value => state.filterBy({after: value})),
    dateField(viewer, 'Before', filter.before, value => state.filterBy({before: value})),
    button('Clear all filters', null, () => {
      clearFilter(viewer);
      viewer.onData.forEach(told => told());
    }),
  ];
}

/**
 * @param {!Viewer} viewer
 * @return {!HTMLElement}
 */
function pathField(viewer) {
  const input = /** @type {!HTMLInputElement} */ (el('input', {
    'type': 'text', 'value': viewer.state.filter.path, 'autocomplete': 'off', 'spellcheck': 'false', 'placeholder': 'any part',
    'onchange': () => viewer.state.filterBy({path: input.value}),
  }));
  return el('label', {'class': 'field'}, el('span', null, 'Path'), input);
}

/**
 * @param {!Viewer} viewer
 * @param {string} label
 * @param {number} seconds
 * @param {function(number)} change
 * @return {!HTMLElement}
 */
function dateField(viewer, label, seconds, change) {
  const first = viewer.manifest.first;
  const value = seconds < 0 ? '' : new Date((first + seconds) * 1000).toISOString().substring(0, 10);
  const input = /** @type {!HTMLInputElement} */ (el('input', {
    'type': 'date', 'value': value,
    'onchange': () => change(input.value ? Math.max(0, Date.parse(input.value) / 1000 - first) : -1),
  }));
  return el('label', {'class': 'field'}, el('span', null, label), input);
}
