import {el, refill} from './dom.js';
import {DEVICES, TESTED} from '../xr/devices.js';
import {table} from './list.js';

/**
 * What this device can do, asked of it and nobody else.
 *
 * @param {!HTMLElement} host
 * @return {!Promise<void>}
 */
export async function showDiagnosis(host) {
  /** @type {!Array<!Array<string>>} */
  const rows = [];
  /** @param {string} name @param {?} value */
  const add = (name, value) => void rows.push([name, value === true ? 'yes' : value === false ? 'no' : String(value)]);
  add('Browser', navigator.userAgent);
  add('Opened from', location.protocol.replace(':', ''));
  add('Secure context', window.isSecureContext);
  add('Screen', `${window.innerWidth} × ${window.innerHeight} at ${window.devicePixelRatio}`);
  addGraphics(add);
  add('Workers from a Blob', typeof Worker === 'function');
  add('Unpacking of gzip', 'DecompressionStream' in window);
  await addSessions(add);
  add('Less motion wanted', window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  const devices = table(['Feature'].concat(DEVICES), TESTED);
  devices.classList.add('devices');
  refill(host, el('div', {'class': 'page'}, el('h1', null, 'What this device can do'),
    el('p', null, el('a', {'href': 'index.html'}, 'Back to the viewer')), table(['Ability', 'Here'], rows),
    el('p', {'class': 'soft'}, 'Nothing of this leaves the device.'),
    el('h2', null, 'Headsets and how they were tested'),
    el('p', {'class': 'soft'}, 'No real headset has run it. Emulated: with the emulator’s profile of the device; made by hand: with a profile or property of what is known of it.'),
    el('div', {'class': 'scroll', 'tabindex': '0', 'role': 'region', 'aria-label': 'Headsets'}, devices)));
}

/** @param {function(string, ?)} add */
function addGraphics(add) {
  const canvas = /** @type {!HTMLCanvasElement} */ (document.createElement('canvas'));
  const gl = /** @type {?WebGL2RenderingContext} */ (canvas.getContext('webgl2'));
  add('WebGL 2', gl !== null);
  if (gl) {
    add('Graphics', gl.getParameter(gl.RENDERER));
    add('Largest texture', gl.getParameter(gl.MAX_TEXTURE_SIZE));
    add('Largest point', /** @type {!Float32Array} */ (gl.getParameter(gl.ALIASED_POINT_SIZE_RANGE))[1]);
    const lose = /** @type {?} */ (gl.getExtension('WEBGL_lose_context'));
    if (lose) {
      lose.loseContext();
    }
  }
}

/**
 * @param {function(string, ?)} add
 * @return {!Promise<void>}
 */
async function addSessions(add) {
  const xr = /** @type {?} */ (navigator)['xr'];
  add('WebXR', Boolean(xr));
  for (const mode of xr ? ['immersive-vr', 'immersive-ar'] : []) {
    try {
      add(mode, await xr['isSessionSupported'](mode));
    } catch (failure) {
      add(mode, /** @type {!Error} */ (failure).message);
    }
  }
  /** @type {!Object<string, boolean>} */
  const features = {
    'Hands': 'XRHand' in window, 'Hit test': 'XRHitTestSource' in window, 'Anchors': 'XRAnchor' in window,
    'Anchors that stay': has('XRSession', 'restorePersistentAnchor'), 'Depth': 'XRDepthInformation' in window,
    'Layers': has('XRWebGLBinding', 'createProjectionLayer'), 'Choice of frame rate': has('XRSession', 'updateTargetFrameRate'),
    'Foveation': has('XRWebGLLayer', 'fixedFoveation') || has('XRProjectionLayer', 'fixedFoveation'),
  };
  for (const name of Object.keys(features)) {
    add(name, features[name]);
  }
}

/**
 * @param {string} type of WebXR
 * @param {string} member
 * @return {boolean} whether this browser has it
 */
function has(type, member) {
  const found = /** @type {?} */ (window)[type];
  return Boolean(found) && member in found.prototype;
}
