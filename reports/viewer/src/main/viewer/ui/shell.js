import {Viewer} from '../viewer.js';
import {Stage} from '../scene/stage.js';
import {LAYERS} from '../state.js';
import {createBookmarks} from './bookmarks.js';
import {createCompare} from './compare.js';
import {createDetails} from './details.js';
import {createFiltering, clearFilter, searchForm} from './filters.js';
import {createList} from './list.js';
import {createTimeline} from './timeline.js';
import {createView} from './view.js';
import {button, el, focusIn, icon} from './dom.js';

/** A pointer that moved less than this part of the picture's height was a click. */
const CLICK = 0.012;

const KEYS = [
  ['Space', 'play or pause'], [', .', 'a step back or on'], ['Home End', 'to the begin or end of the shown time'],
  ['+ −', 'show less or more time'], ['[ ]', 'move the shown time'], ['Arrows', 'turn the scene; with Shift move it'],
  ['Page up, page down', 'nearer or farther'], ['0', 'back to the first view'], ['1 to 5', 'switch layers'],
  ['n p', 'next or previous commit'], ['/', 'search'], ['Enter', 'in the search: select the first that it finds'], ['l', 'list of everything shown'], ['?', 'this help'], ['Esc', 'close, then clear'],
];

/**
 * All that lies around the scene.
 *
 * @param {!Viewer} viewer
 * @param {!HTMLElement} host
 * @return {{say: function(string), buttons: !HTMLElement, open: function(string)}}
 */
export function createShell(viewer, host) {
  const {state, manifest} = viewer;
  const status = el('p', {'class': 'status', 'role': 'status'});
  /** @param {string} text */
  const say = text => void (status.textContent = text);
  const buttons = el('div', {'class': 'buttons'});
  const bar = el('header', {'class': 'bar'},
    el('p', {'class': 'brand'}, logo(), el('a', {'href': '../index.html', 'title': 'The report'}, 'Nightjar')),
    el('p', {'class': 'repository'}, el('bdi', null, manifest.repository),
      el('span', {'class': 'soft'}, ` ${manifest.commits.toLocaleString('en')} commits`)),
    searchForm(viewer), status, buttons);
  const side = el('aside', {'class': 'panel side', 'aria-label': 'Layers, legend and filters'});
  const main = el('section', {'class': 'panel main', 'aria-label': 'Details'});
  const footer = el('footer', {'class': 'foot'});
  const progress = /** @type {!HTMLProgressElement} */ (el('progress', {'class': 'progress', 'max': '1', 'value': '0', 'aria-label': 'Loading commits'}));
  host.append(bar, side, main, footer, progress);

  /** @type {!Map<string, {body: !HTMLElement, toggle: !HTMLElement}>} */
  const panels = new Map();
  let opened = '';
  const title = el('h2');
  const content = el('div', {'class': 'content'});
  main.append(el('div', {'class': 'head'}, title, button('Close', 'close', () => open(''))), content);
  /** Notes what lies over the scene, and lets the panels end above the line of time. */
  const cover = () => {
    host.style.setProperty('--foot', `${footer.offsetHeight}px`);
    const isWide = window.innerWidth > 900;
    const left = isWide && !side.hidden ? side.offsetWidth + 12 : 0;
    const right = isWide && opened ? main.offsetWidth + 12 : 0;
    const low = !isWide && (opened || !side.hidden) ? window.innerHeight * 0.46 : 0;
    viewer.covered = [bar.offsetHeight + 12, right, footer.offsetHeight + 12 + low, left];
    if (viewer.stage) {
      viewer.stage.covered = viewer.covered;
      viewer.stage.resize();
    }
    state.tell('cover');
  };
  /** @param {string} name '' closes */
  const open = name => {
    const before = opened;
    const hadFocus = main.contains(document.activeElement);
    opened = name;
    main.hidden = name === '';
    host.classList.toggle('has-main', name !== '');
    panels.forEach((panel, each) => {
      panel.body.hidden = each !== name;
      panel.toggle.setAttribute('aria-expanded', String(each === name));
    });
    title.textContent = name;
    cover();
    if (hadFocus && name !== before) {
      // What had the focus is hidden now: it goes to what is shown instead, or back to what opened it.
      const panel = panels.get(name || before);
      if (name === '') {
        focusOr(panel ? panel.toggle : null, viewer, host);
      } else {
        title.setAttribute('tabindex', '-1');
        title.focus();
      }
    }
    if (name === 'List') {
      writeList();
    }
  };
  /** @param {string} name @param {string} shape @return {!HTMLElement} */
  const panel = (name, shape) => {
    const body = el('div', {'hidden': true});
    const toggle = button(name, shape, () => open(opened === name ? '' : name), {'aria-expanded': 'false'});
    buttons.append(toggle);
    content.append(body);
    panels.set(name, {body, toggle});
    return body;
  };
  const viewToggle = button('Layers and legend', 'view', () => showSide(side.hidden), {'aria-expanded': 'true'});
  /** @param {boolean} isShown */
  const showSide = isShown => {
    side.hidden = !isShown;
    cover();
    viewToggle.setAttribute('aria-expanded', String(isShown));
  };
  buttons.append(viewToggle);
  const writeList = createList(viewer, panel('List', 'list'), () => opened === 'List');
  const details = el('div', {'hidden': true});
  content.append(details);
  panels.set('Details', {body: details, toggle: el('span')});
  createDetails(viewer, details, () => open('Details'));
  createCompare(viewer, panel('Compare', 'compare'));
  createBookmarks(viewer, panel('Bookmarks', 'bookmark'));
  writeHelp(panel('Help', 'help'));
  createView(viewer, side);
  createFiltering(viewer, say);
  createTimeline(viewer, footer);
  open('');
  showSide(window.innerWidth > 900);
  window.addEventListener('resize', cover);
  state.on(['matches'], () => {
    if (viewer.matches >= 0 && opened === '') {
      open('List');
    }
  });
  viewer.onProblem.push(message => showProblem(host, message));
  viewer.onData.push(() => {
    progress.value = viewer.progress;
    progress.hidden = viewer.isSettled || viewer.progress >= 1;
  });
  if (viewer.stage) {
    viewer.stage.rig.go(viewer.stage.home, true);
    buttons.append(button('Back to the first view', 'home', () => viewer.goHome()));
    listenToPointer(viewer);
  }
  listenToKeys(viewer, open, () => opened);
  return {say, buttons, open};
}

/**
 * Focuses a button where it is one that is seen, else the scene.
 *
 * @param {?HTMLElement} toggle
 * @param {!Viewer} viewer
 * @param {!HTMLElement} host
 */
function focusOr(toggle, viewer, host) {
  const scene = /** @type {?HTMLElement} */ (host.querySelector('#scene'));
  if (toggle && toggle.isConnected) {
    toggle.focus();
  } else if (scene) {
    scene.focus();
  } else {
    focusIn(host);
  }
}

/** @return {!Element} */
function logo() {
  const moon = icon('M10.5 2a6.3 6.3 0 1 0 3.5 9 5.5 5.5 0 0 1-3.5-9z');
  moon.classList.add('moon');
  return moon;
}

/** @param {!Element} host */
function writeHelp(host) {
  const list = el('dl', {'class': 'keys'});
  KEYS.forEach(([keys, meaning]) => list.append(el('div', null, el('dt', null, el('kbd', null, keys)), el('dd', null, meaning))));
  host.append(
    el('p', null, 'Behind: commits in the order of time from left to right, the default branch in the middle, branches to its sides and as much higher as merges lie between. In front: files as houses, as they were at the shown moment.'),
    el('p', null, 'Drag to turn, drag with the right button or two fingers to move, use the wheel or a pinch to go nearer. Click to select. Drag on the bars below to choose a time.'),
    list,
    el('p', null, el('a', {'href': '?diagnose'}, 'What this device can do'), ' · ', el('a', {'href': '../index.html'}, 'The report')));
}

/**
 * @param {!Element} host
 * @param {string} message
 */
export function showProblem(host, message) {
  const old = host.querySelectorAll('.problems li');
  if ([...old].some(item => item.textContent === message) || old.length > 5) {
    return;
  }
  let list = host.querySelector('.problems');
  if (!list) {
    list = el('ul', {'class': 'problems', 'role': 'alert'});
    host.append(list);
  }
  list.append(el('li', null, message));
}

/** @param {!Viewer} viewer */
function listenToPointer(viewer) {
  const stage = /** @type {!Stage} */ (viewer.stage);
  const canvas = stage.canvas;
  stage.rig.listen(canvas);
  let isAsking = false;
  /** @param {!PointerEvent} event @return {!Array<number>} */
  const rayOf = event => {
    const box = canvas.getBoundingClientRect();
    return stage.rayAt((event.clientX - box.left) / box.width * 2 - 1, 1 - (event.clientY - box.top) / box.height * 2);
  };
  canvas.addEventListener('pointerup', async event => {
    const pointer = /** @type {!PointerEvent} */ (event);
    if (stage.rig.moved < CLICK && pointer.button === 0) {
      viewer.state.select(await viewer.pick(rayOf(pointer), pointer.pointerType === 'touch' ? 0.03 : 0.013));
    }
  });
  canvas.addEventListener('pointermove', async event => {
    const pointer = /** @type {!PointerEvent} */ (event);
    if (pointer.buttons === 0 && pointer.pointerType === 'mouse' && !isAsking) {
      isAsking = true;
      canvas.style.cursor = await viewer.pick(rayOf(pointer)) ? 'pointer' : 'grab';
      isAsking = false;
    }
  });
}

/**
 * @param {!Viewer} viewer
 * @param {function(string)} open
 * @param {function(): string} opened
 */
function listenToKeys(viewer, open, opened) {
  const {state, stage} = viewer;
  /** @param {number} part */
  const step = part => state.moveTo(state.now + part * state.span);
  /** @type {!Object<string, function(boolean)>} */
  const keys = {
    ' ': () => state.play(!state.isPlaying),
    ',': () => step(-0.01),
    '.': () => step(0.01),
    'Home': () => state.moveTo(state.from),
    'End': () => state.moveTo(state.from + state.span),
    '+': () => state.show(state.now - (state.now - state.from) / 2, state.span / 2),
    '=': () => state.show(state.now - (state.now - state.from) / 2, state.span / 2),
    '-': () => state.show(state.now - (state.now - state.from) * 2, state.span * 2),
    '[': () => state.show(state.from - state.span / 10, state.span),
    ']': () => state.show(state.from + state.span / 10, state.span),
    '0': () => viewer.goHome(),
    'n': () => viewer.selectNext(1),
    'p': () => viewer.selectNext(-1),
    '?': () => open('Help'),
    'l': () => open(opened() === 'List' ? '' : 'List'),
    '/': () => /** @type {!HTMLElement} */ (document.getElementById('search')).focus(),
    'Escape': () => {
      if (opened()) {
        open('');
      } else {
        state.select(null);
        clearFilter(viewer);
      }
    },
  };
  LAYERS.forEach(([name], i) => void (keys[String(i + 1)] = () => state.setLayer(name, !state.layers[name])));
  if (stage) {
    const rig = stage.rig;
    /** @param {number} dx @param {number} dy @return {function(boolean)} */
    const arrow = (dx, dy) => isShifted => isShifted ? rig.pan(dx, dy) : rig.turn(dx, dy);
    Object.assign(keys, {
      'ArrowLeft': arrow(0.04, 0), 'ArrowRight': arrow(-0.04, 0), 'ArrowUp': arrow(0, 0.04), 'ArrowDown': arrow(0, -0.04),
      'PageUp': () => rig.zoom(0.85), 'PageDown': () => rig.zoom(1.18),
    });
  }
  document.addEventListener('keydown', event => {
    const key = /** @type {!KeyboardEvent} */ (event);
    const target = /** @type {!Element} */ (key.target);
    const act = keys[key.key];
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
    const isOwn = isTyping || (target.tagName === 'BUTTON' && key.key === ' ') || (target.tagName === 'A')
      || (target.classList.contains('scroll') && /^(Arrow|Page|Home|End)/.test(key.key));
    if (!act || key.ctrlKey || key.metaKey || key.altKey || (isOwn && key.key !== 'Escape')) {
      return;
    }
    key.preventDefault();
    act(key.shiftKey);
  });
}

