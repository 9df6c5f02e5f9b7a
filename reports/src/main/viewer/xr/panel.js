import * as THREE from '../three/three.module.js';
import {Viewer} from '../viewer.js';
import {day, moment} from '../layout/ticks.js';
import {shownCommits} from '../ui/list.js';
import {positionOf} from '../scene/three.js';

const WIDTH = 1024;
const HEIGHT = 640;
const METRES = 0.62;
const ROWS = 5;

/** Drawing it and sending it to the graphics card is dear. */
const FRAMES_BETWEEN = 8;

/**
 * A place on the panel that does something.
 *
 * @typedef {{x: number, y: number, width: number, height: number, act: function(number)}}
 */
export let Field;

/**
 * The panel that goes along in a headset: the moment, playing, layers, what is selected, and the
 * commits that are shown or found. One picture on one plane; a ray or a finger's tip presses it.
 */
export class XrPanel {
  /**
   * @param {!Viewer} viewer
   * @param {function()} end ends the session
   */
  constructor(viewer, end) {
    /** @private @const */
    this.viewer_ = viewer;
    /** @private @const */
    this.end_ = end;
    /** @private @const */
    this.canvas_ = /** @type {!HTMLCanvasElement} */ (document.createElement('canvas'));
    this.canvas_.width = WIDTH;
    this.canvas_.height = HEIGHT;
    /** @private @const */
    this.texture_ = new THREE.CanvasTexture(this.canvas_);
    const material = new THREE.MeshBasicMaterial({map: this.texture_, transparent: true, side: THREE.DoubleSide});
    this.mesh = new THREE.Mesh(new THREE.PlaneGeometry(METRES, METRES * HEIGHT / WIDTH), material);
    this.mesh.renderOrder = 20;
    /** @private {!Array<!Field>} */
    this.fields_ = [];
    /** @private {!Array<string>} */
    this.lines_ = [];
    /** @private {string} */
    this.chosen_ = '';
    /** @private {!Array<number>} */
    this.commits_ = [];
    /** @private {number} */
    this.turn_ = 0;
    /** @private {number} */
    this.waited_ = FRAMES_BETWEEN;
    this.isDirty = true;
    const dirty = () => void (this.isDirty = true);
    this.viewer_.state.on(['moment', 'time', 'selection', 'play', 'layers', 'matches'], dirty);
    this.viewer_.state.on(['time', 'matches', 'selection'], () => {
      this.fetch_();
    });
    this.fetch_();
  }

  /** @return {!Promise<void>} @private */
  async fetch_() {
    const turn = ++this.turn_;
    const {library, state} = this.viewer_;
    const selection = state.selection;
    const commits = shownCommits(this.viewer_).slice(0, ROWS);
    const first = selection && selection.kind === 'commit' ? [selection.index] : [];
    try {
      const subjects = await library.subjects(first.concat(commits));
      const path = selection && selection.kind === 'file' && this.viewer_.city
        ? (await library.pathNames([this.viewer_.city.paths[selection.index]]))[0] : '';
      if (turn === this.turn_) {
        this.chosen_ = path || (first.length > 0 ? subjects[0] : '');
        this.lines_ = subjects.slice(first.length);
        this.commits_ = commits;
        this.isDirty = true;
      }
    } catch (failure) {
      this.chosen_ = /** @type {!Error} */ (failure).message;
    }
  }

  /** Draws it anew when something changed, but not in every frame while time passes. */
  draw() {
    this.waited_++;
    if (!this.isDirty || this.waited_ < FRAMES_BETWEEN) {
      return;
    }
    this.isDirty = false;
    this.waited_ = 0;
    const {state, manifest} = this.viewer_;
    const context = /** @type {!CanvasRenderingContext2D} */ (this.canvas_.getContext('2d'));
    this.fields_ = [];
    context.clearRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = '#11152290';
    roundRect(context, 0, 0, WIDTH, HEIGHT, 36);
    context.fillStyle = '#141826f2';
    roundRect(context, 4, 4, WIDTH - 8, HEIGHT - 8, 34);
    text(context, manifest.repository, 40, 62, 34, '#eae7e0', 560);
    const now = manifest.first + state.now;
    text(context, state.span < 40 * 86400 ? moment(now) : day(now), 40, 118, 44, '#aab0ff', 620);
    this.slider_(context, 40, 146, WIDTH - 80);
    this.buttons_(context, 216);
    text(context, this.chosen_ || 'Point at something and press to select it.', 40, 336, 30, '#ffffff', WIDTH - 80);
    this.lines_.forEach((line, i) => {
      const y = 372 + i * 50;
      this.field_(context, 30, y, WIDTH - 60, 44, '#20263a', () => state.select({kind: 'commit', index: this.commits_[i]}));
      text(context, line || '(no message)', 48, y + 31, 25, '#c9cede', WIDTH - 110);
    });
    this.texture_.needsUpdate = true;
  }

  /**
   * @param {!CanvasRenderingContext2D} context
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @private
   */
  slider_(context, x, y, width) {
    const state = this.viewer_.state;
    this.field_(context, x, y, width, 44, '#20263a', part => state.moveTo(state.from + part * state.span));
    context.fillStyle = '#aab0ff';
    roundRect(context, x, y, Math.max(22, width * (state.now - state.from) / state.span), 44, 22);
  }

  /**
   * @param {!CanvasRenderingContext2D} context
   * @param {number} y
   * @private
   */
  buttons_(context, y) {
    const state = this.viewer_.state;
    /** @type {!Array<!Array<(string|function())>>} */
    const all = [
      ['−1 %', () => state.moveTo(state.now - state.span / 100)],
      [state.isPlaying ? 'Pause' : 'Play', () => state.play(!state.isPlaying)],
      ['+1 %', () => state.moveTo(state.now + state.span / 100)],
      ['Less', () => state.show(state.now - (state.now - state.from) / 2, state.span / 2)],
      ['More', () => state.show(state.now - (state.now - state.from) * 2, state.span * 2)],
      ['Files', () => state.setLayer('files', !state.layers['files'])],
      ['Leave', () => this.end_()],
    ];
    const width = (WIDTH - 80 - 6 * 10) / 7;
    all.forEach(([label, act], i) => {
      const x = 40 + i * (width + 10);
      this.field_(context, x, y, width, 64, '#2a3150', /** @type {function()} */ (act));
      text(context, /** @type {string} */ (label), x + 14, y + 42, 27, '#eae7e0', width - 20);
    });
  }

  /**
   * @param {!CanvasRenderingContext2D} context
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   * @param {string} colour
   * @param {function(number)} act
   * @private
   */
  field_(context, x, y, width, height, colour, act) {
    context.fillStyle = colour;
    roundRect(context, x, y, width, height, 14);
    this.fields_.push({x, y, width, height, act});
  }

  /**
   * Presses what is at a point of the panel.
   *
   * @param {number} u 0 to 1 from the left
   * @param {number} v 0 to 1 from below
   * @return {boolean} whether there was something
   */
  press(u, v) {
    const x = u * WIDTH;
    const y = (1 - v) * HEIGHT;
    const field = this.fields_.find(each => x >= each.x && x <= each.x + each.width && y >= each.y && y <= each.y + each.height);
    if (field) {
      field.act((x - field.x) / field.width);
    }
    return field !== undefined;
  }

  /**
   * Where a ray of the world meets the panel.
   *
   * @param {!THREE.Ray} ray
   * @return {?{u: number, v: number, distance: number}}
   */
  meet(ray) {
    if (!this.mesh.visible) {
      return null;
    }
    this.mesh.updateWorldMatrix(true, false);
    const local = new THREE.Ray();
    local.copy(ray).applyMatrix4(this.mesh.matrixWorld.clone().invert());
    const origin = local.origin;
    const direction = local.direction;
    const along = -origin.z / direction.z;
    const x = origin.x + along * direction.x;
    const y = origin.y + along * direction.y;
    const high = METRES * HEIGHT / WIDTH;
    if (!(along > 0) || Math.abs(x) > METRES / 2 || Math.abs(y) > high / 2) {
      return null;
    }
    return {u: x / METRES + 0.5, v: y / high + 0.5, distance: along};
  }

  /**
   * Puts it to the right of the eyes and below them, where it hides nothing.
   *
   * @param {!THREE.Vector3} head
   * @param {!THREE.Vector3} ahead
   */
  putBefore(head, ahead) {
    const flat = new THREE.Vector3(ahead.x, 0, ahead.z).normalize();
    positionOf(this.mesh).set(head.x + flat.x * 0.6 - flat.z * 0.5, head.y - 0.4, head.z + flat.z * 0.6 + flat.x * 0.5);
    this.mesh.lookAt(head);
  }

  dispose() {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.texture_.dispose();
  }
}

/**
 * @param {!CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {number} radius
 */
function roundRect(context, x, y, width, height, radius) {
  context.beginPath();
  /** @type {?} */ (context).roundRect(x, y, width, height, radius);
  context.fill();
}

/**
 * @param {!CanvasRenderingContext2D} context
 * @param {string} words
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {string} colour
 * @param {number} width
 */
function text(context, words, x, y, size, colour, width) {
  context.font = `500 ${size}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
  context.fillStyle = colour;
  let shown = words;
  while (shown.length > 4 && context.measureText(shown).width > width) {
    shown = shown.substring(0, Math.floor(shown.length * 0.9) - 1) + '…';
  }
  context.fillText(shown, x, y);
}
