// Runs in the page before all else: puts an emulated headset there, and does what a person would do with it.
(() => {
  /** A room that has a table at three quarters of a metre and, when asked for, a wall before the left half of each eye. */
  class Room {
    constructor() {
      Object.assign(this, {version: 'room', trackedPlanes: new Set(), trackedMeshes: new Set(), planesVisible: false,
        boundingBoxesVisible: false, meshesVisible: false, environmentCanvas: document.createElement('canvas'), hasWall: false});
    }
    render() {}
    loadEnvironment() {}
    loadDefaultEnvironment() {}
    deleteAll() {}
    computeDepthBuffer(view, projection, width, height) {
      const metres = new Float32Array(width * height);
      metres.forEach((_, i) => void (metres[i] = this.hasWall && i % width < width / 2 ? 0.4 : 9));
      return {data: metres.buffer, width, height, rawValueToMeters: 1};
    }
    computeHitTestResults(m) {
      const way = [-m[8], -m[9], -m[10]];
      const along = (0.75 - m[13]) / way[1];
      return along > 0 ? [new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, m[12] + along * way[0], 0.75, m[14] + along * way[2], 1])] : [];
    }
  }

  const byHand = {
    supportedSessionModes: ['inline', 'immersive-vr'], supportedFrameRates: [90], isSystemKeyboardSupported: false,
    internalNominalFrameRate: 90, environmentBlendModes: {'immersive-vr': 'opaque'}, interactionMode: 'world-space',
    userAgent: navigator.userAgent,
  };
  const layout = (buttons, axes) => {
    const gamepad = {mapping: 'xr-standard', buttons, axes};
    const grip = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0.04, 1];
    return {left: {gamepad, gripOffsetMatrix: grip, numHapticActuators: 1}, right: {gamepad, gripOffsetMatrix: grip, numHapticActuators: 1}};
  };
  const select = {id: 'trigger', type: 'analog', eventTrigger: 'select'};
  const sticks = [null, null, {id: 'thumbstick', type: 'x-axis'}, {id: 'thumbstick', type: 'y-axis'}];
  const profiles = {
    'Quest 2': IWER.metaQuest2, 'Quest 3': IWER.metaQuest3, 'Quest Pro': IWER.metaQuestPro,
    // What is known of visionOS: VR alone, and a pointer that is there while two fingers pinch.
    'Vision Pro': {...byHand, name: 'Vision Pro', supportedFeatures: ['viewer', 'local', 'local-floor', 'unbounded'],
      controllerConfig: {profileId: 'generic-button', fallbackProfileIds: [], layout: layout([select], [])}},
    'SteamVR': {...byHand, name: 'SteamVR', supportedFeatures: ['viewer', 'local', 'local-floor', 'bounded-floor'],
      controllerConfig: {profileId: 'valve-index', fallbackProfileIds: ['generic-trigger-squeeze-thumbstick'],
        layout: layout([select, {id: 'squeeze', type: 'analog', eventTrigger: 'squeeze'}, null, {id: 'thumbstick', type: 'binary'},
          {id: 'a-button', type: 'binary'}], sticks)}},
    'Viewer without controllers': {...byHand, name: 'Viewer', supportedFeatures: ['viewer', 'local', 'local-floor'], controllerConfig: undefined},
  };

  const v = () => globalThis.nightjar.viewer;
  const through = (e, p) => [0, 1, 2].map(i => e[i] * p[0] + e[4 + i] * p[1] + e[8 + i] * p[2] + e[12 + i]);
  const headset = {
    wear(name) {
      const device = new IWER.XRDevice(profiles[name]);
      device.installRuntime({forceInstall: true});
      device.installSEM(Room);
      device.stereoEnabled = true;
      // The emulator's layer has no such property, and headsets' layers do.
      Object.defineProperty(XRWebGLLayer.prototype, 'fixedFoveation', name.startsWith('Quest')
        ? {get() { return globalThis.foveation ?? 0; }, set(level) { globalThis.foveation = level; }} : {value: undefined, writable: true});
      if (name === 'Vision Pro') {
        for (const controller of Object.values(device.controllers)) {
          Object.defineProperty(controller.inputSource, 'targetRayMode', {value: 'transient-pointer'});
          controller.connected = false;
        }
      }
      globalThis.device = device;
    },
    /** Where a place of the scene is in the world. */
    world(place) {
      v().stage.root.updateWorldMatrix(true, false);
      return through(v().stage.root.matrixWorld.elements, place);
    },
    commit: index => headset.world(v().placeOf({kind: 'commit', index})),
    /** Where the middle of one of the panel's fields is. */
    field(name) {
      const {panel} = v().xr;
      const field = panel.fields.find(each => each.name === name);
      if (!field) {
        throw new Error(`no field ${name} in ${panel.fields.map(each => each.name)}`);
      }
      panel.mesh.updateWorldMatrix(true, false);
      const {width, height} = panel.mesh.geometry.parameters;
      return through(panel.mesh.matrixWorld.elements,
        [((field.x + field.width / 2) / 1024 - 0.5) * width, (0.5 - (field.y + field.height / 2) / 800) * height, 0]);
    },
    /** Points a controller or hand at a place. */
    aim(what, place, from) {
      const origin = from || what.position.toArray?.() || [what.position.x, what.position.y, what.position.z];
      what.position.set(...origin);
      const way = place.map((x, i) => x - origin[i]);
      const far = Math.hypot(...way);
      const [x, y, z] = way.map(each => each / far);
      const size = Math.hypot(y, -x, 1 - z);
      what.quaternion.set(y / size, -x / size, 0, (1 - z) / size);
    },
    look(place) {
      headset.aim(device, place, [0, 1.6, 0]);
    },
  };
  globalThis.headset = headset;
})();
