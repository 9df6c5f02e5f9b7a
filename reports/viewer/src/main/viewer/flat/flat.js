import {Viewer} from '../viewer.js';
import {stateAt} from '../data/city.js';
import {laneOffset, CITY_Z, LENGTH, RIVER_HALF} from '../layout/place.js';
import {HEAT, PALETTES, THEMES, CHANGE} from '../scene/palette.js';

/** Commits that are drawn; more are drawn in part, evenly chosen. */
const MOST_DOTS = 40000;

/**
 * The same in two dimensions, where there is no WebGL 2: the river from above, the files as a map.
 *
 * @param {!Viewer} viewer
 * @param {!HTMLCanvasElement} canvas
 */
export function createFlat(viewer, canvas) {
  let isAsked = false;
  const ask = () => {
    if (!isAsked) {
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        draw(viewer, canvas);
      });
    }
  };
  viewer.state.on(['time', 'moment', 'layers', 'paint', 'selection', 'matches', 'compare', 'cover'], ask);
  viewer.onData.push(ask);
  new ResizeObserver(ask).observe(canvas);
  canvas.addEventListener('click', event => choose(viewer, canvas, /** @type {!MouseEvent} */ (event)));
  let last = 0;
  /** @param {number} time */
  const play = time => {
    const state = viewer.state;
    if (state.isPlaying) {
      const next = state.now + (time - last) / 1000 * state.speed * state.span;
      state.moveTo(next);
      if (next >= state.from + state.span) {
        state.play(false);
      }
    }
    last = time;
    requestAnimationFrame(play);
  };
  requestAnimationFrame(play);
  ask();
}

/**
 * @param {!Viewer} viewer
 * @param {!HTMLCanvasElement} canvas
 * @return {{x: function(number): number, riverY: function(number): number, cityX: number, cityY: number, cityScale: number, cityRise: number}}
 */
function measures(viewer, canvas) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const [over, right, under, left] = viewer.covered;
  const top = over + 16;
  const begin = left + 16;
  const free = Math.max(100, width - left - right - 32);
  const riverHeight = Math.max(60, height - over - under - 56) * 0.5;
  const {from, span} = viewer.state;
  return {
    x: seconds => begin + (seconds - from) / span * free,
    riverY: lane => top + riverHeight / 2 + laneOffset(lane, viewer.manifest.lanes) / RIVER_HALF * riverHeight / 2,
    cityX: begin,
    cityY: top + riverHeight + 24,
    cityScale: free / LENGTH,
    cityRise: Math.max(60, riverHeight - 16) / viewer.manifest.cityLength,
  };
}

/**
 * @param {!Viewer} viewer
 * @param {!HTMLCanvasElement} canvas
 */
function draw(viewer, canvas) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  const context = /** @type {!CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const mode = viewer.state.isDark ? 'dark' : 'light';
  context.scale(ratio, ratio);
  context.fillStyle = THEMES[mode].bottom;
  context.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  if (viewer.state.layers['commits']) {
    drawCommits(viewer, context, canvas, mode);
  }
  if (viewer.state.layers['files']) {
    drawFiles(viewer, context, canvas, mode);
  }
}

/**
 * @param {!Viewer} viewer
 * @param {!CanvasRenderingContext2D} context
 * @param {!HTMLCanvasElement} canvas
 * @param {string} mode
 */
function drawCommits(viewer, context, canvas, mode) {
  const {commits, range, state, mask} = viewer;
  const at = measures(viewer, canvas);
  const colours = PALETTES[state.palette][mode];
  const step = Math.max(1, Math.ceil((range.last - range.first) / MOST_DOTS));
  for (let i = range.first; i < range.last; i += step) {
    const seconds = commits.seconds(i);
    if (!commits.isLoaded(i) || seconds > state.now) {
      continue;
    }
    const isChosen = state.selection !== null && state.selection.kind === 'commit' && state.selection.index === i;
    context.globalAlpha = mask && !mask[i] ? 0.1 : 0.8;
    context.fillStyle = isChosen ? THEMES[mode].ink : colours[Math.min(8, commits.authors[i])];
    const size = isChosen ? 9 : 3;
    context.fillRect(at.x(seconds) - size / 2, at.riverY(commits.lane(i)) - size / 2, size, size);
  }
  context.globalAlpha = 1;
  context.strokeStyle = THEMES[mode].ink;
  for (const [position] of viewer.manifest.suspects) {
    const suspect = /** @type {number} */ (position);
    if (commits.isLoaded(suspect) && suspect >= range.first && suspect < range.last) {
      context.strokeRect(at.x(commits.seconds(suspect)) - 7, at.riverY(commits.lane(suspect)) - 7, 14, 14);
    }
  }
}

/**
 * @param {!Viewer} viewer
 * @param {!CanvasRenderingContext2D} context
 * @param {!HTMLCanvasElement} canvas
 * @param {string} mode
 */
function drawFiles(viewer, context, canvas, mode) {
  const city = viewer.city;
  if (!city) {
    return;
  }
  const {state} = viewer;
  const at = measures(viewer, canvas);
  const moment = viewer.momentOf(state.isComparing ? state.a : state.now);
  const later = viewer.momentOf(state.b);
  const ramp = state.isComparing ? CHANGE[mode] : HEAT[mode];
  for (let i = 0; i < city.files; i++) {
    const size = stateAt(city, i, moment, 0);
    const next = state.isComparing ? stateAt(city, i, later, 0) : size;
    if (Math.max(size, next) <= 0) {
      continue;
    }
    const heat = state.isComparing ? 0.5 + Math.max(-0.5, Math.min(0.5, (next - size) / 60)) : stateAt(city, i, moment, 1) / 255;
    const [x, z, width, length] = city.boxes.subarray(5 * i, 5 * i + 4);
    const isChosen = state.selection !== null && state.selection.kind === 'file' && state.selection.index === i;
    context.fillStyle = isChosen ? THEMES[mode].ink : ramp[Math.round(heat * 4)];
    context.fillRect(at.cityX + (x + LENGTH / 2) * at.cityScale, at.cityY + (z - CITY_Z) * at.cityRise,
      Math.max(1, width * at.cityScale - 1), Math.max(1, length * at.cityRise - 1));
  }
}

/**
 * @param {!Viewer} viewer
 * @param {!HTMLCanvasElement} canvas
 * @param {!MouseEvent} event
 */
function choose(viewer, canvas, event) {
  const box = canvas.getBoundingClientRect();
  const px = event.clientX - box.left;
  const py = event.clientY - box.top;
  const at = measures(viewer, canvas);
  const {commits, range, state, city} = viewer;
  let best = -1;
  let nearest = 144;
  for (let i = range.first; i < range.last; i++) {
    const dx = at.x(commits.seconds(i)) - px;
    const dy = at.riverY(commits.lane(i)) - py;
    if (commits.isLoaded(i) && commits.seconds(i) <= state.now && dx * dx + dy * dy < nearest) {
      nearest = dx * dx + dy * dy;
      best = i;
    }
  }
  if (best >= 0) {
    state.select({kind: 'commit', index: best});
    return;
  }
  const x = (px - at.cityX) / at.cityScale - LENGTH / 2;
  const z = (py - at.cityY) / at.cityRise + CITY_Z;
  for (let i = 0; city && i < city.files; i++) {
    const [left, back, width, length] = city.boxes.subarray(5 * i, 5 * i + 4);
    if (x >= left && x < left + width && z >= back && z < back + length) {
      state.select({kind: 'file', index: i});
      return;
    }
  }
  state.select(null);
}
