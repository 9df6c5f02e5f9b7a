import {Viewer} from '../viewer.js';
import {day, moment} from '../layout/ticks.js';
import {button, choice, el, icon, refill, ICONS} from './dom.js';

const STEPS = 1000;

/**
 * The line of time: the whole history as bars with the shown range on it, which is also the map of
 * where one is; the moment as a slider; playing, stepping and zooming.
 *
 * @param {!Viewer} viewer
 * @param {!Element} host
 */
export function createTimeline(viewer, host) {
  const {state, manifest} = viewer;
  const slider = /** @type {!HTMLInputElement} */ (el('input', {
    'type': 'range', 'min': 0, 'max': STEPS, 'value': STEPS, 'step': 1, 'class': 'moment', 'aria-label': 'Moment',
    'oninput': () => state.moveTo(state.from + state.span * Number(slider.value) / STEPS),
  }));
  const date = el('output', {'class': 'date'});
  const range = el('span', {'class': 'range'});
  const playing = button('Play', 'play', () => state.play(!state.isPlaying), {'class': 'round'});
  const map = /** @type {!HTMLCanvasElement} */ (el('canvas', {'class': 'map', 'aria-hidden': 'true'}));
  /** @param {number} part */
  const step = part => state.moveTo(state.now + part * state.span);
  /** @param {number} factor */
  const zoom = factor => state.show(state.now - (state.now - state.from) * factor, state.span * factor);
  const newest = manifest.runs.length > 0 ? /** @type {number} */ (manifest.runs[0][0]) - manifest.first : -1;
  const controls = el('div', {'class': 'controls'},
    button('Step back', 'back', () => step(-0.01)), playing, button('Step on', 'on', () => step(0.01)),
    choice('Speed', [['0.0083', 'slow'], ['0.0333', 'normal'], ['0.1', 'fast'], ['0.3', 'fastest']], '0.0333',
      value => void (state.speed = Number(value))),
    date,
    el('span', {'class': 'zooms'},
      range,
      button('Show less time', 'more', () => zoom(0.5)),
      button('Show more time', 'less', () => zoom(2)),
      button('All', null, () => state.show(0, viewer.wholeSpan), {'title': 'Show the whole history'}),
      button('Year', null, () => state.show(state.now - 31557600 / 2, 31557600)),
      button('Month', null, () => state.show(state.now - 1314900, 2629800)),
      newest < 0 ? null : button('Last run', null, () => showRun(viewer), {'title': 'Show the time of the newest run'})));
  host.append(el('div', {'class': 'timeline', 'role': 'group', 'aria-label': 'Time'}, controls, map, slider));

  /** What is written: the date's unit and number of units, and the slider's step. */
  let unit = 0;
  let units = -1;
  let at = -1;
  const write = () => {
    // Playing moves it at every frame: nothing is made and written that would read as before.
    const nextUnit = state.span < 40 * 86400 ? 60 : 86400;
    const nextUnits = Math.floor((manifest.first + state.now) / nextUnit);
    const nextAt = Math.round((state.now - state.from) / state.span * STEPS);
    if (nextUnit !== unit || nextUnits !== units) {
      unit = nextUnit;
      units = nextUnits;
      date.textContent = unit === 60 ? moment(units * unit) : day(units * unit);
    }
    if (nextAt !== at) {
      at = nextAt;
      slider.value = String(at);
      slider.setAttribute('aria-valuetext', moment(manifest.first + state.now));
    }
  };
  const writeRange = () => {
    const begin = manifest.first + state.from;
    const end = begin + state.span;
    range.textContent = state.span < 2 * 86400 ? `${moment(begin)} – ${moment(end)}` : `${day(begin)} – ${day(end)}`;
    drawMap(viewer, map);
  };
  state.on(['moment'], write);
  state.on(['time', 'paint', 'compare'], writeRange);
  state.on(['play'], () => {
    refill(playing, icon(state.isPlaying ? ICONS.pause : ICONS.play));
    playing.setAttribute('aria-label', state.isPlaying ? 'Pause' : 'Play');
  });
  dragMap(viewer, map);
  new ResizeObserver(() => drawMap(viewer, map)).observe(map);
  write();
  writeRange();
}

/**
 * Shows the time of the newest run, with some before it.
 *
 * @param {!Viewer} viewer
 */
export function showRun(viewer) {
  const {state, manifest} = viewer;
  const telemetry = viewer.measurements ? viewer.measurements.telemetry : null;
  const hasTelemetry = telemetry !== null && telemetry.to > telemetry.from;
  const from = hasTelemetry ? telemetry.from : /** @type {number} */ (manifest.runs[0][0]);
  const span = hasTelemetry ? (telemetry.to - telemetry.from) * 1.04 : 3600;
  state.show(from - manifest.first - span * 0.02, span);
  state.moveTo(state.from + state.span);
}

/**
 * @param {!Viewer} viewer
 * @param {!HTMLCanvasElement} map
 */
function drawMap(viewer, map) {
  const {state, manifest} = viewer;
  const ratio = window.devicePixelRatio || 1;
  const width = map.width = Math.max(1, Math.round(map.clientWidth * ratio));
  const height = map.height = Math.max(1, Math.round(map.clientHeight * ratio));
  const context = /** @type {!CanvasRenderingContext2D} */ (map.getContext('2d'));
  const style = getComputedStyle(map);
  const ink = style.getPropertyValue('--bars');
  const accent = style.getPropertyValue('--accent');
  const end = Math.max(1, state.end);
  const most = Math.max(1, ...manifest.activity);
  const scale = (manifest.last - manifest.first) / end * width / manifest.activity.length;
  const first = state.from / end * width;
  const last = (state.from + state.span) / end * width;
  context.clearRect(0, 0, width, height);
  manifest.activity.forEach((commits, i) => {
    const bar = Math.sqrt(commits / most) * (height - 6 * ratio);
    const x = i * scale;
    context.fillStyle = x + scale > first && x < last ? accent : ink;
    context.fillRect(x, height - bar, Math.max(1, scale - 0.5), bar);
  });
  context.fillStyle = '#f2a65a';
  manifest.runs.forEach(run => {
    const at = Math.min(width - ratio, (/** @type {number} */ (run[0]) - manifest.first) / end * width);
    context.fillRect(at - ratio, 0, 2 * ratio, 5 * ratio);
  });
  context.strokeStyle = accent;
  context.lineWidth = 1.5 * ratio;
  context.strokeRect(first + ratio, ratio, Math.max(4 * ratio, last - first - 2 * ratio), height - 2 * ratio);
}

/**
 * Dragging on the map moves the shown time; dragging from outside it chooses a new one.
 *
 * @param {!Viewer} viewer
 * @param {!HTMLCanvasElement} map
 */
function dragMap(viewer, map) {
  const state = viewer.state;
  let begin = -1;
  let grip = -1;
  /** @param {!PointerEvent} event @return {number} */
  const at = event => Math.min(1, Math.max(0, (event.clientX - map.getBoundingClientRect().left) / map.clientWidth)) * state.end;
  map.addEventListener('pointerdown', event => {
    const pointer = /** @type {!PointerEvent} */ (event);
    map.setPointerCapture(pointer.pointerId);
    begin = at(pointer);
    const isInside = begin >= state.from && begin <= state.from + state.span && state.span < state.end * 0.98;
    grip = isInside ? begin - state.from : -1;
  });
  map.addEventListener('pointermove', event => {
    const here = at(/** @type {!PointerEvent} */ (event));
    if (begin >= 0 && grip >= 0) {
      state.show(here - grip, state.span);
    } else if (begin >= 0 && Math.abs(here - begin) > state.end / 300) {
      state.show(Math.min(here, begin), Math.abs(here - begin));
      state.moveTo(state.from + state.span);
    }
  });
  for (const type of ['pointerup', 'pointercancel']) {
    map.addEventListener(type, () => void (begin = -1));
  }
}
