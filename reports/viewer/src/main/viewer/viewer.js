import {Commits} from './data/commits.js';
import {City, readCity} from './data/city.js';
import {readClusters, Level} from './data/clusters.js';
import {Library} from './data/library.js';
import {Measurements} from './data/manifest.js';
import {depthHeight, laneOffset, timeX, LENGTH, RIVER_Z, CITY_Z, RIVER_HALF} from './layout/place.js';
import {moment, ticks} from './layout/ticks.js';
import {Gauges, crestZ, rowZ} from './scene/gauges.js';
import {Ground} from './scene/ground.js';
import {Houses} from './scene/houses.js';
import {River} from './scene/river.js';
import {Stage} from './scene/stage.js';
import {Words, Word} from './scene/words.js';
import {createUniforms, paint} from './scene/shared.js';
import {addAll} from './scene/three.js';
import {State, Selection} from './state.js';

/** How far beside a thing a pointer may be, for each unit of its distance. */
const CONE = 0.013;

/**
 * The scene and its data: loads what is needed and draws what the state says. Without WebGL 2 there
 * is no stage, and all else works.
 */
export class Viewer {
  /**
   * @param {!Library} library
   * @param {!State} state
   * @param {?HTMLCanvasElement} canvas
   */
  constructor(library, state, canvas) {
    const manifest = library.manifest;
    this.library = library;
    this.manifest = manifest;
    this.state = state;
    this.commits = new Commits(manifest.commits, manifest.page);
    /** @type {?City} */
    this.city = null;
    /** @type {?Measurements} */
    this.measurements = null;
    /** Commits in the shown time. */
    this.range = {first: 0, last: 0, isWhole: false};
    this.pageTimes = manifest.pageTimes.map(seconds => seconds - manifest.first);
    this.uniforms = createUniforms();
    this.uniforms.uLanes.value = manifest.lanes;
    /** @type {?Stage} */
    this.stage = canvas ? new Stage(canvas, this.uniforms) : null;
    this.river = new River(this.uniforms, this.commits, this.pageTimes);
    this.ground = new Ground(this.uniforms);
    this.words = new Words(this.uniforms);
    /** @type {?Houses} */
    this.houses = null;
    /** @type {?Gauges} */
    this.gauges = null;
    /** @private {!Array<!Level>} */
    this.levels_ = [];
    /** @private {number} */
    this.level_ = -1;
    /** @private {boolean} */
    this.hasNewLinks_ = false;
    /** Commits that a search or filter chose; null for all. @type {?Uint8Array} */
    this.mask = null;
    /** Told when data came in. @type {!Array<function()>} */
    this.onData = [];
    /** Told of what could not be loaded. @type {!Array<function(string)>} */
    this.onProblem = [];
    /** The session in a headset, while there is one. @type {?} */
    this.xr = null;
    /** What of the picture is covered at its edges, in pixels: top, right, bottom, left. */
    this.covered = [0, 0, 0, 0];
    this.bytesLoaded = 0;
    /** Whether every page was loaded or could not be. */
    this.isSettled = false;
    /** Commits that the filter lets through; -1 without a filter. */
    this.matches = -1;
    /** @private {?Map<number, number>} */
    this.housesByPath_ = null;
    if (this.stage) {
      this.stage.scene.add(this.ground.sky);
      addAll(this.stage.root, this.ground.plane, this.river.group, this.words.mesh);
      this.stage.beforeFrame.push((time, seconds) => this.play_(seconds));
    }
    state.on(['time'], () => this.showTime_());
    state.on(['moment'], () => this.showMoment_());
    state.on(['layers'], () => this.showLayers_());
    state.on(['compare'], () => this.showCompare_());
    state.on(['paint'], () => this.paint_());
    state.on(['selection'], () => this.showSelection_());
  }

  /**
   * Shows the first picture: the whole history by the tree of detail, the files, the measurements.
   *
   * @return {!Promise<void>}
   */
  async begin() {
    await Promise.all([
      this.try_(async () => {
        this.levels_ = readClusters(await this.library.bytes('clusters'), this.manifest.last - this.manifest.first);
      }),
      this.try_(async () => {
        await this.library.loadAuthors();
      }),
    ]);
    this.paint_();
    this.showTime_();
    this.showMoment_();
    if (this.stage) {
      this.stage.start();
    }
  }

  /**
   * Loads what else there is: the page under the eye first.
   *
   * @return {!Promise<void>}
   */
  async loadRest() {
    await Promise.all([
      this.try_(async () => this.takeCity_(await this.library.city())),
      this.try_(async () => this.takeMeasurements_(await this.library.measurements())),
      this.streamCommits_(),
    ]);
    this.isSettled = true;
    this.onData.forEach(told => told());
  }

  /**
   * @param {function(): !Promise<void>} work
   * @return {!Promise<void>}
   * @private
   */
  async try_(work) {
    try {
      await work();
      this.onData.forEach(told => told());
    } catch (failure) {
      const message = /** @type {!Error} */ (failure).message;
      this.library.problems.push(message);
      this.onProblem.forEach(told => told(message));
    }
  }

  /**
   * @param {!Uint8Array} bytes
   * @private
   */
  takeCity_(bytes) {
    this.city = readCity(bytes, this.manifest.cityWidth, this.manifest.cityLength);
    this.houses = new Houses(this.uniforms, this.city);
    if (this.stage) {
      this.stage.root.add(this.houses.group);
    }
    this.showLayers_();
    this.showMoment_();
    this.showWords();
  }

  /**
   * @param {!Measurements} measured
   * @private
   */
  takeMeasurements_(measured) {
    this.measurements = measured;
    this.gauges = new Gauges(this.uniforms, measured, this.manifest.first);
    if (this.stage) {
      this.stage.root.add(this.gauges.group);
    }
    this.showLayers_();
    this.showTime_();
  }

  /** @return {!Promise<void>} @private */
  async streamCommits_() {
    const missing = new Set(Array.from({length: this.library.pageCount}, (_, page) => page));
    while (missing.size > 0) {
      // The page that is nearest to what is shown comes next, the newest of equals.
      const wanted = this.range.last / this.manifest.page;
      const page = [...missing].reduce((a, b) => Math.abs(b + 0.5 - wanted) <= Math.abs(a + 0.5 - wanted) ? b : a);
      missing.delete(page);
      await this.try_(async () => {
        const bytes = await this.library.commits(page);
        const {from, to} = this.commits.take(page, bytes);
        this.river.changed(from, to);
        this.bytesLoaded += /** @type {number} */ (this.manifest.bytes['commits'][page]);
        this.hasNewLinks_ = true;
        this.showTime_();
      });
      if (missing.size === 0 || missing.size % 8 === 0) {
        await this.drawLinks_();
      }
    }
  }

  /** @return {!Promise<void>} @private */
  async drawLinks_() {
    if (this.hasNewLinks_) {
      this.hasNewLinks_ = false;
      const answer = await this.library.worker.ask('links');
      this.river.setLinks({pairs: /** @type {!Uint32Array} */ (answer['pairs']), far: /** @type {number} */ (answer['far'])});
      this.showTime_();
    }
  }

  /** @return {number} the part of the commits that is loaded, 0 to 1 */
  get progress() {
    return this.library.pageCount === 0 ? 1 : this.commits.loaded.reduce((a, b) => a + b, 0) / this.library.pageCount;
  }

  /**
   * @param {number} seconds
   * @return {number} the files' moment at a time
   */
  momentOf(seconds) {
    const moments = this.city ? this.city.moments : 128;
    return seconds / Math.max(1, this.manifest.last - this.manifest.first) * (moments - 1);
  }

  /** @param {number} seconds @private */
  play_(seconds) {
    const state = this.state;
    if (state.isPlaying) {
      const next = state.now + seconds * state.speed * state.span;
      if (next >= state.from + state.span) {
        state.moveTo(state.from + state.span);
        state.play(false);
      } else {
        state.moveTo(next);
      }
    }
  }

  /** @private */
  showTime_() {
    const {from, span} = this.state;
    const uniforms = this.uniforms;
    uniforms.uFrom.value = Math.floor(from);
    uniforms.uSpan.value = span;
    this.range = this.river.show(from, span);
    this.showClusters_();
    if (this.gauges) {
      this.gauges.fold(this.state.runAxis === 'runs' || (this.state.runAxis === 'auto' && this.gauges.isNarrow(span)));
      this.gauges.show(from, span, this.state.now);
    }
    this.showCompare_();
    this.showWords();
    this.showMoment_();
  }

  /** @private */
  showClusters_() {
    const wanted = this.range.isWhole ? -1 : this.levels_.length === 0 ? -1
      : Math.min(this.levels_.length - 1, this.state.span < this.state.end / 4 ? 2 : 1);
    if (wanted !== this.level_ && wanted >= 0) {
      this.river.setClusters(this.levels_[wanted].cells, this.levels_[wanted].forms);
    }
    this.level_ = wanted;
    this.river.clusters.visible = wanted >= 0 && this.state.layers['commits'];
  }

  /** Moves the moment: a few assignments, whatever the history's length. */
  showMoment_() {
    const {from, span, now} = this.state;
    const uniforms = this.uniforms;
    uniforms.uNow.value = Math.floor(now);
    uniforms.uNowX.value = timeX(now, from, span);
    uniforms.uMoment.value = this.momentOf(this.state.isComparing ? this.state.a : now);
    if (this.gauges) {
      this.gauges.show(from, span, now);
    }
    if (this.stage) {
      this.stage.invalidate();
    }
  }

  /** @private */
  showLayers_() {
    const layers = this.state.layers;
    this.river.points.material.visible = layers['commits'];
    this.river.bodies.material.visible = layers['commits'];
    this.river.lines.visible = layers['branches'];
    if (this.houses) {
      this.houses.group.visible = layers['files'];
    }
    if (this.gauges) {
      this.gauges.ribbons.visible = layers['benchmarks'];
      this.gauges.terrain.visible = layers['telemetry'];
    }
    this.showClusters_();
    this.showWords();
  }

  /** @private */
  showCompare_() {
    const {a, b, from, span, isComparing} = this.state;
    const uniforms = this.uniforms;
    uniforms.uCompare.value = isComparing ? 1 : 0;
    uniforms.uMomentB.value = this.momentOf(b);
    uniforms.uMoment.value = this.momentOf(isComparing ? a : this.state.now);
    uniforms.uMarkFrom.value = isComparing ? Math.floor(Math.min(a, b)) : 0;
    uniforms.uMarkTo.value = isComparing ? Math.ceil(Math.max(a, b)) : 0;
    uniforms.uMarkX.value[0] = a < 0 ? 99 : timeX(a, from, span);
    uniforms.uMarkX.value[1] = b < 0 ? 99 : timeX(b, from, span);
    this.paint_();
  }

  /** @private */
  paint_() {
    paint(this.uniforms, this.state.isDark, this.state.palette, this.state.isComparing);
    if (this.stage) {
      this.stage.invalidate();
    }
  }

  /** @private */
  showSelection_() {
    const selection = this.state.selection;
    this.uniforms.uSelected.value = selection && selection.kind === 'commit' ? selection.index : -1;
    if (this.houses) {
      this.houses.selected.value = selection && selection.kind === 'file' ? selection.index : -1;
    }
    if (this.stage) {
      this.stage.invalidate();
    }
  }

  /** @param {?Uint8Array} mask one for each commit that stays bright; null for all */
  setMask(mask) {
    this.mask = mask;
    this.river.setMask(mask);
    if (this.stage) {
      this.stage.invalidate();
    }
  }

  /** Writes the words that stand in the scene for the shown time. */
  showWords() {
    const {from, span} = this.state;
    const shown = ticks(this.manifest.first + from, span, 9);
    const uniforms = this.uniforms;
    uniforms.uTickCount.value = Math.min(24, shown.length);
    /** @type {!Array<!Word>} */
    const words = [];
    shown.slice(0, 24).forEach((tick, i) => {
      const x = timeX(tick.seconds - this.manifest.first, from, span);
      uniforms.uTicks.value[i] = x;
      words.push({text: tick.text, x, y: 0.02, z: -0.2, size: 13, alpha: 0.95, align: 0});
    });
    this.nameRefs_(words);
    this.nameSuspects_(words);
    this.nameFolders_(words);
    this.nameSeries_(words);
    this.nameReadings_(words);
    this.words.set(words);
    if (this.stage) {
      this.stage.invalidate();
    }
  }

  /**
   * Names tags, and branches at their tips, as far as they do not stand over one another.
   *
   * @param {!Array<!Word>} words
   * @private
   */
  nameRefs_(words) {
    if (!this.state.layers['branches']) {
      return;
    }
    const {from, span} = this.state;
    /** @type {!Array<{name: string, kind: string, x: number, lane: number, depth: number}>} */
    const shown = [];
    for (const [name, kind, index] of this.manifest.refs) {
      const at = /** @type {number} */ (index);
      if (kind === 'r' || !this.commits.isLoaded(at)) {
        continue;
      }
      const seconds = this.commits.seconds(at);
      if (seconds >= from && seconds <= from + span) {
        shown.push({
          name: /** @type {string} */ (name), kind: /** @type {string} */ (kind), x: timeX(seconds, from, span),
          lane: this.commits.lane(at), depth: this.commits.depth(at),
        });
      }
    }
    shown.sort((a, b) => a.name.length - b.name.length || b.x - a.x);
    let count = 0;
    /** @type {!Array<number>} */
    const taken = [];
    for (const ref of shown) {
      if (count >= 14 || taken.some(x => Math.abs(x - ref.x) < 1.5)) {
        continue;
      }
      taken.push(ref.x);
      count++;
      const z = RIVER_Z + laneOffset(ref.lane, this.manifest.lanes);
      words.push({text: short(ref.name, 22), x: ref.x, y: depthHeight(ref.depth) + 0.42, z, size: 12, alpha: 0.8, align: 0});
    }
  }

  /**
   * Marks commits that may have made something slower.
   *
   * @param {!Array<!Word>} words
   * @private
   */
  nameSuspects_(words) {
    const {from, span, layers} = this.state;
    const marked = new Set();
    for (const [position, of] of this.manifest.suspects) {
      const at = /** @type {number} */ (position);
      if (!layers['commits'] || marked.has(at) || marked.size >= 8 || !this.commits.isLoaded(at)) {
        continue;
      }
      const seconds = this.commits.seconds(at);
      if (seconds >= from && seconds <= from + span) {
        marked.add(at);
        const z = RIVER_Z + laneOffset(this.commits.lane(at), this.manifest.lanes);
        const y = depthHeight(this.commits.depth(at)) + 0.75;
        words.push({text: `▼ slowed ${short(/** @type {string} */ (of), 22)}?`, x: timeX(seconds, from, span), y, z, size: 14, alpha: 1, align: 0});
      }
    }
  }

  /**
   * @param {!Array<!Word>} words
   * @private
   */
  nameFolders_(words) {
    const city = this.city;
    if (!city || !this.state.layers['files']) {
      return;
    }
    /** @type {!Array<{area: number, i: number}>} */
    const folders = [];
    for (let i = 1; i < city.folders; i++) {
      const width = city.folderBoxes[5 * i + 2];
      if (width > 1.1 && city.folderDepths[i] <= 2) {
        folders.push({area: width * city.folderBoxes[5 * i + 3] / city.folderDepths[i], i});
      }
    }
    folders.sort((a, b) => b.area - a.area);
    /** @type {!Array<!Array<number>>} */
    const taken = [];
    for (const {i} of folders.slice(0, 24)) {
      const [x, z, width] = city.folderBoxes.subarray(5 * i, 5 * i + 3);
      const middle = x + width / 2;
      if (taken.length >= 14 || taken.some(([tx, tz]) => Math.abs(tx - middle) < 1.9 && Math.abs(tz - z) < 1)) {
        continue;
      }
      taken.push([middle, z]);
      const name = city.folderNames[i];
      words.push({
        text: short(name.substring(name.lastIndexOf('/') + 1), Math.max(6, Math.floor(width * 7))),
        x: middle, y: 0.62, z: z + 0.15, size: city.folderDepths[i] === 1 ? 13 : 11,
        alpha: city.folderDepths[i] === 1 ? 0.95 : 0.7, align: 0,
      });
    }
  }

  /**
   * @param {!Array<!Word>} words
   * @private
   */
  nameSeries_(words) {
    if (!this.measurements || !this.state.layers['benchmarks']) {
      return;
    }
    const gauges = /** @type {!Gauges} */ (this.gauges);
    if (gauges.isFolded) {
      this.nameFolded_(words, gauges);
      return;
    }
    this.measurements.benchmarks.slice(0, 6).forEach((series, row) => {
      const first = series.points[0][0] - this.manifest.first;
      const last = series.points[series.points.length - 1][0] - this.manifest.first;
      if (series.points.length > 1 && last > this.state.from && first < this.state.from + this.state.span) {
        const x = Math.min(LENGTH / 2, timeX(last, this.state.from, this.state.span));
        // In steps, as the rows stand closer than letters are high.
        words.push({text: short(series.name, 26), x: x - 0.1, y: 1.95 + row % 3 * 0.5, z: rowZ(row), size: 11, alpha: 0.8, align: 1});
      }
    });
  }

  /**
   * Names the ribbons, and the runs along them, which stand on no time of the commits.
   *
   * @param {!Array<!Word>} words
   * @param {!Gauges} gauges
   * @private
   */
  nameFolded_(words, gauges) {
    const runs = gauges.runs;
    const step = Math.max(1, Math.ceil(runs.length / 5));
    for (let i = 0; i < runs.length; i += step) {
      const x = ((i + 0.5) / runs.length - 0.5) * LENGTH;
      words.push({text: `run of ${moment(runs[i])}`, x, y: -0.1, z: rowZ(0) + 0.2, size: 10, alpha: 0.8, align: 0});
    }
    /** @type {!Measurements} */ (this.measurements).benchmarks.slice(0, 6).forEach((series, row) => {
      const first = gauges.foldedAt(series.points[0][0]);
      const x = (first - 0.5) * LENGTH;
      if (series.points.length > 1) {
        words.push({text: short(series.name, 26), x: x - 0.15, y: 0.25 + row % 3 * 0.5, z: rowZ(row), size: 11, alpha: 0.8, align: 1});
      }
    });
  }

  /**
   * Names the rows of the terrain at its begin, where it is large enough to be read.
   *
   * @param {!Array<!Word>} words
   * @private
   */
  nameReadings_(words) {
    const telemetry = this.measurements ? this.measurements.telemetry : null;
    const {from, span, layers} = this.state;
    const isFolded = this.gauges !== null && this.gauges.isFolded;
    if (!telemetry || !layers['telemetry'] || (!isFolded && telemetry.to - telemetry.from < span * 0.3)) {
      return;
    }
    const x = isFolded ? -LENGTH / 2 : Math.max(-LENGTH / 2, timeX(telemetry.from - this.manifest.first, from, span));
    const rows = telemetry.rows;
    const step = Math.ceil(rows.length / 16);
    for (let row = 0; row < rows.length && x < LENGTH / 2; row += step) {
      words.push({text: short(rows[row].name, 30), x: x - 0.15, y: -0.6, z: crestZ(row, rows.length), size: 10, alpha: 0.85, align: 1});
    }
  }

  /**
   * What stands under a point of the picture.
   *
   * @param {!Array<number>} ray
   * @param {number=} cone
   * @return {!Promise<?Selection>}
   */
  async pick(ray, cone = CONE) {
    const {from, span, now, layers, isComparing, a} = this.state;
    const answer = await this.library.worker.ask('pick', {
      'ray': ray, 'view': [from, span, now, cone], 'moment': this.momentOf(isComparing ? a : now),
      'hasCommits': layers['commits'] || layers['branches'], 'hasCity': layers['files'] && this.houses !== null,
    });
    if (this.gauges && layers['benchmarks']) {
      const ribbon = this.gauges.pickRibbon(ray, from, span, now);
      if (ribbon.index >= 0 && (!answer['kind'] || ribbon.distance < /** @type {number} */ (answer['distance']))) {
        return {kind: 'series', index: ribbon.index};
      }
    }
    return answer['kind'] ? {kind: /** @type {string} */ (answer['kind']), index: /** @type {number} */ (answer['index'])} : null;
  }

  /**
   * Where a selected thing stands.
   *
   * @param {!Selection} selection
   * @return {!Array<number>} x, y and z
   */
  placeOf(selection) {
    if (selection.kind === 'file' && this.city) {
      const box = this.city.boxes.subarray(5 * selection.index, 5 * selection.index + 5);
      return [box[0] + box[2] / 2, box[4], box[1] + box[3] / 2];
    }
    if (selection.kind === 'commit') {
      return [
        timeX(this.commits.seconds(selection.index), this.state.from, this.state.span),
        depthHeight(this.commits.depth(selection.index)),
        RIVER_Z + laneOffset(this.commits.lane(selection.index), this.manifest.lanes),
      ];
    }
    return [0, 0, selection.kind === 'series' ? rowZ(selection.index) : CITY_Z - RIVER_HALF];
  }

  /** @return {number} seconds that show all commits; runs long after the last one are not waited for */
  get wholeSpan() {
    const commits = Math.max(60, (this.manifest.last - this.manifest.first) * 1.01);
    return this.state.end > commits * 1.06 ? commits : this.state.end;
  }

  /**
   * @param {number} path
   * @return {number} the house of a path; -1 when it has none
   */
  houseOf(path) {
    const city = this.city;
    if (!this.housesByPath_ && city) {
      this.housesByPath_ = new Map(Array.from(city.paths, (each, house) => [each, house]));
    }
    const house = this.housesByPath_ ? this.housesByPath_.get(path) : undefined;
    return house === undefined ? -1 : house;
  }

  /**
   * Selects a commit by its id and goes to its moment.
   *
   * @param {string} id in hex, or its beginning
   * @return {!Promise<boolean>} whether there is one
   */
  async showId(id) {
    const index = await this.library.indexOf(id);
    if (index >= 0) {
      this.state.select({kind: 'commit', index});
      this.goTo(this.commits.seconds(index));
    }
    return index >= 0;
  }

  /** Looks at all of it from the front. */
  goHome() {
    if (this.stage) {
      this.stage.rig.go(this.stage.home, false);
    }
  }

  /** @param {!Selection} selection */
  flyTo(selection) {
    if (selection.kind === 'commit') {
      this.goTo(this.commits.seconds(selection.index));
    }
    if (this.stage) {
      const [x, y, z] = this.placeOf(selection);
      this.stage.rig.go([x, y, z, this.stage.rig.goal[3], 0.6, 7], false);
    }
  }

  /**
   * Moves to a moment, and shows it when it is not shown.
   *
   * @param {number} seconds
   */
  goTo(seconds) {
    const state = this.state;
    if (seconds < state.from || seconds > state.from + state.span) {
      state.show(seconds - state.span / 2, state.span);
    }
    state.moveTo(seconds);
  }

  /**
   * Selects the next commit that the filter lets through.
   *
   * @param {number} way 1 or -1
   */
  selectNext(way) {
    const selection = this.state.selection;
    let index = selection && selection.kind === 'commit' ? selection.index + way : this.range.last - 1;
    while (index >= 0 && index < this.commits.count && (!this.commits.isLoaded(index) || (this.mask && !this.mask[index]))) {
      index += way;
    }
    if (index >= 0 && index < this.commits.count) {
      this.state.select({kind: 'commit', index});
    }
  }

  dispose() {
    this.river.dispose();
    this.ground.dispose();
    this.words.dispose();
    if (this.houses) {
      this.houses.dispose();
    }
    if (this.gauges) {
      this.gauges.dispose();
    }
    if (this.stage) {
      this.stage.dispose();
    }
  }
}

/**
 * @param {string} text
 * @param {number} most
 * @return {string}
 */
export function short(text, most) {
  return text.length <= most ? text : text.substring(0, most - 1) + '…';
}
