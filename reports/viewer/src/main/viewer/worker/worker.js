import {Commits, MERGE_BIT} from '../data/commits.js';
import {readCity, stateAt, City} from '../data/city.js';
import {Reader} from '../data/bytes.js';
import {unpack, unpackText} from '../data/unpack.js';
import {houseHeight} from '../layout/place.js';
import {linksOf} from '../layout/links.js';
import {Hit, LaneIndex, Ray, pickBox} from './pick.js';
import {Lines, patternOf, search} from './search.js';

/**
 * The second thread. It unpacks pages, finds what a ray meets, and searches. The page starts two of
 * it: one that must always answer soon, and one that may be ended when an expression does not end.
 */

/** @type {?Commits} */
let commits = null;
/** @type {?LaneIndex} */
let laneIndex = null;
/** @type {?City} */
let city = null;
let lanes = 1;
let wanted = 0;
const subjects = new Lines();
const paths = new Lines();
const authors = new Lines();
/** @type {!Map<number, !Uint8Array>} */
const changes = new Map();
/** @type {!Map<number, !Uint8Array>} */
const ids = new Map();

/**
 * @param {number} page
 * @param {function(number, !Array<number>)} each commit and the numbers of its paths
 */
function eachChange(page, each) {
  const bytes = changes.get(page);
  if (!bytes) {
    return;
  }
  const reader = new Reader(bytes);
  for (let line = 0; reader.at < bytes.length; line++) {
    /** @type {!Array<number>} */
    const files = [];
    for (let count = reader.varint(); count > 0; count--) {
      files.push(reader.varint());
    }
    each(line, files);
  }
}

/**
 * @param {!Uint8Array} mask
 * @param {number} page
 * @param {!Set<number>} files
 * @param {number} size commits of a page
 */
function markChangesOf(mask, page, files, size) {
  eachChange(page, (line, changed) => {
    if (changed.some(file => files.has(file))) {
      mask[page * size + line] = 1;
    }
  });
}

/**
 * Commits whose subject, author or changed files match.
 *
 * @param {!Object<string, ?>} ask
 * @return {!Promise<!Object<string, ?>>}
 */
async function find(ask) {
  const number = ++wanted;
  const isWanted = () => number === wanted;
  const size = /** @type {number} */ (ask['page']);
  const mask = new Uint8Array(/** @type {number} */ (ask['commits']));
  const pattern = patternOf(/** @type {string} */ (ask['text']), /** @type {boolean} */ (ask['isExpression']));
  const began = performance.now();
  let isWhole = true;
  /** @type {!Array<number>} */
  const matched = [];
  if (ask['field'] === 'author') {
    isWhole = await search(authors, pattern, (page, line) => void matched.push(line), isWanted);
  } else if (ask['field'] === 'path') {
    /** @type {!Set<number>} */
    const files = new Set();
    isWhole = await search(paths, pattern, (page, line) => void files.add(page * size + line), isWanted);
    for (const page of changes.keys()) {
      markChangesOf(mask, page, files, size);
    }
    matched.push(...[...files].slice(0, 5000));
  } else {
    isWhole = await search(subjects, pattern, (page, line) => void (mask[page * size + line] = 1), isWanted);
  }
  return {'mask': mask, 'matched': matched, 'isWhole': isWhole, 'millis': performance.now() - began};
}

/**
 * @param {!Uint8Array} bytes
 * @return {string}
 */
function hex(bytes) {
  let text = '';
  for (const byte of bytes) {
    text += (byte < 16 ? '0' : '') + byte.toString(16);
  }
  return text;
}

/** @const {!Object<string, function(!Object<string, ?>): ?>} */
const answers = {
  'begin': ask => {
    commits = new Commits(/** @type {number} */ (ask['commits']), /** @type {number} */ (ask['page']));
    lanes = /** @type {number} */ (ask['lanes']);
    return {};
  },
  'text': async ask => ({'text': await unpackText(/** @type {string} */ (ask['packed']))}),
  'bytes': async ask => ({'bytes': await unpack(/** @type {string} */ (ask['packed']))}),
  'commits': async ask => {
    const bytes = await unpack(/** @type {string} */ (ask['packed']));
    if (commits) {
      commits.take(/** @type {number} */ (ask['number']), bytes);
    }
    laneIndex = null;
    return {'bytes': bytes};
  },
  'links': () => {
    const links = commits ? linksOf(commits) : {pairs: new Uint32Array(0), far: 0};
    return {'pairs': links.pairs, 'far': links.far};
  },
  'city': async ask => {
    const bytes = await unpack(/** @type {string} */ (ask['packed']));
    city = readCity(bytes, /** @type {number} */ (ask['width']), /** @type {number} */ (ask['length']));
    return {'bytes': bytes};
  },
  'pick': ask => {
    const ray = ask['ray'];
    const view = ask['view'];
    const line = {ox: ray[0], oy: ray[1], oz: ray[2], dx: ray[3], dy: ray[4], dz: ray[5]};
    const seen = {from: view[0], span: view[1], now: view[2], cone: view[3]};
    let commit = null;
    if (commits && ask['hasCommits']) {
      laneIndex = laneIndex || new LaneIndex(commits, lanes);
      commit = laneIndex.pick(line, seen);
    }
    const files = city;
    const moment = /** @type {number} */ (ask['moment']);
    const file = files && ask['hasCity'] ? pickFile(files, line, moment) : null;
    // A commit is a small thing that was aimed at; a house only wins when it stands in front.
    const isFile = file && (!commit || file.distance < commit.distance - 0.4);
    const hit = isFile ? file : commit;
    return {'kind': hit ? isFile ? 'file' : 'commit' : '', 'index': hit ? hit.index : -1, 'distance': hit ? hit.distance : 0};
  },
  'authorMask': ask => {
    const mask = new Uint8Array(commits ? commits.count : 0);
    const chosen = new Set(ask['authors']);
    for (let i = 0; commits && i < commits.count; i++) {
      mask[i] = chosen.has(commits.authors[i]) ? 1 : 0;
    }
    return {'mask': mask};
  },
  'kindMask': ask => {
    const mask = new Uint8Array(commits ? commits.count : 0);
    for (let i = 0; commits && i < commits.count; i++) {
      const isMerge = (commits.texels[2 * i + 1] & MERGE_BIT) !== 0;
      mask[i] = (ask['kind'] === 'merge') === isMerge ? 1 : 0;
    }
    return {'mask': mask};
  },
  'reachMask': ask => {
    const mask = new Uint8Array(commits ? commits.count : 0);
    if (commits) {
      reach(commits, /** @type {number} */ (ask['tip']), mask);
    }
    return {'mask': mask};
  },
  'subjects': async ask => {
    subjects.put(/** @type {number} */ (ask['number']), await unpackText(/** @type {string} */ (ask['packed'])));
    return {};
  },
  'paths': async ask => {
    paths.put(/** @type {number} */ (ask['number']), await unpackText(/** @type {string} */ (ask['packed'])));
    return {};
  },
  'authors': async ask => {
    const text = await unpackText(/** @type {string} */ (ask['packed']));
    authors.put(0, text);
    return {'text': text};
  },
  'changes': async ask => {
    changes.set(/** @type {number} */ (ask['number']), await unpack(/** @type {string} */ (ask['packed'])));
    return {};
  },
  'ids': async ask => {
    ids.set(/** @type {number} */ (ask['number']), await unpack(/** @type {string} */ (ask['packed'])));
    return {};
  },
  'find': find,
  'stop': () => {
    wanted++;
    return {};
  },
  'subjectsOf': ask => {
    const size = /** @type {number} */ (ask['page']);
    const indexes = /** @type {!Array<number>} */ (ask['indexes']);
    return {'subjects': indexes.map(i => subjects.line(Math.floor(i / size), i % size))};
  },
  'pathsOf': ask => {
    const size = /** @type {number} */ (ask['page']);
    const indexes = /** @type {!Array<number>} */ (ask['indexes']);
    return {'paths': indexes.map(i => paths.line(Math.floor(i / size), i % size))};
  },
  'changesOf': ask => {
    const size = /** @type {number} */ (ask['page']);
    const index = /** @type {number} */ (ask['index']);
    /** @type {!Array<number>} */
    let files = [];
    eachChange(Math.floor(index / size), (line, changed) => {
      if (line === index % size) {
        files = changed;
      }
    });
    return {'files': files};
  },
  'commitsOfFile': ask => {
    const size = /** @type {number} */ (ask['page']);
    /** @type {!Array<number>} */
    const found = [];
    for (const page of [...changes.keys()].sort((a, b) => a - b)) {
      eachChange(page, (line, changed) => {
        if (changed.includes(ask['path'])) {
          found.push(page * size + line);
        }
      });
    }
    return {'commits': found};
  },
  'idOf': ask => {
    const size = /** @type {number} */ (ask['page']);
    const width = /** @type {number} */ (ask['width']);
    const index = /** @type {number} */ (ask['index']);
    const page = ids.get(Math.floor(index / size));
    const at = index % size * width;
    return {'id': page ? hex(page.subarray(at, at + width)) : ''};
  },
  'indexOfId': ask => {
    const size = /** @type {number} */ (ask['page']);
    const width = /** @type {number} */ (ask['width']);
    const wantedId = /** @type {string} */ (ask['commit']);
    let index = -1;
    ids.forEach((page, number) => {
      for (let at = 0; at < page.length && index < 0; at += width) {
        if (hex(page.subarray(at, at + Math.ceil(wantedId.length / 2))).startsWith(wantedId)) {
          index = number * size + at / width;
        }
      }
    });
    return {'index': index};
  },
};

/**
 * @param {!City} files
 * @param {!Ray} ray
 * @param {number} moment
 * @return {?Hit}
 */
function pickFile(files, ray, moment) {
  return pickBox(ray, files.boxes, i => houseHeight(stateAt(files, i, moment, 0)));
}

/**
 * Marks all ancestors of a commit; parents stand before their children.
 *
 * @param {!Commits} of
 * @param {number} tip
 * @param {!Uint8Array} mask
 */
function reach(of, tip, mask) {
  /** @type {!Map<number, !Array<number>>} */
  const further = new Map();
  for (let i = 0; i < of.furtherParents.length; i += 2) {
    const child = of.furtherParents[i];
    further.set(child, [...(further.get(child) || []), of.furtherParents[i + 1]]);
  }
  mask[tip] = 1;
  for (let i = tip; i >= 0; i--) {
    if (mask[i]) {
      if (of.firstParents[i] > 0) {
        mask[i - of.firstParents[i]] = 1;
      }
      (further.get(i) || []).forEach(parent => void (mask[parent] = 1));
    }
  }
}

self.onmessage = async (/** !MessageEvent */ event) => {
  const ask = /** @type {!Object<string, ?>} */ (event.data);
  try {
    const answer = /** @type {!Object<string, ?>} */ (await answers[/** @type {string} */ (ask['what'])](ask));
    /** @type {!Array<!Transferable>} */
    const moved = [];
    for (const name of ['bytes', 'mask', 'pairs']) {
      if (answer[name]) {
        moved.push(answer[name].buffer);
      }
    }
    self.postMessage({'id': ask['id'], 'answer': answer}, moved);
  } catch (failure) {
    self.postMessage({'id': ask['id'], 'failure': String(failure && /** @type {!Error} */ (failure).message || failure)});
  }
};
