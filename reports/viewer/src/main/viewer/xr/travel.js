import * as THREE from '../three/three.module.js';
import {addAll, positionOf, scaleOf} from '../scene/three.js';
import {material} from '../scene/shared.js';
import {forget, ring} from './drawn.js';
import {XrPointer} from './pointer.js';

const STEP_METRES = 0.9;
const FARTHEST_METRES = 12;

/** A stick beyond this is pushed. */
const PUSHED = 0.7;

/** The part of the vignette that goes in a second. */
const CLEARING = 2.5;

/**
 * Going about in VR: to a place on the floor, or by the stick a step ahead, or around by an angle at
 * once. The edge of the view darkens meanwhile, and a floor that does not move is drawn: both keep
 * people from getting sick.
 */
export class XrTravel {
  /** @param {?} scene the session's */
  constructor(scene) {
    /** @private @const */
    this.scene_ = scene;
    this.ground = groundMesh();
    this.ground.visible = !scene.isAr;
    this.mark = ring(0.16, 0.2, 21);
    this.mark.geometry.rotateX(-Math.PI / 2);
    this.vignette = vignetteMesh();
    /** How dark the edge is. @private @const {{value: number}} */
    this.dark_ = /** @type {?} */ (this.vignette.material).uniforms.uDark;
    /** @private {boolean} */
    this.wasPushed_ = false;
    /** @private @const */
    this.place_ = new THREE.Vector3();
    addAll(scene.floor, this.vignette);
    addAll(scene.stage.scene, this.ground, this.mark);
  }

  /**
   * @param {!THREE.Ray} ray
   * @return {boolean} whether it meets the floor where one can go; the place is kept for a step there
   */
  meetFloor(ray) {
    const {origin, direction} = ray;
    const along = (positionOf(this.scene_.floor).y - origin.y) / direction.y;
    if (this.scene_.isAr || !(along > 0) || along > FARTHEST_METRES) {
      return false;
    }
    this.place_.copy(origin).addScaledVector(direction, along);
    return true;
  }

  /** Goes to the place on the floor that was met last. */
  goThere() {
    const place = positionOf(this.scene_.floor);
    const head = this.scene_.headPlace;
    place.x += this.place_.x - head.x;
    place.z += this.place_.z - head.z;
    this.scene_.done.teleport++;
    this.moved_();
  }

  /**
   * Turns the person around where they stand.
   *
   * @param {number} angle
   */
  turn(angle) {
    const {floor} = this.scene_;
    before.copy(this.scene_.headPlace);
    floor.rotateY(angle);
    floor.updateMatrixWorld(true);
    const moved = this.scene_.headPlace;
    positionOf(floor).x += before.x - moved.x;
    positionOf(floor).z += before.z - moved.z;
    this.scene_.done.turn++;
    this.moved_();
  }

  /** @private */
  moved_() {
    this.scene_.floor.updateMatrixWorld(true);
    this.dark_.value = this.scene_.settings.hasVignette ? 1 : 0;
  }

  /**
   * @param {!Array<!XrPointer>} pointers
   * @param {number} seconds
   */
  step(pointers, seconds) {
    if (!this.scene_.isAr) {
      this.walk_(pointers);
    }
    this.dark_.value = Math.max(0, this.dark_.value - seconds * CLEARING);
    this.vignette.visible = this.dark_.value > 0.01;
    this.mark.visible = false;
    for (let i = 0; i < pointers.length; i++) {
      const pointer = pointers[i];
      if (pointer.isController && pointer.isAimed && pointer.reach === 0 && !this.scene_.meetsModel(pointer.ray)
        && this.meetFloor(pointer.ray)) {
        this.mark.visible = true;
        positionOf(this.mark).copy(this.place_);
        positionOf(this.mark).y += 0.01;
      }
    }
  }

  /** @param {!Array<!XrPointer>} pointers @private */
  walk_(pointers) {
    let side = 0;
    let ahead = 0;
    for (let i = 0; i < pointers.length; i++) {
      const gamepad = pointers[i].isController ? pointers[i].input.gamepad : null;
      const axes = gamepad ? gamepad.axes : null;
      if (axes && axes.length >= 4) {
        side = Math.abs(axes[2]) > Math.abs(side) ? axes[2] : side;
        ahead = Math.abs(axes[3]) > Math.abs(ahead) ? axes[3] : ahead;
      }
    }
    const isPushed = Math.abs(side) > PUSHED || Math.abs(ahead) > PUSHED;
    if (isPushed && !this.wasPushed_) {
      if (Math.abs(side) > Math.abs(ahead)) {
        this.turn(Math.sign(-side) * this.scene_.settings.turn * Math.PI / 180);
      } else {
        const way = this.scene_.heading;
        this.place_.copy(this.scene_.headPlace).addScaledVector(way, ahead < 0 ? STEP_METRES : -STEP_METRES);
        this.goThere();
      }
    }
    this.wasPushed_ = isPushed;
  }

  dispose() {
    this.scene_.stage.scene.remove(this.ground);
    this.scene_.stage.scene.remove(this.mark);
    forget(this.ground);
    forget(this.mark);
    forget(this.vignette);
  }
}

const before = new THREE.Vector3();

/** @return {!THREE.Mesh} lines of a metre on the floor, that fade away */
function groundMesh() {
  const plane = new THREE.PlaneGeometry(24, 24);
  plane.rotateX(-Math.PI / 2);
  const mesh = new THREE.Mesh(plane, material(`precision highp float;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
in vec3 position;
out vec2 vAt;
void main() {
  vAt = position.xz;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`, `precision highp float;
in vec2 vAt;
out vec4 fColour;
void main() {
  vec2 off = abs(fract(vAt - 0.5) - 0.5);
  vec2 width = fwidth(vAt);
  vec2 on = (1.0 - smoothstep(width * 0.6, width * 1.6, off)) * min(vec2(1.0), 0.06 / width);
  float fade = 1.0 - smoothstep(1.0, 9.0, length(vAt));
  float a = max(on.x, on.y) * fade * 0.24;
  fColour = vec4(vec3(0.52, 0.55, 0.75) * a, a);
}`, {}, true));
  mesh.renderOrder = -5;
  return mesh;
}

/** @return {!THREE.Mesh} darkness around the middle of each eye's view */
function vignetteMesh() {
  const triangle = new THREE.BufferGeometry();
  triangle.setAttribute('position', new THREE.BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3));
  const mesh = new THREE.Mesh(triangle, material(`precision highp float;
uniform mat4 projectionMatrix;
in vec3 position;
out vec2 vSlope;
void main() {
  vSlope = (position.xy + projectionMatrix[2].xy) / vec2(projectionMatrix[0][0], projectionMatrix[1][1]);
  gl_Position = vec4(position.xy, 0.0, 1.0);
}`, `precision highp float;
uniform float uDark;
in vec2 vSlope;
out vec4 fColour;
void main() { fColour = vec4(0.0, 0.0, 0.0, smoothstep(0.28, 0.62, length(vSlope)) * uDark * 0.94); }`,
  {uDark: {value: 0}}, true));
  mesh.material.depthTest = false;
  mesh.renderOrder = 40;
  mesh.frustumCulled = false;
  mesh.visible = false;
  return mesh;
}
