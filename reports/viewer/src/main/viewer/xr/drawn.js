import * as THREE from '../three/three.module.js';

/** The accent of everything that belongs to the person: rays, rings, the panel's cursor. */
export const ACCENT = 0xaab0ff;

/**
 * A material of one colour, as the screen has it.
 *
 * @param {number} colour
 * @param {!Object<string, ?>=} more
 * @return {!THREE.MeshBasicMaterial}
 */
export function plain(colour, more = {}) {
  const material = new THREE.MeshBasicMaterial(Object.assign({side: THREE.DoubleSide}, more));
  /** @type {?} */ (material).color.setRGB((colour >> 16 & 255) / 255, (colour >> 8 & 255) / 255, (colour & 255) / 255);
  return material;
}

/**
 * @param {number} inner radius in metres
 * @param {number} outer
 * @param {number} order in which it is drawn; higher ones later, over what stands before them
 * @return {!THREE.Mesh} a ring that is not shown yet
 */
export function ring(inner, outer, order) {
  const mesh = new THREE.Mesh(new THREE.RingGeometry(inner, outer, 40), plain(ACCENT, {transparent: true, depthTest: order < 30}));
  mesh.renderOrder = order;
  mesh.visible = false;
  return mesh;
}

/** @param {!THREE.Mesh} mesh */
export function forget(mesh) {
  mesh.geometry.dispose();
  mesh.material.dispose();
}
