import * as THREE from '../three/three.module.js';
import {positionOf, scaleOf, turnOf} from '../scene/three.js';
import {XrPointer} from './pointer.js';

/** A pinching hand that moved this far carries the scene instead of selecting. */
const CARRY_METRES = 0.04;

/** Two hands nearer than this do not scale any further. */
const NEAREST_METRES = 0.02;

/** One hand that holds carries the scene; two scale and turn it too. */
export class XrHold {
  /** @param {?} scene the session's */
  constructor(scene) {
    /** @private @const */
    this.scene_ = scene;
    /** @private @const {!Array<!XrPointer>} */
    this.holding_ = [];
  }

  /** @param {!XrPointer} pointer */
  take(pointer) {
    if (pointer.isHolding || this.holding_.length >= 2) {
      return;
    }
    pointer.isHolding = true;
    pointer.gripBefore.copy(pointer.grip);
    this.holding_.push(pointer);
    this.scene_.done.grab++;
    this.scene_.anchoring.loosen();
  }

  /** @param {!XrPointer} pointer */
  release(pointer) {
    const at = this.holding_.indexOf(pointer);
    if (at >= 0) {
      pointer.isHolding = false;
      this.holding_.splice(at, 1);
      if (this.holding_.length === 0) {
        this.scene_.anchoring.fasten();
      }
    }
  }

  /** @param {!Array<!XrPointer>} pointers */
  step(pointers) {
    let pinching = 0;
    let isMoving = this.holding_.length > 0;
    for (let i = 0; i < pointers.length; i++) {
      const pointer = pointers[i];
      if (pointer.on === 'scene' && pointer.hasGrip) {
        pinching++;
        isMoving = isMoving || pointer.grip.distanceToSquared(pointer.pressGrip) > CARRY_METRES * CARRY_METRES;
      }
    }
    for (let i = 0; i < pointers.length && pinching > 0 && isMoving; i++) {
      if (pointers[i].on === 'scene' && pointers[i].hasGrip) {
        this.take(pointers[i]);
      }
    }
    const a = this.holding_[0];
    const b = this.holding_[1];
    if (a && b) {
      if (a.hasGrip && a.hadGrip && b.hasGrip && b.hadGrip) {
        this.stretch_(a, b);
      }
    } else if (a && a.hasGrip && a.hadGrip) {
      positionOf(this.scene_.root).add(a.grip).sub(a.gripBefore);
    }
  }

  /**
   * Moves, scales and turns the scene as the two hands moved.
   *
   * @param {!XrPointer} a
   * @param {!XrPointer} b
   * @private
   */
  stretch_(a, b) {
    const wasFar = Math.max(NEAREST_METRES, a.gripBefore.distanceTo(b.gripBefore));
    const factor = Math.max(NEAREST_METRES, a.grip.distanceTo(b.grip)) / wasFar;
    const angle = Math.atan2(a.gripBefore.z - b.gripBefore.z, a.gripBefore.x - b.gripBefore.x)
      - Math.atan2(a.grip.z - b.grip.z, a.grip.x - b.grip.x);
    const root = this.scene_.root;
    const place = positionOf(root);
    const old = scaleOf(root).x;
    const kept = this.scene_.scale(old * factor) / old;
    middle.addVectors(a.gripBefore, b.gripBefore).multiplyScalar(0.5);
    place.sub(middle).applyAxisAngle(UP, angle).multiplyScalar(kept);
    place.add(middle.addVectors(a.grip, b.grip).multiplyScalar(0.5));
    turnOf(root).premultiply(turn.setFromAxisAngle(UP, angle));
    this.scene_.done.zoom++;
  }
}

const UP = new THREE.Vector3(0, 1, 0);
const middle = new THREE.Vector3();
const turn = new THREE.Quaternion();
