import {Reader} from './bytes.js';

/**
 * One level of the tree of detail: time in seconds, lane, commits and nothing of each cell; and the
 * author's rank × 16 + depth.
 *
 * @typedef {{cells: !Float32Array, forms: !Float32Array}}
 */
export let Level;

/**
 * @param {!Uint8Array} bytes as dev.nightjar.viewer.Clusters writes them
 * @param {number} span seconds between the first and the last commit
 * @return {!Array<!Level>} the coarsest first
 */
export function readClusters(bytes, span) {
  const reader = new Reader(bytes);
  /** @type {!Array<!Level>} */
  const levels = [];
  /** @type {!Array<{columns: number, each: number, count: number}>} */
  const heads = [];
  for (let level = reader.u32(); level > 0; level--) {
    heads.push({columns: reader.u32(), each: reader.u32(), count: reader.u32()});
    const {columns, each, count} = heads[heads.length - 1];
    levels.push(readLevel(reader, columns, each, count, span));
  }
  return levels;
}

/**
 * @param {!Reader} reader
 * @param {number} columns
 * @param {number} each lanes of a cell
 * @param {number} count
 * @param {number} span
 * @return {!Level}
 */
function readLevel(reader, columns, each, count, span) {
  const rows = reader.u32();
  const cells = new Float32Array(4 * count);
  const forms = new Float32Array(count);
  let cell = 0;
  for (let i = 0; i < count; i++) {
    cell += reader.varint();
    const column = Math.floor(cell / rows);
    const row = cell % rows;
    cells[4 * i] = (column + 0.5) / columns * span;
    // An even lane and an odd one lie on both sides of the river; a cell stands on its first.
    cells[4 * i + 1] = row * each;
    cells[4 * i + 2] = reader.varint();
    forms[i] = reader.u8();
  }
  return {cells, forms};
}
