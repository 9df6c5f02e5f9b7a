import {Library} from './data/library.js';
import {createFlat} from './flat/flat.js';
import {State} from './state.js';
import {createShell, showProblem} from './ui/shell.js';
import {openHash} from './ui/bookmarks.js';
import {showDiagnosis} from './ui/diagnose.js';
import {el} from './ui/dom.js';
import {Viewer} from './viewer.js';
import {createEnter} from './xr/enter.js';

/**
 * What other programs on the page may use: the viewer once there is one, and whether all of it is
 * loaded.
 *
 * @typedef {{viewer: ?Viewer, isLoaded: boolean}}
 */
let Handle;

/** @type {!Handle} */
const handle = {viewer: null, isLoaded: false};

/** @return {boolean} */
function hasWebGl() {
  if (location.search.includes('flat')) {
    return false;
  }
  const probe = /** @type {!HTMLCanvasElement} */ (document.createElement('canvas')).getContext('webgl2');
  const lose = probe ? /** @type {?} */ (probe).getExtension('WEBGL_lose_context') : null;
  if (lose) {
    lose.loseContext();
  }
  return probe !== null;
}

/**
 * @param {!HTMLElement} host
 * @return {!Promise<void>}
 */
async function start(host) {
  if (location.search.includes('diagnose')) {
    await showDiagnosis(host);
    return;
  }
  const library = await Library.open(document.body.dataset['pages'] || 'data');
  const manifest = library.manifest;
  const newest = manifest.runs.reduce((a, run) => Math.max(a, /** @type {number} */ (run[0])), manifest.last);
  const state = new State(Math.max(60, Math.max(manifest.last, newest) - manifest.first + 600));
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  state.isDark = dark.matches;
  const is3d = hasWebGl();
  const canvas = /** @type {!HTMLCanvasElement} */ (el('canvas', {
    'id': 'scene', 'tabindex': '0', 'role': 'application',
    'aria-label': 'The repository as a scene. Arrow keys turn it, n and p select commits, l lists everything shown.',
  }));
  host.append(canvas);
  const viewer = new Viewer(library, state, is3d ? canvas : null);
  handle.viewer = viewer;
  state.span = viewer.wholeSpan;
  state.now = state.span;
  const shell = createShell(viewer, host);
  if (!is3d) {
    createFlat(viewer, canvas);
    showProblem(host, 'This browser has no WebGL 2: the repository is shown in two dimensions.');
  }
  dark.addEventListener('change', () => {
    state.isDark = dark.matches;
    state.tell('paint');
  });
  watch(viewer, canvas, host);
  createEnter(viewer, shell.buttons, shell.say);
  await viewer.begin();
  /** @type {!Element} */ (document.getElementById('loading')).remove();
  const wanted = location.hash;
  await viewer.loadRest();
  if (wanted) {
    openHash(viewer, wanted);
  }
  window.addEventListener('hashchange', () => openHash(viewer, location.hash));
  shell.say('');
  handle.isLoaded = true;
}

/**
 * @param {!Viewer} viewer
 * @param {!HTMLCanvasElement} canvas
 * @param {!HTMLElement} host
 */
function watch(viewer, canvas, host) {
  const stage = viewer.stage;
  if (!stage) {
    return;
  }
  new ResizeObserver(() => stage.resize()).observe(canvas);
  stage.resize();
  canvas.addEventListener('webglcontextlost', event => {
    event.preventDefault();
    showProblem(host, 'The graphics card gave up the picture; it comes back when it can. The list still works.');
  });
  canvas.addEventListener('webglcontextrestored', () => {
    const list = host.querySelector('.problems');
    if (list) {
      list.remove();
    }
    stage.resize();
  });
}

globalThis['nightjar'] = handle;
const host = /** @type {!HTMLElement} */ (document.getElementById('viewer'));
start(host).catch(failure => {
  const loading = document.getElementById('loading') || host.appendChild(el('p', {'id': 'loading', 'class': 'loading'}));
  loading.textContent = `The viewer could not start: ${/** @type {!Error} */ (failure).message}`;
  loading.setAttribute('role', 'alert');
  throw failure;
});
