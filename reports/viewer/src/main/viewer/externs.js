/**
 * @fileoverview What browsers have and the compiler does not know: WebXR.
 * @externs
 */

/** @constructor */
var XRWebGLLayer = function(session, gl, options) {};
/** @constructor */
var XRWebGLBinding = function(session, gl) {};
/** @constructor */
var XRRigidTransform = function(position, orientation) {};
