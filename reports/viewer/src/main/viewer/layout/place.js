/** The scene's measures, in its units. The same numbers stand in scene/shaders.js. */
export const LENGTH = 24;
export const RIVER_Z = -6.2;
export const RIVER_HALF = 4.6;
export const CITY_Z = 1.2;

/**
 * How far from the river's middle a lane runs: even lanes on one side, odd ones on the other, the
 * first ones wider apart than those far out.
 *
 * @param {number} lane
 * @param {number} lanes how many there are
 * @return {number}
 */
export function laneOffset(lane, lanes) {
  if (lane === 0) {
    return 0;
  }
  const rank = Math.ceil(lane / 2);
  const most = Math.max(4, Math.ceil((lanes - 1) / 2));
  const side = lane % 2 === 0 ? 1 : -1;
  return side * RIVER_HALF * Math.pow(rank / most, 0.7);
}

/**
 * @param {number} depth merges between the commit and the default branch
 * @return {number}
 */
export function depthHeight(depth) {
  return 0.12 + 0.42 * Math.pow(depth, 0.75);
}

/**
 * @param {number} seconds
 * @param {number} from where the shown time begins
 * @param {number} span how long it is
 * @return {number}
 */
export function timeX(seconds, from, span) {
  return ((seconds - from) / span - 0.5) * LENGTH;
}

/**
 * @param {number} x
 * @param {number} from
 * @param {number} span
 * @return {number}
 */
export function xTime(x, from, span) {
  return from + (x / LENGTH + 0.5) * span;
}

/**
 * How high a file's house is.
 *
 * @param {number} code of its size, 0 to 255
 * @return {number}
 */
export function houseHeight(code) {
  return code <= 0 ? 0 : 0.03 + 3.1 * Math.pow(code / 255, 2.6);
}
