import * as THREE from '../three/three.module.js';
import {addAll, positionOf, scaleOf, setInstances} from '../scene/three.js';
import {instanced} from '../scene/river.js';
import {XrFrame, XrInput, XrSpace} from './types.js';

/** Joints of a hand, as WebXR names them. */
const FINGERS = ['thumb', 'index-finger', 'middle-finger', 'ring-finger', 'pinky-finger'];
const JOINTS = ['wrist'].concat(FINGERS.flatMap(finger => ['metacarpal', 'phalanx-proximal', 'phalanx-intermediate',
  'phalanx-distal', 'tip'].filter(part => finger !== 'thumb' || part !== 'phalanx-intermediate').map(part => `${finger}-${part}`)));

/** Thumb and finger this near to one another pinch; this far apart they let go. */
const PINCH_METRES = 0.018;
const OPEN_METRES = 0.032;

/** A palm this much towards the face shows the menu. */
const PALM = 0.72;

const MOST_RAYS = 4;

/**
 * What is seen of controllers and hands: a ray for each that points, and a ball for each joint. They
 * are drawn here, as models would have to be fetched from somewhere. Two hands that pinch zoom; a
 * palm turned to the face brings the panel.
 */
export class XrHands {
  /** @param {boolean} isAr */
  constructor(isAr) {
    this.group = new THREE.Group();
    /** @private @const */
    this.rays_ = Array.from({length: MOST_RAYS}, () => rayMesh());
    /** @private @const */
    this.balls_ = new THREE.InstancedBufferAttribute(new Float32Array(2 * JOINTS.length * 4), 4);
    this.joints = jointMesh(this.balls_, isAr);
    addAll(this.group, ...this.rays_, this.joints);
    /** @private @const {!Object<string, {isPinching: boolean, tip: !THREE.Vector3, before: !THREE.Vector3}>} */
    this.hands_ = {
      'left': {isPinching: false, tip: new THREE.Vector3(), before: new THREE.Vector3()},
      'right': {isPinching: false, tip: new THREE.Vector3(), before: new THREE.Vector3()},
    };
    this.jointsSeen = 0;
    this.palmMenus = 0;
    /** @private {boolean} */
    this.isPalmUp_ = false;
    /** @private {boolean} */
    this.wasZooming_ = false;
  }

  /**
   * @param {!XrFrame} frame
   * @param {!XrSpace} space
   * @param {!Array<!XrInput>} inputs
   * @param {?} scene the session's
   */
  step(frame, space, inputs, scene) {
    let ray = 0;
    this.jointsSeen = 0;
    for (const input of inputs) {
      if (input.hand) {
        this.follow_(frame, space, input, scene);
      }
      const pose = input.targetRayMode === 'tracked-pointer' ? frame.getPose(input.targetRaySpace, space) : null;
      if (pose && ray < MOST_RAYS) {
        const mesh = this.rays_[ray++];
        const {position, orientation} = pose.transform;
        mesh.visible = true;
        positionOf(mesh).set(position.x, position.y, position.z);
        /** @type {?} */ (mesh).quaternion.set(orientation.x, orientation.y, orientation.z, orientation.w);
        scaleOf(mesh).set(1, 1, 1.6);
      }
    }
    for (; ray < MOST_RAYS; ray++) {
      this.rays_[ray].visible = false;
    }
    setInstances(this.joints.geometry, this.jointsSeen);
    this.balls_.needsUpdate = true;
    this.zoom_(scene);
  }

  /**
   * @param {!XrFrame} frame
   * @param {!XrSpace} space
   * @param {!XrInput} input
   * @param {?} scene
   * @private
   */
  follow_(frame, space, input, scene) {
    const hand = this.hands_[input.handedness];
    const joints = input.hand;
    if (!hand || !joints || !frame.getJointPose) {
      return;
    }
    const tip = thumb;
    let wrist = null;
    for (const name of JOINTS) {
      const joint = joints.get(name);
      const pose = joint ? frame.getJointPose(joint, space) : null;
      if (!pose) {
        continue;
      }
      const {x, y, z} = pose.transform.position;
      this.balls_.setXYZW(this.jointsSeen++, x, y, z, pose.radius || 0.008);
      if (name === 'thumb-tip') {
        tip.set(x, y, z);
      } else if (name === 'index-finger-tip') {
        hand.before.copy(hand.tip);
        hand.tip.set(x, y, z);
      } else if (name === 'wrist') {
        wrist = pose;
      }
    }
    const gap = tip.distanceTo(hand.tip);
    hand.isPinching = gap < (hand.isPinching ? OPEN_METRES : PINCH_METRES);
    if (wrist && input.handedness === 'left') {
      this.palm_(wrist.transform, scene);
    }
  }

  /**
   * @param {?} wrist
   * @param {?} scene
   * @private
   */
  palm_(wrist, scene) {
    const {x, y, z, w} = wrist.orientation;
    palm.set(0, -1, 0).applyQuaternion(turn.set(x, y, z, w));
    const {x: px, y: py, z: pz} = wrist.position;
    toHead.set(scene.head.x - px, scene.head.y - py, scene.head.z - pz).normalize();
    const isUp = palm.dot(toHead) > PALM;
    if (isUp) {
      positionOf(scene.panel.mesh).set(px, py + 0.22, pz - 0.05);
      scene.panel.mesh.lookAt(scene.floor.localToWorld(toHead.copy(scene.head)));
      this.palmMenus += this.isPalmUp_ ? 0 : 1;
    }
    this.isPalmUp_ = isUp;
  }

  /** @param {?} scene @private */
  zoom_(scene) {
    const left = this.hands_['left'];
    const right = this.hands_['right'];
    if (left.isPinching && right.isPinching && this.wasZooming_) {
      /** @param {!THREE.Vector3} point @return {!THREE.Vector3} */
      const world = point => scene.floor.localToWorld(point.clone());
      scene.stretch(world(left.before), world(right.before), world(left.tip), world(right.tip));
    }
    this.wasZooming_ = left.isPinching && right.isPinching;
  }
}

const thumb = new THREE.Vector3();
const palm = new THREE.Vector3();
const toHead = new THREE.Vector3();
const turn = new THREE.Quaternion();

/** @return {!THREE.Mesh} */
function rayMesh() {
  const box = new THREE.BoxGeometry(0.004, 0.004, 1);
  box.translate(0, 0, -0.5);
  const mesh = new THREE.Mesh(box, new THREE.MeshBasicMaterial({color: 0xaab0ff, transparent: true, opacity: 0.55}));
  mesh.visible = false;
  return mesh;
}

/**
 * @param {!THREE.InstancedBufferAttribute} balls
 * @param {boolean} isAr
 * @return {!THREE.Mesh}
 */
function jointMesh(balls, isAr) {
  const geometry = instanced(new THREE.IcosahedronGeometry(1, 0));
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
void main() { fColour = vec4(vec3(0.68, 0.7, 0.9) * (0.55 + 0.45 * vNormal.y), ${isAr ? '0.5' : '1.0'}); }`,
    transparent: isAr,
  }));
  mesh.frustumCulled = false;
  return mesh;
}
