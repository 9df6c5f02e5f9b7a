import * as THREE from '../three/three.module.js';
import {Viewer} from '../viewer.js';
import {Stage} from '../scene/stage.js';
import {Selection} from '../state.js';
import {addAll, positionOf, scaleOf, turnOf} from '../scene/three.js';
import {Anchoring} from './anchoring.js';
import {XrHands} from './hands.js';
import {XrHold} from './hold.js';
import {XrPanel} from './panel.js';
import {XrPointer} from './pointer.js';
import {XrRays} from './rays.js';
import {XrRest} from './rest.js';
import {XrSettings, ratesOf} from './settings.js';
import {XrTravel} from './travel.js';
import {XrFrame, XrInput, XrSession, XrSpace} from './types.js';

/** Metres of one of the scene's units, of which it is 24 wide: a model before one, and one on a table. */
const ROOM_SCALE = 0.11;
const TABLE_SCALE = 0.045;
const SMALLEST = 0.004;
const LARGEST = 1.5;

/** Where the scene's middle stands when a session begins: before the head and below it, in metres. */
const ROOM_PLACE = {away: 1.95, below: 0.85};
const TABLE_PLACE = {away: 0.95, below: 0.75};
const LOWEST_METRES = 0.4;

/** The angle that a written pixel takes: 13 of them, as most names are high, make 1.3 degrees, and 1 on a table. */
const ROOM_LETTER_RADIANS = 0.0018;
const TABLE_LETTER_RADIANS = 0.0013;

/** How far beside a thing a ray may be, for each unit of its distance. */
const CONE = 0.03;

/** What the scene fills, in its units. */
const MODEL = new THREE.Box3(new THREE.Vector3(-12.5, -1, -13), new THREE.Vector3(12.5, 1.4, 11.5));

/** What people know by name of what a session may have. */
const FEATURE_NAMES = {'hand-tracking': 'hands', 'hit-test': 'surfaces', 'anchors': 'anchors', 'depth-sensing': 'depth', 'layers': 'layers'};

/**
 * A session in a headset or on a telephone: puts the scene into the room, and turns what controllers,
 * hands, eyes and head do into selecting, carrying and moving about.
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
    this.stage = /** @type {!Stage} */ (viewer.stage);
    this.root = this.stage.root;
    this.settings = new XrSettings();
    /** Counts for those who watch: what was done. */
    this.done = {select: 0, grab: 0, zoom: 0, teleport: 0, turn: 0, dwell: 0, panel: 0, place: 0};
    /** The newest that went wrong. */
    this.said = '';
    /** Where the head is and looks, seen from the floor that the person stands on. */
    this.head = new THREE.Vector3(0, 1.6, 0);
    this.ahead = new THREE.Vector3(0, 0, -1);
    /** The same without up and down. */
    this.flat = new THREE.Vector3(0, 0, -1);
    /** @private {boolean} */
    this.isSettled_ = false;
    /** Whether something pointed yet that is not the head. */
    this.hasPointed = false;
    /** @const {!Array<!XrPointer>} */
    this.pointers = [];
    /** Eyes whose ray a pinching hand uses. @private {?XrPointer} */
    this.eyes_ = null;
    /** What the person stands on; going somewhere moves it. */
    this.floor = new THREE.Group();
    this.stage.scene.add(this.floor);
    this.anchoring = new Anchoring(this);
    this.hold = new XrHold(this);
    this.panel = new XrPanel(this);
    this.hands = new XrHands(isAr);
    this.rays = new XrRays();
    this.rest = new XrRest(this);
    this.travel = new XrTravel(this);
    addAll(this.floor, this.panel.mesh, this.hands.group);
    addAll(this.stage.scene, this.rays.group);
    /** @private @const {!Array<function()>} */
    this.ends_ = [];
    this.listen_();
    this.addPointers_(Array.from(session.inputSources));
    const uniforms = viewer.uniforms;
    /** @private @const {number} */
    this.nearest_ = uniforms.uNearest.value;
    uniforms.uLetter.value = isAr ? TABLE_LETTER_RADIANS : ROOM_LETTER_RADIANS;
    uniforms.uNearest.value = 1;
    uniforms.uIsRound.value = 1;
    this.scale(isAr ? TABLE_SCALE : ROOM_SCALE);
    viewer.ground.sky.visible = !isAr;
    // What is real hides names too.
    viewer.words.mesh.material.depthTest = isAr;
    if (this.rates.includes(this.settings.rate)) {
      this.setRate(this.settings.rate);
    }
    this.setFoveation(this.settings.foveation);
  }

  /** @private */
  listen_() {
    /** @param {string} type @param {function(?)} listener */
    const on = (type, listener) => {
      this.session.addEventListener(type, listener);
      this.ends_.push(() => this.session.removeEventListener(type, listener));
    };
    on('inputsourceschange', event => {
      event['removed'].forEach(input => this.removePointer_(input));
      this.addPointers_(event['added']);
    });
    on('selectstart', event => this.press_(this.pointerOf_(event['inputSource']), event['frame']));
    on('selectend', event => this.lift_(this.pointerOf_(event['inputSource'])));
    on('squeezestart', event => {
      const pointer = this.pointerOf_(event['inputSource']);
      pointer.track(event['frame'], this.space, this.floor);
      this.hold.take(pointer);
    });
    on('squeezeend', event => this.hold.release(this.pointerOf_(event['inputSource'])));
  }

  /** @param {!Array<!XrInput>} inputs @private */
  addPointers_(inputs) {
    for (const input of inputs) {
      this.pointerOf_(input);
    }
  }

  /**
   * @param {!XrInput} input
   * @return {!XrPointer}
   * @private
   */
  pointerOf_(input) {
    let pointer = this.pointers.find(each => each.input === input);
    if (!pointer) {
      pointer = new XrPointer(input);
      this.pointers.push(pointer);
      this.hands.add(pointer);
      this.eyes_ = this.pointers.find(each => each.isEyes) || null;
      this.hasPointed = this.hasPointed || (pointer.canSelect && !pointer.isEyes);
    }
    return pointer;
  }

  /** @param {!XrInput} input @private */
  removePointer_(input) {
    const pointer = this.pointerOf_(input);
    this.hold.release(pointer);
    this.hands.remove(pointer);
    this.pointers.splice(this.pointers.indexOf(pointer), 1);
    this.eyes_ = this.pointers.find(each => each.isEyes) || null;
  }

  /** @return {!Array<number>} frames a second that can be chosen */
  get rates() {
    return this.session.updateTargetFrameRate ? ratesOf(this.session.supportedFrameRates) : [];
  }

  /**
   * @param {number} rate
   * @return {!Promise<void>}
   */
  async setRate(rate) {
    try {
      if (this.session.updateTargetFrameRate && this.session.frameRate !== rate) {
        await this.session.updateTargetFrameRate(rate);
      }
      this.settings.rate = rate;
      this.settings.keep();
    } catch (failure) {
      this.say(`${rate} frames a second: ${/** @type {!Error} */ (failure).message}`);
    }
    this.panel.change();
  }

  /** @return {boolean} whether the edge of the view can be drawn more coarsely */
  get canFoveate() {
    const layer = /** @type {?} */ (this.stage.renderer.xr).getBaseLayer();
    return Boolean(layer) && typeof layer.fixedFoveation === 'number';
  }

  /** @param {number} level 0 to 1 */
  setFoveation(level) {
    this.stage.renderer.xr.setFoveation(level);
    this.settings.foveation = level;
    this.settings.keep();
    this.panel.change();
  }

  /** @return {!Array<string>} what this session has, for people */
  get used() {
    const names = (this.session.enabledFeatures || []).map(feature => FEATURE_NAMES[feature]).filter(Boolean);
    return [this.isAr ? 'AR' : 'VR'].concat(names);
  }

  /** @param {string} problem */
  say(problem) {
    this.said = problem;
    this.panel.change();
  }

  /** Puts the scene before the person, where a session begins. */
  settle() {
    const {away, below} = this.isAr ? TABLE_PLACE : ROOM_PLACE;
    const place = positionOf(this.root);
    place.copy(this.flat).multiplyScalar(away).add(this.head);
    place.y = Math.max(LOWEST_METRES, this.head.y - below);
    this.floor.localToWorld(place);
    turnOf(this.root).setFromAxisAngle(UP, this.facing);
    this.scale(this.isAr ? TABLE_SCALE : ROOM_SCALE);
  }

  /** Brings the scene back to the person, from wherever it was carried to. */
  bring() {
    this.anchoring.loosen();
    this.settle();
    this.anchoring.fasten();
  }

  /** @return {number} the turn by which the scene's front looks at the person */
  get facing() {
    const way = this.heading;
    return Math.atan2(-way.x, -way.z);
  }

  /** @return {!THREE.Vector3} the way ahead in the world, level; good until the next call */
  get heading() {
    heading.copy(this.flat).transformDirection(this.floor.matrixWorld).setY(0).normalize();
    return heading;
  }

  /** @return {!THREE.Vector3} where the head is in the world; good until the next call */
  get headPlace() {
    this.floor.localToWorld(headPlace.copy(this.head));
    return headPlace;
  }

  /**
   * @param {number} scale
   * @return {number} the scale it has now
   */
  scale(scale) {
    const kept = Math.min(LARGEST, Math.max(SMALLEST, scale));
    scaleOf(this.root).setScalar(kept);
    this.viewer.uniforms.uScale.value = kept;
    return kept;
  }

  /** @param {number} factor */
  resize(factor) {
    this.scale(scaleOf(this.root).x * factor);
  }

  /** @param {number} angle */
  spin(angle) {
    this.anchoring.loosen();
    this.root.rotateY(angle);
    this.anchoring.fasten();
  }

  /** @return {!XrSpace} */
  get space() {
    return /** @type {?} */ (this.stage.renderer.xr.getReferenceSpace());
  }

  /**
   * @param {!XrPointer} pointer
   * @param {!XrFrame} frame
   * @private
   */
  press_(pointer, frame) {
    pointer.track(frame, this.space, this.floor);
    pointer.pressRay.copy(pointer.ray);
    if (pointer.isHand && this.eyes_ && this.eyes_.isAimed) {
      pointer.pressRay.copy(this.eyes_.ray);
    }
    if (!pointer.isAimed || !pointer.canSelect) {
      return;
    }
    pointer.pulse();
    if (this.panel.meet(pointer.pressRay)) {
      pointer.on = 'panel';
      this.done.panel++;
      this.panel.press();
    } else if (this.anchoring.isPlacing) {
      pointer.on = 'room';
      this.anchoring.put();
    } else if (pointer.isController || !pointer.hasGrip) {
      pointer.on = 'room';
      this.select(pointer.pressRay);
    } else {
      // A hand that pinches either selects, or carries when it moves: what it was is known when it lets go.
      pointer.on = 'scene';
      pointer.pressGrip.copy(pointer.grip);
    }
  }

  /** @param {!XrPointer} pointer @private */
  lift_(pointer) {
    if (pointer.on === 'scene' && !pointer.isHolding) {
      this.select(pointer.pressRay);
    }
    if (pointer.on === 'scene') {
      this.hold.release(pointer);
    }
    pointer.on = '';
  }

  /**
   * @param {!THREE.Ray} ray of the world
   * @return {!Promise<?Selection>} what stands there
   */
  pick(ray) {
    const {origin, direction} = this.toModel_(ray);
    return this.viewer.pick([origin.x, origin.y, origin.z, direction.x, direction.y, direction.z], CONE);
  }

  /**
   * @param {!THREE.Ray} ray of the world
   * @return {!THREE.Ray} of the scene; good until the next call
   * @private
   */
  toModel_(ray) {
    this.root.updateWorldMatrix(true, false);
    local.copy(ray).applyMatrix4(inverse.copy(this.root.matrixWorld).invert());
    return local;
  }

  /**
   * @param {!THREE.Ray} ray of the world
   * @return {boolean} whether it meets the room that the scene takes
   */
  meetsModel(ray) {
    return this.toModel_(ray).intersectsBox(MODEL);
  }

  /**
   * Selects what a ray meets, or goes where it meets the floor.
   *
   * @param {!THREE.Ray} ray of the world
   * @return {!Promise<void>}
   */
  async select(ray) {
    const isModel = this.meetsModel(ray);
    const isFloor = !isModel && this.travel.meetFloor(ray);
    const thing = await this.pick(ray);
    if (thing) {
      this.done.select++;
      this.viewer.state.select(thing);
    } else if (isFloor) {
      this.travel.goThere();
    }
  }

  /**
   * Every frame.
   *
   * @param {!XrFrame} frame
   * @param {number} seconds
   */
  step(frame, seconds) {
    const pose = frame.getViewerPose(this.space);
    if (pose) {
      this.look_(pose.transform.matrix);
    }
    this.point_(frame);
    this.hold.step(this.pointers);
    this.hands.step(frame, this.pointers, this);
    this.anchoring.step(frame);
    this.rest.step(seconds);
    this.travel.step(this.pointers, seconds);
    this.rays.step(this.pointers);
    this.panel.draw();
    this.hideDepthsColour_();
  }

  /** @param {!Float32Array} m the head's pose @private */
  look_(m) {
    this.head.set(m[12], m[13], m[14]);
    this.ahead.set(-m[8], -m[9], -m[10]);
    if (Math.abs(this.ahead.y) < 0.99) {
      this.flat.copy(this.ahead).setY(0).normalize();
    }
    if (!this.isSettled_) {
      this.isSettled_ = true;
      this.floor.updateMatrixWorld(true);
      if (!this.anchoring.isRestored) {
        this.settle();
      }
      this.panel.putBeside();
    }
  }

  /** @param {!XrFrame} frame @private */
  point_(frame) {
    let isOnPanel = false;
    for (let i = 0; i < this.pointers.length; i++) {
      const pointer = this.pointers[i];
      pointer.track(frame, this.space, this.floor);
      pointer.reach = 0;
      if (pointer.isAimed && pointer.canSelect && !pointer.isHolding && this.panel.meet(pointer.ray)) {
        pointer.reach = this.panel.at.distance;
        isOnPanel = true;
        this.panel.hover(true);
        if (pointer.on === 'panel') {
          this.panel.slide();
        }
      }
      if (pointer.wantsPanel()) {
        this.panel.putBefore();
      }
    }
    if (!isOnPanel) {
      this.panel.hover(false);
    }
  }

  /** What is real hides what is behind it by its depth; it has no colour of its own. @private */
  hideDepthsColour_() {
    const xr = /** @type {?} */ (this.stage.renderer.xr);
    const mesh = xr.hasDepthSensing() ? xr.getDepthSensingMesh() : null;
    if (mesh) {
      mesh.material.colorWrite = false;
    }
  }

  /** Puts everything back as it was. */
  dispose() {
    this.ends_.forEach(end => end());
    for (const part of [this.anchoring, this.panel, this.hands, this.rays, this.rest, this.travel]) {
      part.dispose();
    }
    this.stage.scene.remove(this.floor);
    this.stage.scene.remove(this.rays.group);
    positionOf(this.root).set(0, 0, 0);
    turnOf(this.root).identity();
    scaleOf(this.root).setScalar(1);
    const uniforms = this.viewer.uniforms;
    uniforms.uScale.value = 1;
    uniforms.uNearest.value = this.nearest_;
    uniforms.uIsRound.value = 0;
    this.viewer.ground.sky.visible = true;
    this.viewer.words.mesh.material.depthTest = false;
  }
}

const UP = new THREE.Vector3(0, 1, 0);
const heading = new THREE.Vector3();
const headPlace = new THREE.Vector3();
const local = new THREE.Ray();
const inverse = new THREE.Matrix4();
