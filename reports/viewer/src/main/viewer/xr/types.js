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

/** @typedef {{pressed: boolean}} */
export let XrButton;

/** @typedef {{axes: !Array<number>, buttons: !Array<!XrButton>}} */
export let XrGamepad;

/**
 * handedness: left, right or none; targetRayMode: gaze, tracked-pointer, screen or transient-pointer
 *
 * @typedef {{
 *   handedness: string, targetRayMode: string, profiles: !Array<string>, targetRaySpace: !XrSpace, gripSpace: ?XrSpace,
 *   hand: ?{get: function(string): ?XrSpace}, gamepad: ?XrGamepad,
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
 *   deletePersistentAnchor: (undefined|function(string): !Promise<void>),
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
 *   fillPoses: (undefined|function(!Array<!XrSpace>, !XrSpace, !Float32Array): boolean),
 *   fillJointRadii: (undefined|function(!Array<!XrSpace>, !Float32Array): boolean),
 *   getViewerPose: function(!XrSpace): ?XrPose,
 *   getHitTestResults: (undefined|function(?): !Array<?>),
 *   createAnchor: (undefined|function(?, !XrSpace): !Promise<?>),
 * }}
 */
export let XrFrame;

/**
 * @typedef {{
 *   isSessionSupported: function(string): !Promise<boolean>,
 *   requestSession: function(string, ?): !Promise<!XrSession>,
 *   addEventListener: function(string, function(?)),
 * }}
 */
export let XrSystem;

/** @return {?XrSystem} */
export function xrOf() {
  return /** @type {?} */ (navigator)['xr'] || null;
}
