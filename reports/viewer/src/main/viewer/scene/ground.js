import * as THREE from '../three/three.module.js';
import * as SHADERS from './shaders.js';
import {Uniforms, always, material, some} from './shared.js';

/** The sky behind everything, and the ground with the lines of time. */
export class Ground {
  /** @param {!Uniforms} uniforms */
  constructor(uniforms) {
    const sky = new THREE.BufferGeometry();
    sky.setAttribute('position', new THREE.BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3));
    this.sky = new THREE.Mesh(sky, material(SHADERS.SKY_VERTEX, SHADERS.SKY_FRAGMENT, some(uniforms, ['uTop', 'uBottom', 'uIsRound']), false));
    this.sky.material.depthTest = false;
    this.sky.material.depthWrite = false;
    always(this.sky, -9);
    const plane = new THREE.PlaneGeometry(48, 40);
    plane.rotateX(-Math.PI / 2);
    plane.translate(0, -0.012, 0);
    this.plane = new THREE.Mesh(plane, material(
      SHADERS.GROUND_VERTEX, SHADERS.GROUND_FRAGMENT,
      some(uniforms, ['uGround', 'uLine', 'uAccent', 'uTicks', 'uTickCount', 'uNowX', 'uMarkX']), true));
    always(this.plane, 0);
  }

  dispose() {
    for (const part of [this.sky, this.plane]) {
      part.geometry.dispose();
      part.material.dispose();
    }
  }
}
