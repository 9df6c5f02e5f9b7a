import * as THREE from '../three/three.module.js';
import {CHANGE, HEAT, PALETTES, THEMES} from './palette.js';

/** Texels of a row in every texture of numbers. */
export const ROW = 1024;

/**
 * A texture of whole numbers that the shaders look up by index.
 *
 * @param {!Uint32Array|!Uint8Array} numbers
 * @param {number} each numbers of a texel, 1 or 2
 * @return {!THREE.DataTexture}
 */
export function numberTexture(numbers, each) {
  const rows = Math.max(1, Math.ceil(numbers.length / each / ROW));
  const isWide = numbers instanceof Uint32Array;
  let padded = numbers;
  if (numbers.length !== rows * ROW * each) {
    padded = isWide ? new Uint32Array(rows * ROW * each) : new Uint8Array(rows * ROW * each);
    padded.set(numbers);
  }
  const texture = new THREE.DataTexture(
    padded, ROW, rows, each === 2 ? THREE.RGIntegerFormat : THREE.RedIntegerFormat,
    isWide ? THREE.UnsignedIntType : THREE.UnsignedByteType);
  texture.internalFormat = each === 2 ? 'RG32UI' : isWide ? 'R32UI' : 'R8UI';
  texture.needsUpdate = true;
  return texture;
}

/**
 * A texture of pairs of bytes, read as 0 to 1.
 *
 * @param {!Uint8Array} bytes
 * @return {!THREE.DataTexture}
 */
export function pairTexture(bytes) {
  const rows = Math.max(1, Math.ceil(bytes.length / 2 / ROW));
  const padded = new Uint8Array(rows * ROW * 2);
  padded.set(bytes);
  const texture = new THREE.DataTexture(padded, ROW, rows, THREE.RGFormat, THREE.UnsignedByteType);
  texture.needsUpdate = true;
  return texture;
}

/** @param {!Array<string>} colours @return {!Array<!THREE.Vector3>} */
function vectors(colours) {
  return colours.map(vector);
}

/**
 * The colour as the screen has it; the shaders work on these numbers directly.
 *
 * @param {string} colour as #rrggbb
 * @return {!THREE.Vector3}
 */
export function vector(colour) {
  const number = parseInt(colour.substring(1), 16);
  return new THREE.Vector3((number >> 16 & 255) / 255, (number >> 8 & 255) / 255, (number & 255) / 255);
}

/**
 * What all layers' shaders share. Moving the time assigns to a few of these and nothing else.
 *
 * @typedef {!Object<string, {value: ?}>}
 */
export let Uniforms;

/** @return {!Uniforms} */
export function createUniforms() {
  const empty = numberTexture(new Uint32Array(2), 2);
  return {
    uCommits: {value: empty},
    uMask: {value: numberTexture(new Uint8Array(1), 1)},
    uMaskOn: {value: 0},
    uFrom: {value: 0},
    uSpan: {value: 1},
    uNow: {value: 0},
    uLanes: {value: 1},
    uSelected: {value: -1},
    uDot: {value: 1},
    uFaint: {value: 1},
    uScale: {value: 1},
    uHeight: {value: 900},
    // The tangent of the angle that a written pixel takes.
    uLetter: {value: 0.0009},
    uNearest: {value: 0.02},
    uMarkFrom: {value: 0},
    uMarkTo: {value: 0},
    uMoment: {value: 0},
    uMomentB: {value: 0},
    uCompare: {value: 0},
    uAuthors: {value: vectors(PALETTES[0].dark)},
    uHeat: {value: vectors(HEAT.dark)},
    uAccent: {value: vector(THEMES.dark.accent)},
    uGround: {value: vector(THEMES.dark.ground)},
    uLine: {value: vector(THEMES.dark.line)},
    uInk: {value: vector(THEMES.dark.soft)},
    uTop: {value: vector(THEMES.dark.top)},
    uBottom: {value: vector(THEMES.dark.bottom)},
    uIsRound: {value: 0},
    uSlab: {value: vector(THEMES.dark.slab)},
    uSlabHigh: {value: vector(THEMES.dark.slabHigh)},
    uRim: {value: 0.22},
    uTicks: {value: new Float32Array(24)},
    uTickCount: {value: 0},
    uNowX: {value: 0},
    uMarkX: {value: new Float32Array([99, 99])},
  };
}

/**
 * @param {!Uniforms} uniforms
 * @param {boolean} isDark
 * @param {number} palette
 * @param {boolean} isComparing
 */
export function paint(uniforms, isDark, palette, isComparing) {
  const mode = isDark ? 'dark' : 'light';
  const theme = THEMES[mode];
  const colours = isComparing ? CHANGE : HEAT;
  uniforms.uAuthors.value = vectors(PALETTES[palette][mode]);
  uniforms.uHeat.value = vectors(colours[mode]);
  uniforms.uAccent.value = vector(theme.accent);
  uniforms.uGround.value = vector(theme.ground);
  uniforms.uLine.value = vector(theme.line);
  uniforms.uInk.value = vector(theme.ink);
  uniforms.uTop.value = vector(theme.top);
  uniforms.uBottom.value = vector(theme.bottom);
  uniforms.uSlab.value = vector(theme.slab);
  uniforms.uSlabHigh.value = vector(theme.slabHigh);
  uniforms.uRim.value = isDark ? 0.2 : -0.14;
}

/**
 * @param {!Uniforms} all
 * @param {!Array<string>} names
 * @param {!Uniforms=} own
 * @return {!Uniforms}
 */
export function some(all, names, own = {}) {
  /** @type {!Uniforms} */
  const chosen = {};
  for (const name of names) {
    chosen[name] = all[name];
  }
  return Object.assign(chosen, own);
}

/**
 * @param {string} vertexShader
 * @param {string} fragmentShader
 * @param {!Uniforms} uniforms
 * @param {boolean} isClear whether what is behind shows through
 * @return {!THREE.RawShaderMaterial}
 */
export function material(vertexShader, fragmentShader, uniforms, isClear) {
  return new THREE.RawShaderMaterial({
    glslVersion: THREE.GLSL3,
    vertexShader,
    fragmentShader,
    uniforms,
    transparent: isClear,
    depthWrite: !isClear,
    premultipliedAlpha: true,
    blending: isClear ? THREE.CustomBlending : THREE.NoBlending,
    blendSrc: THREE.OneFactor,
    blendDst: THREE.OneMinusSrcAlphaFactor,
  });
}

/**
 * @param {!THREE.Object3D} object
 * @param {number} order
 */
export function always(object, order) {
  object.frustumCulled = false;
  object.renderOrder = order;
}
