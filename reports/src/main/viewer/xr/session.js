import * as THREE from '../three/three.module.js';
import {Viewer} from '../viewer.js';
import {Stage} from '../scene/stage.js';
import {addAll, positionOf, scaleOf, turnOf} from '../scene/three.js';
import {Anchoring} from './anchoring.js';
import {XrHands} from './hands.js';
import {XrPanel} from './panel.js';
import {XrFrame, XrInput, XrSession, XrSpace} from './types.js';

/** Metres of the scene's 24 units in a room, and on a table. */
const ROOM_SCALE = 0.22;
const TABLE_SCALE = 0.045;
const SMALLEST = 0.004;
const LARGEST = 1.5;

/** A head that rests on something this long selects it, where nothing else can point. */
const DWELL_SECONDS = 1.3;

const TURN = Math.PI / 6;
const STEP_METRES = 0.9;

/** Frame rates that are asked for, the first that is offered. */
const RATES = [90, 72, 120];

/**
 * A session in a headset or on a telephone: puts the scene into the room, and turns what hands,
 * controllers, eyes and head do into selecting, grabbing and moving about.
 */
export class XrScene {
  /**
   * @param {!Viewer} viewer
   * @param {!XrSession} session
   * @param {boolean} isAr
   */
  constructor(viewer, session, isAr) {
    this.viewer = viewer;
    this.session = session;
    this.isAr = isAr;
    /** @private @const {!Stage} */
    this.stage_ = /** @type {!Stage} */ (viewer.stage);
    this.root = this.stage_.root;
    /** What the person stands on; teleporting moves it. */
    this.floor = new THREE.Group();
    this.stage_.scene.add(this.floor);
    this.panel = new XrPanel(viewer, () => {
      session.end();
    });
    this.hands = new XrHands(isAr);
    this.anchoring = new Anchoring(this);
    addAll(this.floor, this.panel.mesh, this.hands.group);
    this.vignette = vignette();
    this.floor.add(this.vignette);
    this.ring = ring();
    this.floor.add(this.ring);
    /** @private {!Array<!XrInput>} */
    this.grabbing_ = [];
    /** @private @const {!Map<!XrInput, !THREE.Vector3>} */
    this.grips_ = new Map();
    /** @private {number} */
    this.dwell_ = 0;
    /** @private {string} */
    this.dwellOn_ = '';
    /** @private {boolean} */
    this.isPicking_ = false;
    /** @private {boolean} */
    this.isTurned_ = false;
    /** @private {number} */
    this.comfort_ = 0;
    /** @private {boolean} */
    this.isPlaced_ = false;
    /** @private @const */
    this.ray_ = new THREE.Ray();
    this.head = new THREE.Vector3(0, 1.6, 0);
    this.ahead = new THREE.Vector3(0, 0, -1);
    /** Counts for those who watch: what was done by whom. */
    this.done = {select: 0, grab: 0, zoom: 0, teleport: 0, turn: 0, dwell: 0, panel: 0};
    /** @private @const {!Array<function()>} */
    this.ends_ = [];
    this.listen_();
    this.place(new THREE.Vector3(0, isAr ? 0.75 : 0.9, isAr ? -0.9 : -2.2), isAr ? TABLE_SCALE : ROOM_SCALE * 0.55);
    viewer.ground.sky.visible = !isAr;
    this.setRate_();
  }

  /** @private */
  listen_() {
    /** @param {string} type @param {function(?)} listener */
    const on = (type, listener) => {
      this.session.addEventListener(type, listener);
      this.ends_.push(() => this.session.removeEventListener(type, listener));
    };
    on('selectstart', event => this.press_(event['inputSource'], event['frame']));
    on('squeezestart', event => this.grab_(event['inputSource']));
    on('squeezeend', event => this.release_(event['inputSource']));
  }

  /** @private */
  setRate_() {
    const offered = this.session.supportedFrameRates;
    const rate = offered ? RATES.find(each => offered.includes(each)) : undefined;
    if (rate && rate !== this.session.frameRate && this.session.updateTargetFrameRate) {
      this.session.updateTargetFrameRate(rate).catch(() => {});
    }
    this.stage_.renderer.xr.setFoveation(this.isAr ? 0.4 : 0.7);
  }

  /**
   * @param {!THREE.Vector3} place of the scene's middle
   * @param {number} scale
   */
  place(place, scale) {
    positionOf(this.root).copy(place);
    this.scale(scale);
  }

  /** @param {number} scale */
  scale(scale) {
    const kept = Math.min(LARGEST, Math.max(SMALLEST, scale));
    scaleOf(this.root).setScalar(kept);
    this.viewer.uniforms.uScale.value = kept;
    this.viewer.uniforms.uNearest.value = 0.0009;
  }

  /** @return {!XrSpace} */
  get space() {
    return /** @type {?} */ (this.stage_.renderer.xr.getReferenceSpace());
  }

  /**
   * Sets the ray of an input, in the world.
   *
   * @param {!XrInput} input
   * @param {!XrFrame} frame
   * @return {boolean} whether it is known
   */
  aim(input, frame) {
    const pose = frame.getPose(input.targetRaySpace, this.space);
    if (!pose) {
      return false;
    }
    const {position, orientation} = pose.transform;
    this.ray_.origin.set(position.x, position.y, position.z);
    this.ray_.direction.set(0, 0, -1).applyQuaternion(
      new THREE.Quaternion(orientation.x, orientation.y, orientation.z, orientation.w));
    this.ray_.applyMatrix4(this.floor.matrixWorld);
    return true;
  }

  /**
   * @param {!XrInput} input
   * @param {!XrFrame} frame
   * @private
   */
  press_(input, frame) {
    if (this.aim(input, frame)) {
      this.act_();
    }
  }

  /** Does what the ray points at: presses the panel, selects, or goes to a place on the floor. @private */
  act_() {
    const hit = this.panel.meet(this.ray_);
    if (hit) {
      this.done.panel++;
      this.panel.press(hit.u, hit.v);
      return;
    }
    if (this.anchoring.isPlacing) {
      this.anchoring.put();
      return;
    }
    this.select_();
  }

  /** @return {!Promise<void>} @private */
  async select_() {
    this.root.updateWorldMatrix(true, false);
    const local = new THREE.Ray();
    local.copy(this.ray_).applyMatrix4(this.root.matrixWorld.clone().invert());
    const direction = local.direction.normalize();
    const floor = this.floorPoint_();
    const hit = await this.viewer.pick(
      [local.origin.x, local.origin.y, local.origin.z, direction.x, direction.y, direction.z], 0.03);
    if (hit) {
      this.done.select++;
      this.viewer.state.select(hit);
    } else if (floor && !this.isAr) {
      this.teleport(floor);
    }
  }

  /** @return {?THREE.Vector3} where the ray meets the floor, near enough to go there @private */
  floorPoint_() {
    const {origin, direction} = this.ray_;
    const along = (positionOf(this.floor).y - origin.y) / direction.y;
    if (!(along > 0) || along > 12) {
      return null;
    }
    return new THREE.Vector3(origin.x + along * direction.x, positionOf(this.floor).y, origin.z + along * direction.z);
  }

  /** @param {!THREE.Vector3} to */
  teleport(to) {
    const head = this.floor.localToWorld(this.head.clone());
    const place = positionOf(this.floor);
    place.x += to.x - head.x;
    place.z += to.z - head.z;
    this.done.teleport++;
    this.comfort_ = 1;
    this.floor.updateMatrixWorld(true);
  }

  /**
   * Turns the person around where they stand.
   *
   * @param {number} angle
   */
  turn(angle) {
    const head = this.floor.localToWorld(this.head.clone());
    this.floor.rotateY(angle);
    this.floor.updateMatrixWorld(true);
    const moved = this.floor.localToWorld(this.head.clone());
    const place = positionOf(this.floor);
    place.x += head.x - moved.x;
    place.z += head.z - moved.z;
    this.done.turn++;
    this.comfort_ = 1;
  }

  /** @param {!XrInput} input @private */
  grab_(input) {
    this.grabbing_ = this.grabbing_.filter(each => each !== input).concat([input]).slice(-2);
    this.grips_.delete(input);
    this.done.grab++;
  }

  /** @param {!XrInput} input @private */
  release_(input) {
    this.grabbing_ = this.grabbing_.filter(each => each !== input);
    this.grips_.delete(input);
  }

  /**
   * Every frame.
   *
   * @param {!XrFrame} frame
   * @param {number} seconds
   */
  step(frame, seconds) {
    const head = frame.getViewerPose(this.space);
    if (head) {
      const {position, orientation} = head.transform;
      this.head.set(position.x, position.y, position.z);
      this.ahead.set(0, 0, -1).applyQuaternion(scratch.set(orientation.x, orientation.y, orientation.z, orientation.w));
      if (!this.isPlaced_) {
        this.isPlaced_ = true;
        this.panel.putBefore(this.head, this.ahead);
      }
    }
    this.drag_(frame);
    this.hands.step(frame, this.space, this.session.inputSources, this);
    this.walk_();
    this.anchoring.step(frame);
    this.gaze_(frame, seconds);
    this.panel.draw();
    this.comfort_ = Math.max(0, this.comfort_ - seconds * 2.5);
    this.showComfort_();
  }

  /** @private */
  showComfort_() {
    this.vignette.visible = this.comfort_ > 0.01;
    positionOf(this.vignette).copy(this.head).addScaledVector(this.ahead, 0.3);
    this.vignette.lookAt(this.floor.localToWorld(scratchPoint.copy(this.head)));
    /** @type {?} */ (this.vignette.material).opacity = this.comfort_ * 0.92;
  }

  /**
   * One hand that squeezes carries the scene; two scale and turn it too.
   *
   * @param {!XrFrame} frame
   * @private
   */
  drag_(frame) {
    const before = this.grabbing_.map(input => this.grips_.get(input));
    for (const input of this.grabbing_) {
      const pose = frame.getPose(input.gripSpace || input.targetRaySpace, this.space);
      if (pose) {
        const {x, y, z} = pose.transform.position;
        const grip = new THREE.Vector3(x, y, z);
        this.floor.localToWorld(grip);
        this.grips_.set(input, grip);
      }
    }
    const after = this.grabbing_.map(input => this.grips_.get(input));
    if (before.length === 1 && before[0] && after[0]) {
      positionOf(this.root).add(after[0]).sub(before[0]);
    } else if (before.length === 2 && before[0] && before[1] && after[0] && after[1]) {
      this.stretch(before[0], before[1], after[0], after[1]);
    }
  }

  /**
   * Moves, scales and turns the scene as two points move.
   *
   * @param {!THREE.Vector3} a
   * @param {!THREE.Vector3} b
   * @param {!THREE.Vector3} c where a is now
   * @param {!THREE.Vector3} d where b is now
   */
  stretch(a, b, c, d) {
    const wasFar = Math.max(0.02, a.distanceTo(b));
    const factor = Math.max(0.02, c.distanceTo(d)) / wasFar;
    const angle = Math.atan2(a.z - b.z, a.x - b.x) - Math.atan2(c.z - d.z, c.x - d.x);
    const middle = new THREE.Vector3().addVectors(a, b).multiplyScalar(0.5);
    const moved = new THREE.Vector3().addVectors(c, d).multiplyScalar(0.5);
    const place = positionOf(this.root);
    place.sub(middle).applyAxisAngle(up, angle).multiplyScalar(factor).add(moved);
    turnOf(this.root).premultiply(new THREE.Quaternion().setFromAxisAngle(up, angle));
    this.scale(scaleOf(this.root).x * factor);
    this.done.zoom++;
  }

  /** A stick to the side turns by steps, forwards it goes where one looks. @private */
  walk_() {
    let side = 0;
    let ahead = 0;
    for (const input of this.session.inputSources) {
      const axes = input.gamepad ? input.gamepad.axes : null;
      if (axes && axes.length >= 4) {
        side = Math.abs(axes[2]) > Math.abs(side) ? axes[2] : side;
        ahead = Math.abs(axes[3]) > Math.abs(ahead) ? axes[3] : ahead;
      }
    }
    const isPushed = Math.abs(side) > 0.7 || Math.abs(ahead) > 0.7;
    if (isPushed && !this.isTurned_ && !this.isAr) {
      if (Math.abs(side) > Math.abs(ahead)) {
        this.turn(side > 0 ? -TURN : TURN);
      } else {
        const here = this.floor.localToWorld(this.head.clone());
        const way = this.ahead.clone().transformDirection(this.floor.matrixWorld).setY(0).normalize();
        here.addScaledVector(way, ahead < 0 ? STEP_METRES : -STEP_METRES);
        this.teleport(here);
      }
    }
    this.isTurned_ = isPushed;
  }

  /**
   * Where nothing points, the head does: what it rests on is selected.
   *
   * @param {!XrFrame} frame
   * @param {number} seconds
   * @private
   */
  gaze_(frame, seconds) {
    const inputs = [...this.session.inputSources];
    const isAlone = inputs.every(input => input.targetRayMode === 'gaze');
    this.ring.visible = isAlone && this.dwell_ > 0.15;
    if (!isAlone || this.isPicking_) {
      return;
    }
    this.ray_.origin.copy(this.head);
    this.ray_.direction.copy(this.ahead);
    this.ray_.applyMatrix4(this.floor.matrixWorld);
    positionOf(this.ring).copy(this.head).addScaledVector(this.ahead, 1.2);
    this.ring.lookAt(this.floor.localToWorld(scratchPoint.copy(this.head)));
    scaleOf(this.ring).setScalar(1.4 - Math.min(1, this.dwell_ / DWELL_SECONDS));
    this.dwell_ += seconds;
    this.rest_();
  }

  /** @return {!Promise<void>} @private */
  async rest_() {
    const hit = this.panel.meet(this.ray_);
    let on = hit ? `panel ${Math.round(hit.u * 12)} ${Math.round(hit.v * 12)}` : '';
    if (!hit) {
      this.isPicking_ = true;
      this.root.updateWorldMatrix(true, false);
      const local = new THREE.Ray();
      local.copy(this.ray_).applyMatrix4(this.root.matrixWorld.clone().invert());
      const direction = local.direction.normalize();
      const thing = await this.viewer.pick(
        [local.origin.x, local.origin.y, local.origin.z, direction.x, direction.y, direction.z], 0.03);
      this.isPicking_ = false;
      on = thing ? `${thing.kind} ${thing.index}` : '';
    }
    if (on !== this.dwellOn_ || on === '') {
      this.dwellOn_ = on;
      this.dwell_ = 0;
    } else if (this.dwell_ > DWELL_SECONDS) {
      this.dwell_ = -1;
      this.done.dwell++;
      this.act_();
    }
  }

  /** @return {!THREE.Ray} the ray of the input that was asked last, in the world */
  get ray() {
    return this.ray_;
  }

  /** Puts everything back as it was. */
  dispose() {
    this.ends_.forEach(end => end());
    this.anchoring.dispose();
    this.panel.dispose();
    this.stage_.scene.remove(this.floor);
    positionOf(this.root).set(0, 0, 0);
    turnOf(this.root).identity();
    scaleOf(this.root).setScalar(1);
    this.viewer.uniforms.uScale.value = 1;
    this.viewer.uniforms.uNearest.value = 0.02;
    this.viewer.ground.sky.visible = true;
  }
}

const up = new THREE.Vector3(0, 1, 0);
const scratch = new THREE.Quaternion();
const scratchPoint = new THREE.Vector3();

/** @return {!THREE.Mesh} a dark frame around what one sees, against sickness when the ground moves */
function vignette() {
  const mesh = new THREE.Mesh(
    new THREE.RingGeometry(0.13, 0.9, 32),
    new THREE.MeshBasicMaterial({color: 0x000000, transparent: true, opacity: 0, depthTest: false, side: THREE.DoubleSide}));
  mesh.renderOrder = 30;
  mesh.visible = false;
  return mesh;
}

/** @return {!THREE.Mesh} what closes around the thing that the head rests on */
function ring() {
  const mesh = new THREE.Mesh(
    new THREE.RingGeometry(0.022, 0.028, 32),
    new THREE.MeshBasicMaterial({color: 0xaab0ff, transparent: true, depthTest: false, side: THREE.DoubleSide}));
  mesh.renderOrder = 31;
  mesh.visible = false;
  return mesh;
}
