import {Commits} from '../data/commits.js';
import {depthHeight, laneOffset, timeX, xTime, RIVER_Z} from '../layout/place.js';

/**
 * A line in the scene's space; the direction's length is 1.
 *
 * @typedef {{ox: number, oy: number, oz: number, dx: number, dy: number, dz: number}}
 */
export let Ray;

/**
 * What is shown, as far as picking needs it.
 *
 * @typedef {{from: number, span: number, now: number, cone: number}}
 * cone: how far from the ray a thing may be for each unit of its distance
 */
export let View;

/**
 * What the ray meets: a commit's or file's number, and how far away it is.
 *
 * @typedef {{index: number, distance: number}}
 */
export let Hit;

/**
 * Commits by lane and, within a lane, by time. A lane at one depth is a straight line, so that the
 * commit nearest to a ray is found from the point of the line nearest to the ray. Each depth that a
 * lane has is tried: a ray along the river meets another height at quite another time.
 */
export class LaneIndex {
  /**
   * @param {!Commits} commits
   * @param {number} lanes
   */
  constructor(commits, lanes) {
    /** @private @const {!Commits} */
    this.commits_ = commits;
    /** @private @const {number} */
    this.lanes_ = lanes;
    /** @private @const {!Uint32Array} */
    this.starts_ = new Uint32Array(lanes + 1);
    /** Which depths a lane has, one bit each. @private @const {!Uint16Array} */
    this.depths_ = new Uint16Array(lanes);
    for (let i = 0; i < commits.count; i++) {
      if (commits.isLoaded(i)) {
        const lane = Math.min(lanes - 1, commits.lane(i));
        this.starts_[lane + 1]++;
        this.depths_[lane] |= 1 << commits.depth(i);
      }
    }
    for (let lane = 0; lane < lanes; lane++) {
      this.starts_[lane + 1] += this.starts_[lane];
    }
    const next = this.starts_.slice();
    /** @private @const {!Uint32Array} */
    this.members_ = new Uint32Array(this.starts_[lanes]);
    for (let i = 0; i < commits.count; i++) {
      if (commits.isLoaded(i)) {
        this.members_[next[Math.min(lanes - 1, commits.lane(i))]++] = i;
      }
    }
  }

  /**
   * @param {!Ray} ray
   * @param {!View} view
   * @return {?Hit}
   */
  pick(ray, view) {
    /** @type {?Hit} */
    let best = null;
    let bestScore = 1;
    for (let lane = 0; lane < this.lanes_; lane++) {
      for (let depth = 0; this.depths_[lane] >> depth > 0; depth++) {
        const hit = this.depths_[lane] >> depth & 1 ? this.pickLane_(ray, view, lane, depth) : null;
        if (hit && hit.score < bestScore) {
          bestScore = hit.score;
          best = {index: hit.index, distance: hit.distance};
        }
      }
    }
    return best;
  }

  /**
   * @param {!Ray} ray
   * @param {!View} view
   * @param {number} lane
   * @param {number} depth
   * @return {?{index: number, distance: number, score: number}}
   * @private
   */
  pickLane_(ray, view, lane, depth) {
    const z = RIVER_Z + laneOffset(lane, this.lanes_);
    const y = depthHeight(depth);
    // The ray's point above the line, seen along the line.
    const across = ray.dy * ray.dy + ray.dz * ray.dz;
    if (across < 1e-9) {
      return null;
    }
    const along = Math.max(0, ((y - ray.oy) * ray.dy + (z - ray.oz) * ray.dz) / across);
    const seconds = xTime(ray.ox + along * ray.dx, view.from, view.span);
    const middle = this.memberAt_(lane, seconds);
    /** @type {?{index: number, distance: number, score: number}} */
    let best = null;
    const from = Math.max(this.starts_[lane], middle - 6);
    const to = Math.min(this.starts_[lane + 1], middle + 6);
    for (let member = from; member < to; member++) {
      const hit = this.score_(ray, view, this.members_[member], z);
      if (hit && (!best || hit.score < best.score)) {
        best = hit;
      }
    }
    return best;
  }

  /**
   * @param {!Ray} ray
   * @param {!View} view
   * @param {number} index
   * @param {number} z
   * @return {?{index: number, distance: number, score: number}}
   * @private
   */
  score_(ray, view, index, z) {
    const seconds = this.commits_.seconds(index);
    if (seconds > view.now || seconds < view.from || seconds > view.from + view.span) {
      return null;
    }
    const px = timeX(seconds, view.from, view.span) - ray.ox;
    const py = depthHeight(this.commits_.depth(index)) - ray.oy;
    const pz = z - ray.oz;
    const distance = px * ray.dx + py * ray.dy + pz * ray.dz;
    if (distance <= 0) {
      return null;
    }
    const off = Math.sqrt(Math.max(0, px * px + py * py + pz * pz - distance * distance));
    return {index, distance, score: off / (view.cone * distance + 0.02)};
  }

  /**
   * @param {number} lane
   * @param {number} seconds
   * @return {number}
   * @private
   */
  memberAt_(lane, seconds) {
    let low = this.starts_[lane];
    let high = this.starts_[lane + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.commits_.seconds(this.members_[middle]) < seconds) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/**
 * The first box that a ray meets.
 *
 * @param {!Ray} ray
 * @param {!Float32Array} boxes x, z, width, length and base of each
 * @param {function(number): number} heightOf
 * @return {?Hit}
 */
export function pickBox(ray, boxes, heightOf) {
  /** @type {?Hit} */
  let best = null;
  for (let i = 0; i * 5 < boxes.length; i++) {
    const height = heightOf(i);
    if (height <= 0) {
      continue;
    }
    const distance = boxDistance(ray, boxes, i * 5, height);
    if (distance >= 0 && (!best || distance < best.distance)) {
      best = {index: i, distance};
    }
  }
  return best;
}

/**
 * @param {!Ray} ray
 * @param {!Float32Array} boxes
 * @param {number} at
 * @param {number} height
 * @return {number} -1 for a miss
 */
function boxDistance(ray, boxes, at, height) {
  let near = 0;
  let far = Infinity;
  for (let axis = 0; axis < 3; axis++) {
    const low = axis === 0 ? boxes[at] : axis === 1 ? boxes[at + 4] : boxes[at + 1];
    const size = axis === 0 ? boxes[at + 2] : axis === 1 ? height : boxes[at + 3];
    const origin = axis === 0 ? ray.ox : axis === 1 ? ray.oy : ray.oz;
    const direction = axis === 0 ? ray.dx : axis === 1 ? ray.dy : ray.dz;
    if (Math.abs(direction) < 1e-9) {
      if (origin < low || origin > low + size) {
        return -1;
      }
      continue;
    }
    const one = (low - origin) / direction;
    const other = (low + size - origin) / direction;
    near = Math.max(near, Math.min(one, other));
    far = Math.min(far, Math.max(one, other));
  }
  return near <= far ? near : -1;
}
