/**
 * Makes an element. Texts become text nodes, never markup; a listener's name begins with "on".
 *
 * @param {string} tag
 * @param {?Object<string, ?>=} attributes
 * @param {...(string|!Node|null)} children
 * @return {!HTMLElement}
 */
export function el(tag, attributes = null, ...children) {
  const element = /** @type {!HTMLElement} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.substring(2), /** @type {?} */ (value));
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  children.forEach(child => child === null ? undefined : element.append(child));
  return element;
}

/**
 * @param {string} path of an icon, 16 units wide
 * @return {!Element}
 */
export function icon(path) {
  const name = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(name, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const line = document.createElementNS(name, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  play: 'M4 2.5l9 5.5-9 5.5z',
  pause: 'M4.5 3v10M11.5 3v10',
  back: 'M10 3L5 8l5 5',
  on: 'M6 3l5 5-5 5',
  more: 'M8 3v10M3 8h10',
  less: 'M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  view: 'M2 5l6-3 6 3-6 3zM2 8l6 3 6-3M2 11l6 3 6-3',
  list: 'M2 4h12M2 8h12M2 12h12',
  compare: 'M6 2v12M10 2v12M2 5h4M10 11h4',
  bookmark: 'M4 2h8v12l-4-3-4 3z',
  help: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.8M8 12.7v.3',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM11 11l3 3',
  home: 'M2 8l6-5 6 5M4 7v6h8V7',
  goggles: 'M2 5h12v6h-4l-2-2-2 2H2z',
};

/**
 * @param {string} label for people
 * @param {?string} shape one of ICONS
 * @param {function()} act
 * @param {?Object<string, ?>=} attributes
 * @return {!HTMLElement}
 */
export function button(label, shape, act, attributes = null) {
  const made = el('button', Object.assign({'type': 'button', 'onclick': act}, attributes || {}));
  if (shape) {
    made.setAttribute('aria-label', label);
    made.title = label;
    made.append(icon(ICONS[shape]));
  } else {
    made.append(label);
  }
  return made;
}

/**
 * @param {string} label
 * @param {!Array<!Array<string>>} options value and text of each
 * @param {string} chosen
 * @param {function(string)} change
 * @return {!HTMLElement} a label with the select in it
 */
export function choice(label, options, chosen, change) {
  const select = /** @type {!HTMLSelectElement} */ (el('select', {'onchange': () => change(select.value)}));
  options.forEach(([value, text]) => select.append(el('option', {'value': value, 'selected': value === chosen}, text)));
  return el('label', {'class': 'field'}, el('span', null, label), select);
}

/**
 * Puts other children in the place of those that are there. A focus that was within stays within.
 *
 * @param {!Element} element
 * @param {...(string|!Node)} children
 */
export function refill(element, ...children) {
  const hadFocus = element.contains(document.activeElement) && element !== document.activeElement;
  element.textContent = '';
  children.forEach(child => element.append(child));
  if (hadFocus) {
    focusIn(element);
  }
}

/**
 * Focuses what can be focused in an element, else the element itself.
 *
 * @param {!Element} element
 */
export function focusIn(element) {
  const first = element.querySelector('button, a[href], input, select, [tabindex="0"]');
  const target = /** @type {!HTMLElement} */ (first || element);
  if (!first) {
    target.setAttribute('tabindex', '-1');
  }
  target.focus();
}
