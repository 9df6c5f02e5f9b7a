import * as THREE from '../three/three.module.js';
import {City} from '../data/city.js';
import * as SHADERS from './shaders.js';
import {instanced} from './river.js';
import {Uniforms, always, material, numberTexture, pairTexture, some} from './shared.js';
import {addAll} from './three.js';

/** The files as a city: one draw for all houses, one for all folders' slabs. */
export class Houses {
  /**
   * @param {!Uniforms} uniforms
   * @param {!City} city
   */
  constructor(uniforms, city) {
    this.city = city;
    this.group = new THREE.Group();
    /** @private @const */
    this.states_ = pairTexture(city.states);
    /** @private @const */
    this.mask_ = numberTexture(new Uint8Array(city.files), 1);
    /** @private @const */
    this.maskOn_ = {value: 0};
    this.selected = {value: -1};
    const geometry = boxes(city.boxes, city.files);
    this.houses = new THREE.Mesh(geometry, material(
      SHADERS.HOUSE_VERTEX, SHADERS.HOUSE_FRAGMENT,
      some(uniforms, ['uMoment', 'uMomentB', 'uCompare', 'uHeat', 'uRim'], {
        uStates: {value: this.states_}, uMoments: {value: city.moments}, uHouseMask: {value: this.mask_},
        uHouseMaskOn: this.maskOn_, uSelectedFile: this.selected,
      }), false));
    this.slabs = new THREE.Mesh(boxes(city.folderBoxes, city.folders), material(
      SHADERS.SLAB_VERTEX, SHADERS.PLAIN_FRAGMENT, some(uniforms, ['uSlab', 'uSlabHigh']), false));
    always(this.houses, 1);
    always(this.slabs, 1);
    addAll(this.group, this.slabs, this.houses);
  }

  /** @param {?Uint8Array} mask one for each file; null for none */
  setMask(mask) {
    this.maskOn_.value = mask ? 1 : 0;
    if (mask) {
      /** @type {!Uint8Array} */ (this.mask_.image.data).set(mask);
      this.mask_.needsUpdate = true;
    }
  }

  dispose() {
    for (const part of [this.houses, this.slabs]) {
      part.geometry.dispose();
      part.material.dispose();
    }
    this.states_.dispose();
    this.mask_.dispose();
  }
}

/**
 * @param {!Float32Array} from x, z, width, length and base of each
 * @param {number} count
 * @return {!THREE.InstancedBufferGeometry}
 */
function boxes(from, count) {
  const box = new THREE.BoxGeometry(1, 1, 1);
  box.translate(0.5, 0.5, 0.5);
  const geometry = instanced(box);
  // Nobody sees a house from below: the fourth of the six sides is left out.
  const index = /** @type {!THREE.BufferAttribute} */ (box.index);
  const sides = Array.from(/** @type {!Uint16Array} */ (index.array));
  sides.splice(18, 6);
  geometry.setIndex(sides);
  const rectangles = new Float32Array(count * 4);
  const bases = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    rectangles.set(from.subarray(5 * i, 5 * i + 4), 4 * i);
    bases[i] = from[5 * i + 4];
  }
  geometry.setAttribute('aBox', new THREE.InstancedBufferAttribute(rectangles, 4));
  geometry.setAttribute('aBase', new THREE.InstancedBufferAttribute(bases, 1));
  geometry.instanceCount = count;
  return geometry;
}
