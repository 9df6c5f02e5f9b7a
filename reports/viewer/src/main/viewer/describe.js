import {Viewer} from './viewer.js';
import {MERGE_BIT} from './data/commits.js';
import {City, stateAt} from './data/city.js';
import {Manifest} from './data/manifest.js';
import {counted, moment, quantity} from './layout/ticks.js';

/**
 * What is known of a selected thing, as text: on a page and in a headset the same. ids are further
 * things that belong to it, paths of a commit and commits of a file.
 *
 * @typedef {{title: string, facts: !Array<!Array<string>>, id: string, ids: !Array<number>}}
 */
export let Description;

/**
 * @param {!Viewer} viewer
 * @param {number} index
 * @return {!Promise<!Description>}
 */
export async function describeCommit(viewer, index) {
  const {library, commits, manifest} = viewer;
  const [[subject], id, ids] = await Promise.all([library.subjects([index]), library.idOf(index), library.filesOf(index)]);
  const isMerge = (commits.texels[2 * index + 1] & MERGE_BIT) !== 0;
  return {
    title: subject || '(no message)', id, ids,
    facts: [
      ...suspicions(manifest, index),
      ['Author', library.authors[commits.authors[index]] || 'no name'],
      ['Committed', moment(manifest.first + commits.seconds(index))],
      ['Commit', id.substring(0, 12)],
      ['Kind', isMerge ? 'merge' : 'commit'],
      ['Where', commits.lane(index) === 0 ? 'default branch'
        : `lane ${commits.lane(index)}, ${counted(commits.depth(index), 'merge')} from the default branch`],
    ],
  };
}

/**
 * What a commit may have made slower.
 *
 * @param {!Manifest} manifest
 * @param {number} index
 * @return {!Array<!Array<string>>}
 */
function suspicions(manifest, index) {
  const of = manifest.suspects.filter(([position]) => position === index).map(([, what]) => /** @type {string} */ (what));
  return of.length === 0 ? [] : [['Suspected to have slowed', of.join(', ')]];
}

/**
 * @param {!Viewer} viewer
 * @param {number} index
 * @return {!Promise<!Description>}
 */
export async function describeFile(viewer, index) {
  const {library, state} = viewer;
  const city = /** @type {!City} */ (viewer.city);
  const path = city.paths[index];
  const [[name], ids] = await Promise.all([library.pathNames([path]), library.commitsOf(path)]);
  const size = Math.round(stateAt(city, index, viewer.momentOf(state.now), 0));
  return {
    title: name, id: '', ids,
    facts: [
      ['Lines at the end', city.lines[index].toLocaleString('en')],
      ['Lines at the shown moment', size <= 0 ? 'not there' : `about ${Math.max(1, Math.round(Math.pow(2, (size - 1) / 12.7))).toLocaleString('en')}`],
      ['Changes on the default branch', city.changes[index].toLocaleString('en')],
      ['Changes on all branches', ids.length.toLocaleString('en')],
    ],
  };
}

/**
 * @param {!Viewer} viewer
 * @param {number} index
 * @return {?Description}
 */
export function describeSeries(viewer, index) {
  const series = viewer.measurements ? viewer.measurements.benchmarks[index] : null;
  if (!series) {
    return null;
  }
  const last = series.points[series.points.length - 1];
  return {
    title: series.name, id: '', ids: [],
    facts: [
      ['Measures', series.detail], ['Better when', series.direction], ['Verdict', series.verdict || 'none'],
      ['Runs', String(series.points.length)], ['Newest median', quantity(last[1], series.factor, series.unit)],
    ],
  };
}
