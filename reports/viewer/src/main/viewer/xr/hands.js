import * as THREE from '../three/three.module.js';
import {addAll, setInstances} from '../scene/three.js';
import {instanced} from '../scene/river.js';
import {forget} from './drawn.js';
import {XrPointer} from './pointer.js';
import {XrFrame, XrSpace} from './types.js';

/** Joints of a hand, as WebXR names them; the wrist is the first. */
const FINGERS = ['thumb', 'index-finger', 'middle-finger', 'ring-finger', 'pinky-finger'];
const JOINTS = ['wrist'].concat(FINGERS.flatMap(finger => ['metacarpal', 'phalanx-proximal', 'phalanx-intermediate',
  'phalanx-distal', 'tip'].filter(part => finger !== 'thumb' || part !== 'phalanx-intermediate').map(part => `${finger}-${part}`)));

/** The cosine of the angle between palm and face below which the palm shows the menu. */
const PALM = 0.72;

/**
 * What is seen of hands: a ball for each joint, drawn here, as models would have to be fetched from
 * somewhere. The left palm turned to the face brings the panel.
 */
export class XrHands {
  /** @param {boolean} isAr */
  constructor(isAr) {
    this.group = new THREE.Group();
    /** @private @const */
    this.balls_ = new THREE.InstancedBufferAttribute(new Float32Array(2 * JOINTS.length * 4), 4);
    this.joints = jointMesh(this.balls_, isAr);
    addAll(this.group, this.joints);
    /** Joint spaces of each hand. @private @const {!Map<!XrPointer, !Array<!XrSpace>>} */
    this.spaces_ = new Map();
    /** @private @const */
    this.poses_ = new Float32Array(16 * JOINTS.length);
    /** @private @const */
    this.radii_ = new Float32Array(JOINTS.length);
    this.jointsSeen = 0;
    this.palmMenus = 0;
    /** @private {boolean} */
    this.isPalmUp_ = false;
  }

  /** @param {!XrPointer} pointer */
  add(pointer) {
    const hand = pointer.input.hand;
    if (hand) {
      this.spaces_.set(pointer, JOINTS.map(name => /** @type {!XrSpace} */ (hand.get(name))));
    }
  }

  /** @param {!XrPointer} pointer */
  remove(pointer) {
    this.spaces_.delete(pointer);
  }

  /**
   * @param {!XrFrame} frame
   * @param {!Array<!XrPointer>} pointers
   * @param {?} scene the session's
   */
  step(frame, pointers, scene) {
    this.jointsSeen = 0;
    for (let i = 0; i < pointers.length; i++) {
      const pointer = pointers[i];
      const spaces = pointer.isHand ? this.spaces_.get(pointer) : null;
      if (spaces && this.read_(frame, scene.space, spaces)) {
        this.show_();
        if (pointer.input.handedness === 'left') {
          this.turnPalm_(scene);
        }
      }
    }
    setInstances(this.joints.geometry, this.jointsSeen);
    this.joints.visible = this.jointsSeen > 0;
    this.balls_.needsUpdate = this.joints.visible;
  }

  /**
   * @param {!XrFrame} frame
   * @param {!XrSpace} space
   * @param {!Array<!XrSpace>} spaces
   * @return {boolean} whether the hand is seen
   * @private
   */
  read_(frame, space, spaces) {
    return Boolean(frame.fillPoses && frame.fillJointRadii
      && frame.fillPoses(spaces, space, this.poses_) && frame.fillJointRadii(spaces, this.radii_));
  }

  /** @private */
  show_() {
    for (let joint = 0; joint < JOINTS.length && this.jointsSeen < this.balls_.count; joint++) {
      const at = 16 * joint + 12;
      this.balls_.setXYZW(this.jointsSeen++, this.poses_[at], this.poses_[at + 1], this.poses_[at + 2], this.radii_[joint]);
    }
  }

  /** @param {?} scene @private */
  turnPalm_(scene) {
    const poses = this.poses_;
    wrist.set(poses[12], poses[13], poses[14]);
    palm.set(-poses[4], -poses[5], -poses[6]);
    toHead.copy(scene.head).sub(wrist).normalize();
    const isUp = palm.dot(toHead) > PALM;
    if (isUp) {
      scene.panel.putAbove(wrist);
      this.palmMenus += this.isPalmUp_ ? 0 : 1;
    }
    this.isPalmUp_ = isUp;
  }

  dispose() {
    forget(this.joints);
  }
}

const wrist = new THREE.Vector3();
const palm = new THREE.Vector3();
const toHead = new THREE.Vector3();

/**
 * @param {!THREE.InstancedBufferAttribute} balls
 * @param {boolean} isAr
 * @return {!THREE.Mesh}
 */
function jointMesh(balls, isAr) {
  const geometry = instanced(new THREE.IcosahedronGeometry(1, 1));
  geometry.setAttribute('aBall', balls);
  const mesh = new THREE.Mesh(geometry, new THREE.RawShaderMaterial({
    glslVersion: THREE.GLSL3,
    vertexShader: `precision highp float;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
in vec3 position;
in vec4 aBall;
out vec3 vNormal;
void main() {
  vNormal = position;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(aBall.xyz + position * aBall.w, 1.0);
}`,
    fragmentShader: `precision highp float;
in vec3 vNormal;
out vec4 fColour;
void main() { fColour = vec4(vec3(0.68, 0.7, 0.9) * (0.6 + 0.4 * normalize(vNormal).y), ${isAr ? '0.5' : '1.0'}); }`,
    transparent: isAr,
  }));
  mesh.frustumCulled = false;
  mesh.renderOrder = 24;
  return mesh;
}
