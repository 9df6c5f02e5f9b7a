const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps between labelled moments: seconds, or months where seconds is 0. */
const STEPS = [
  {seconds: 1, months: 0}, {seconds: 5, months: 0}, {seconds: 10, months: 0}, {seconds: 30, months: 0},
  {seconds: MINUTE, months: 0}, {seconds: 5 * MINUTE, months: 0}, {seconds: 15 * MINUTE, months: 0},
  {seconds: HOUR, months: 0}, {seconds: 3 * HOUR, months: 0}, {seconds: 6 * HOUR, months: 0},
  {seconds: DAY, months: 0}, {seconds: 2 * DAY, months: 0}, {seconds: 7 * DAY, months: 0},
  {seconds: 0, months: 1}, {seconds: 0, months: 3}, {seconds: 0, months: 6}, {seconds: 0, months: 12},
  {seconds: 0, months: 24}, {seconds: 0, months: 60}, {seconds: 0, months: 120},
];
const MONTH = 30.44 * DAY;
const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Moments that are worth a label, in UTC.
 *
 * @param {number} from seconds since 1970
 * @param {number} span
 * @param {number} most
 * @return {!Array<{seconds: number, text: string}>}
 */
export function ticks(from, span, most) {
  const step = STEPS.find(each => span / (each.seconds || each.months * MONTH) <= most) || STEPS[STEPS.length - 1];
  return step.months > 0 ? byMonths(from, span, step.months) : bySeconds(from, span, step.seconds);
}

/**
 * @param {number} from
 * @param {number} span
 * @param {number} months
 * @return {!Array<{seconds: number, text: string}>}
 */
function byMonths(from, span, months) {
  const start = new Date(from * 1000);
  let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
  month = Math.ceil(month / months) * months;
  /** @type {!Array<{seconds: number, text: string}>} */
  const found = [];
  for (let guard = 0; guard < 64; guard++, month += months) {
    const seconds = Date.UTC(Math.floor(month / 12), month % 12, 1) / 1000;
    if (seconds > from + span) {
      break;
    }
    if (seconds >= from) {
      const year = String(Math.floor(month / 12));
      found.push({seconds, text: month % 12 === 0 ? year : `${NAMES[month % 12]} ${year}`});
    }
  }
  return found;
}

/**
 * @param {number} from
 * @param {number} span
 * @param {number} step
 * @return {!Array<{seconds: number, text: string}>}
 */
function bySeconds(from, span, step) {
  /** @type {!Array<{seconds: number, text: string}>} */
  const found = [];
  for (let seconds = Math.ceil(from / step) * step; seconds <= from + span && found.length < 64; seconds += step) {
    const date = new Date(seconds * 1000);
    const day = `${date.getUTCDate()} ${NAMES[date.getUTCMonth()]}`;
    const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${step < MINUTE ? ':' + two(date.getUTCSeconds()) : ''}`;
    found.push({seconds, text: step >= DAY || clock === '00:00' ? day : clock});
  }
  return found;
}

/**
 * @param {number} number
 * @return {string}
 */
export function two(number) {
  return (number < 10 ? '0' : '') + number;
}

/**
 * @param {number} seconds since 1970
 * @return {string} such as 3 Mar 2021, 14:05 UTC
 */
export function moment(seconds) {
  const date = new Date(seconds * 1000);
  return `${date.getUTCDate()} ${NAMES[date.getUTCMonth()]} ${date.getUTCFullYear()}, `
    + `${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

/**
 * @param {number} seconds since 1970
 * @return {string} such as 3 Mar 2021
 */
export function day(seconds) {
  const date = new Date(seconds * 1000);
  return `${date.getUTCDate()} ${NAMES[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/**
 * A value in the unit in which the report shows it too, in four digits.
 *
 * @param {number} value
 * @param {number} factor
 * @param {string} unit
 * @return {string}
 */
export function quantity(value, factor, unit) {
  const shown = Number((value * factor).toPrecision(4));
  return `${shown.toLocaleString('en', {maximumFractionDigits: 12})}${unit ? '\u00a0' + unit : ''}`;
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string=} many
 * @return {string}
 */
export function counted(count, one, many = one + 's') {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
