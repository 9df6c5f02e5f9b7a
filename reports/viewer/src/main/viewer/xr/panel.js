import * as THREE from '../three/three.module.js';
import {positionOf, turnOf} from '../scene/three.js';
import {forget} from './drawn.js';
import {PAGES} from './pages.js';

export const WIDTH = 1024;
const HEIGHT = 800;
const WIDE_METRES = 0.68;
const HIGH_METRES = WIDE_METRES * HEIGHT / WIDTH;

/** Where it stands when a session begins: to the left, below the eyes, at an arm's length. */
const SIDE_DEGREES = 52;
const AWAY_METRES = 0.8;
const BELOW_METRES = 0.3;

/** Drawing it and sending it to the graphics card is dear. */
const FRAMES_BETWEEN = 6;

const COLOURS = {ground: '#141826f5', edge: '#3a4266', field: '#252c46', hover: '#39426a', chosen: '#aab0ff', dark: '#12152a',
  ink: '#f2efe8', soft: '#b9bfd3'};

/**
 * A place on the panel that does something; one that slides does it as long as it is held.
 *
 * @typedef {{name: string, x: number, y: number, width: number, height: number, slides: boolean, act: function(number)}}
 */
export let Field;

/**
 * The panel that goes along in a headset. One picture on one plane, drawn anew when something changed;
 * a ray presses it. Its pages draw themselves by the methods for texts and buttons.
 */
export class XrPanel {
  /** @param {?} scene the session's */
  constructor(scene) {
    this.scene = scene;
    this.viewer = scene.viewer;
    /** @private @const */
    this.canvas_ = /** @type {!HTMLCanvasElement} */ (document.createElement('canvas'));
    this.canvas_.width = WIDTH;
    this.canvas_.height = HEIGHT;
    /** @private @const */
    this.context_ = /** @type {!CanvasRenderingContext2D} */ (this.canvas_.getContext('2d'));
    /** @private @const */
    this.texture_ = new THREE.CanvasTexture(this.canvas_);
    this.texture_.anisotropy = 4;
    const material = new THREE.MeshBasicMaterial({map: this.texture_, transparent: true, side: THREE.DoubleSide});
    this.mesh = new THREE.Mesh(new THREE.PlaneGeometry(WIDE_METRES, HIGH_METRES), material);
    this.mesh.renderOrder = 20;
    /** @type {!Array<!Field>} */
    this.fields = [];
    this.page = PAGES[0].name;
    /** Where a ray met it last: 0 to 1 from the left and from above, and how far away. */
    this.at = {u: 0, v: 0, distance: 0};
    /** The field that is held, as long as it slides. @private {?Field} */
    this.held_ = null;
    /** The field that a ray is on, by its number; -1 for none. @private {number} */
    this.hovered_ = -1;
    /** @private {number} */
    this.waited_ = FRAMES_BETWEEN;
    /** @private {boolean} */
    this.isDirty_ = true;
    this.pages = PAGES.map(page => new page.type(this));
    /** @private @const */
    this.unlisten_ = this.viewer.state.on(['moment', 'time', 'play', 'layers', 'matches'], () => this.change());
  }

  /** Has it drawn anew. */
  change() {
    this.isDirty_ = true;
  }

  /** @param {string} name of a page */
  open(name) {
    this.page = name;
    this.change();
  }

  /** Draws it anew when something changed, but not in every frame while time passes. */
  draw() {
    this.waited_++;
    if (!this.isDirty_ || this.waited_ < FRAMES_BETWEEN) {
      return;
    }
    this.isDirty_ = false;
    this.waited_ = 0;
    this.paint_();
  }

  /** Of its own, as a function that others can see the variables of makes an object at its begin. @private */
  paint_() {
    const context = this.context_;
    this.fields = [];
    context.clearRect(0, 0, WIDTH, HEIGHT);
    this.box(0, 0, WIDTH, HEIGHT, COLOURS.edge, 36);
    this.box(3, 3, WIDTH - 6, HEIGHT - 6, COLOURS.ground, 34);
    const wide = (WIDTH - 64 - 4 * 12) / 5;
    PAGES.forEach(({name}, i) => {
      this.button(name, 32 + i * (wide + 12), 28, wide, 64, () => this.open(name), name === this.page);
    });
    this.button('Leave', 32 + 4 * (wide + 12), 28, wide, 64, () => this.scene.session.end());
    this.pages[PAGES.findIndex(({name}) => name === this.page)].draw();
    this.texture_.needsUpdate = true;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   * @param {string} colour
   * @param {number=} radius
   */
  box(x, y, width, height, colour, radius = 14) {
    this.context_.fillStyle = colour;
    this.context_.beginPath();
    /** @type {?} */ (this.context_).roundRect(x, y, width, height, radius);
    this.context_.fill();
  }

  /**
   * @param {string} words as many of them as there is room for
   * @param {number} x
   * @param {number} y of the line that letters stand on
   * @param {number} size
   * @param {number} width
   * @param {boolean=} isSoft
   */
  text(words, x, y, size, width, isSoft = false) {
    this.write_(words, x, y, size, width, isSoft ? COLOURS.soft : COLOURS.ink);
  }

  /**
   * @param {string} words
   * @param {number} x
   * @param {number} y
   * @param {number} size
   * @param {number} width
   * @param {string} colour
   * @private
   */
  write_(words, x, y, size, width, colour) {
    const context = this.context_;
    context.font = `500 ${size}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
    context.fillStyle = colour;
    let shown = words;
    while (shown.length > 2 && context.measureText(shown).width > width) {
      shown = shown.substring(0, Math.floor(shown.length * 0.94) - 1) + '…';
    }
    context.fillText(shown, x, y);
  }

  /**
   * @param {string} words
   * @param {number} x
   * @param {number} y of the first line
   * @param {number} size
   * @param {number} width
   * @param {number} lines at most
   * @return {number} where the next line would be
   */
  paragraph(words, x, y, size, width, lines) {
    this.context_.font = `500 ${size}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
    let rest = words;
    let next = y;
    for (let line = 1; rest !== '' && line <= lines; line++) {
      let end = rest.length;
      while (line < lines && end > 1 && this.context_.measureText(rest.substring(0, end)).width > width) {
        const blank = rest.lastIndexOf(' ', end - 1);
        end = blank > 0 ? blank : end - 1;
      }
      this.text(rest.substring(0, end), x, next, size, width);
      rest = rest.substring(end).trim();
      next += Math.round(size * 1.3);
    }
    return next;
  }

  /**
   * @param {string} label
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   * @param {function()} act
   * @param {boolean=} isChosen
   */
  button(label, x, y, width, height, act, isChosen = false) {
    this.field_(label, x, y, width, height, false, () => act(), isChosen);
    this.context_.textAlign = 'center';
    this.write_(label, x + width / 2, y + height / 2 + 10, label.length > 9 ? 26 : 28, width - 8, isChosen ? COLOURS.dark : COLOURS.ink);
    this.context_.textAlign = 'left';
  }

  /**
   * A line of a list that can be pressed.
   *
   * @param {string} label
   * @param {number} y
   * @param {function()} act
   */
  row(label, y, act) {
    this.field_(label, 32, y, WIDTH - 64, 52, false, () => act(), false);
    this.text(label, 50, y + 36, 27, WIDTH - 100);
  }

  /**
   * @param {string} name
   * @param {number} y
   * @param {number} part 0 to 1
   * @param {function(number)} act
   */
  slider(name, y, part, act) {
    this.field_(name, 32, y, WIDTH - 64, 52, true, act, false);
    this.box(32, y, Math.max(52, (WIDTH - 64) * part), 52, COLOURS.chosen, 26);
  }

  /**
   * @param {string} name
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   * @param {boolean} slides
   * @param {function(number)} act
   * @param {boolean} isChosen
   * @private
   */
  field_(name, x, y, width, height, slides, act, isChosen) {
    const isHovered = this.fields.length === this.hovered_;
    this.box(x, y, width, height, isChosen ? COLOURS.chosen : isHovered ? COLOURS.hover : COLOURS.field, slides ? 26 : 14);
    this.fields.push({name, x, y, width, height, slides, act});
  }

  /** @return {number} the field that a ray met last; -1 for none */
  fieldAt() {
    const x = this.at.u * WIDTH;
    const y = this.at.v * HEIGHT;
    for (let i = 0; i < this.fields.length; i++) {
      const field = this.fields[i];
      if (x >= field.x && x <= field.x + field.width && y >= field.y && y <= field.y + field.height) {
        return i;
      }
    }
    return -1;
  }

  /** Presses what a ray met last. */
  press() {
    const field = this.fields[this.fieldAt()];
    if (field) {
      field.act((this.at.u * WIDTH - field.x) / field.width);
      this.held_ = field.slides ? field : null;
      this.change();
    }
  }

  /** Slides what is held to where a ray met it last. */
  slide() {
    const field = this.held_;
    if (field) {
      field.act(Math.min(1, Math.max(0, (this.at.u * WIDTH - field.x) / field.width)));
    }
  }

  /** @param {boolean} isOn whether a ray is on the panel */
  hover(isOn) {
    const on = isOn ? this.fieldAt() : -1;
    if (on !== this.hovered_) {
      this.hovered_ = on;
      this.change();
    }
  }

  /**
   * Finds where a ray of the world meets it from before.
   *
   * @param {!THREE.Ray} ray
   * @return {boolean} whether it does; where is kept
   */
  meet(ray) {
    this.mesh.updateWorldMatrix(true, false);
    const {origin, direction} = local.copy(ray).applyMatrix4(inverse.copy(this.mesh.matrixWorld).invert());
    const along = -origin.z / direction.z;
    const x = origin.x + along * direction.x;
    const y = origin.y + along * direction.y;
    if (origin.z < 0 || !(along > 0) || Math.abs(x) > WIDE_METRES / 2 || Math.abs(y) > HIGH_METRES / 2) {
      return false;
    }
    this.at.u = x / WIDE_METRES + 0.5;
    this.at.v = 0.5 - y / HIGH_METRES;
    this.at.distance = along;
    return true;
  }

  /** Puts it to the left of the eyes and below them, where it hides nothing that is pointed at. */
  putBeside() {
    const {head, flat} = this.scene;
    to.copy(flat).applyAxisAngle(UP, SIDE_DEGREES * Math.PI / 180).multiplyScalar(AWAY_METRES).add(head);
    to.y -= BELOW_METRES;
    this.put_(to);
  }

  /** Puts it straight before the eyes. */
  putBefore() {
    const {head, flat} = this.scene;
    to.copy(flat).multiplyScalar(AWAY_METRES).add(head);
    to.y -= BELOW_METRES / 2;
    this.put_(to);
  }

  /** @param {!THREE.Vector3} hand where a palm is, as the head's */
  putAbove(hand) {
    to.copy(hand);
    to.y += 0.24;
    this.put_(to);
  }

  /** @param {!THREE.Vector3} place as the head's, and facing it @private */
  put_(place) {
    positionOf(this.mesh).copy(place);
    // Not lookAt(), which minds neither that the floor is turned nor that the mesh's face is its +z.
    turn.lookAt(this.scene.head, place, UP);
    turnOf(this.mesh).setFromRotationMatrix(turn);
    this.mesh.updateMatrix();
  }

  dispose() {
    this.unlisten_();
    this.pages.forEach(page => page.dispose());
    forget(this.mesh);
    this.texture_.dispose();
  }
}

const UP = new THREE.Vector3(0, 1, 0);
const to = new THREE.Vector3();
const turn = new THREE.Matrix4();
const inverse = new THREE.Matrix4();
const local = new THREE.Ray();
