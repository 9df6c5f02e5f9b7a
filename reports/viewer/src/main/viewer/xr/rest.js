import * as THREE from '../three/three.module.js';
import {positionOf, scaleOf} from '../scene/three.js';
import {forget, ring} from './drawn.js';

/** A head that rests on something this long selects it. */
const REST_SECONDS = 1.3;

/** Asking what the head rests on takes a message to another thread: not in every frame. */
const ASK_SECONDS = 0.15;

/** Kinds of things that a ray meets. */
const KINDS = ['commit', 'file', 'series'];

/**
 * Where nothing points, the head does: a ring closes around what it rests on, and that is selected or
 * pressed. It ends for good when something points, unless the person wants to keep it.
 */
export class XrRest {
  /** @param {?} scene the session's */
  constructor(scene) {
    /** @private @const */
    this.scene_ = scene;
    /** @private @const */
    this.ray_ = new THREE.Ray();
    this.ring = ring(0.022, 0.028, 31);
    scene.floor.add(this.ring);
    /** What it rests on: 0 for nothing, below it a field of the panel, above it a thing of the scene. @private {number} */
    this.on_ = 0;
    /** @private {number} */
    this.seconds_ = 0;
    /** @private {number} */
    this.sinceAsked_ = 0;
    /** @private {boolean} */
    this.isAsking_ = false;
  }

  /** @param {number} seconds */
  step(seconds) {
    const scene = this.scene_;
    const isWanted = !scene.hasPointed || scene.settings.hasRest;
    this.ring.visible = isWanted && this.on_ !== 0 && this.seconds_ > 0.15;
    if (!isWanted) {
      return;
    }
    this.ray_.origin.copy(scene.head);
    this.ray_.direction.copy(scene.ahead);
    this.ray_.applyMatrix4(scene.floor.matrixWorld);
    positionOf(this.ring).copy(scene.head).addScaledVector(scene.ahead, 0.7);
    this.ring.lookAt(scene.headPlace);
    scaleOf(this.ring).setScalar(1.3 - Math.min(1, this.seconds_ / REST_SECONDS));
    this.seconds_ += seconds;
    this.sinceAsked_ += seconds;
    if (scene.panel.meet(this.ray_)) {
      this.see_(-1 - scene.panel.fieldAt());
    } else if (this.sinceAsked_ > ASK_SECONDS && !this.isAsking_) {
      this.ask_();
    }
  }

  /** @return {!Promise<void>} @private */
  async ask_() {
    this.sinceAsked_ = 0;
    this.isAsking_ = true;
    const thing = await this.scene_.pick(this.ray_);
    this.isAsking_ = false;
    if (!this.scene_.panel.meet(this.ray_)) {
      this.see_(thing ? 3 * thing.index + 1 + KINDS.indexOf(thing.kind) : 0);
    }
  }

  /** @param {number} on @private */
  see_(on) {
    if (on !== this.on_ || on === 0) {
      this.on_ = on;
      this.seconds_ = 0;
    } else if (this.seconds_ > REST_SECONDS) {
      this.seconds_ = -REST_SECONDS;
      this.scene_.done.dwell++;
      if (this.scene_.panel.meet(this.ray_)) {
        this.scene_.panel.press();
      } else {
        this.scene_.select(this.ray_);
      }
    }
  }

  dispose() {
    forget(this.ring);
  }
}
