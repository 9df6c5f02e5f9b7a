import * as THREE from '../three/three.module.js';
import {Commits, indexAt} from '../data/commits.js';
import {Links, linkAt, MOST_LINKS} from '../layout/links.js';
import * as SHADERS from './shaders.js';
import {ROW, Uniforms, always, material, numberTexture, some} from './shared.js';
import {addAll, setInstances} from './three.js';

/** Commits that are drawn as bodies; more are drawn as points. */
const MOST_BODIES = 1500;

/** Points that are drawn at once; a longer history is drawn in part. */
const MOST_POINTS = 900000;

const PLACE_UNIFORMS = ['uCommits', 'uFrom', 'uNow', 'uSpan', 'uLanes'];
const DOT_UNIFORMS = PLACE_UNIFORMS.concat(['uMask', 'uAuthors', 'uMaskOn', 'uSelected', 'uDot', 'uScale', 'uHeight', 'uMarkFrom', 'uMarkTo']);

/**
 * The river of commits: points or bodies, the lines of branches, and cells of the tree of detail where
 * commits are not loaded yet. What is drawn of each is a range of numbers, found when the shown time
 * changes; moving the moment within it changes nothing here.
 */
export class River {
  /**
   * @param {!Uniforms} uniforms
   * @param {!Commits} commits
   * @param {!Array<number>} pageTimes
   */
  constructor(uniforms, commits, pageTimes) {
    /** @private @const */
    this.uniforms_ = uniforms;
    /** @private @const */
    this.commits_ = commits;
    /** @private @const */
    this.pageTimes_ = pageTimes;
    /** @private {!Links} */
    this.links_ = {pairs: new Uint32Array(2), far: 0};
    this.group = new THREE.Group();
    uniforms.uCommits.value = numberTexture(commits.texels, 2);
    uniforms.uMask.value = numberTexture(new Uint8Array(commits.count), 1);

    /** @private @const */
    this.pointBase_ = {value: 0};
    this.points = new THREE.Points(
      new THREE.BufferGeometry(),
      material(SHADERS.POINTS_VERTEX, SHADERS.POINTS_FRAGMENT, some(uniforms, DOT_UNIFORMS, {uBase: this.pointBase_}), true));
    always(this.points, 4);
    /** @private @const */
    this.bodyBase_ = {value: 0};
    this.bodies = new THREE.Mesh(
      instanced(new THREE.IcosahedronGeometry(1, 1)),
      material(SHADERS.BODY_VERTEX, SHADERS.BODY_FRAGMENT, some(uniforms, DOT_UNIFORMS, {uBase: this.bodyBase_}), true));
    this.bodies.material.depthWrite = true;
    always(this.bodies, 4);
    /** @private @const */
    this.linkBase_ = {value: 0};
    /** @private @const */
    this.linkTexture_ = {value: numberTexture(this.links_.pairs, 2)};
    this.lines = new THREE.Mesh(
      instanced(stripGeometry()),
      material(SHADERS.LINK_VERTEX, SHADERS.PLAIN_FRAGMENT, some(
        uniforms, PLACE_UNIFORMS.concat(['uAuthors', 'uAccent', 'uHeight', 'uFaint', 'uMarkFrom', 'uMarkTo']),
        {uBase: this.linkBase_, uLinks: this.linkTexture_}), true));
    this.lines.material.side = THREE.DoubleSide;
    always(this.lines, 3);
    this.clusters = new THREE.Points(
      new THREE.BufferGeometry(),
      material(SHADERS.CLUSTER_VERTEX, SHADERS.CLUSTER_FRAGMENT,
        some(uniforms, PLACE_UNIFORMS.concat(['uAuthors', 'uScale', 'uHeight', 'uFaint'])), true));
    always(this.clusters, 2);
    this.clusters.visible = false;
    addAll(this.group, this.lines, this.points, this.bodies, this.clusters);
  }

  /**
   * Takes commits that were loaded.
   *
   * @param {number} from
   * @param {number} to
   */
  changed(from, to) {
    const texture = /** @type {!THREE.DataTexture} */ (this.uniforms_.uCommits.value);
    const data = /** @type {!Uint32Array} */ (texture.image.data);
    if (data !== this.commits_.texels) {
      data.set(this.commits_.texels.subarray(2 * from, 2 * to), 2 * from);
    }
    // Row by row, in the unit of three.js, which counts four numbers a texel whatever the format.
    for (let at = from - from % ROW; at < to; at += ROW) {
      texture.addUpdateRange(4 * at, 4 * ROW);
    }
    texture.needsUpdate = true;
  }

  /** @param {!Links} links */
  setLinks(links) {
    this.links_ = links;
    this.linkTexture_.value.dispose();
    this.linkTexture_.value = numberTexture(links.pairs, 2);
  }

  /** @param {?Uint8Array} mask one for each commit; null for none */
  setMask(mask) {
    this.uniforms_.uMaskOn.value = mask ? 1 : 0;
    if (mask) {
      const texture = /** @type {!THREE.DataTexture} */ (this.uniforms_.uMask.value);
      /** @type {!Uint8Array} */ (texture.image.data).set(mask);
      texture.needsUpdate = true;
    }
  }

  /**
   * @param {!Float32Array} cells time, lane, commits and one that is not used, of each
   * @param {!Float32Array} forms
   */
  setClusters(cells, forms) {
    const geometry = this.clusters.geometry;
    geometry.setAttribute('position', new THREE.BufferAttribute(cells, 4));
    geometry.setAttribute('aForm', new THREE.BufferAttribute(forms, 1));
    geometry.setDrawRange(0, forms.length);
    this.clusters.visible = true;
  }

  /**
   * Chooses what is drawn of the shown time.
   *
   * @param {number} from
   * @param {number} span
   * @return {{first: number, last: number, isWhole: boolean}} the commits in it
   */
  show(from, span) {
    const commits = this.commits_;
    const first = indexAt(commits, this.pageTimes_, from);
    const last = indexAt(commits, this.pageTimes_, from + span + 1);
    const count = Math.max(0, last - first);
    const isNear = count <= MOST_BODIES;
    this.points.visible = !isNear && count > 0;
    this.bodies.visible = isNear && count > 0;
    const drawn = Math.min(count, MOST_POINTS);
    this.pointBase_.value = last - drawn;
    this.points.geometry.setDrawRange(0, drawn);
    this.bodyBase_.value = first;
    setInstances(this.bodies.geometry, isNear ? count : 0);
    this.uniforms_.uDot.value = Math.min(1.7, Math.max(0.5, Math.pow(9000 / Math.max(1, count), 0.28)));
    const linkFirst = linkAt(this.links_, first);
    const isFew = linkAt(this.links_, last) - linkFirst <= MOST_LINKS;
    // Branches that end after the shown time come next in the list; as many as there is room for.
    const linkLast = Math.min(this.links_.pairs.length / 2, linkFirst + MOST_LINKS);
    this.linkBase_.value = isFew ? linkFirst : 0;
    const lines = isFew ? linkLast - linkFirst : this.links_.far;
    setInstances(this.lines.geometry, lines);
    this.uniforms_.uFaint.value = Math.min(1, Math.max(0.3, 2200 / Math.max(1, lines)));
    return {first, last, isWhole: this.isLoaded_(first, last)};
  }

  /**
   * @param {number} first
   * @param {number} last
   * @return {boolean}
   * @private
   */
  isLoaded_(first, last) {
    for (let page = Math.floor(first / this.commits_.page); page * this.commits_.page < last; page++) {
      if (!this.commits_.loaded[page]) {
        return false;
      }
    }
    return true;
  }

  dispose() {
    for (const part of [this.points, this.bodies, this.lines, this.clusters]) {
      part.geometry.dispose();
      part.material.dispose();
    }
    this.uniforms_.uCommits.value.dispose();
    this.uniforms_.uMask.value.dispose();
    this.linkTexture_.value.dispose();
  }
}

/**
 * @param {!THREE.BufferGeometry} of
 * @return {!THREE.InstancedBufferGeometry} the same, drawn many times
 */
export function instanced(of) {
  const geometry = new THREE.InstancedBufferGeometry();
  for (const name of ['position', 'normal']) {
    const attribute = of.getAttribute(name);
    if (attribute) {
      geometry.setAttribute(name, attribute);
    }
  }
  geometry.setIndex(of.index);
  geometry.instanceCount = 0;
  return geometry;
}

/** @return {!THREE.BufferGeometry} a strip along x from 0 to 1, y being -1 or 1 */
function stripGeometry() {
  const pieces = 9;
  const geometry = new THREE.BufferGeometry();
  const corners = new Float32Array((pieces + 1) * 6);
  /** @type {!Array<number>} */
  const index = [];
  for (let i = 0; i <= pieces; i++) {
    corners.set([i / pieces, -1, 0, i / pieces, 1, 0], i * 6);
    if (i < pieces) {
      index.push(2 * i, 2 * i + 2, 2 * i + 1, 2 * i + 1, 2 * i + 2, 2 * i + 3);
    }
  }
  geometry.setAttribute('position', new THREE.BufferAttribute(corners, 3));
  geometry.setIndex(index);
  return geometry;
}
