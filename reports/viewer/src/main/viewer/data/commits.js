import {Reader} from './bytes.js';

/** Authors with a colour of their own; the others share one. */
export const AUTHOR_COLOURS = 8;

/** Bits of a commit's second number. */
export const LANE_BITS = 12;
export const DEPTH_SHIFT = 12;
export const SIZE_SHIFT = 16;
export const SLOT_SHIFT = 20;
export const MERGE_BIT = 1 << 24;
export const LOADED_BIT = 1 << 25;

/**
 * All commits, in the order of time, in arrays that fill as pages come in.
 */
export class Commits {
  /**
   * @param {number} count
   * @param {number} page commits of a page
   */
  constructor(count, page) {
    this.count = count;
    this.page = page;
    /** Two numbers a commit, as the graphics card has them: seconds since the first; bits. */
    this.texels = new Uint32Array(2 * count);
    this.authors = new Uint16Array(count);
    /** Distance to the first parent; 0 for none. */
    this.firstParents = new Uint32Array(count);
    /** Further parents of merges: child, parent, child, parent. @type {!Array<number>} */
    this.furtherParents = [];
    /** @type {!Uint8Array} */
    this.loaded = new Uint8Array(Math.ceil(count / page));
  }

  /**
   * @param {number} page
   * @param {!Uint8Array} bytes as CommitPages.commits writes them
   * @return {{from: number, to: number}}
   */
  take(page, bytes) {
    const head = new Reader(bytes);
    const size = head.u32();
    const from = page * this.page;
    if (size > this.page || from + size > this.count) {
      throw new Error('the page holds more commits than the history has');
    }
    const lengths = [head.u32(), head.u32(), head.u32(), head.u32(), head.u32()];
    const [times, authors, lanes, forms, parents] = lengths.map(length => new Reader(head.take(length)));
    let seconds = 0;
    for (let i = from; i < from + size; i++) {
      seconds += times.varint();
      const author = authors.varint();
      const form = forms.u8();
      const hasMore = this.takeParents_(i, parents);
      this.authors[i] = author;
      this.texels[2 * i] = seconds;
      this.texels[2 * i + 1] = lanes.varint() | (form >> 4) << DEPTH_SHIFT | (form & 15) << SIZE_SHIFT
        | Math.min(author, AUTHOR_COLOURS) << SLOT_SHIFT | (hasMore ? MERGE_BIT : 0) | LOADED_BIT;
    }
    this.loaded[page] = 1;
    return {from, to: from + size};
  }

  /**
   * @param {number} child
   * @param {!Reader} parents
   * @return {boolean} whether it is a merge
   * @private
   */
  takeParents_(child, parents) {
    const first = parents.varint();
    this.firstParents[child] = first >>> 1;
    if ((first & 1) === 0) {
      return false;
    }
    for (let more = parents.varint(); more > 0; more--) {
      this.furtherParents.push(child, child - parents.varint());
    }
    return true;
  }

  /**
   * @param {number} index
   * @return {number}
   */
  seconds(index) {
    return this.texels[2 * index];
  }

  /**
   * @param {number} index
   * @return {number}
   */
  lane(index) {
    return this.texels[2 * index + 1] & ((1 << LANE_BITS) - 1);
  }

  /**
   * @param {number} index
   * @return {number}
   */
  depth(index) {
    return this.texels[2 * index + 1] >>> DEPTH_SHIFT & 15;
  }

  /**
   * @param {number} index
   * @return {boolean}
   */
  isLoaded(index) {
    return (this.texels[2 * index + 1] & LOADED_BIT) !== 0;
  }
}

/**
 * The first of loaded commits from..to that is not before a time. Pages that are not loaded are
 * skipped by their first commits' times.
 *
 * @param {!Commits} commits
 * @param {!Array<number>} pageTimes seconds since the first commit
 * @param {number} seconds
 * @return {number}
 */
export function indexAt(commits, pageTimes, seconds) {
  let page = 0;
  let end = pageTimes.length;
  while (page + 1 < end) {
    const middle = (page + end) >> 1;
    if (pageTimes[middle] < seconds) {
      page = middle;
    } else {
      end = middle;
    }
  }
  let low = page * commits.page;
  let high = Math.min(commits.count, low + commits.page);
  if (!commits.loaded[page]) {
    return pageTimes.length > 0 && pageTimes[0] >= seconds ? 0 : low;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (commits.texels[2 * middle] < seconds) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
