/** How a feature was tested on a device. */
const EMULATED = 'emulated';
const BY_HAND = 'made by hand';
const NOT_TESTED = 'not tested';
const NONE = 'not there';

/** Devices that are meant to work, in the order of the table's columns. */
export const DEVICES = ['Quest 2', 'Quest 3', 'Quest Pro', 'Vision Pro', 'SteamVR, PCVR'];

/**
 * What is used of each device and how it was tested: with a profile of the emulator, with a profile
 * made by hand of what is known of it, or not at all. The same table is in the README.
 *
 * @const {!Array<!Array<string>>}
 */
export const TESTED = [
  ['VR session', EMULATED, EMULATED, EMULATED, BY_HAND, BY_HAND],
  ['Controllers: select, carry, scale', EMULATED, EMULATED, EMULATED, NONE, BY_HAND],
  ['Teleport, turning, dark edge', EMULATED, EMULATED, EMULATED, NOT_TESTED, BY_HAND],
  ['Hands: pinch, carry, zoom, palm', EMULATED, EMULATED, EMULATED, NOT_TESTED, NOT_TESTED],
  ['Eyes and a pinch', NONE, NONE, EMULATED, BY_HAND, NONE],
  ['Panel: time, search, details', EMULATED, EMULATED, EMULATED, NOT_TESTED, NOT_TESTED],
  ['Frame rate 72, 90, 120', EMULATED, EMULATED, EMULATED, NONE, NOT_TESTED],
  ['Foveation', BY_HAND, BY_HAND, BY_HAND, NOT_TESTED, NOT_TESTED],
  ['AR on a surface (hit test)', EMULATED, EMULATED, EMULATED, NONE, NONE],
  ['Anchor found after a reload', EMULATED, EMULATED, EMULATED, NONE, NONE],
  ['Hidden by what is real (depth)', NONE, EMULATED, NONE, NONE, NONE],
];
