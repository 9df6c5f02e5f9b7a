import {FORMAT, Manifest, Measurements} from './manifest.js';
import {PageError, Pages} from './pages.js';
import {WorkerClient} from '../worker/client.js';
import {unpackText} from './unpack.js';

/** An expression that takes this long without an answer is ended with its thread. */
const PATIENCE_MILLIS = 6000;

/** The same when somebody already wants something else. */
const GRACE_MILLIS = 400;

/**
 * What a search found.
 *
 * @typedef {{mask: !Uint8Array, matched: !Array<number>, isWhole: boolean, millis: number}}
 */
export let Found;

/**
 * All data: pages are loaded once, when something first needs them, and kept by the threads that
 * answer from them.
 */
export class Library {
  /**
   * @param {!Pages} pages
   * @param {!Manifest} manifest
   * @param {string} program of the second thread
   */
  constructor(pages, manifest, program) {
    this.pages = pages;
    this.manifest = manifest;
    /** Unpacks and picks; always answers soon. */
    this.worker = new WorkerClient(program);
    /** Searches; may be ended. */
    this.searcher = new WorkerClient(program);
    /** @private @const {!Map<string, !Promise<!Object<string, ?>>>} */
    this.loads_ = new Map();
    /** @type {!Array<string>} */
    this.authors = [];
    /** @type {!Array<string>} */
    this.problems = [];
    /** The search that has no answer yet. @private {?Promise<!Object<string, ?>>} */
    this.searching_ = null;
  }

  /**
   * @param {string} folder
   * @return {!Promise<!Library>}
   */
  static async open(folder) {
    const pages = new Pages(folder);
    const manifest = /** @type {!Manifest} */ (JSON.parse(await unpackText(await pages.load('manifest'))));
    if (manifest.format !== FORMAT) {
      throw new PageError(`The data are of format ${manifest.format}, and this viewer reads format ${FORMAT}: publish again.`);
    }
    const program = await unpackText(await pages.loadFrom('worker.js', 'worker'));
    const library = new Library(pages, manifest, program);
    await library.worker.ask('begin', {'commits': manifest.commits, 'page': manifest.page, 'lanes': manifest.lanes});
    return library;
  }

  /**
   * Loads a page into the thread that answers from it, once.
   *
   * @param {!WorkerClient} thread
   * @param {string} kind
   * @param {number} number -1 for a page that is the only one of its kind
   * @return {!Promise<!Object<string, ?>>}
   */
  need(thread, kind, number) {
    const name = number < 0 ? kind : `${kind}-${number}`;
    let load = this.loads_.get(name);
    if (!load) {
      load = this.pages.load(name).then(packed => thread.ask(kind, {'packed': packed, 'number': number}));
      this.loads_.set(name, load);
      load.catch(() => this.loads_.delete(name));
    }
    return load;
  }

  /** @return {number} */
  get pageCount() {
    return Math.ceil(this.manifest.commits / this.manifest.page);
  }

  /**
   * @param {number} page
   * @return {!Promise<!Uint8Array>}
   */
  async commits(page) {
    const answer = await this.need(this.worker, 'commits', page);
    return /** @type {!Uint8Array} */ (answer['bytes']);
  }

  /**
   * @param {string} name
   * @return {!Promise<!Uint8Array>}
   */
  async bytes(name) {
    const answer = await this.worker.ask('bytes', {'packed': await this.pages.load(name)});
    return /** @type {!Uint8Array} */ (answer['bytes']);
  }

  /** @return {!Promise<!Uint8Array>} */
  async city() {
    const packed = await this.pages.load('city');
    const answer = await this.worker.ask('city', {
      'packed': packed, 'width': this.manifest.cityWidth, 'length': this.manifest.cityLength,
    });
    return /** @type {!Uint8Array} */ (answer['bytes']);
  }

  /** @return {!Promise<!Measurements>} */
  async measurements() {
    const answer = await this.worker.ask('text', {'packed': await this.pages.load('measurements')});
    return /** @type {!Measurements} */ (JSON.parse(/** @type {string} */ (answer['text'])));
  }

  /** @return {!Promise<!Array<string>>} names by rank */
  async loadAuthors() {
    const answer = await this.need(this.searcher, 'authors', -1);
    this.authors = /** @type {string} */ (answer['text']).split('\n');
    this.authors.pop();
    return this.authors;
  }

  /**
   * @param {!Array<number>} indexes of commits
   * @return {!Promise<!Array<string>>}
   */
  async subjects(indexes) {
    const size = this.manifest.page;
    const pages = new Set(indexes.map(index => Math.floor(index / size)));
    await Promise.all([...pages].map(page => this.need(this.searcher, 'subjects', page)));
    const answer = await this.searcher.ask('subjectsOf', {'indexes': indexes, 'page': size});
    return /** @type {!Array<string>} */ (answer['subjects']);
  }

  /**
   * @param {!Array<number>} indexes of paths
   * @return {!Promise<!Array<string>>}
   */
  async pathNames(indexes) {
    const size = this.manifest.page;
    const pages = new Set(indexes.map(index => Math.floor(index / size)));
    await Promise.all([...pages].map(page => this.need(this.searcher, 'paths', page)));
    const answer = await this.searcher.ask('pathsOf', {'indexes': indexes, 'page': size});
    return /** @type {!Array<string>} */ (answer['paths']);
  }

  /**
   * @param {number} index of a commit
   * @return {!Promise<!Array<number>>} its changed paths
   */
  async filesOf(index) {
    await this.need(this.searcher, 'changes', Math.floor(index / this.manifest.page));
    const answer = await this.searcher.ask('changesOf', {'index': index, 'page': this.manifest.page});
    return /** @type {!Array<number>} */ (answer['files']);
  }

  /**
   * @param {number} path
   * @return {!Promise<!Array<number>>} commits that changed it
   */
  async commitsOf(path) {
    await this.all_('changes', this.pageCount, () => {});
    const answer = await this.searcher.ask('commitsOfFile', {'path': path, 'page': this.manifest.page});
    return /** @type {!Array<number>} */ (answer['commits']);
  }

  /**
   * @param {number} index of a commit
   * @return {!Promise<string>} its id in hex
   */
  async idOf(index) {
    await this.need(this.worker, 'ids', Math.floor(index / this.manifest.page));
    const answer = await this.worker.ask('idOf', {'index': index, 'page': this.manifest.page, 'width': this.manifest.idBytes});
    return /** @type {string} */ (answer['id']);
  }

  /**
   * @param {string} id in hex, or its beginning
   * @return {!Promise<number>} -1 when there is none
   */
  async indexOf(id) {
    for (let page = this.pageCount - 1; page >= 0; page--) {
      await this.need(this.worker, 'ids', page);
    }
    const answer = await this.worker.ask('indexOfId', {'commit': id, 'page': this.manifest.page, 'width': this.manifest.idBytes});
    return /** @type {number} */ (answer['index']);
  }

  /**
   * @param {string} kind
   * @param {number} count
   * @param {function(number)} progress
   * @return {!Promise<void>}
   * @private
   */
  async all_(kind, count, progress) {
    let done = 0;
    for (let begin = 0; begin < count; begin += 4) {
      const numbers = [0, 1, 2, 3].map(i => begin + i).filter(number => number < count);
      await Promise.all(numbers.map(number => this.need(this.searcher, kind, number)));
      done += numbers.length;
      progress(done / count);
    }
  }

  /**
   * Searches all subjects, authors or paths, loading what it needs first.
   *
   * @param {string} field message, author or path
   * @param {string} text
   * @param {boolean} isExpression
   * @param {function(number)} progress 0 to 1 of the loading
   * @return {!Promise<!Found>}
   */
  async find(field, text, isExpression, progress) {
    const size = this.manifest.page;
    await this.stopSearch();
    if (field === 'author') {
      await this.loadAuthors();
    } else if (field === 'path') {
      await this.all_('paths', Math.ceil(this.manifest.paths / size), part => progress(part / 3));
      await this.all_('changes', this.pageCount, part => progress(1 / 3 + part * 2 / 3));
    } else {
      await this.all_('subjects', this.pageCount, progress);
    }
    const answer = await this.patiently_(this.searcher.ask('find', {
      'field': field, 'text': text, 'isExpression': isExpression, 'page': size, 'commits': this.manifest.commits,
    }));
    const found = {
      mask: /** @type {!Uint8Array} */ (answer['mask']),
      matched: /** @type {!Array<number>} */ (answer['matched']),
      isWhole: /** @type {boolean} */ (answer['isWhole']),
      millis: /** @type {number} */ (answer['millis']),
    };
    if (field === 'author') {
      found.mask = await this.mask('authorMask', {'authors': found.matched});
    }
    return found;
  }

  /**
   * @param {!Promise<!Object<string, ?>>} answer
   * @return {!Promise<!Object<string, ?>>}
   * @private
   */
  async patiently_(answer) {
    const timer = setTimeout(() => this.endSearch(), PATIENCE_MILLIS);
    this.searching_ = answer;
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      if (this.searching_ === answer) {
        this.searching_ = null;
      }
    }
  }

  /**
   * Stops a search that nobody waits for any more: it gives way between pages, and with its thread
   * when an expression does not let it.
   *
   * @return {!Promise<void>}
   */
  async stopSearch() {
    const old = this.searching_;
    if (!old) {
      return;
    }
    this.searcher.ask('stop').catch(() => {});
    await Promise.race([old.catch(() => {}), new Promise(resolve => setTimeout(resolve, GRACE_MILLIS))]);
    if (this.searching_ === old) {
      this.endSearch();
    }
  }

  /** Ends a search at once, whatever it is doing. What its thread had loaded is loaded again by need. */
  endSearch() {
    this.searcher.restart();
    for (const name of [...this.loads_.keys()]) {
      if (!name.startsWith('commits') && !name.startsWith('ids')) {
        this.loads_.delete(name);
      }
    }
  }

  /**
   * @param {string} what authorMask, kindMask or reachMask
   * @param {!Object<string, ?>} of
   * @return {!Promise<!Uint8Array>}
   */
  async mask(what, of) {
    const answer = await this.worker.ask(what, of);
    return /** @type {!Uint8Array} */ (answer['mask']);
  }
}
