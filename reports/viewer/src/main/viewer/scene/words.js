import * as THREE from '../three/three.module.js';
import * as SHADERS from './shaders.js';
import {Uniforms, always, material, some} from './shared.js';

const SIDE = 1024;
const SHARPNESS = 2;

/**
 * A word in the scene.
 *
 * @typedef {{text: string, x: number, y: number, z: number, size: number, alpha: number, align: number}}
 * size: of its letters in pixels of the screen; align: -1 begins, 0 is centred, 1 ends at the place
 */
export let Word;

/** All words of the scene as one draw, from one picture, which is drawn anew when the words change. */
export class Words {
  /** @param {!Uniforms} uniforms */
  constructor(uniforms) {
    /** @private @const */
    this.canvas_ = /** @type {!HTMLCanvasElement} */ (document.createElement('canvas'));
    this.canvas_.width = SIDE;
    this.canvas_.height = SIDE;
    /** @private @const */
    this.texture_ = new THREE.Texture(this.canvas_);
    this.texture_.minFilter = THREE.LinearFilter;
    this.texture_.generateMipmaps = false;
    this.texture_.premultiplyAlpha = true;
    this.mesh = new THREE.Mesh(new THREE.BufferGeometry(), material(
      SHADERS.LABEL_VERTEX, SHADERS.LABEL_FRAGMENT,
      some(uniforms, ['uLetter', 'uNearest', 'uInk', 'uBottom'], {uWords: {value: this.texture_}}), true));
    this.mesh.material.depthTest = false;
    always(this.mesh, 9);
    /** @private {string} */
    this.last_ = '';
  }

  /** @param {!Array<!Word>} words those that do not fit the picture any more are left out */
  set(words) {
    const key = JSON.stringify(words);
    if (key === this.last_) {
      return;
    }
    this.last_ = key;
    const context = /** @type {!CanvasRenderingContext2D} */ (this.canvas_.getContext('2d'));
    context.clearRect(0, 0, SIDE, SIDE);
    context.fillStyle = '#fff';
    context.textBaseline = 'alphabetic';
    context.strokeStyle = '#000000c0';
    context.lineJoin = 'round';
    context.lineWidth = 6;
    /** @type {!Array<number>} */
    const places = [];
    /** @type {!Array<number>} */
    const corners = [];
    /** @type {!Array<number>} */
    const uvs = [];
    /** @type {!Array<number>} */
    const index = [];
    let x = 0;
    let y = 0;
    let row = 0;
    for (const word of words) {
      context.font = `500 ${word.size * SHARPNESS}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif`;
      const width = Math.min(SIDE - 4, Math.ceil(context.measureText(word.text).width) + 8);
      const height = Math.ceil(word.size * SHARPNESS * 1.45);
      if (x + width > SIDE) {
        x = 0;
        y += row;
        row = 0;
      }
      if (y + height > SIDE) {
        break;
      }
      row = Math.max(row, height);
      context.strokeText(word.text, x + 4, y + height * 0.74, SIDE - 10);
      context.fillText(word.text, x + 4, y + height * 0.74, SIDE - 10);
      quad(word, width, height, x, y, places, corners, uvs, index);
      x += width + 2;
    }
    const geometry = this.mesh.geometry;
    geometry.dispose();
    const next = new THREE.BufferGeometry();
    next.setAttribute('position', new THREE.BufferAttribute(new Float32Array(places), 3));
    next.setAttribute('aCorner', new THREE.BufferAttribute(new Float32Array(corners), 4));
    next.setAttribute('uv', new THREE.BufferAttribute(new Float32Array(uvs), 2));
    next.setIndex(index);
    this.mesh.geometry = next;
    this.mesh.visible = index.length > 0;
    this.texture_.needsUpdate = true;
  }

  dispose() {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.texture_.dispose();
  }
}

/**
 * @param {!Word} word
 * @param {number} width in the picture
 * @param {number} height
 * @param {number} x
 * @param {number} y
 * @param {!Array<number>} places
 * @param {!Array<number>} corners
 * @param {!Array<number>} uvs
 * @param {!Array<number>} index
 */
function quad(word, width, height, x, y, places, corners, uvs, index) {
  const first = places.length / 3;
  const w = width / SHARPNESS;
  const h = height / SHARPNESS;
  const left = -w * (word.align + 1) / 2;
  for (const [cx, cy] of [[0, 0], [1, 0], [1, 1], [0, 1]]) {
    places.push(word.x, word.y, word.z);
    corners.push(left + cx * w, (cy - 0.5) * h, word.alpha, 0);
    uvs.push((x + cx * width) / SIDE, 1 - (y + (1 - cy) * height) / SIDE);
  }
  index.push(first, first + 1, first + 2, first, first + 2, first + 3);
}
