import {Viewer} from '../viewer.js';
import {describeCommit, describeFile, describeSeries} from '../describe.js';
import {counted, moment, quantity} from '../layout/ticks.js';
import {Measurements} from '../data/manifest.js';
import {table} from './list.js';
import {button, el, refill} from './dom.js';

const FILES_LISTED = 40;
const COMMITS_LISTED = 30;
const RUNS_LISTED = 60;

/**
 * What is known of the selected thing.
 *
 * @param {!Viewer} viewer
 * @param {!Element} host
 * @param {function()} open shows the panel
 */
export function createDetails(viewer, host, open) {
  let turn = 0;
  const nothing = () => refill(host, el('p', {'class': 'soft'}, 'Nothing is selected. Choose a commit or a file in the scene or in the list.'));
  const write = async () => {
    const mine = ++turn;
    const selection = viewer.state.selection;
    if (!selection) {
      nothing();
      return;
    }
    open();
    try {
      const parts = selection.kind === 'commit' ? await commitParts(viewer, selection.index)
        : selection.kind === 'file' ? await fileParts(viewer, selection.index) : seriesParts(viewer, selection.index);
      if (mine === turn) {
        refill(host, ...parts);
      }
    } catch (failure) {
      if (mine === turn) {
        refill(host, el('p', {'class': 'problem', 'role': 'alert'}, `The details could not be loaded: ${/** @type {!Error} */ (failure).message}`));
      }
    }
  };
  viewer.state.on(['selection'], write);
  nothing();
}

/**
 * @param {!Viewer} viewer
 * @param {number} index
 * @return {!Promise<!Array<!Node>>}
 */
async function commitParts(viewer, index) {
  const {library, commits, manifest, state} = viewer;
  const {title, facts: known, id, ids} = await describeCommit(viewer, index);
  const names = await library.pathNames(ids.slice(0, FILES_LISTED));
  const code = el('code', null, id.substring(0, 12));
  const idNode = manifest.forge ? el('a', {'href': manifest.forge + id, 'rel': 'noreferrer', 'target': '_blank'}, code) : code;
  const list = el('ul', {'class': 'rows'});
  names.forEach((name, i) => {
    const house = viewer.houseOf(ids[i]);
    list.append(el('li', null, house < 0 ? el('bdi', {'class': 'path'}, name)
      : button(name, null, () => state.select({kind: 'file', index: house}), {'class': 'link path'})));
  });
  const first = commits.firstParents[index];
  return [
    el('h3', {'class': 'subject'}, el('bdi', null, title)),
    facts(known.map(([name, value]) => [name, name === 'Commit' ? idNode : el('bdi', null, value)])),
    el('p', {'class': 'actions'},
      first > 0 ? button('Parent', null, () => state.select({kind: 'commit', index: index - first})) : null,
      button('Show in the scene', null, () => viewer.flyTo({kind: 'commit', index})),
      button('Go to its moment', null, () => viewer.goTo(commits.seconds(index)))),
    el('h4', null, counted(ids.length, 'file changed', 'files changed')),
    list,
    ids.length > names.length ? el('p', {'class': 'soft'}, `and ${ids.length - names.length} more`) : el('span'),
  ];
}

/**
 * @param {!Viewer} viewer
 * @param {number} index
 * @return {!Promise<!Array<!Node>>}
 */
async function fileParts(viewer, index) {
  const {library, state, manifest, commits} = viewer;
  const {title, facts: known, ids} = await describeFile(viewer, index);
  const newest = ids.slice(-COMMITS_LISTED).reverse();
  const subjects = await library.subjects(newest);
  const list = el('ul', {'class': 'rows'});
  newest.forEach((commit, i) => list.append(el('li', null,
    button(subjects[i] || '(no message)', null, () => state.select({kind: 'commit', index: commit}), {'class': 'link'}),
    el('small', null, moment(manifest.first + commits.seconds(commit))))));
  return [
    el('h3', {'class': 'subject path'}, el('bdi', null, title)),
    facts(known),
    el('p', {'class': 'actions'}, button('Show in the scene', null, () => viewer.flyTo({kind: 'file', index})),
      button('Its commits', null, () => state.filterBy({text: title, field: 'path', isExpression: false}))),
    el('h4', null, 'Newest changes'),
    list,
  ];
}

/**
 * @param {!Viewer} viewer
 * @param {number} index
 * @return {!Array<!Node>}
 */
function seriesParts(viewer, index) {
  const described = describeSeries(viewer, index);
  return described === null ? [] : [
    el('h3', {'class': 'subject'}, el('bdi', null, described.title)),
    facts(described.facts),
    el('h4', null, 'Its runs, the newest first'),
    runTable(viewer, index),
    el('p', null, el('a', {'href': '../index.html'}, 'The report tells more')),
  ];
}

/**
 * What each run gave and was judged, and the commit that it measured.
 *
 * @param {!Viewer} viewer
 * @param {number} index of a series
 * @return {!HTMLElement}
 */
function runTable(viewer, index) {
  const series = /** @type {!Measurements} */ (viewer.measurements).benchmarks[index];
  const rows = series.points.map(([began, median], i) => {
    const [verdict, commit] = series.runs[i];
    const at = /** @type {number} */ (commit);
    return [
      moment(began), quantity(median, series.factor, series.unit), /** @type {string} */ (verdict) || 'not judged',
      at < 0 ? 'unknown' : button('Commit', null, () => viewer.state.select({kind: 'commit', index: at}), {'class': 'link'}),
    ];
  });
  return el('div', {'class': 'scroll', 'tabindex': '0', 'role': 'region', 'aria-label': 'Runs'},
    table(['Run', 'Median', 'Verdict', 'Measured'], rows.reverse().slice(0, RUNS_LISTED)));
}

/**
 * @param {!Array<!Array<(string|!Node)>>} pairs
 * @return {!HTMLElement}
 */
export function facts(pairs) {
  const list = el('dl', {'class': 'facts'});
  pairs.forEach(([name, value]) => list.append(el('div', null, el('dt', null, name), el('dd', null, value))));
  return list;
}
