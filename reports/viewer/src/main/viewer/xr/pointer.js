import * as THREE from '../three/three.module.js';
import {XrFrame, XrInput, XrSpace} from './types.js';

/** Buttons of the standard layout: the lower one beside the stick (A or X). */
const BRING_BUTTON = 4;

/**
 * One thing that points: a controller, a hand, the eyes, or a finger on a screen. Its ray and its grip
 * are in the world and are renewed every frame.
 */
export class XrPointer {
  /** @param {!XrInput} input */
  constructor(input) {
    this.input = input;
    this.isHand = Boolean(input.hand);
    this.isEyes = input.targetRayMode === 'gaze';
    this.isController = input.targetRayMode === 'tracked-pointer' && !this.isHand;
    /** Hands beside another pointer are followed, but it is the other that selects. */
    this.canSelect = !this.isHand || input.profiles.some(profile => profile !== 'generic-hand');
    this.ray = new THREE.Ray();
    this.isAimed = false;
    this.grip = new THREE.Vector3();
    this.gripBefore = new THREE.Vector3();
    this.hasGrip = false;
    this.hadGrip = false;
    /** What it pressed and has not let go: panel, room, scene or nothing. */
    this.on = '';
    this.pressRay = new THREE.Ray();
    this.pressGrip = new THREE.Vector3();
    /** Whether it carries the scene. */
    this.isHolding = false;
    /** How far its ray goes until it meets something, in metres. */
    this.reach = 0;
    /** @private {boolean} */
    this.wasPressed_ = false;
  }

  /**
   * @param {!XrFrame} frame
   * @param {!XrSpace} space
   * @param {!THREE.Object3D} floor what the space stands on
   */
  track(frame, space, floor) {
    const aim = frame.getPose(this.input.targetRaySpace, space);
    this.isAimed = Boolean(aim);
    if (aim) {
      // Read from the matrix: each number of a DOMPoint is an object of its own.
      const m = aim.transform.matrix;
      this.ray.origin.set(m[12], m[13], m[14]);
      this.ray.direction.set(-m[8], -m[9], -m[10]);
      this.ray.applyMatrix4(floor.matrixWorld);
    }
    this.hadGrip = this.hasGrip;
    this.gripBefore.copy(this.grip);
    const grip = this.input.gripSpace ? frame.getPose(this.input.gripSpace, space) : null;
    this.hasGrip = Boolean(grip);
    if (grip) {
      const m = grip.transform.matrix;
      floor.localToWorld(this.grip.set(m[12], m[13], m[14]));
    }
  }

  /** @return {boolean} whether the button that brings the panel went down since the last call */
  wantsPanel() {
    const buttons = this.isController && this.input.gamepad ? this.input.gamepad.buttons : null;
    const isPressed = Boolean(buttons && buttons.length > BRING_BUTTON && buttons[BRING_BUTTON].pressed);
    const isNew = isPressed && !this.wasPressed_;
    this.wasPressed_ = isPressed;
    return isNew;
  }

  /** A touch that is felt in the hand, where the device can. */
  pulse() {
    const gamepad = /** @type {?} */ (this.input.gamepad);
    const actuators = gamepad && gamepad.hapticActuators;
    if (this.isController && actuators && actuators.length > 0 && actuators[0].pulse) {
      actuators[0].pulse(0.35, 18);
    }
  }
}
