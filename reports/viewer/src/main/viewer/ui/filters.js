import {Viewer} from '../viewer.js';
import {Filter, NO_FILTER} from '../state.js';
import {counted} from '../layout/ticks.js';
import {el} from './dom.js';

/** A pause in typing after which a search begins. */
const PAUSE_MILLIS = 220;

/**
 * Turns the filter into the commits and files that stay bright. A newer filter overtakes an older one
 * that is still being worked out.
 *
 * @param {!Viewer} viewer
 * @param {function(string)} say
 */
export function createFiltering(viewer, say) {
  let turn = 0;
  const {state, library} = viewer;
  const run = async () => {
    const mine = ++turn;
    const filter = state.filter;
    try {
      /** @type {!Array<!Uint8Array>} */
      const masks = [];
      let files = null;
      if (!filter.text && !filter.path) {
        await library.stopSearch();
      }
      if (filter.text) {
        say('Searching…');
        const found = await library.find(filter.field, filter.text, filter.isExpression, part => {
          if (mine === turn && part < 1) {
            say(`Loading what is searched: ${Math.round(part * 100)} %`);
          }
        });
        const named = await indexOfId(viewer, filter);
        if (named >= 0) {
          found.mask[named] = 1;
        }
        masks.push(found.mask);
        files = filter.field === 'path' ? found.matched : null;
      }
      if (filter.path) {
        const found = await library.find('path', filter.path, false, () => {});
        masks.push(found.mask);
        const both = new Set(found.matched);
        files = files ? files.filter(file => both.has(file)) : found.matched;
      }
      if (filter.author >= 0) {
        masks.push(await library.mask('authorMask', {'authors': [filter.author]}));
      }
      if (filter.branch >= 0) {
        masks.push(await library.mask('reachMask', {'tip': filter.branch}));
      }
      if (filter.kind !== 'any') {
        masks.push(await library.mask('kindMask', {'kind': filter.kind}));
      }
      if (filter.after >= 0 || filter.before >= 0) {
        masks.push(dateMask(viewer, filter.after, filter.before));
      }
      if (mine === turn) {
        show(viewer, masks, files, say);
      }
    } catch (failure) {
      if (mine === turn) {
        viewer.setMask(null);
        say(`The search did not work: ${/** @type {!Error} */ (failure).message}`);
      }
    }
  };
  state.on(['filter'], run);
}

/** What is searched for is a commit's id, or as much of it as people write. */
const ID = /^[0-9a-f]{6,64}$/i;

/**
 * @param {!Viewer} viewer
 * @param {!Filter} filter
 * @return {!Promise<number>} the commit whose id the text begins; -1 for none
 */
async function indexOfId(viewer, filter) {
  return filter.field === 'message' && !filter.isExpression && ID.test(filter.text.trim())
    ? viewer.library.indexOf(filter.text.trim().toLowerCase()) : -1;
}

/**
 * Selects the first commit that the filter lets through, the newest, and goes to its moment.
 *
 * @param {!Viewer} viewer
 */
function selectFirst(viewer) {
  const mask = viewer.mask;
  let index = mask ? mask.length - 1 : -1;
  while (mask && index >= 0 && !(mask[index] && viewer.commits.isLoaded(index))) {
    index--;
  }
  if (index >= 0) {
    viewer.goTo(viewer.commits.seconds(index));
    viewer.state.select({kind: 'commit', index});
  }
}

/**
 * @param {!Viewer} viewer
 * @param {!Array<!Uint8Array>} masks
 * @param {?Array<number>} files numbers of paths
 * @param {function(string)} say
 */
function show(viewer, masks, files, say) {
  const mask = masks.length === 0 ? null : masks.reduce((a, b) => a.map((value, i) => value & b[i]));
  viewer.setMask(mask);
  if (viewer.houses && viewer.city) {
    const chosen = files ? new Set(files) : null;
    viewer.houses.setMask(chosen ? Uint8Array.from(viewer.city.paths, path => chosen.has(path) ? 1 : 0) : null);
  }
  viewer.matches = mask ? mask.reduce((a, b) => a + b, 0) : -1;
  say(mask ? `${counted(viewer.matches, 'commit matches', 'commits match')}` : '');
  viewer.state.tell('matches');
}

/**
 * @param {!Viewer} viewer
 * @param {number} after seconds from the first commit; below 0 for none
 * @param {number} before
 * @return {!Uint8Array}
 */
function dateMask(viewer, after, before) {
  const commits = viewer.commits;
  const mask = new Uint8Array(commits.count);
  for (let i = 0; i < commits.count; i++) {
    const seconds = commits.seconds(i);
    mask[i] = (after < 0 || seconds >= after) && (before < 0 || seconds <= before) ? 1 : 0;
  }
  return mask;
}

/**
 * The search field.
 *
 * @param {!Viewer} viewer
 * @return {!HTMLElement}
 */
export function searchForm(viewer) {
  const state = viewer.state;
  let timer = 0;
  const input = /** @type {!HTMLInputElement} */ (el('input', {
    'type': 'search', 'id': 'search', 'placeholder': 'Search commits, or an id', 'aria-label': 'Search', 'autocomplete': 'off', 'spellcheck': 'false',
  }));
  const field = /** @type {!HTMLSelectElement} */ (el('select', {'aria-label': 'Search in'},
    el('option', {'value': 'message'}, 'messages'), el('option', {'value': 'author'}, 'authors'), el('option', {'value': 'path'}, 'paths')));
  const expression = /** @type {!HTMLInputElement} */ (el('input', {'type': 'checkbox', 'id': 'expression'}));
  const run = () => {
    clearTimeout(timer);
    const text = input.value;
    if (expression.checked && !isExpression(text)) {
      input.setAttribute('aria-invalid', 'true');
      return;
    }
    input.removeAttribute('aria-invalid');
    state.filterBy({text, field: field.value, isExpression: expression.checked});
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE_MILLIS);
  });
  field.addEventListener('change', run);
  expression.addEventListener('change', run);
  let isFirstWanted = false;
  state.on(['matches'], () => {
    if (isFirstWanted) {
      isFirstWanted = false;
      selectFirst(viewer);
    }
  });
  state.on(['filter'], () => {
    if (document.activeElement !== input) {
      input.value = state.filter.text;
      field.value = state.filter.field;
      expression.checked = state.filter.isExpression;
    }
  });
  return el('form', {
    'class': 'search', 'role': 'search',
    'onsubmit': (/** !Event */ event) => {
      event.preventDefault();
      isFirstWanted = input.value !== '';
      run();
    },
  }, input, field, el('label', {'class': 'expression', 'title': 'Read it as a regular expression'}, expression, el('span', null, '.*'),
    el('span', {'class': 'unseen'}, 'Regular expression')));
}

/**
 * @param {string} text
 * @return {boolean}
 */
function isExpression(text) {
  try {
    // Something of it has to be asked for, or the compiler leaves it out.
    return new RegExp(text, 'u').source.length >= 0;
  } catch (failure) {
    return false;
  }
}

/**
 * @param {!Viewer} viewer
 */
export function clearFilter(viewer) {
  viewer.state.filterBy(NO_FILTER);
}
