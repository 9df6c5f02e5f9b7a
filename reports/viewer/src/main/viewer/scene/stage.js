import * as THREE from '../three/three.module.js';
import {Rig} from '../controls/rig.js';
import {Uniforms} from './shared.js';
import {infoOf} from './three.js';

/**
 * The whole scene from the front, a little from above: x, y, z, turn, tilt, distance. It fits into a
 * free part of the picture that is so much wider than high, or wider.
 */
export const HOME = [0, 0, -0.2, 0, 0.7, 33];
const HOME_ASPECT = 1.85;

/** The same for a picture that is higher than wide: the time runs away from the eye. */
export const HOME_UPRIGHT = [1.5, 0, -0.8, 1.4, 0.95, 52];

/**
 * The renderer, the camera and the loop. A frame is drawn when something asked for one; a session in a
 * headset draws all of them.
 */
export class Stage {
  /**
   * @param {!HTMLCanvasElement} canvas
   * @param {!Uniforms} uniforms
   * @throws {Error} where there is no WebGL 2
   */
  constructor(canvas, uniforms) {
    this.canvas = canvas;
    /** @private @const */
    this.uniforms_ = uniforms;
    this.renderer = new THREE.WebGLRenderer({canvas, antialias: true, powerPreference: 'high-performance'});
    this.renderer.outputColorSpace = THREE.LinearSRGBColorSpace;
    infoOf(this.renderer).autoReset = false;
    this.scene = new THREE.Scene();
    /** All that is shown; a session moves and scales it. */
    this.root = new THREE.Group();
    this.scene.add(this.root);
    this.camera = new THREE.PerspectiveCamera(42, 1, 0.05, 220);
    this.rig = new Rig(this.camera, () => this.invalidate());
    /** @private */
    this.isDirty_ = true;
    /** @private */
    this.last_ = 0;
    /** Called before each frame with its time and length in seconds. @type {!Array<function(number, number)>} */
    this.beforeFrame = [];
    /** Main-thread time of the newest frames in milliseconds, round and round. */
    this.frameMillis = new Float32Array(512);
    this.frames = 0;
    /** The most that a frame drew so far. */
    /** What of the picture is covered at its edges, in pixels: top, right, bottom, left. */
    this.covered = [0, 0, 0, 0];
    this.most = {calls: 0, triangles: 0, points: 0, lines: 0};
    this.rig.go(this.home, true);
  }

  /** Begins drawing. */
  start() {
    this.renderer.setAnimationLoop(/** @type {?} */ (time => this.frame_(/** @type {number} */ (time))));
  }

  /** Asks for a frame. */
  invalidate() {
    this.isDirty_ = true;
  }

  /**
   * @param {number} time
   * @private
   */
  frame_(time) {
    const began = performance.now();
    const seconds = Math.min(0.1, (time - this.last_) / 1000);
    this.last_ = time;
    for (let i = 0; i < this.beforeFrame.length; i++) {
      this.beforeFrame[i](time / 1000, seconds);
    }
    const isImmersed = this.renderer.xr.isPresenting;
    if (!this.isDirty_ && !isImmersed) {
      return;
    }
    this.isDirty_ = false;
    if (!isImmersed && this.rig.step(seconds)) {
      this.isDirty_ = true;
    }
    infoOf(this.renderer).reset();
    this.renderer.render(this.scene, this.camera);
    this.note_();
    this.frameMillis[this.frames++ % this.frameMillis.length] = performance.now() - began;
  }

  /** @private */
  note_() {
    const drawn = infoOf(this.renderer).render;
    const eyes = this.renderer.xr.isPresenting ? 2 : 1;
    this.most.calls = Math.max(this.most.calls, drawn.calls / eyes);
    this.most.triangles = Math.max(this.most.triangles, drawn.triangles / eyes);
    this.most.points = Math.max(this.most.points, drawn.points / eyes);
    this.most.lines = Math.max(this.most.lines, drawn.lines / eyes);
  }

  /** @return {boolean} */
  get isUpright() {
    return this.canvas.clientWidth < this.canvas.clientHeight;
  }

  /** @return {!Array<number>} the first view */
  get home() {
    if (this.isUpright) {
      return HOME_UPRIGHT;
    }
    const [top, right, bottom, left] = this.covered;
    const aspect = (this.canvas.clientWidth - left - right) / Math.max(1, this.canvas.clientHeight - top - bottom);
    const home = HOME.slice();
    home[5] *= Math.max(1, Math.min(1.6, HOME_ASPECT / aspect));
    return home;
  }

  /** Fits the picture to its element; in a session its size is the headset's. */
  resize() {
    if (this.renderer.xr.isPresenting) {
      return;
    }
    const width = Math.max(1, this.canvas.clientWidth);
    const height = Math.max(1, this.canvas.clientHeight);
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.fov = this.isUpright ? 58 : 42;
    // The middle of the scene stands in the middle of what is not covered.
    const [top, right, bottom, left] = this.covered;
    this.camera.setViewOffset(width, height, (right - left) / 2, (bottom - top) / 2, width, height);
    this.camera.updateProjectionMatrix();
    this.uniforms_.uHeight.value = height * ratio;
    this.uniforms_.uLetter.value = 2 * Math.tan(this.camera.fov * Math.PI / 360) / height;
    this.invalidate();
  }

  /**
   * The line from the eye through a point of the picture, in the coordinates of what is shown.
   *
   * @param {number} x -1 to 1
   * @param {number} y
   * @return {!Array<number>} origin and direction
   */
  rayAt(x, y) {
    this.root.updateWorldMatrix(true, false);
    const inverse = this.root.matrixWorld.clone().invert();
    const origin = new THREE.Vector3().setFromMatrixPosition(this.camera.matrixWorld).applyMatrix4(inverse);
    const target = new THREE.Vector3(x, y, 0.5).unproject(this.camera).applyMatrix4(inverse);
    const direction = target.sub(origin).normalize();
    return [origin.x, origin.y, origin.z, direction.x, direction.y, direction.z];
  }

  dispose() {
    this.renderer.setAnimationLoop(null);
    this.renderer.dispose();
  }
}
