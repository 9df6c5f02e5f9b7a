import {Viewer} from '../viewer.js';
import {MERGE_BIT} from '../data/commits.js';
import {City, stateAt} from '../data/city.js';
import {counted, moment} from '../layout/ticks.js';
import {button, el, refill} from './dom.js';

const FILES_LISTED = 40;
const COMMITS_LISTED = 30;

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
  const [[subject], id, files] = await Promise.all([library.subjects([index]), library.idOf(index), library.filesOf(index)]);
  const names = await library.pathNames(files.slice(0, FILES_LISTED));
  const author = library.authors[commits.authors[index]] || 'no name';
  const isMerge = (commits.texels[2 * index + 1] & MERGE_BIT) !== 0;
  const idNode = manifest.forge
    ? el('a', {'href': manifest.forge + id, 'rel': 'noreferrer', 'target': '_blank'}, el('code', null, id.substring(0, 12)))
    : el('code', null, id.substring(0, 12));
  const list = el('ul', {'class': 'rows'});
  names.forEach((name, i) => {
    const house = viewer.houseOf(files[i]);
    list.append(el('li', null, house < 0 ? el('bdi', {'class': 'path'}, name)
      : button(name, null, () => state.select({kind: 'file', index: house}), {'class': 'link path'})));
  });
  const first = commits.firstParents[index];
  return [
    el('h3', {'class': 'subject'}, el('bdi', null, subject || '(no message)')),
    facts([
      ['Author', el('bdi', null, author)], ['Committed', moment(manifest.first + commits.seconds(index))], ['Commit', idNode],
      ['Kind', isMerge ? 'merge' : 'commit'],
      ['Where', commits.lane(index) === 0 ? 'default branch' : `lane ${commits.lane(index)}, ${counted(commits.depth(index), 'merge')} from the default branch`],
    ]),
    el('p', {'class': 'actions'},
      first > 0 ? button('Parent', null, () => state.select({kind: 'commit', index: index - first})) : null,
      button('Show in the scene', null, () => viewer.flyTo({kind: 'commit', index})),
      button('Go to its moment', null, () => viewer.goTo(commits.seconds(index)))),
    el('h4', null, counted(files.length, 'file changed', 'files changed')),
    list,
    files.length > names.length ? el('p', {'class': 'soft'}, `and ${files.length - names.length} more`) : el('span'),
  ];
}

/**
 * @param {!Viewer} viewer
 * @param {number} index
 * @return {!Promise<!Array<!Node>>}
 */
async function fileParts(viewer, index) {
  const {library, state, manifest, commits} = viewer;
  const city = /** @type {!City} */ (viewer.city);
  const path = city.paths[index];
  const [[name], changes] = await Promise.all([library.pathNames([path]), library.commitsOf(path)]);
  const newest = changes.slice(-COMMITS_LISTED).reverse();
  const subjects = await library.subjects(newest);
  const size = Math.round(stateAt(city, index, viewer.momentOf(state.now), 0));
  const list = el('ul', {'class': 'rows'});
  newest.forEach((commit, i) => list.append(el('li', null,
    button(subjects[i] || '(no message)', null, () => state.select({kind: 'commit', index: commit}), {'class': 'link'}),
    el('small', null, moment(manifest.first + commits.seconds(commit))))));
  return [
    el('h3', {'class': 'subject path'}, el('bdi', null, name)),
    facts([
      ['Lines at the end', city.lines[index].toLocaleString('en')],
      ['Lines at the shown moment', size <= 0 ? 'not there' : `about ${Math.max(1, Math.round(Math.pow(2, (size - 1) / 12.7))).toLocaleString('en')}`],
      ['Changes on the default branch', city.changes[index].toLocaleString('en')],
      ['Changes on all branches', changes.length.toLocaleString('en')],
    ]),
    el('p', {'class': 'actions'}, button('Show in the scene', null, () => viewer.flyTo({kind: 'file', index})),
      button('Its commits', null, () => state.filterBy({text: name, field: 'path', isExpression: false}))),
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
  const series = viewer.measurements ? viewer.measurements.benchmarks[index] : null;
  if (!series) {
    return [];
  }
  const last = series.points[series.points.length - 1];
  return [
    el('h3', {'class': 'subject'}, el('bdi', null, series.name)),
    facts([
      ['Measures', series.detail], ['Unit', series.unit], ['Better when', series.direction], ['Verdict', series.verdict || 'none'],
      ['Runs', String(series.points.length)], ['Newest median', `${Number(last[1].toPrecision(4)).toLocaleString('en')} ${series.unit}`],
    ]),
    el('p', null, el('a', {'href': '../index.html'}, 'The report tells more')),
  ];
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
