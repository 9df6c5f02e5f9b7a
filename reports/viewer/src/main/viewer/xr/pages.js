import {describeCommit, describeFile, describeSeries} from '../describe.js';
import {day, moment} from '../layout/ticks.js';
import {NO_FILTER, LAYERS} from '../state.js';
import {later, shownCommits} from '../ui/list.js';
import {short} from '../viewer.js';
import {FOVEATIONS, TURNS} from './settings.js';

const WIDE = 1024 - 64;
const LISTED = 4;
const LISTED_SEARCHING = 3;

/** Commits that can be paged through; more are found by a narrower search. */
const MOST_LISTED = 400;

const KEYS = ['1234567890', 'qwertyuiop', 'asdfghjkl-', 'zxcvbnm./_'];

/** The newest commits of the shown time, or those that were found, some at once. */
class Rows {
  /**
   * @param {?} panel
   * @param {number} listed
   */
  constructor(panel, listed) {
    /** @private @const */
    this.panel_ = panel;
    /** @private @const {number} */
    this.listed_ = listed;
    /** @private {!Array<number>} */
    this.commits_ = [];
    /** @private {!Array<string>} */
    this.subjects_ = [];
    /** @private {number} */
    this.start_ = 0;
    /** @private {number} */
    this.turn_ = 0;
    const anew = later(() => this.turn(-this.start_), 200);
    this.dispose = panel.viewer.state.on(['time', 'moment', 'matches'], anew);
    this.turn(0);
  }

  /**
   * @param {number} by how many commits to go on
   * @return {!Promise<void>}
   */
  async turn(by) {
    const turn = ++this.turn_;
    const all = shownCommits(this.panel_.viewer, MOST_LISTED);
    const start = Math.max(0, Math.min(all.length - 1, this.start_ + by));
    const commits = all.slice(start, start + this.listed_);
    try {
      const subjects = await this.panel_.viewer.library.subjects(commits);
      if (turn === this.turn_) {
        this.start_ = start;
        this.commits_ = commits;
        this.subjects_ = subjects;
      }
    } catch (failure) {
      this.subjects_ = [/** @type {!Error} */ (failure).message];
    }
    this.panel_.change();
  }

  /** @param {number} top */
  draw(top) {
    const {viewer} = this.panel_;
    this.commits_.forEach((index, i) => this.panel_.row(this.subjects_[i] || '(no message)', top + i * 60, () => {
      viewer.state.select({kind: 'commit', index});
    }));
    const y = top + this.listed_ * 60 + 4;
    if (this.commits_.length === 0) {
      this.panel_.text('No commit is there.', 32, top + 36, 28, WIDE, true);
    }
    this.panel_.button('Newer', 32, y, 150, 56, () => this.turn(-this.listed_));
    this.panel_.button('Older', 194, y, 150, 56, () => this.turn(this.listed_));
  }
}

/** The moment, playing, and what is shown. */
class TimePage {
  /** @param {?} panel */
  constructor(panel) {
    /** @private @const */
    this.panel_ = panel;
    /** @private @const */
    this.rows_ = new Rows(panel, LISTED);
  }

  draw() {
    const panel = this.panel_;
    const {state, manifest} = panel.viewer;
    const now = manifest.first + state.now;
    panel.text(state.span < 40 * 86400 ? moment(now) : day(now), 32, 156, 46, 620);
    panel.text(manifest.repository, 680, 154, 30, 310, true);
    panel.slider('Moment', 180, (state.now - state.from) / state.span, part => state.moveTo(state.from + part * state.span));
    panel.text(day(manifest.first + state.from), 32, 264, 24, 300, true);
    panel.text(day(manifest.first + state.from + state.span), 826, 264, 24, 170, true);
    const wide = (WIDE - 4 * 12) / 5;
    /** @type {!Array<{label: string, act: function()}>} */
    const moves = [
      {label: 'Back', act: () => state.moveTo(state.now - state.span / 50)},
      {label: state.isPlaying ? 'Pause' : 'Play', act: () => state.play(!state.isPlaying)},
      {label: 'On', act: () => state.moveTo(state.now + state.span / 50)},
      {label: 'Less time', act: () => state.show(state.now - (state.now - state.from) / 2, state.span / 2)},
      {label: 'More time', act: () => state.show(state.now - (state.now - state.from) * 2, state.span * 2)},
    ];
    moves.forEach(({label, act}, i) => panel.button(label, 32 + i * (wide + 12), 286, wide, 64, act));
    LAYERS.forEach(([name, label], i) => {
      panel.button(label.split(' ')[0], 32 + i * (wide + 12), 364, wide, 64, () => state.setLayer(name, !state.layers[name]), state.layers[name]);
    });
    this.rows_.draw(452);
  }

  dispose() {
    this.rows_.dispose();
  }
}

/** What is known of the selected thing. */
class DetailsPage {
  /** @param {?} panel */
  constructor(panel) {
    /** @private @const */
    this.panel_ = panel;
    this.title = '';
    /** @private {!Array<!Array<string>>} */
    this.facts_ = [];
    /** What belongs to it and can be selected. @private {!Array<{label: string, act: function()}>} */
    this.further_ = [];
    /** @private {number} */
    this.turn_ = 0;
    this.dispose = panel.viewer.state.on(['selection'], () => this.read_(true));
    this.read_(false);
  }

  /** @param {boolean} isNew whether it was selected just now @return {!Promise<void>} @private */
  async read_(isNew) {
    const turn = ++this.turn_;
    const selection = this.panel_.viewer.state.selection;
    if (!selection) {
      this.show_('', [], []);
      return;
    }
    if (isNew) {
      this.panel_.open('Details');
    }
    try {
      const described = selection.kind === 'commit' ? await describeCommit(this.panel_.viewer, selection.index)
        : selection.kind === 'file' ? await describeFile(this.panel_.viewer, selection.index)
          : describeSeries(this.panel_.viewer, selection.index);
      const further = described ? await this.readFurther_(selection.kind, described.ids) : [];
      if (turn === this.turn_ && described) {
        this.show_(described.title, described.facts, further);
      }
    } catch (failure) {
      this.show_(/** @type {!Error} */ (failure).message, [], []);
    }
  }

  /**
   * @param {string} kind
   * @param {!Array<number>} ids
   * @return {!Promise<!Array<{label: string, act: function()}>>}
   * @private
   */
  async readFurther_(kind, ids) {
    const viewer = this.panel_.viewer;
    const {library, state} = viewer;
    if (kind === 'commit') {
      const some = ids.slice(0, LISTED);
      return (await library.pathNames(some)).map((label, i) => ({label, act: () => {
        const house = viewer.houseOf(some[i]);
        state.select(house < 0 ? state.selection : {kind: 'file', index: house});
      }}));
    }
    const newest = ids.slice(-LISTED).reverse();
    return (await library.subjects(newest)).map((label, i) => (
      {label: label || '(no message)', act: () => state.select({kind: 'commit', index: newest[i]})}));
  }

  /**
   * @param {string} title
   * @param {!Array<!Array<string>>} facts
   * @param {!Array<{label: string, act: function()}>} further
   * @private
   */
  show_(title, facts, further) {
    this.title = title;
    this.facts_ = facts;
    this.further_ = further;
    this.panel_.change();
  }

  draw() {
    const panel = this.panel_;
    const {state, commits} = panel.viewer;
    if (!this.title) {
      panel.paragraph('Nothing is selected. Point at a commit or a house, and press or pinch.', 32, 160, 34, WIDE, 2);
      return;
    }
    let y = panel.paragraph(this.title, 32, 152, 36, WIDE, 2);
    for (const [name, value] of this.facts_) {
      panel.text(name, 32, y, 27, 400, true);
      panel.text(value, 300 + (this.facts_.length < 5 ? 140 : 0), y, 27, WIDE - 280 - (this.facts_.length < 5 ? 140 : 0));
      y += 42;
    }
    const selection = state.selection;
    this.further_.forEach(({label, act}, i) => panel.row(label, 456 + i * 60, act));
    if (selection && selection.kind === 'commit') {
      const parent = commits.firstParents[selection.index];
      panel.button('Go to its moment', 32, 716, 290, 56, () => panel.viewer.goTo(commits.seconds(selection.index)));
      panel.button('Parent', 334, 716, 190, 56, () => state.select(
        parent > 0 ? {kind: 'commit', index: selection.index - parent} : selection));
    }
    panel.button('Nothing', 536, 716, 190, 56, () => state.select(null));
  }
}

/** Keys for a search, and what it found. */
class SearchPage {
  /** @param {?} panel */
  constructor(panel) {
    /** @private @const */
    this.panel_ = panel;
    /** @private @const */
    this.rows_ = new Rows(panel, LISTED_SEARCHING);
    this.dispose = this.rows_.dispose;
    /** @private {string} */
    this.text_ = panel.viewer.state.filter.text;
    /** @private {string} */
    this.field_ = panel.viewer.state.filter.field;
    /** @private @const */
    this.find_ = later(() => panel.viewer.state.filterBy({text: this.text_, field: this.field_, isExpression: false}), 250);
  }

  /** @param {string} text @private */
  type_(text) {
    this.text_ = text.substring(0, 80);
    this.find_();
    this.panel_.change();
  }

  draw() {
    const panel = this.panel_;
    const {viewer} = panel;
    panel.box(32, 108, 500, 60, '#0b0d14');
    panel.text(this.text_ || 'Type to search', 50, 148, 30, 460, this.text_ === '');
    const found = viewer.matches < 0 ? 'all commits' : `${viewer.matches.toLocaleString('en')} found`;
    [['message', 'Message'], ['author', 'Author'], ['path', 'Path']].forEach(([field, label], i) => {
      panel.button(label, 544 + i * 152, 108, 144, 60, () => {
        this.field_ = field;
        this.type_(this.text_);
      }, field === this.field_);
    });
    KEYS.forEach((row, line) => [...row].forEach((key, i) => {
      panel.button(key, 32 + i * 96.4, 184 + line * 68, 88, 60, () => this.type_(this.text_ + key));
    }));
    panel.button('Space', 32, 456, 376, 60, () => this.type_(this.text_ + ' '));
    panel.button('Erase', 418, 456, 180, 60, () => this.type_(this.text_.slice(0, -1)));
    panel.button('Clear', 608, 456, 180, 60, () => {
      this.text_ = '';
      viewer.state.filterBy(NO_FILTER);
      panel.change();
    });
    panel.text(found, 804, 496, 27, 190, true);
    this.rows_.draw(536);
  }
}

/** What a person may choose for the session. */
class SettingsPage {
  /** @param {?} panel */
  constructor(panel) {
    /** @private @const */
    this.panel_ = panel;
  }

  draw() {
    const panel = this.panel_;
    const {scene} = panel;
    const {settings, session} = scene;
    const rates = scene.rates;
    this.choice_(118, 'Frames a second', rates.map(rate => ({
      label: String(rate), isChosen: session.frameRate === rate, act: () => scene.setRate(rate),
    })));
    this.choice_(196, 'Coarser edge', scene.canFoveate ? FOVEATIONS.map(([label, value]) => ({
      label: /** @type {string} */ (label), isChosen: settings.foveation === value, act: () => scene.setFoveation(/** @type {number} */ (value)),
    })) : []);
    this.choice_(274, 'A turn of the stick', scene.isAr ? [] : TURNS.map(turn => ({
      label: `${turn}°`, isChosen: settings.turn === turn, act: () => this.keep_('turn', turn),
    })));
    this.choice_(352, 'Dark edge on moving', scene.isAr ? [] : [true, false].map(isOn => ({
      label: isOn ? 'On' : 'Off', isChosen: settings.hasVignette === isOn, act: () => this.keep_('hasVignette', isOn),
    })));
    this.choice_(430, 'Rest head to press', [true, false].map(isOn => ({
      label: isOn ? 'On' : 'Off', isChosen: settings.hasRest === isOn, act: () => this.keep_('hasRest', isOn),
    })));
    this.choice_(508, 'The scene', [
      {label: 'Larger', isChosen: false, act: () => scene.resize(1.25)},
      {label: 'Smaller', isChosen: false, act: () => scene.resize(0.8)},
      {label: 'Turn', isChosen: false, act: () => scene.spin(Math.PI / 8)},
      {label: 'To me', isChosen: false, act: () => scene.bring()},
    ]);
    this.choice_(586, 'In the room', scene.anchoring.canChoose ? [
      {label: scene.anchoring.isPlacing ? 'Point at a surface' : 'Choose a surface', isChosen: scene.anchoring.isPlacing, act: () => scene.anchoring.choose()},
    ] : []);
    panel.text(short(`In use: ${scene.used.join(', ')}`, 160), 32, 700, 25, WIDE, true);
    if (scene.said) {
      panel.text(scene.said, 32, 744, 25, WIDE);
    }
  }

  /**
   * @param {number} y
   * @param {string} name
   * @param {!Array<{label: string, isChosen: boolean, act: function()}>} all
   * @private
   */
  choice_(y, name, all) {
    this.panel_.text(name, 32, y + 42, 29, 320, true);
    if (all.length === 0) {
      this.panel_.text('not offered here', 370, y + 42, 29, 600, true);
    }
    const wide = (WIDE - 338 - 12 * (all.length - 1)) / Math.max(1, all.length);
    all.forEach(({label, isChosen, act}, i) => this.panel_.button(label, 370 + i * (wide + 12), y, wide, 64, act, isChosen));
  }

  /** @param {string} name @param {?} value @private */
  keep_(name, value) {
    const settings = this.panel_.scene.settings;
    settings[name] = value;
    settings.keep();
  }

  dispose() {}
}

/** The pages in their order, with the classes that draw them. */
export const PAGES = [{name: 'Time', type: TimePage}, {name: 'Details', type: DetailsPage}, {name: 'Search', type: SearchPage},
  {name: 'Settings', type: SettingsPage}];
