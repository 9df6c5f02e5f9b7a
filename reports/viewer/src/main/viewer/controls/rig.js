import * as THREE from '../three/three.module.js';
import {positionOf} from '../scene/three.js';

const NEAREST = 1.2;
const FARTHEST = 70;
const LOWEST = 0.04;
const HIGHEST = 1.54;

/**
 * The camera on its way around a point: dragging turns, dragging with the right button or two fingers
 * moves, the wheel or a pinch goes nearer. Keys do the same. Movement runs out softly, unless less
 * motion is asked for.
 */
export class Rig {
  /**
   * @param {!THREE.PerspectiveCamera} camera
   * @param {function()} changed called when a frame is needed
   */
  constructor(camera, changed) {
    this.camera = camera;
    /** @private @const */
    this.changed_ = changed;
    /** Where it looks and from where: x, y, z, turn, tilt, distance; and where these are going. */
    this.at = new Float64Array([0, 0, 0, 0, 0.6, 30]);
    this.goal = new Float64Array([0, 0, 0, 0, 0.6, 30]);
    /** @private @const */
    this.isCalm_ = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    /** @private @const {!Map<number, !Array<number>>} */
    this.pointers_ = new Map();
    /** @private {number} */
    this.pinch_ = 0;
    this.moved = 0;
  }

  /**
   * @param {!Array<number>|!Float64Array} goal x, y, z, turn, tilt, distance
   * @param {boolean} atOnce
   */
  go(goal, atOnce) {
    this.goal.set(goal);
    this.limit_();
    if (atOnce || this.isCalm_) {
      this.at.set(this.goal);
    }
    this.changed_();
  }

  /** @private */
  limit_() {
    const goal = this.goal;
    goal[0] = Math.min(16, Math.max(-16, goal[0]));
    goal[1] = Math.min(6, Math.max(-1, goal[1]));
    goal[2] = Math.min(14, Math.max(-16, goal[2]));
    goal[4] = Math.min(HIGHEST, Math.max(LOWEST, goal[4]));
    goal[5] = Math.min(FARTHEST, Math.max(NEAREST, goal[5]));
  }

  /**
   * @param {number} dx of the pointer, in screen heights
   * @param {number} dy
   */
  turn(dx, dy) {
    this.goal[3] -= dx * 3.2;
    this.goal[4] += dy * 2.4;
    this.limit_();
    this.changed_();
  }

  /**
   * @param {number} dx
   * @param {number} dy
   */
  pan(dx, dy) {
    const sin = Math.sin(this.goal[3]);
    const cos = Math.cos(this.goal[3]);
    const scale = this.goal[5] * 0.85;
    this.goal[0] -= (dx * cos + dy * sin) * scale;
    this.goal[2] -= (-dx * sin + dy * cos) * scale;
    this.limit_();
    this.changed_();
  }

  /** @param {number} factor */
  zoom(factor) {
    this.goal[5] *= factor;
    this.limit_();
    this.changed_();
  }

  /**
   * @param {number} seconds since the frame before
   * @return {boolean} whether it is still moving
   */
  step(seconds) {
    const share = this.isCalm_ ? 1 : 1 - Math.exp(-seconds * 9);
    let rest = 0;
    for (let i = 0; i < 6; i++) {
      const way = this.goal[i] - this.at[i];
      rest = Math.max(rest, Math.abs(way));
      this.at[i] += way * share;
    }
    const flat = Math.cos(this.at[4]) * this.at[5];
    positionOf(this.camera).set(
      this.at[0] + Math.sin(this.at[3]) * flat,
      this.at[1] + Math.sin(this.at[4]) * this.at[5],
      this.at[2] + Math.cos(this.at[3]) * flat);
    this.camera.lookAt(this.at[0], this.at[1], this.at[2]);
    return rest > 0.0005;
  }

  /**
   * @param {!Element} element
   * @return {function()} ends it
   */
  listen(element) {
    const ending = new AbortController();
    const options = {signal: ending.signal};
    /** @param {string} type @param {function(!PointerEvent)} listener */
    const on = (type, listener) => element.addEventListener(type, /** @type {?} */ (listener), /** @type {?} */ (options));
    on('pointerdown', event => {
      element.setPointerCapture(event.pointerId);
      this.pointers_.set(event.pointerId, [event.clientX, event.clientY]);
      this.pinch_ = 0;
      this.moved = 0;
    });
    on('pointermove', event => this.drag_(event, element.clientHeight || 1));
    for (const type of ['pointerup', 'pointercancel']) {
      on(type, event => {
        this.pointers_.delete(event.pointerId);
        this.pinch_ = 0;
      });
    }
    element.addEventListener('wheel', event => {
      event.preventDefault();
      const wheel = /** @type {!WheelEvent} */ (event);
      this.zoom(Math.exp(Math.max(-120, Math.min(120, wheel.deltaY)) * 0.0016));
    }, /** @type {?} */ ({signal: ending.signal, passive: false}));
    element.addEventListener('contextmenu', event => event.preventDefault(), /** @type {?} */ (options));
    return () => ending.abort();
  }

  /**
   * @param {!PointerEvent} event
   * @param {number} height
   * @private
   */
  drag_(event, height) {
    const last = this.pointers_.get(event.pointerId);
    if (!last) {
      return;
    }
    const dx = (event.clientX - last[0]) / height;
    const dy = (event.clientY - last[1]) / height;
    this.moved += Math.abs(dx) + Math.abs(dy);
    last[0] = event.clientX;
    last[1] = event.clientY;
    if (this.pointers_.size >= 2) {
      const [a, b] = [...this.pointers_.values()];
      const pinch = Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (this.pinch_ > 0) {
        this.zoom(this.pinch_ / Math.max(1, pinch));
      }
      this.pinch_ = pinch;
      this.pan(dx / 2, dy / 2);
    } else if (event.buttons === 2 || event.shiftKey) {
      this.pan(dx, dy);
    } else {
      this.turn(dx, dy);
    }
  }
}
