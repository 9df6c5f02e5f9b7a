import * as THREE from '../three/three.module.js';
import {addAll, positionOf, scaleOf, turnOf} from '../scene/three.js';
import {ACCENT, forget, plain} from './drawn.js';
import {XrPointer} from './pointer.js';

const MOST = 4;

/** How far a ray is drawn that meets nothing. */
const FAR_METRES = 3;

/** What is seen of pointers: a ray, a handle for each controller, and a dot where a ray meets the panel. */
export class XrRays {
  constructor() {
    this.group = new THREE.Group();
    /** @private @const */
    this.rays_ = Array.from({length: MOST}, rayMesh);
    /** @private @const */
    this.handles_ = Array.from({length: MOST}, handleMesh);
    /** @private @const */
    this.dots_ = Array.from({length: MOST}, dotMesh);
    addAll(this.group, ...this.rays_, ...this.handles_, ...this.dots_);
  }

  /** @param {!Array<!XrPointer>} pointers */
  step(pointers) {
    for (let i = 0; i < MOST; i++) {
      const pointer = i < pointers.length ? pointers[i] : null;
      const isPointing = pointer !== null && pointer.isAimed && pointer.canSelect && !pointer.isHolding;
      const ray = this.rays_[i];
      ray.visible = isPointing && pointer.input.targetRayMode === 'tracked-pointer';
      this.handles_[i].visible = pointer !== null && pointer.isController && pointer.hasGrip;
      this.dots_[i].visible = isPointing && pointer.reach > 0 && !pointer.isEyes;
      if (pointer !== null) {
        const {origin, direction} = pointer.ray;
        const reach = pointer.reach > 0 ? pointer.reach : FAR_METRES;
        positionOf(ray).copy(origin);
        turnOf(ray).setFromUnitVectors(AHEAD, direction);
        scaleOf(ray).set(1, 1, reach);
        positionOf(this.handles_[i]).copy(pointer.grip);
        turnOf(this.handles_[i]).copy(turnOf(ray));
        positionOf(this.dots_[i]).copy(origin).addScaledVector(direction, reach - 0.002);
      }
    }
  }

  dispose() {
    this.rays_.concat(this.handles_, this.dots_).forEach(forget);
  }
}

const AHEAD = new THREE.Vector3(0, 0, -1);

/** @return {!THREE.Mesh} a ray of one metre that fades away */
function rayMesh() {
  const box = new THREE.CylinderGeometry(0.0008, 0.0022, 1, 6, 1, true);
  box.rotateX(-Math.PI / 2);
  box.translate(0, 0, -0.5);
  const places = box.getAttribute('position');
  const colours = new Float32Array(places.count * 4).fill(1);
  for (let i = 0; i < places.count; i++) {
    colours[4 * i + 3] = places.getZ(i) < -0.5 ? 0.12 : 0.9;
  }
  box.setAttribute('color', new THREE.BufferAttribute(colours, 4));
  const mesh = new THREE.Mesh(box, plain(ACCENT, {transparent: true, vertexColors: true, depthWrite: false}));
  mesh.visible = false;
  mesh.frustumCulled = false;
  mesh.renderOrder = 22;
  return mesh;
}

/** @return {!THREE.Mesh} */
function handleMesh() {
  const body = new THREE.CapsuleGeometry(0.012, 0.07, 4, 12);
  body.rotateX(-Math.PI / 2);
  const normals = body.getAttribute('normal');
  const colours = new Float32Array(normals.count * 3);
  for (let i = 0; i < normals.count; i++) {
    colours.fill(0.62 + 0.38 * normals.getY(i), 3 * i, 3 * i + 3);
  }
  body.setAttribute('color', new THREE.BufferAttribute(colours, 3));
  const mesh = new THREE.Mesh(body, plain(0x9aa0b8, {vertexColors: true}));
  mesh.visible = false;
  return mesh;
}

/** @return {!THREE.Mesh} */
function dotMesh() {
  const mesh = new THREE.Mesh(new THREE.SphereGeometry(0.006, 12, 8), plain(0xffffff, {depthTest: false, transparent: true}));
  mesh.visible = false;
  mesh.renderOrder = 23;
  return mesh;
}
