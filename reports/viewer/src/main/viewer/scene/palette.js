/**
 * Colours of authors, each list told apart with the common kinds of colour blindness: Okabe and Ito
 * 2008, Tol 2021 (bright, muted). The ninth is for everybody else.
 *
 * @typedef {{name: string, dark: !Array<string>, light: !Array<string>}}
 */
export let Palette;

/** @const {!Array<!Palette>} */
export const PALETTES = [
  {
    name: 'Okabe and Ito',
    dark: ['#56b4e9', '#e69f00', '#2fc796', '#f0e442', '#e59ac6', '#ff7f3f', '#7fa8ff', '#c9ced9', '#7c859c'],
    light: ['#0072b2', '#c77800', '#00835f', '#9a8f00', '#b4508b', '#d14a00', '#3f5fd0', '#4a4f5c', '#8f96a6'],
  },
  {
    name: 'Tol bright',
    dark: ['#6b9be0', '#ff7d8a', '#4fbf63', '#e0cf58', '#7fd8f5', '#d070b0', '#d0d0d0', '#f4a261', '#7c859c'],
    light: ['#3366aa', '#dd4455', '#1f7a36', '#a8901c', '#2d93b5', '#992e70', '#6a6a6a', '#b7622a', '#8f96a6'],
  },
  {
    name: 'Tol muted',
    dark: ['#8b83d6', '#88ccee', '#55c2b2', '#43a75d', '#c4bd5a', '#ddcc77', '#e08a99', '#c768b4', '#7c859c'],
    light: ['#332288', '#3a8fb7', '#2f9183', '#117733', '#827d22', '#9c8a2e', '#b5485c', '#882255', '#8f96a6'],
  },
];

/** Five steps of a scale from cold to hot, and one from less to more through nothing. */
export const HEAT = {
  dark: ['#2a3553', '#33628f', '#46a59c', '#ecb658', '#fff4cf'],
  light: ['#d6dde8', '#93b9d2', '#4f9a92', '#c98c24', '#8a2c06'],
};

export const CHANGE = {
  dark: ['#f08a4b', '#8a5a44', '#343a4d', '#3f6f96', '#6ec6ff'],
  light: ['#b8480d', '#e0a888', '#e4e2dc', '#8fb6d6', '#0a5c99'],
};

/** Colours of a benchmark's ribbon by its verdict; every other verdict has that of none. */
export const VERDICT_COLOURS = {'regressed': '#ff7a59', 'failed': '#ff5d8f', 'still regressed': '#ff7a59', 'improved': '#59b8ff', 'none': '#9aa3ff'};

/** The lowest and the highest reading of a metric. */
export const READINGS = ['#2b6f8f', '#f2b36b'];

/**
 * What the scene is painted with.
 *
 * @typedef {{
 *   top: string, bottom: string, ground: string, line: string, ink: string, soft: string, accent: string,
 *   slab: string, slabHigh: string,
 * }}
 */
export let Theme;

/** @const {{dark: !Theme, light: !Theme}} */
export const THEMES = {
  dark: {
    top: '#080a11', bottom: '#171c2b', ground: '#10141f', line: '#2c3550', ink: '#eae7e0', soft: '#8f97ad',
    accent: '#aab0ff', slab: '#171c2a', slabHigh: '#262e44',
  },
  light: {
    top: '#e9eaf0', bottom: '#fbfaf8', ground: '#f1eee8', line: '#c9c5bb', ink: '#1c1d22', soft: '#6a6d78',
    accent: '#41489e', slab: '#ebe7df', slabHigh: '#d9d4c9',
  },
};
