/**
 * The part of WebXR that the viewer uses, as the compiler does not know it.
 *
 * @record
 */
export class XrSpace {}

/** @typedef {{x: number, y: number, z: number, w: number}} */
export let XrPoint;

/** @typedef {{position: !XrPoint, orientation: !XrPoint, matrix: !Float32Array}} */
export let XrTransform;

/** @typedef {{transform: !XrTransform, radius: (number|undefined)}} */
export let XrPose;

/**
 * handedness: left, right or none; targetRayMode: gaze, tracked-pointer, screen or transient-pointer
 *
 * @typedef {{
 *   handedness: string, targetRayMode: string, targetRaySpace: !XrSpace, gripSpace: ?XrSpace,
 *   hand: ?{get: function(string): ?XrSpace}, gamepad: ?{axes: !Array<number>, buttons: !Array<{pressed: boolean}>},
 * }}
 */
export let XrInput;

/**
 * @typedef {{
 *   inputSources: !Array<!XrInput>,
 *   supportedFrameRates: (?Float32Array|undefined), frameRate: (number|undefined),
 *   enabledFeatures: (!Array<string>|undefined),
 *   addEventListener: function(string, function(?)),
 *   removeEventListener: function(string, function(?)),
 *   requestReferenceSpace: function(string): !Promise<!XrSpace>,
 *   requestHitTestSource: (undefined|function(?): !Promise<{cancel: function()}>),
 *   restorePersistentAnchor: (undefined|function(string): !Promise<?>),
 *   updateTargetFrameRate: (undefined|function(number): !Promise<void>),
 *   end: function(): !Promise<void>,
 * }}
 */
export let XrSession;

/**
 * @typedef {{
 *   session: !XrSession,
 *   getPose: function(!XrSpace, !XrSpace): ?XrPose,
 *   getJointPose: (undefined|function(!XrSpace, !XrSpace): ?XrPose),
 *   getViewerPose: function(!XrSpace): ?XrPose,
 *   getHitTestResults: (undefined|function(?): !Array<?>),
 *   createAnchor: (undefined|function(?, !XrSpace): !Promise<?>),
 * }}
 */
export let XrFrame;

/** @return {?{isSessionSupported: function(string): !Promise<boolean>, requestSession: function(string, ?): !Promise<!XrSession>}} */
export function xrOf() {
  return /** @type {?} */ (navigator)['xr'] || null;
}
