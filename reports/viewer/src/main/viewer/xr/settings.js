const KEY = 'nightjar.headset';

/** Frame rates that are offered for choice, in frames a second. */
const RATES = [72, 90, 120];

/** How much coarser the edge of the view is drawn, from 0 to 1, with its names. */
export const FOVEATIONS = [['Off', 0], ['Low', 1 / 3], ['Medium', 2 / 3], ['High', 1]];

/** Degrees of a step when turning. */
export const TURNS = [30, 45, 90];

/** What a person chose for sessions in a headset; the browser keeps it. */
export class XrSettings {
  constructor() {
    /** Frames a second; 0 leaves it to the device. @type {number} */
    this.rate = 0;
    this.foveation = 2 / 3;
    this.turn = TURNS[0];
    /** Whether the edge of the view darkens when the ground moves. */
    this.hasVignette = true;
    /** Whether a head that rests selects although something else could point. */
    this.hasRest = false;
    this.read_();
  }

  /** @private */
  read_() {
    try {
      const kept = JSON.parse(window.localStorage.getItem(KEY) || '{}');
      this.rate = RATES.includes(kept['rate']) ? kept['rate'] : this.rate;
      this.foveation = kept['foveation'] >= 0 && kept['foveation'] <= 1 ? kept['foveation'] : this.foveation;
      this.turn = TURNS.includes(kept['turn']) ? kept['turn'] : this.turn;
      this.hasVignette = kept['hasVignette'] !== false;
      this.hasRest = kept['hasRest'] === true;
    } catch (failure) {
      // What cannot be read is chosen anew.
    }
  }

  keep() {
    try {
      window.localStorage.setItem(KEY, JSON.stringify({
        'rate': this.rate, 'foveation': this.foveation, 'turn': this.turn, 'hasVignette': this.hasVignette, 'hasRest': this.hasRest,
      }));
    } catch (failure) {
      // Where nothing is kept, it holds for this session.
    }
  }
}

/**
 * @param {?Float32Array|undefined} supported frame rates of a session, where it tells
 * @return {!Array<number>} those that are offered for choice
 */
export function ratesOf(supported) {
  return supported ? RATES.filter(rate => supported.includes(rate)) : [];
}
