/** A search that takes longer than this without a page being done is given up by the page. */
const BREATH_MILLIS = 12;

/**
 * Pages of lines, each one text, so that one run of the engine's own search goes over thousands of
 * commits.
 */
export class Lines {
  constructor() {
    /** @private @const {!Map<number, string>} */
    this.pages_ = new Map();
    /** @private @const {!Map<number, !Uint32Array>} */
    this.starts_ = new Map();
  }

  /**
   * @param {number} page
   * @param {string} text lines, each ended by a line break
   */
  put(page, text) {
    this.pages_.set(page, text);
  }

  /** @return {!Array<number>} */
  pages() {
    return [...this.pages_.keys()].sort((a, b) => a - b);
  }

  /**
   * @param {number} page
   * @param {number} line
   * @return {string}
   */
  line(page, line) {
    const starts = this.startsOf_(page);
    const text = this.pages_.get(page) || '';
    return line + 1 < starts.length ? text.substring(starts[line], starts[line + 1] - 1) : '';
  }

  /**
   * The lines of a page that a pattern is found in, in their order.
   *
   * @param {number} page
   * @param {!RegExp} pattern global
   * @param {function(number)} found
   */
  match(page, pattern, found) {
    const text = this.pages_.get(page) || '';
    const starts = this.startsOf_(page);
    pattern.lastIndex = 0;
    let line = 0;
    for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) {
      while (starts[line + 1] <= hit.index) {
        line++;
      }
      if (line + 1 >= starts.length) {
        return;
      }
      found(line);
      pattern.lastIndex = starts[line + 1];
    }
  }

  /**
   * @param {number} page
   * @return {!Uint32Array} where lines begin, and the end
   * @private
   */
  startsOf_(page) {
    const known = this.starts_.get(page);
    if (known) {
      return known;
    }
    const text = this.pages_.get(page) || '';
    /** @type {!Array<number>} */
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    const packed = Uint32Array.from(starts);
    this.starts_.set(page, packed);
    return packed;
  }
}

/**
 * The pattern of a search. A plain text ignores case; an expression does not unless it is said.
 *
 * @param {string} text
 * @param {boolean} isExpression
 * @return {!RegExp}
 */
export function patternOf(text, isExpression) {
  // m: lines are the text; s is left out, so that nothing reaches over a line's end.
  return isExpression
    ? new RegExp(text, 'gmiu')
    : new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'gi');
}

/**
 * Runs a search page by page and gives way between pages, so that a newer one can end it.
 *
 * @param {!Lines} lines
 * @param {!RegExp} pattern
 * @param {function(number, number)} found page and line
 * @param {function(): boolean} isWanted
 * @return {!Promise<boolean>} whether it came to its end
 */
export async function search(lines, pattern, found, isWanted) {
  let began = performance.now();
  for (const page of lines.pages()) {
    lines.match(page, pattern, line => found(page, line));
    if (performance.now() - began > BREATH_MILLIS) {
      await breath();
      began = performance.now();
      if (!isWanted()) {
        return false;
      }
    }
  }
  return isWanted();
}

/** @return {!Promise<void>} */
function breath() {
  return new Promise(resolve => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(0);
  });
}
