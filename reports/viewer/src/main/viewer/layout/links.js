import {Commits} from '../data/commits.js';

/**
 * @typedef {{pairs: !Uint32Array, far: number}}
 * pairs: parent and child of each link, first the far most telling ones, then all by their children
 */
export let Links;

/** Links that are drawn at once. */
export const MOST_LINKS = 10000;

/**
 * The lines of the branches: straight runs along a lane, and curves where a branch leaves or joins
 * another. Only commits that are loaded have any.
 *
 * @param {!Commits} commits
 * @return {!Links}
 */
export function linksOf(commits) {
  /** @type {!Array<number>} */
  const pairs = [];
  const runStarts = new Uint32Array(commits.count);
  const goesOn = new Uint8Array(commits.count);
  for (let i = 0; i < commits.count; i++) {
    runStarts[i] = i;
    const distance = commits.firstParents[i];
    const parent = i - distance;
    if (!commits.isLoaded(i) || distance === 0 || !commits.isLoaded(parent)) {
      continue;
    }
    if (commits.lane(parent) === commits.lane(i)) {
      runStarts[i] = runStarts[parent];
      goesOn[parent] = 1;
    } else {
      pairs.push(parent, i);
    }
  }
  for (let i = 0; i < commits.count; i++) {
    if (commits.isLoaded(i) && goesOn[i] === 0 && runStarts[i] !== i) {
      pairs.push(runStarts[i], i);
    }
  }
  const further = commits.furtherParents;
  for (let i = 0; i < further.length; i += 2) {
    if (commits.isLoaded(further[i]) && commits.isLoaded(further[i + 1])) {
      pairs.push(further[i + 1], further[i]);
    }
  }
  return ordered(pairs, commits);
}

/**
 * @param {!Array<number>} pairs
 * @param {!Commits} commits
 * @return {!Links}
 */
function ordered(pairs, commits) {
  const count = pairs.length / 2;
  const byChild = new Float64Array(count);
  const bySpan = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const span = commits.seconds(pairs[2 * i + 1]) - commits.seconds(pairs[2 * i]);
    byChild[i] = pairs[2 * i + 1] * 0x200000 + i % 0x200000;
    bySpan[i] = Math.max(0, span) * 0x200000 + i % 0x200000;
  }
  byChild.sort();
  bySpan.sort();
  const far = Math.min(count, MOST_LINKS);
  const all = new Uint32Array(2 * (far + count));
  // A sort of keys with the number in the low bits; beyond two million links a number is taken again.
  for (let i = 0; i < far; i++) {
    copy(pairs, bySpan[count - 1 - i] % 0x200000, all, i);
  }
  for (let i = 0; i < count; i++) {
    copy(pairs, byChild[i] % 0x200000, all, far + i);
  }
  return {pairs: all, far};
}

/**
 * @param {!Array<number>} from
 * @param {number} index
 * @param {!Uint32Array} to
 * @param {number} place
 */
function copy(from, index, to, place) {
  to[2 * place] = from[2 * index];
  to[2 * place + 1] = from[2 * index + 1];
}

/**
 * The first link whose child is not before a commit.
 *
 * @param {!Links} links
 * @param {number} commit
 * @return {number}
 */
export function linkAt(links, commit) {
  let low = links.far;
  let high = links.pairs.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (links.pairs[2 * middle + 1] < commit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
