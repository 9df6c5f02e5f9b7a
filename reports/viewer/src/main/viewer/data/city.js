import {Reader} from './bytes.js';
import {LENGTH, CITY_Z} from '../layout/place.js';

/** How much higher each folder's slab lies than the one around it. */
const STEP = 0.035;

/**
 * The files: boxes are x, z, width, length and base of each, in the scene's units; moments are size
 * and heat of each at each moment, files × moments × 2.
 *
 * @typedef {{
 *   files: number, folders: number, moments: number, leftOut: number,
 *   boxes: !Float32Array, folderBoxes: !Float32Array, folderNames: !Array<string>,
 *   folderDepths: !Uint8Array, lines: !Uint32Array, changes: !Uint32Array, paths: !Uint32Array,
 *   states: !Uint8Array,
 * }}
 */
export let City;

/**
 * @param {!Uint8Array} bytes as dev.nightjar.viewer.City writes them
 * @param {number} width of the ground
 * @param {number} length
 * @return {!City}
 */
export function readCity(bytes, width, length) {
  const reader = new Reader(bytes);
  const files = reader.u32();
  const folders = reader.u32();
  const moments = reader.u32();
  const leftOut = reader.u32();
  const boxes = new Float32Array(files * 5);
  const lines = new Uint32Array(files);
  const changes = new Uint32Array(files);
  const paths = new Uint32Array(files);
  for (let i = 0; i < files; i++) {
    readBox(reader, boxes, i, width, length);
    lines[i] = reader.u32();
    changes[i] = reader.u32();
    paths[i] = reader.u32();
  }
  const folderBoxes = new Float32Array(folders * 5);
  const folderDepths = new Uint8Array(folders);
  /** @type {!Array<string>} */
  const folderNames = [];
  const decoder = new TextDecoder();
  for (let i = 0; i < folders; i++) {
    readBox(reader, folderBoxes, i, width, length);
    folderDepths[i] = reader.u16();
    folderBoxes[5 * i + 4] = folderDepths[i] * STEP;
    folderNames.push(decoder.decode(reader.take(reader.u16())));
  }
  setBases(boxes, folderBoxes, folderDepths);
  const states = reader.take(files * moments * 2).slice();
  return {files, folders, moments, leftOut, boxes, folderBoxes, folderNames, folderDepths, lines, changes, paths, states};
}

/**
 * @param {!Reader} reader
 * @param {!Float32Array} boxes
 * @param {number} index
 * @param {number} width
 * @param {number} length
 */
function readBox(reader, boxes, index, width, length) {
  const at = 5 * index;
  boxes[at] = reader.u16() / 65535 * width - LENGTH / 2;
  boxes[at + 1] = reader.u16() / 65535 * length + CITY_Z;
  boxes[at + 2] = reader.u16() / 65535 * width;
  boxes[at + 3] = reader.u16() / 65535 * length;
}

/**
 * A file stands on the deepest folder around its middle. Folders come before what is in them.
 *
 * @param {!Float32Array} boxes
 * @param {!Float32Array} folderBoxes
 * @param {!Uint8Array} depths
 */
function setBases(boxes, folderBoxes, depths) {
  // A grid of the deepest folder over the ground: painted in order, the deeper over the others.
  const columns = 960;
  const rows = 360;
  const grid = new Uint8Array(columns * rows);
  const width = folderBoxes.length > 0 ? folderBoxes[2] : 1;
  const length = folderBoxes.length > 0 ? folderBoxes[3] : 1;
  /** @param {number} x @return {number} */
  const column = x => Math.min(columns - 1, Math.max(0, Math.floor((x + LENGTH / 2) / width * columns)));
  /** @param {number} z @return {number} */
  const row = z => Math.min(rows - 1, Math.max(0, Math.floor((z - CITY_Z) / length * rows)));
  for (let i = 0; i < depths.length; i++) {
    const [x, z, w, l] = folderBoxes.subarray(5 * i, 5 * i + 4);
    const toRow = row(z + l);
    for (let r = row(z); r <= toRow; r++) {
      grid.fill(depths[i], r * columns + column(x), r * columns + column(x + w) + 1);
    }
  }
  for (let at = 0; at < boxes.length; at += 5) {
    const cell = row(boxes[at + 1] + boxes[at + 3] / 2) * columns + column(boxes[at] + boxes[at + 2] / 2);
    boxes[at + 4] = (grid[cell] + 1) * STEP;
  }
}

/**
 * Size and heat of a file between two moments.
 *
 * @param {!City} city
 * @param {number} file
 * @param {number} moment 0 to moments - 1, with a fraction
 * @param {number} which 0 for the size, 1 for the heat
 * @return {number} 0 to 255
 */
export function stateAt(city, file, moment, which) {
  const clamped = Math.min(city.moments - 1, Math.max(0, moment));
  const low = Math.floor(clamped);
  const high = Math.min(city.moments - 1, low + 1);
  const at = file * city.moments;
  const a = city.states[2 * (at + low) + which];
  const b = city.states[2 * (at + high) + which];
  return a + (b - a) * (clamped - low);
}
