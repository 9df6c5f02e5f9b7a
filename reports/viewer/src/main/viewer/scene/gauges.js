import * as THREE from '../three/three.module.js';
import {Measurements, Series, TelemetryRow} from '../data/manifest.js';
import {xTime} from '../layout/place.js';
import {READINGS, VERDICT_COLOURS} from './palette.js';
import * as SHADERS from './shaders.js';
import {Uniforms, always, material, some, vector} from './shared.js';

/** Where the ribbons stand: behind the river. */
const WALL_Z = -11.4;
const ROW_STEP = 0.34;
const RIBBON_HEIGHT = 1.5;

/** Where the terrain lies: under the river. */
const TERRAIN_Y = -0.9;
const TERRAIN_FRONT = -1.6;
const TERRAIN_BACK = -10.8;
const TERRAIN_HEIGHT = 0.85;

/** So many times as long as all runs the shown time is from which on they are folded. */
const FOLDED_BELOW = 12;

/** Corners of triangles with their colours, as they are put together. */
class Corners {
  constructor() {
    /** @const {!Array<number>} */
    this.places = [];
    /** @const {!Array<number>} */
    this.colours = [];
  }

  /**
   * A piece of a band between two times.
   *
   * @param {!Array<number>} a seconds, low and high end
   * @param {!Array<number>} b
   * @param {number} z
   * @param {!THREE.Vector3} colour
   * @param {number} lowAlpha
   * @param {number} highAlpha
   */
  band(a, b, z, colour, lowAlpha, highAlpha) {
    const corners = [[a[0], a[1], lowAlpha], [b[0], b[1], lowAlpha], [a[0], a[2], highAlpha],
      [a[0], a[2], highAlpha], [b[0], b[1], lowAlpha], [b[0], b[2], highAlpha]];
    for (const [x, y, alpha] of corners) {
      this.places.push(x, y, z);
      this.colours.push(colour.x, colour.y, colour.z, alpha);
    }
  }

  /** @return {!THREE.BufferGeometry} */
  geometry() {
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute('position', new THREE.BufferAttribute(new Float32Array(this.places), 3));
    geometry.setAttribute('aColour', new THREE.BufferAttribute(new Float32Array(this.colours), 4));
    return geometry;
  }
}

/**
 * Benchmarks as ribbons behind the river and telemetry as terrain under it, on the river's time axis,
 * or folded: where runs lie within minutes and the history spans years, they would be a line. Folded,
 * runs are as far from one another as there is room, and telemetry goes from end to end.
 * Seconds are counted from the begin of each, as a number of the graphics card does not hold seconds
 * of decades.
 */
export class Gauges {
  /**
   * @param {!Uniforms} uniforms
   * @param {!Measurements} measured
   * @param {number} origin what the scene's seconds count from, since 1970
   */
  constructor(uniforms, measured, origin) {
    this.group = new THREE.Group();
    /** @private @const {!Array<!Series>} */
    this.series_ = measured.benchmarks;
    /** @private @const {number} */
    this.origin_ = origin;
    /** @private @const */
    this.clocks_ = [];
    const times = measured.benchmarks.flatMap(series => series.points.map(point => point[0]));
    const begin = times.reduce((a, b) => Math.min(a, b), Infinity);
    const end = times.reduce((a, b) => Math.max(a, b), -Infinity);
    /** When runs began, each once. @const {!Array<number>} */
    this.runs = [...new Set(times)].sort((a, b) => a - b);
    const telemetry = measured.telemetry;
    /** @private @const {!Array<number>} */
    this.spans_ = [Math.max(0, end - begin), Math.max(0, telemetry.to - telemetry.from)];
    this.isFolded = false;
    const places = new Map(this.runs.map((run, i) => [run, (i + 0.5) / this.runs.length]));
    this.ribbons = this.part_(
      uniforms, ribbons(measured.benchmarks, seconds => seconds - begin), begin - origin);
    this.terrain = this.part_(
      uniforms, terrain(telemetry.rows, telemetry.to - telemetry.from), telemetry.from - origin);
    /** @private @const {!Array<!THREE.BufferGeometry>} */
    this.ribbonForms_ = [
      this.ribbons.geometry, ribbons(measured.benchmarks, seconds => places.get(seconds) || 0)];
    always(this.ribbons, 5);
    always(this.terrain, 1);
  }

  /**
   * Whether runs and telemetry would be too narrow to be read on the shown time.
   *
   * @param {number} span
   * @return {boolean}
   */
  isNarrow(span) {
    return this.spans_.some(each => each > 0) && this.spans_.every(each => each < span / FOLDED_BELOW);
  }

  /** @param {boolean} isFolded */
  fold(isFolded) {
    if (isFolded !== this.isFolded) {
      this.isFolded = isFolded;
      this.ribbons.geometry = this.ribbonForms_[isFolded ? 1 : 0];
    }
  }

  /**
   * Where a run stands from the left end to the right when folded.
   *
   * @param {number} seconds since 1970
   * @return {number} 0 to 1
   */
  foldedAt(seconds) {
    return (this.runs.filter(run => run <= seconds).length - 0.5) / Math.max(1, this.runs.length);
  }

  /**
   * @param {!Uniforms} uniforms
   * @param {!THREE.BufferGeometry} geometry
   * @param {number} begin
   * @return {!THREE.Mesh}
   * @private
   */
  part_(uniforms, geometry, begin) {
    const offset = {value: 0};
    const until = {value: 0};
    const span = {value: 1};
    this.clocks_.push({offset, until, span, begin});
    const mesh = new THREE.Mesh(geometry, material(
      SHADERS.RIBBON_VERTEX, SHADERS.RIBBON_FRAGMENT,
      some(uniforms, [], {uSpan: span, uOffset: offset, uUntil: until}), true));
    mesh.material.side = THREE.DoubleSide;
    this.group.add(mesh);
    return mesh;
  }

  /**
   * @param {number} from
   * @param {number} span
   * @param {number} now
   */
  show(from, span, now) {
    for (const clock of this.clocks_) {
      clock.span.value = span;
      clock.offset.value = clock.begin - from;
      clock.until.value = now - from;
    }
    if (this.isFolded) {
      // At the end of what is shown all runs are there, as they may be later than all commits.
      const isEnd = now >= from + span - 1;
      const [ribbon, ground] = this.clocks_;
      ribbon.span.value = 1;
      ribbon.offset.value = 0;
      ribbon.until.value = isEnd ? 2 : this.foldedAt(now + this.origin_);
      ground.span.value = Math.max(1, this.spans_[1]);
      ground.offset.value = 0;
      ground.until.value = isEnd ? 1e30 : now - ground.begin;
    }
  }

  /**
   * The benchmark whose wall a ray meets first.
   *
   * @param {!Array<number>} ray origin and direction
   * @param {number} from seconds at which the shown time begins
   * @param {number} span
   * @param {number} now
   * @return {{index: number, distance: number}} -1 for none
   */
  pickRibbon(ray, from, span, now) {
    const best = {index: -1, distance: Infinity};
    this.series_.forEach((series, row) => {
      const distance = (rowZ(row) - ray[2]) / ray[5];
      const y = ray[1] + distance * ray[4];
      const x = ray[0] + distance * ray[3];
      const first = series.points[0][0];
      const last = series.points[series.points.length - 1][0];
      const at = this.isFolded ? xTime(x, 0, 1) : xTime(x, from, span) + this.origin_;
      const isThere = this.isFolded ? at >= this.foldedAt(first) && at <= Math.min(this.foldedAt(last), this.clocks_[0].until.value)
        : at >= first && at <= Math.min(last, now + this.origin_);
      if (distance > 0 && distance < best.distance && y >= 0 && y <= 0.2 + RIBBON_HEIGHT && series.points.length > 1
          && isThere) {
        best.index = row;
        best.distance = distance;
      }
    });
    return best;
  }

  dispose() {
    this.ribbonForms_.forEach(form => form.dispose());
    for (const part of [this.ribbons, this.terrain]) {
      part.geometry.dispose();
      part.material.dispose();
    }
  }
}

/**
 * @param {number} row of the telemetry
 * @param {number} rows
 * @return {number} where its crest lies
 */
export function crestZ(row, rows) {
  return TERRAIN_FRONT - (row + 0.5) * (TERRAIN_FRONT - TERRAIN_BACK) / Math.max(1, rows);
}

/**
 * @param {number} row of a benchmark
 * @return {number} where its ribbon stands
 */
export function rowZ(row) {
  return WALL_Z - row * ROW_STEP;
}

/**
 * @param {!Array<!Series>} all
 * @param {function(number): number} place of a run by when it began
 * @return {!THREE.BufferGeometry}
 */
function ribbons(all, place) {
  const corners = new Corners();
  all.forEach((series, row) => {
    const z = rowZ(row);
    const values = series.points.flatMap(point => [point[1], point[2], point[3]]);
    const low = Math.min(...values);
    const high = Math.max(...values);
    // A change of less than a tenth is not made to look like more.
    const scale = RIBBON_HEIGHT / Math.max(high - low, Math.abs(high) * 0.1, 1e-12);
    /** @param {number} value @return {number} */
    const y = value => 0.15 + (value - low) * scale;
    const colour = vector(VERDICT_COLOURS[series.verdict] || VERDICT_COLOURS['none']);
    for (let i = 1; i < series.points.length; i++) {
      const [began0, m0, l0, h0] = series.points[i - 1];
      const [began1, m1, l1, h1] = series.points[i];
      const a = place(began0);
      const b = place(began1);
      corners.band([a, 0, y(m0)], [b, 0, y(m1)], z, colour, 0.02, 0.16);
      corners.band([a, y(l0), y(h0)], [b, y(l1), y(h1)], z, colour, 0.4, 0.4);
      corners.band([a, y(m0) - 0.012, y(m0) + 0.012], [b, y(m1) - 0.012, y(m1) + 0.012], z, colour, 1, 1);
    }
  });
  return corners.geometry();
}

/**
 * @param {!Array<!TelemetryRow>} rows
 * @param {number} seconds
 * @return {!THREE.BufferGeometry}
 */
function terrain(rows, seconds) {
  const corners = new Corners();
  const [cool, warm] = READINGS.map(vector);
  const depth = (TERRAIN_FRONT - TERRAIN_BACK) / Math.max(1, rows.length);
  rows.forEach((row, number) => {
    const range = Math.max(row.highest - row.lowest, 1e-12);
    const z = crestZ(number, rows.length);
    const columns = row.values.length;
    for (let i = 1; i < columns; i++) {
      const a = row.values[i - 1];
      const b = row.values[i];
      if (a === null || b === null) {
        continue;
      }
      const ya = (a - row.lowest) / range;
      const yb = (b - row.lowest) / range;
      const colour = new THREE.Vector3();
      colour.lerpVectors(cool, warm, (ya + yb) / 2);
      ridge(corners, (i - 1) / columns * seconds, i / columns * seconds, ya, yb, z, depth, colour);
    }
  });
  return corners.geometry();
}

/**
 * One step of a ridge: two slopes that meet at its crest.
 *
 * @param {!Corners} corners
 * @param {number} from
 * @param {number} to
 * @param {number} ya 0 to 1
 * @param {number} yb
 * @param {number} z of the crest
 * @param {number} depth of the row
 * @param {!THREE.Vector3} colour
 */
function ridge(corners, from, to, ya, yb, z, depth, colour) {
  const crestA = TERRAIN_Y + ya * TERRAIN_HEIGHT;
  const crestB = TERRAIN_Y + yb * TERRAIN_HEIGHT;
  for (const side of [0.5, -0.5]) {
    const foot = z + side * depth;
    const shade = side > 0 ? 0.9 : 0.55;
    const corner = [[from, TERRAIN_Y, foot], [to, TERRAIN_Y, foot], [from, crestA, z],
      [from, crestA, z], [to, TERRAIN_Y, foot], [to, crestB, z]];
    for (const [x, y, at] of corner) {
      corners.places.push(x, y, at);
      corners.colours.push(colour.x * shade, colour.y * shade, colour.z * shade, at === z ? 0.9 : 0.35);
    }
  }
}
