import {el, refill} from './dom.js';
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
  refill(host, el('div', {'class': 'page'}, el('h1', null, 'What this device can do'),
    el('p', null, el('a', {'href': 'index.html'}, 'Back to the viewer')), table(['Ability', 'Here'], rows),
    el('p', {'class': 'soft'}, 'Nothing of this leaves the device.')));
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
  const features = {
    'Hands': 'XRHand', 'Hit test': 'XRHitTestSource', 'Anchors': 'XRAnchor', 'Depth': 'XRDepthInformation',
    'Layers': 'XRWebGLBinding',
  };
  for (const name of Object.keys(features)) {
    add(name, features[name] in window);
  }
}
