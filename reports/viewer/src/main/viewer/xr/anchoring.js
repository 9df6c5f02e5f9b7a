import * as THREE from '../three/three.module.js';
import {positionOf, scaleOf, turnOf} from '../scene/three.js';
import {forget, ring} from './drawn.js';
import {XrFrame} from './types.js';

const KEY = 'nightjar.anchor';

/** The scene stands so far above a surface that the two are not drawn into one another. */
const ABOVE_METRES = 0.02;

/**
 * Puts the scene on a surface of the room: a ring shows where, pressing puts it there, an anchor
 * keeps it there, and the anchor's handle finds it again next time. Carrying the scene loosens it.
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
    /** Whether it is to be fastened where it stands. @private {boolean} */
    this.isLoose_ = false;
    /** @private {?} */
    this.anchor_ = null;
    /** How the scene is turned against its anchor. @private {number} */
    this.turn_ = 0;
    this.isPlacing = false;
    this.isRestored = false;
    this.handle = '';
    this.mark = ring(0.07, 0.085, 21);
    this.mark.geometry.rotateX(-Math.PI / 2);
    this.mark.matrixAutoUpdate = false;
    scene.floor.add(this.mark);
    if (scene.isAr) {
      this.begin_();
    }
  }

  /** @return {!Promise<void>} @private */
  async begin_() {
    await this.restore_();
    if (!this.isRestored) {
      await this.choose();
    }
  }

  /** @return {boolean} whether surfaces of the room are known here */
  get canChoose() {
    return this.scene_.isAr && Boolean(this.scene_.session.requestHitTestSource);
  }

  /**
   * Lets the person choose a surface.
   *
   * @return {!Promise<void>}
   */
  async choose() {
    const session = this.scene_.session;
    if (!this.canChoose) {
      return;
    }
    try {
      if (!this.source_) {
        const space = await session.requestReferenceSpace('viewer');
        this.source_ = await session.requestHitTestSource({'space': space});
      }
      this.isPlacing = true;
    } catch (failure) {
      this.isPlacing = false; // the scene stays before the eyes, where a session begins
    }
  }

  /** @return {!Promise<void>} @private */
  async restore_() {
    const session = this.scene_.session;
    const kept = read();
    if (kept.handle && session.restorePersistentAnchor) {
      try {
        this.anchor_ = await session.restorePersistentAnchor(kept.handle);
        this.handle = kept.handle;
        this.turn_ = kept.turn;
        this.isRestored = Boolean(this.anchor_);
        this.scene_.scale(kept.scale);
      } catch (failure) {
        keep(null); // the room is another one, or was forgotten
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
          this.put_(hit, pose.transform.matrix);
        }
      }
    }
    if (this.isLoose_) {
      this.isLoose_ = false;
      this.fastenHere_(frame);
    }
    const anchored = this.anchor_ ? frame.getPose(this.anchor_.anchorSpace, scene.space) : null;
    if (anchored) {
      const m = anchored.transform.matrix;
      positionOf(scene.root).set(m[12], m[13] + ABOVE_METRES, m[14]);
      turnOf(scene.root).setFromAxisAngle(UP, yawOf(m) + this.turn_);
    }
  }

  /** Puts the scene where the ring is. */
  put() {
    this.isWanted_ = true;
  }

  /** Lets the scene be carried. */
  loosen() {
    this.anchor_ = null;
    this.isLoose_ = false;
  }

  /** Keeps the scene where it was carried to. */
  fasten() {
    this.isLoose_ = this.scene_.isAr;
  }

  /**
   * @param {?} hit of this frame
   * @param {!Float32Array} m where it is
   * @return {!Promise<void>}
   * @private
   */
  async put_(hit, m) {
    const scene = this.scene_;
    this.isWanted_ = false;
    this.isPlacing = false;
    this.mark.visible = false;
    positionOf(scene.root).set(m[12], m[13] + ABOVE_METRES, m[14]);
    const facing = scene.facing;
    turnOf(scene.root).setFromAxisAngle(UP, facing);
    scene.done.place++;
    if (hit.createAnchor) {
      await this.take_(hit.createAnchor(), facing - yawOf(m));
    }
  }

  /** @param {!XrFrame} frame @return {!Promise<void>} @private */
  async fastenHere_(frame) {
    const {x, y, z} = positionOf(this.scene_.root);
    const turn = turnOf(this.scene_.root);
    if (frame.createAnchor) {
      const place = new XRRigidTransform({x, y: y - ABOVE_METRES, z, w: 1}, {x: turn.x, y: turn.y, z: turn.z, w: turn.w});
      await this.take_(frame.createAnchor(place, this.scene_.space), 0);
    }
  }

  /**
   * @param {!Promise<?>} making
   * @param {number} turn
   * @return {!Promise<void>}
   * @private
   */
  async take_(making, turn) {
    try {
      const session = this.scene_.session;
      const old = this.handle;
      this.anchor_ = await making;
      this.turn_ = turn;
      if (this.anchor_.requestPersistentHandle) {
        this.handle = await this.anchor_.requestPersistentHandle();
        keep({handle: this.handle, turn, scale: scaleOf(this.scene_.root).x});
        if (old && session.deletePersistentAnchor) {
          await session.deletePersistentAnchor(old); // a device keeps only a few
        }
      }
    } catch (failure) {
      this.scene_.say(`It is not kept there: ${/** @type {!Error} */ (failure).message}`);
    }
  }

  dispose() {
    if (this.source_) {
      this.source_.cancel();
    }
    forget(this.mark);
  }
}

const UP = new THREE.Vector3(0, 1, 0);

/**
 * @param {!Float32Array} m a pose
 * @return {number} the angle around what points up
 */
function yawOf(m) {
  return Math.atan2(m[8], m[10]);
}

/** @return {{handle: string, turn: number, scale: number}} */
function read() {
  try {
    const kept = JSON.parse(window.localStorage.getItem(KEY) || '{}');
    return {handle: String(kept['handle'] || ''), turn: Number(kept['turn']) || 0, scale: Number(kept['scale']) || 0.045};
  } catch (failure) {
    return {handle: '', turn: 0, scale: 0.045};
  }
}

/** @param {?{handle: string, turn: number, scale: number}} anchor */
function keep(anchor) {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(
      anchor ? {'handle': anchor.handle, 'turn': anchor.turn, 'scale': anchor.scale} : {}));
  } catch (failure) {
    // Where nothing is kept, the scene is placed anew each time.
  }
}
