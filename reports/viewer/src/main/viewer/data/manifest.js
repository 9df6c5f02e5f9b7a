/**
 * What the site says of itself, as dev.nightjar.viewer.ViewerFolder writes it.
 *
 * @typedef {{
 *   format: number,
 *   repository: string,
 *   writtenAt: number,
 *   forge: string,
 *   commits: number,
 *   page: number,
 *   first: number,
 *   last: number,
 *   lanes: number,
 *   idBytes: number,
 *   paths: number,
 *   cityWidth: number,
 *   cityLength: number,
 *   pageTimes: !Array<number>,
 *   activity: !Array<number>,
 *   refs: !Array<!Array<?>>,
 *   runs: !Array<!Array<?>>,
 *   suspects: !Array<!Array<?>>,
 *   bytes: !Object<string, ?>,
 * }}
 */
export let Manifest;

/** The only format that this program reads. */
export const FORMAT = 1;

/**
 * @typedef {{
 *   name: string, detail: string, factor: number, unit: string, direction: string, verdict: string,
 *   points: !Array<!Array<number>>, runs: !Array<!Array<?>>,
 * }}
 */
export let Series;

/**
 * @typedef {{name: string, unit: string, lowest: number, highest: number, values: !Array<?number>}}
 */
export let TelemetryRow;

/**
 * @typedef {{
 *   benchmarks: !Array<!Series>,
 *   telemetry: {from: number, to: number, rows: !Array<!TelemetryRow>},
 * }}
 */
export let Measurements;
