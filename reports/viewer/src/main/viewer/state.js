/**
 * What is selected: a commit, a file or a series, by its number.
 *
 * @typedef {{kind: string, index: number}}
 */
export let Selection;

/**
 * What a search or filter asks for; an empty text, a number below 0 and 'any' ask for nothing.
 *
 * @typedef {{
 *   text: string, field: string, isExpression: boolean, path: string, author: number, branch: number, kind: string,
 *   after: number, before: number,
 * }}
 */
export let Filter;

/** @const {!Filter} */
export const NO_FILTER = {text: '', field: 'message', isExpression: false, path: '', author: -1, branch: -1, kind: 'any', after: -1, before: -1};

/** Layers that can be switched, with their names for people. */
export const LAYERS = [['commits', 'Commits'], ['branches', 'Branches and merges'], ['files', 'Files'],
  ['benchmarks', 'Benchmarks'], ['telemetry', 'Telemetry']];

/** Along what the runs' results lie: as fits, on the commits' time, or each run as far from the next. */
export const RUN_AXES = [['auto', 'as fits'], ['time', 'on the time of the commits'], ['runs', 'each run as far from the next']];

/**
 * What the viewer shows. Seconds count from the first commit. Everything that changes it goes through
 * here, and everything that shows it listens.
 */
export class State {
  /** @param {number} end the latest moment there is */
  constructor(end) {
    this.end = end;
    this.from = 0;
    this.span = Math.max(1, end);
    this.now = end;
    this.isPlaying = false;
    /** Parts of the shown time that pass in a second. */
    this.speed = 1 / 30;
    /** @type {?Selection} */
    this.selection = null;
    /** @type {!Filter} */
    this.filter = NO_FILTER;
    /** @type {!Object<string, boolean>} */
    this.layers = {};
    LAYERS.forEach(([name]) => void (this.layers[name] = true));
    /** Two moments that are compared; -1 for none. */
    this.a = -1;
    this.b = -1;
    this.runAxis = 'auto';
    this.palette = 0;
    this.isDark = true;
    /** @private @const {!Map<string, !Array<function()>>} */
    this.listeners_ = new Map();
  }

  /**
   * @param {!Array<string>} topics time, moment, selection, filter, layers, compare, paint, play, cover
   * @param {function()} listener
   * @return {function()} ends the listening
   */
  on(topics, listener) {
    for (const topic of topics) {
      const list = this.listeners_.get(topic) || [];
      list.push(listener);
      this.listeners_.set(topic, list);
    }
    return () => topics.forEach(topic => {
      const list = this.listeners_.get(topic) || [];
      this.listeners_.set(topic, list.filter(each => each !== listener));
    });
  }

  /** @param {string} topic */
  tell(topic) {
    const list = this.listeners_.get(topic);
    for (let i = 0; list && i < list.length; i++) {
      list[i]();
    }
  }

  /** @param {number} now */
  moveTo(now) {
    this.now = Math.min(this.from + this.span, Math.max(this.from, now));
    this.tell('moment');
  }

  /**
   * Shows another range of time.
   *
   * @param {number} from
   * @param {number} span at least a minute
   */
  show(from, span) {
    this.span = Math.min(this.end, Math.max(60, span));
    this.from = Math.min(this.end - this.span, Math.max(0, from));
    this.now = Math.min(this.from + this.span, Math.max(this.from, this.now));
    this.tell('time');
    this.tell('moment');
  }

  /** @param {?Selection} selection */
  select(selection) {
    this.selection = selection;
    this.tell('selection');
  }

  /** @param {!Object<string, ?>} changes */
  filterBy(changes) {
    this.filter = /** @type {!Filter} */ (Object.assign({}, this.filter, changes));
    this.tell('filter');
  }

  /**
   * @param {string} layer
   * @param {boolean} isShown
   */
  setLayer(layer, isShown) {
    this.layers[layer] = isShown;
    this.tell('layers');
  }

  /** @param {string} axis one of RUN_AXES */
  setRunAxis(axis) {
    this.runAxis = axis;
    this.tell('time');
    this.tell('layers');
  }

  /**
   * @param {number} a
   * @param {number} b
   */
  compare(a, b) {
    this.a = a;
    this.b = b;
    this.tell('compare');
  }

  /** @return {boolean} */
  get isComparing() {
    return this.a >= 0 && this.b >= 0;
  }

  /** @param {boolean} isPlaying */
  play(isPlaying) {
    if (isPlaying && this.now >= this.from + this.span) {
      this.now = this.from;
    }
    this.isPlaying = isPlaying;
    this.tell('play');
  }
}
