import {Viewer} from '../viewer.js';
import {Stage} from '../scene/stage.js';
import {el} from '../ui/dom.js';
import {XrScene} from './session.js';
import {XrFrame, XrSession, xrOf} from './types.js';

/** What a session may use; it begins without what is not there. */
const FEATURES = ['local-floor', 'hand-tracking', 'layers'];
const AR_FEATURES = FEATURES.concat(['hit-test', 'anchors', 'depth-sensing', 'plane-detection']);

/**
 * The button of one kind of session. It says which of its states it is in: not to be had, wanting a
 * secure connection, ready, in session, or refused.
 *
 * @param {!Viewer} viewer
 * @param {!Element} host
 * @param {string} mode immersive-vr or immersive-ar
 * @param {function(string)} say
 * @return {!Promise<void>}
 */
export async function createEnter(viewer, host, mode, say) {
  const isAr = mode === 'immersive-ar';
  const label = isAr ? 'AR' : 'VR';
  const xr = xrOf();
  const stage = viewer.stage;
  if (!stage || !xr) {
    return; // no such device, or a page opened from a file, where browsers have no sessions
  }
  let isThere = false;
  try {
    isThere = await xr.isSessionSupported(mode);
  } catch (failure) {
    isThere = false;
  }
  if (!isThere) {
    return;
  }
  /** @type {?XrSession} */
  let session = null;
  const enter = el('button', {'type': 'button', 'class': 'enter', 'title': isAr ? 'See it in your room' : 'Go inside'}, label);
  enter.addEventListener('click', async () => {
    if (session) {
      session.end();
      return;
    }
    try {
      session = await xr.requestSession(mode, {
        'requiredFeatures': ['local-floor'],
        'optionalFeatures': isAr ? AR_FEATURES : FEATURES,
        'depthSensing': {'usagePreference': ['gpu-optimized', 'cpu-optimized'], 'dataFormatPreference': ['float32', 'luminance-alpha']},
      });
    } catch (failure) {
      say(`No session: ${/** @type {!Error} */ (failure).message}`);
      return;
    }
    enter.textContent = `Leave ${label}`;
    session.addEventListener('end', () => {
      session = null;
      enter.textContent = label;
    });
    await run(viewer, /** @type {!Stage} */ (stage), session, isAr);
  });
  host.append(enter);
}

/**
 * @param {!Viewer} viewer
 * @param {!Stage} stage
 * @param {!XrSession} session
 * @param {boolean} isAr
 * @return {!Promise<void>}
 */
async function run(viewer, stage, session, isAr) {
  const renderer = stage.renderer;
  renderer.xr.enabled = true;
  renderer.xr.setReferenceSpaceType('local-floor');
  await renderer.xr.setSession(/** @type {?} */ (session));
  const scene = new XrScene(viewer, session, isAr);
  viewer.xr = scene;
  scene.floor.add(stage.camera);
  /** @type {?} */ (renderer).setClearAlpha(isAr ? 0 : 1);
  /** @param {number} time @param {number} seconds */
  const step = (time, seconds) => {
    const frame = /** @type {?XrFrame} */ (/** @type {?} */ (renderer.xr.getFrame()));
    if (frame) {
      const layer = /** @type {?} */ (renderer.xr).getBaseLayer();
      viewer.uniforms.uHeight.value = layer ? layer.framebufferHeight || layer.textureHeight || 1600 : 1600;
      viewer.uniforms.uAspect.value = 1;
      scene.step(frame, seconds);
    }
  };
  stage.beforeFrame.push(step);
  session.addEventListener('end', () => {
    stage.beforeFrame.splice(stage.beforeFrame.indexOf(step), 1);
    scene.floor.remove(stage.camera);
    scene.dispose();
    viewer.xr = null;
    renderer.xr.enabled = false;
    stage.resize();
  });
}
