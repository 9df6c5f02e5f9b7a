import {Viewer} from '../viewer.js';
import {Stage} from '../scene/stage.js';
import {el} from '../ui/dom.js';
import {XrScene} from './session.js';
import {XrFrame, XrSession, XrSystem, xrOf} from './types.js';

/** What a session may use; it begins without what is not there. */
const FEATURES = ['local-floor', 'hand-tracking', 'layers', 'gaze-tracking'];
const AR_FEATURES = FEATURES.concat(['hit-test', 'anchors', 'depth-sensing']);

/**
 * States of the button of a kind of session.
 *
 * @enum {string}
 */
const State = {
  UNSUPPORTED: 'unsupported', INSECURE: 'insecure', REFUSED: 'refused', READY: 'ready', ENTERING: 'entering', INSIDE: 'inside',
};

/**
 * What the button says in each state; % is the kind of session.
 *
 * @type {!Object<string, {label: string, title: string}>}
 */
const TEXTS = {
  [State.UNSUPPORTED]: {label: 'No %', title: 'This browser has no headset for %. “What this device can do”, in the help, tells more.'},
  [State.INSECURE]: {label: '% needs HTTPS', title: 'Browsers give % to pages from https or localhost alone: open this page from such an address.'},
  [State.REFUSED]: {label: '% not allowed', title: 'The browser did not allow %. Allow it in the settings of this site, then press again.'},
  [State.READY]: {label: '%', title: 'Enter %'},
  [State.ENTERING]: {label: '%…', title: 'Entering %'},
  [State.INSIDE]: {label: 'Leave %', title: 'Leave %'},
};

/**
 * The buttons of sessions. Kinds that can be had are shown; when there are none, one button says why.
 *
 * @param {!Viewer} viewer
 * @param {!Element} host
 * @param {function(string)} say
 */
export function createEnter(viewer, host, say) {
  if (!viewer.stage) {
    return; // what is shown in two dimensions has no inside
  }
  const all = [new Enter(viewer, 'immersive-vr', 'VR', say), new Enter(viewer, 'immersive-ar', 'AR', say)];
  const show = () => {
    const isAny = all.some(each => each.isOffered);
    all.forEach((each, i) => void (each.button.hidden = isAny ? !each.isOffered : i > 0));
  };
  all.forEach(each => {
    each.onChange = show;
    host.append(each.button);
  });
  show();
  const ask = () => all.forEach(each => each.ask());
  const xr = xrOf();
  if (xr) {
    xr.addEventListener('devicechange', ask);
  }
  ask();
}

/** The button of one kind of session. */
class Enter {
  /**
   * @param {!Viewer} viewer
   * @param {string} mode as WebXR names it
   * @param {string} name for people
   * @param {function(string)} say
   */
  constructor(viewer, mode, name, say) {
    /** @private @const */
    this.viewer_ = viewer;
    /** @private @const {string} */
    this.mode_ = mode;
    /** @private @const {string} */
    this.name_ = name;
    /** @private @const */
    this.say_ = say;
    /** @private {?XrSession} */
    this.session_ = null;
    /** @private {string} */
    this.state_ = State.UNSUPPORTED;
    /** @type {function()} */
    this.onChange = () => {};
    this.button = el('button', {'type': 'button', 'class': 'enter', 'data-kind': name, 'onclick': () => this.press_()});
    this.become_(State.UNSUPPORTED);
  }

  /** @return {boolean} */
  get isOffered() {
    return this.state_ !== State.UNSUPPORTED && this.state_ !== State.INSECURE;
  }

  /** @param {string} state @private */
  become_(state) {
    this.state_ = state;
    const {label, title} = TEXTS[state];
    this.button.textContent = label.replace('%', this.name_);
    this.button.title = title.replace(/%/g, this.name_);
    this.button.dataset['state'] = state;
    this.button.setAttribute('aria-disabled', String(!this.isOffered));
    this.onChange();
  }

  /**
   * Asks the browser what there is.
   *
   * @return {!Promise<void>}
   */
  async ask() {
    const xr = xrOf();
    if (this.session_) {
      return;
    }
    if (!xr) {
      this.become_(window.isSecureContext ? State.UNSUPPORTED : State.INSECURE);
      return;
    }
    try {
      this.become_(await xr.isSessionSupported(this.mode_) ? State.READY : State.UNSUPPORTED);
    } catch (failure) {
      this.become_(State.REFUSED); // the page that holds this one did not pass the permission on
    }
  }

  /** @return {!Promise<void>} @private */
  async press_() {
    if (this.session_) {
      this.session_.end();
      return;
    }
    if (!this.isOffered) {
      this.say_(this.button.title);
      return;
    }
    this.become_(State.ENTERING);
    try {
      const xr = /** @type {!XrSystem} */ (xrOf());
      this.session_ = await xr.requestSession(this.mode_, this.wishes_());
    } catch (failure) {
      const {name, message} = /** @type {!Error} */ (failure);
      this.become_(name === 'NotAllowedError' || name === 'SecurityError' ? State.REFUSED : State.READY);
      this.say_(this.state_ === State.REFUSED ? this.button.title : `No session: ${message}`);
      return;
    }
    const session = /** @type {!XrSession} */ (this.session_);
    session.addEventListener('end', () => {
      this.session_ = null;
      this.become_(State.READY);
    });
    this.say_('');
    this.become_(State.INSIDE);
    await run(this.viewer_, /** @type {!Stage} */ (this.viewer_.stage), session, this.mode_ === 'immersive-ar');
  }

  /** @return {!Object<string, ?>} what is asked for @private */
  wishes_() {
    const isAr = this.mode_ === 'immersive-ar';
    const wishes = {'requiredFeatures': ['local-floor'], 'optionalFeatures': isAr ? AR_FEATURES : FEATURES};
    // Depth stays on the graphics card: copying it costs more than hiding a little is worth.
    return isAr ? Object.assign(wishes, {'depthSensing': {'usagePreference': ['gpu-optimized'], 'dataFormatPreference': []}}) : wishes;
  }
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
  const xr = /** @type {?} */ (renderer.xr);
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
      const layer = xr.getBaseLayer();
      viewer.uniforms.uHeight.value = layer ? layer.framebufferHeight || layer.textureHeight || 1600 : 1600;
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
    /** @type {?} */ (renderer).setClearAlpha(1);
    stage.resize();
  });
}
