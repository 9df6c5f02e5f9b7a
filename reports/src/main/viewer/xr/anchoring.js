import * as THREE from '../three/three.module.js';
import {positionOf, scaleOf, turnOf} from '../scene/three.js';
import {XrFrame} from './types.js';

const KEY = 'nightjar.anchor';

/**
 * Puts the scene on a surface of the room: a ring shows where, pressing puts it there, an anchor
 * keeps it there, and the anchor's handle finds it again next time.
 */
export class Anchoring {
  /** @param {?} scene the session's */
  constructor(scene) {
    /** @private @const */
    this.scene_ = scene;
    /** @private {?} */
    this.source_ = null;
    /** Whether it is to be put where the next frame's hit is, as a hit is good for its frame alone. @private {boolean} */
    this.isWanted_ = false;
    /** @private {?} */
    this.anchor_ = null;
    this.isPlacing = false;
    this.isRestored = false;
    this.handle = '';
    this.mark = new THREE.Mesh(
      new THREE.RingGeometry(0.07, 0.085, 40),
      new THREE.MeshBasicMaterial({color: 0xaab0ff, transparent: true, opacity: 0.9, side: THREE.DoubleSide}));
    this.mark.geometry.rotateX(-Math.PI / 2);
    this.mark.visible = false;
    this.mark.matrixAutoUpdate = false;
    scene.floor.add(this.mark);
    if (scene.isAr) {
      this.begin_();
    }
  }

  /** @return {!Promise<void>} @private */
  async begin_() {
    const session = this.scene_.session;
    try {
      await this.restore_();
      if (session.requestHitTestSource && !this.isRestored) {
        const space = await session.requestReferenceSpace('viewer');
        this.source_ = await session.requestHitTestSource({'space': space});
        this.isPlacing = true;
      }
    } catch (failure) {
      this.isPlacing = false; // the scene stays before the eyes, where a session begins
    }
  }

  /** @return {!Promise<void>} @private */
  async restore_() {
    const session = this.scene_.session;
    const kept = read();
    if (kept && session.restorePersistentAnchor) {
      try {
        this.anchor_ = await session.restorePersistentAnchor(kept);
        this.handle = kept;
        this.isRestored = Boolean(this.anchor_);
      } catch (failure) {
        keep(''); // the room is another one, or was forgotten
      }
    }
  }

  /** @param {!XrFrame} frame */
  step(frame) {
    const scene = this.scene_;
    if (this.source_ && this.isPlacing && frame.getHitTestResults) {
      const results = frame.getHitTestResults(this.source_);
      const hit = results.length > 0 ? results[0] : null;
      const pose = hit ? hit.getPose(scene.space) : null;
      this.mark.visible = Boolean(pose);
      if (pose) {
        this.mark.matrix.fromArray(pose.transform.matrix);
        if (this.isWanted_) {
          this.fix_(hit, pose);
        }
      }
    }
    const anchored = this.anchor_ ? frame.getPose(this.anchor_.anchorSpace, scene.space) : null;
    if (anchored) {
      const {x, y, z} = anchored.transform.position;
      const turned = anchored.transform.orientation;
      positionOf(scene.root).set(x, y + 0.02, z);
      turnOf(scene.root).set(0, turned.y, 0, turned.w).normalize();
    }
  }

  /** Puts the scene where the ring is. */
  put() {
    this.isWanted_ = true;
  }

  /**
   * @param {?} hit of this frame
   * @param {?} pose
   * @return {!Promise<void>}
   * @private
   */
  async fix_(hit, pose) {
    const scene = this.scene_;
    this.isWanted_ = false;
    this.isPlacing = false;
    this.mark.visible = false;
    const {x, y, z} = pose.transform.position;
    scene.place(new THREE.Vector3(x, y + 0.02, z), scaleOf(scene.root).x);
    if (hit.createAnchor) {
      this.anchor_ = await hit.createAnchor();
      if (this.anchor_ && this.anchor_.requestPersistentHandle) {
        this.handle = await this.anchor_.requestPersistentHandle();
        keep(this.handle);
      }
    }
  }

  dispose() {
    if (this.source_) {
      this.source_.cancel();
    }
    this.mark.geometry.dispose();
  }
}

/** @return {string} */
function read() {
  try {
    return window.localStorage.getItem(KEY) || '';
  } catch (failure) {
    return '';
  }
}

/** @param {string} handle */
function keep(handle) {
  try {
    window.localStorage.setItem(KEY, handle);
  } catch (failure) {
    // Where nothing is kept, the scene is placed anew each time.
  }
}
