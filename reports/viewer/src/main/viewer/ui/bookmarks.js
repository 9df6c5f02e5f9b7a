import {Viewer} from '../viewer.js';
import {NO_FILTER, RUN_AXES} from '../state.js';
import {day} from '../layout/ticks.js';
import {button, el, refill} from './dom.js';
import {later} from './list.js';

/** A commit's id, or as much of it as people write. */
const ID = /^[0-9a-f]{4,64}$/;

/**
 * What is shown, as the part of an address behind the #: it can be kept, sent and opened again.
 *
 * @param {!Viewer} viewer
 * @return {string}
 */
export function hashOf(viewer) {
  const {state, stage} = viewer;
  const parts = new URLSearchParams();
  parts.set('t', [state.from, state.span, state.now].map(Math.round).join('~'));
  if (state.a >= 0 || state.b >= 0) {
    parts.set('ab', [state.a, state.b].map(Math.round).join('~'));
  }
  if (state.selection) {
    parts.set('s', `${state.selection.kind}~${state.selection.index}`);
  }
  for (const name of Object.keys(NO_FILTER)) {
    if (state.filter[name] !== NO_FILTER[name]) {
      parts.set(`f.${name}`, String(state.filter[name]));
    }
  }
  if (state.runAxis !== 'auto') {
    parts.set('x', state.runAxis);
  }
  const hidden = Object.keys(state.layers).filter(name => !state.layers[name]);
  if (hidden.length > 0) {
    parts.set('h', hidden.join('~'));
  }
  if (stage) {
    parts.set('c', [...stage.rig.goal].map(value => value.toFixed(2)).join('~'));
  }
  return parts.toString();
}

/**
 * Shows what an address holds, and nothing that it does not hold.
 *
 * @param {!Viewer} viewer
 * @param {string} hash anything; what does not make sense is left out
 */
export function openHash(viewer, hash) {
  const {state, stage, manifest} = viewer;
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  /** @param {string} name @return {!Array<number>} */
  const numbers = name => (parts.get(name) || '').split('~').map(Number);
  const [from, span, now] = numbers('t');
  if ([from, span, now].every(Number.isFinite) && span > 0) {
    state.show(from, span);
    state.moveTo(now);
  }
  const [a, b] = parts.has('ab') ? numbers('ab') : [-1, -1];
  if (Number.isFinite(a) && Number.isFinite(b) && (a !== state.a || b !== state.b)) {
    state.compare(a, b);
  }
  /** @type {!Object<string, ?>} */
  const filter = Object.assign({}, NO_FILTER);
  for (const name of Object.keys(NO_FILTER)) {
    const value = parts.get(`f.${name}`);
    if (value !== null) {
      filter[name] = typeof NO_FILTER[name] === 'number' ? Number(value) || 0
        : typeof NO_FILTER[name] === 'boolean' ? value === 'true' : value;
    }
  }
  if (Object.keys(filter).some(name => filter[name] !== state.filter[name])) {
    state.filterBy(filter);
  }
  const axis = RUN_AXES.map(each => each[0]).find(each => each === parts.get('x')) || 'auto';
  if (axis !== state.runAxis) {
    state.setRunAxis(axis);
  }
  const hidden = (parts.get('h') || '').split('~');
  Object.keys(state.layers).filter(name => state.layers[name] === hidden.includes(name))
    .forEach(name => state.setLayer(name, !state.layers[name]));
  const camera = numbers('c');
  if (stage && camera.length === 6 && camera.every(Number.isFinite)) {
    stage.rig.go(camera, false);
  }
  const wanted = parts.get('commit') || '';
  if (ID.test(wanted)) {
    viewer.showId(wanted);
    return;
  }
  const [kind, index] = (parts.get('s') || '').split('~');
  const number = Number(index);
  const most = kind === 'commit' ? manifest.commits : kind === 'file' && viewer.city ? viewer.city.files
    : kind === 'series' && viewer.measurements ? viewer.measurements.benchmarks.length : 0;
  if (Number.isInteger(number) && number >= 0 && number < most) {
    state.select({kind, index: number});
  } else if (state.selection) {
    state.select(null);
  }
}

/**
 * @param {!Viewer} viewer
 * @param {!Element} host
 */
export function createBookmarks(viewer, host) {
  const state = viewer.state;
  const key = `nightjar.bookmarks.${viewer.manifest.repository}`;
  const list = el('ul', {'class': 'rows'});
  const name = /** @type {!HTMLInputElement} */ (el('input', {'type': 'text', 'maxlength': '80', 'autocomplete': 'off'}));
  const said = el('p', {'class': 'soft', 'role': 'status'});
  const write = () => {
    refill(list, ...read(key).map((mark, i) => el('li', {'class': 'mark'},
      button(mark[0], null, () => openHash(viewer, mark[1]), {'class': 'link'}),
      button(`Remove ${mark[0]}`, 'close', () => {
        keep(key, read(key).filter((_, j) => j !== i), said);
        write();
      }))));
  };
  host.append(
    el('form', {
      'class': 'add',
      'onsubmit': (/** !Event */ event) => {
        event.preventDefault();
        const text = name.value || day(viewer.manifest.first + state.now);
        keep(key, read(key).concat([[text, hashOf(viewer)]]), said);
        name.value = '';
        write();
      },
    }, el('label', {'class': 'field'}, el('span', null, 'Name'), name), el('button', {'type': 'submit'}, 'Keep this view')),
    list, said,
    el('p', {'class': 'soft'}, 'The address of this page always holds what you see: send it to share the view.'));
  write();
  const remember = later(() => history.replaceState(null, '', `#${hashOf(viewer)}`), 400);
  state.on(['time', 'moment', 'selection', 'filter', 'layers', 'compare'], () => {
    if (!state.isPlaying) {
      remember();
    }
  });
}

/**
 * @param {string} key
 * @return {!Array<!Array<string>>} name and hash of each
 */
function read(key) {
  try {
    const kept = JSON.parse(window.localStorage.getItem(key) || '[]');
    return Array.isArray(kept) ? kept.filter(mark => Array.isArray(mark) && mark.length === 2).map(mark => mark.map(String)) : [];
  } catch (failure) {
    return [];
  }
}

/**
 * @param {string} key
 * @param {!Array<!Array<string>>} marks
 * @param {!Element} said
 */
function keep(key, marks, said) {
  try {
    window.localStorage.setItem(key, JSON.stringify(marks));
    said.textContent = '';
  } catch (failure) {
    said.textContent = 'This browser keeps nothing for this page; the address still holds the view.';
  }
}
