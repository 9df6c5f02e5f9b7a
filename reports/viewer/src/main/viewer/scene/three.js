import * as THREE from '../three/three.module.js';

/**
 * What three.js has and its annotations do not tell: properties that are defined at run time, and
 * methods that take any number of arguments.
 */

/**
 * @param {!THREE.Object3D} object
 * @return {!THREE.Vector3}
 */
export function positionOf(object) {
  return /** @type {?} */ (object).position;
}

/**
 * @param {!THREE.Object3D} object
 * @return {!THREE.Quaternion}
 */
export function turnOf(object) {
  return /** @type {?} */ (object).quaternion;
}

/**
 * @param {!THREE.Object3D} object
 * @return {!THREE.Vector3}
 */
export function scaleOf(object) {
  return /** @type {?} */ (object).scale;
}

/**
 * @param {!THREE.Object3D} parent
 * @param {...!THREE.Object3D} children
 */
export function addAll(parent, ...children) {
  children.forEach(child => parent.add(child));
}

/**
 * @typedef {{
 *   autoReset: boolean,
 *   reset: function(),
 *   render: {calls: number, triangles: number, points: number, lines: number},
 * }}
 */
export let RenderInfo;

/**
 * @param {!THREE.WebGLRenderer} renderer
 * @return {!RenderInfo}
 */
export function infoOf(renderer) {
  return /** @type {?} */ (renderer).info;
}

/**
 * @param {?THREE.BufferGeometry} geometry
 * @param {number} count
 */
export function setInstances(geometry, count) {
  /** @type {?} */ (geometry).instanceCount = count;
}
