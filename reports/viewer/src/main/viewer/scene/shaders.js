/** Where a commit stands: the same as layout/place.js, on the graphics card. */
export const PLACE = `
uniform highp usampler2D uCommits;
uniform int uFrom;
uniform int uNow;
uniform float uSpan;
uniform float uLanes;
const float LENGTH = 24.0;
const float RIVER_Z = -6.2;
const float RIVER_HALF = 4.6;

uvec2 commitAt(int i) { return texelFetch(uCommits, ivec2(i & 1023, i >> 10), 0).rg; }
bool isLoaded(uvec2 c) { return (c.g & 33554432u) != 0u; }
float timeX(int seconds) { return (float(seconds - uFrom) / uSpan - 0.5) * LENGTH; }
float laneOffset(float lane) {
  if (lane < 0.5) return 0.0;
  float rank = ceil(lane * 0.5);
  float most = max(4.0, ceil((uLanes - 1.0) * 0.5));
  float side = mod(lane, 2.0) < 0.5 ? 1.0 : -1.0;
  return side * RIVER_HALF * pow(rank / most, 0.7);
}
vec3 place(uvec2 c) {
  float lane = float(c.g & 4095u);
  float depth = float((c.g >> 12) & 15u);
  return vec3(timeX(int(c.r)), 0.12 + 0.42 * pow(depth, 0.75), RIVER_Z + laneOffset(lane));
}
`;

const HEAD = `precision highp float;
precision highp int;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
`;

const DOT = `
uniform highp usampler2D uMask;
uniform vec3 uAuthors[9];
uniform int uMaskOn;
uniform int uSelected;
uniform float uDot;
uniform float uScale;
uniform float uHeight;
uniform int uMarkFrom;
uniform int uMarkTo;

struct Dot { vec3 place; float radius; vec3 colour; float alpha; };

Dot dotOf(int i) {
  uvec2 c = commitAt(i);
  Dot d;
  d.place = place(c);
  int t = int(c.r);
  float size = float((c.g >> 16) & 15u);
  bool merge = (c.g & 16777216u) != 0u;
  d.radius = (0.026 + 0.0085 * size) * uDot * (merge ? 0.72 : 1.0);
  d.colour = uAuthors[int((c.g >> 20) & 15u)];
  d.alpha = merge ? 0.62 : 0.92;
  float age = float(uNow - t) / uSpan;
  float fresh = exp(-age * 90.0);
  d.radius *= 1.0 + 0.9 * fresh;
  d.colour = mix(d.colour, vec3(1.0), 0.35 * fresh);
  if (uMaskOn == 1) {
    bool isMatch = texelFetch(uMask, ivec2(i & 1023, i >> 10), 0).r != 0u;
    d.alpha = isMatch ? 1.0 : 0.07;
    d.radius *= isMatch ? 1.5 : 0.7;
  }
  if (uMarkTo > uMarkFrom && (t < uMarkFrom || t > uMarkTo)) d.alpha *= 0.16;
  if (i == uSelected) { d.radius *= 2.0; d.alpha = 1.0; }
  if (!isLoaded(c) || t > uNow || t < uFrom || float(t - uFrom) > uSpan) d.radius = 0.0;
  return d;
}
`;

/** Commits as points; those large enough on the screen are shaded as balls. */
export const POINTS_VERTEX = `${HEAD}${PLACE}${DOT}
uniform int uBase;
out vec4 vColour;
out float vPixels;
void main() {
  Dot d = dotOf(gl_VertexID + uBase);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(d.place, 1.0);
  float pixels = d.radius * uScale * projectionMatrix[1][1] * uHeight / gl_Position.w;
  if (d.radius <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vPixels = pixels;
  // A point smaller than a pixel and a half is drawn as large as that, and fainter instead.
  float shown = max(1.7, pixels);
  gl_PointSize = min(96.0, shown);
  vColour = vec4(d.colour, d.alpha * clamp(pixels / shown, 0.22, 1.0));
}`;

export const POINTS_FRAGMENT = `precision highp float;
in vec4 vColour;
in float vPixels;
out vec4 fColour;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  float r2 = dot(p, p);
  if (r2 > 1.0) discard;
  float edge = vPixels > 3.0 ? 1.0 - smoothstep(0.72, 1.0, r2) : 1.0;
  vec3 colour = vColour.rgb;
  if (vPixels > 5.0) {
    float light = clamp(dot(vec3(p.x, -p.y, sqrt(1.0 - r2)), normalize(vec3(-0.4, 0.75, 0.6))), 0.0, 1.0);
    colour *= 0.5 + 0.62 * light;
    colour += pow(light, 24.0) * 0.22;
  }
  float a = vColour.a * edge;
  fColour = vec4(colour * a, a);
}`;

/** Commits as bodies, for a view of few. */
export const BODY_VERTEX = `${HEAD}${PLACE}${DOT}
uniform int uBase;
in vec3 position;
out vec4 vColour;
out vec3 vNormal;
void main() {
  Dot d = dotOf(gl_InstanceID + uBase);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(d.place + position * d.radius, 1.0);
  vNormal = position;
  vColour = vec4(d.colour, d.alpha);
}`;

export const BODY_FRAGMENT = `precision highp float;
in vec4 vColour;
in vec3 vNormal;
out vec4 fColour;
void main() {
  float light = clamp(dot(normalize(vNormal), normalize(vec3(-0.35, 0.85, 0.45))), 0.0, 1.0);
  vec3 colour = vColour.rgb * (0.52 + 0.6 * light) + pow(light, 20.0) * 0.18;
  fColour = vec4(colour * vColour.a, vColour.a);
}`;

/** Lines of branches: strips that face the eye, so many pixels wide. */
export const LINK_VERTEX = `${HEAD}${PLACE}
uniform highp usampler2D uLinks;
uniform vec3 uAuthors[9];
uniform vec3 uAccent;
uniform int uBase;
uniform float uHeight;
uniform float uFaint;
uniform int uMarkFrom;
uniform int uMarkTo;
in vec3 position;
out vec4 vColour;
vec3 along(vec3 a, vec3 b, float s) {
  float e = s * s * (3.0 - 2.0 * s);
  return vec3(mix(a.x, b.x, s), mix(a.y, b.y, e), mix(a.z, b.z, e));
}
void main() {
  int i = gl_InstanceID + uBase;
  uvec2 link = texelFetch(uLinks, ivec2(i & 1023, i >> 10), 0).rg;
  uvec2 parent = commitAt(int(link.r));
  uvec2 child = commitAt(int(link.g));
  int from = int(parent.r);
  int to = int(child.r);
  vec3 a = place(parent);
  vec3 b = place(child);
  bool straight = (parent.g & 4095u) == (child.g & 4095u);
  bool main = straight && (child.g & 4095u) == 0u;
  // What lies outside the shown time is cut off, not squeezed.
  float span = max(1.0, float(to - from));
  float first = clamp(float(uFrom - from) / span, 0.0, 1.0);
  float last = clamp(min(float(uNow - from), float(uFrom - from) + uSpan) / span, 0.0, 1.0);
  float s = mix(first, last, position.x);
  vec3 here = along(a, b, s);
  vec3 next = along(a, b, min(1.0, s + 0.02));
  vec3 before = along(a, b, max(0.0, s - 0.02));
  vec4 p = projectionMatrix * modelViewMatrix * vec4(here, 1.0);
  vec4 p1 = projectionMatrix * modelViewMatrix * vec4(next, 1.0);
  vec4 p0 = projectionMatrix * modelViewMatrix * vec4(before, 1.0);
  // Each eye of a headset has its own shape, and its projection tells it.
  float aspect = projectionMatrix[1][1] / projectionMatrix[0][0];
  vec2 direction = (p1.xy / p1.w - p0.xy / p0.w) * vec2(aspect, 1.0);
  float size = length(direction);
  direction = size < 1e-6 ? vec2(1.0, 0.0) : direction / size;
  vec2 normal = vec2(-direction.y / aspect, direction.x);
  float width = main ? 3.0 : straight ? 1.7 : 1.3;
  p.xy += normal * position.y * width / uHeight * p.w;
  gl_Position = last <= first || !isLoaded(parent) || !isLoaded(child) ? vec4(2.0, 2.0, 2.0, 1.0) : p;
  vec3 colour = uAuthors[int((child.g >> 20) & 15u)];
  float alpha = (main ? 0.9 : straight ? 0.55 * mix(uFaint, 1.0, 0.4) : 0.3 * uFaint);
  if (uMarkTo > uMarkFrom && (to < uMarkFrom || from > uMarkTo)) alpha *= 0.2;
  vColour = vec4(main ? uAccent : colour, alpha);
}`;

export const PLAIN_FRAGMENT = `precision highp float;
in vec4 vColour;
out vec4 fColour;
void main() { fColour = vec4(vColour.rgb * vColour.a, vColour.a); }`;

/** Cells of the tree of detail: soft discs, where single commits are not there yet. */
export const CLUSTER_VERTEX = `${HEAD}${PLACE}
uniform vec3 uAuthors[9];
uniform float uScale;
uniform float uHeight;
uniform float uFaint;
in vec4 position;
in float aForm;
out vec4 vColour;
out float vPixels;
void main() {
  int t = int(position.x);
  float depth = mod(aForm, 16.0);
  vec3 at = vec3(timeX(t), 0.12 + 0.42 * pow(depth, 0.75), RIVER_Z + laneOffset(position.y));
  gl_Position = projectionMatrix * modelViewMatrix * vec4(at, 1.0);
  float radius = 0.05 + 0.045 * log2(1.0 + position.z);
  if (t > uNow || t < uFrom || float(t - uFrom) > uSpan) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vPixels = radius * uScale * projectionMatrix[1][1] * uHeight / gl_Position.w;
  gl_PointSize = clamp(vPixels, 2.0, 96.0);
  vColour = vec4(uAuthors[int(aForm / 16.0)], 0.5 * uFaint);
}`;

export const CLUSTER_FRAGMENT = `precision highp float;
in vec4 vColour;
in float vPixels;
out vec4 fColour;
void main() {
  float r = length(gl_PointCoord * 2.0 - 1.0);
  float a = vColour.a * (1.0 - smoothstep(0.35, 1.0, r));
  fColour = vec4(vColour.rgb * a, a);
}`;

/** Houses: boxes whose height and colour are looked up for the moment that is shown. */
export const HOUSE_VERTEX = `${HEAD}
uniform highp sampler2D uStates;
uniform highp usampler2D uHouseMask;
uniform int uMoments;
uniform float uMoment;
uniform float uMomentB;
uniform int uCompare;
uniform int uHouseMaskOn;
uniform int uSelectedFile;
uniform vec3 uHeat[5];
in vec3 position;
in vec3 normal;
in vec4 aBox;
in float aBase;
out vec3 vNormal;
out vec3 vColour;
out vec3 vLocal;
out vec3 vSize;
vec2 stateAt(float moment) {
  float m = clamp(moment, 0.0, float(uMoments - 1));
  int low = int(m);
  int high = min(uMoments - 1, low + 1);
  int at = gl_InstanceID * uMoments;
  vec2 a = texelFetch(uStates, ivec2((at + low) & 1023, (at + low) >> 10), 0).rg;
  vec2 b = texelFetch(uStates, ivec2((at + high) & 1023, (at + high) >> 10), 0).rg;
  return mix(a, b, m - float(low));
}
float heightOf(float code) { return code <= 0.0 ? 0.0 : 0.03 + 3.1 * pow(code, 2.6); }
vec3 ramp(float t) {
  float s = clamp(t, 0.0, 1.0) * 4.0;
  int i = int(min(3.0, s));
  return mix(uHeat[i], uHeat[i + 1], s - float(i));
}
void main() {
  vec2 state = stateAt(uMoment);
  float height = heightOf(state.r);
  vec3 colour = ramp(pow(state.g, 0.8));
  if (uCompare == 1) {
    vec2 other = stateAt(uMomentB);
    float change = heightOf(other.r) - height;
    float signed_ = (other.r - state.r) * 4.0;
    colour = ramp(0.5 + 0.5 * clamp(signed_, -1.0, 1.0));
    height = max(heightOf(other.r), abs(change) > 0.02 ? height : 0.0);
  }
  if (uHouseMaskOn == 1) {
    bool isMatch = texelFetch(uHouseMask, ivec2(gl_InstanceID & 1023, gl_InstanceID >> 10), 0).r != 0u;
    if (!isMatch) colour = mix(colour, uHeat[0], 0.88);
  }
  if (gl_InstanceID == uSelectedFile) colour = vec3(1.0);
  float inset = min(0.018, min(aBox.z, aBox.w) * 0.08);
  vec3 size = vec3(max(0.004, aBox.z - 2.0 * inset), height, max(0.004, aBox.w - 2.0 * inset));
  vec3 at = vec3(aBox.x + inset, aBase, aBox.y + inset) + vec3(position.x, position.y, position.z) * size;
  gl_Position = height <= 0.0 ? vec4(2.0, 2.0, 2.0, 1.0) : projectionMatrix * modelViewMatrix * vec4(at, 1.0);
  vNormal = normal;
  vColour = colour;
  vLocal = position * size;
  vSize = size;
}`;

export const HOUSE_FRAGMENT = `precision highp float;
uniform float uRim;
in vec3 vNormal;
in vec3 vColour;
in vec3 vLocal;
in vec3 vSize;
out vec4 fColour;
void main() {
  float light = vNormal.y > 0.5 ? 1.0 : abs(vNormal.x) > 0.5 ? 0.62 : 0.78;
  float foot = mix(0.55, 1.0, smoothstep(0.0, 0.45, vLocal.y));
  vec3 colour = vColour * light * (vNormal.y > 0.5 ? 1.0 : foot);
  // The roof's edge catches the light.
  vec3 edge = min(vLocal, vSize - vLocal);
  float rim = vNormal.y > 0.5 ? min(edge.x, edge.z) : vSize.y - vLocal.y;
  float w = max(fwidth(rim), 0.0005);
  colour += uRim * (1.0 - smoothstep(0.0, 1.6 * w, rim));
  fColour = vec4(colour, 1.0);
}`;

/** Slabs of folders. */
export const SLAB_VERTEX = `${HEAD}
uniform vec3 uSlab;
uniform vec3 uSlabHigh;
in vec3 position;
in vec3 normal;
in vec4 aBox;
in float aBase;
out vec4 vColour;
void main() {
  float depth = aBase / 0.035;
  vec3 at = vec3(aBox.x, aBase, aBox.y) + position * vec3(aBox.z, 0.033, aBox.w);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(at, 1.0);
  float light = normal.y > 0.5 ? 1.0 : 0.72;
  vColour = vec4(mix(uSlab, uSlabHigh, min(1.0, depth * 0.22)) * light, 1.0);
}`;

/** Ribbons of benchmarks: a band between the ends of the median's interval, and a wall below. */
export const RIBBON_VERTEX = `${HEAD}
uniform float uOffset;
uniform float uUntil;
uniform float uSpan;
in vec3 position;
in vec4 aColour;
out vec4 vColour;
out float vOut;
void main() {
  float seconds = position.x + uOffset;
  float x = seconds / uSpan - 0.5;
  vOut = seconds > uUntil || abs(x) > 0.5 ? 1.0 : 0.0;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(clamp(x, -0.5, 0.5) * 24.0, position.y, position.z, 1.0);
  vColour = aColour;
}`;

export const RIBBON_FRAGMENT = `precision highp float;
in vec4 vColour;
in float vOut;
out vec4 fColour;
void main() {
  if (vOut > 0.999) discard;
  fColour = vec4(vColour.rgb * vColour.a, vColour.a);
}`;

/** Ground with lines where the labelled moments are, fading out to all sides. */
export const GROUND_VERTEX = `${HEAD}
in vec3 position;
out vec3 vAt;
void main() {
  vAt = position;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

export const GROUND_FRAGMENT = `precision highp float;
uniform vec3 uGround;
uniform vec3 uLine;
uniform vec3 uAccent;
uniform float uTicks[24];
uniform int uTickCount;
uniform float uNowX;
uniform float uMarkX[2];
in vec3 vAt;
out vec4 fColour;
float line(float at, float width) {
  float w = fwidth(vAt.x);
  return 1.0 - smoothstep(width, width + w * 1.5, abs(vAt.x - at));
}
void main() {
  float fade = 1.0 - smoothstep(0.72, 1.0, length(vec2(vAt.x / 20.0, (vAt.z - 0.0) / 17.0)));
  float l = 0.0;
  for (int i = 0; i < 24; i++) {
    if (i < uTickCount) l = max(l, line(uTicks[i], 0.008));
  }
  float depth = smoothstep(0.6, 1.0, abs(vAt.x) / 12.6);
  l *= abs(vAt.x) > 12.05 || vAt.z > 10.6 || vAt.z < -11.2 ? 0.0 : 1.0 - 0.5 * depth;
  vec3 colour = mix(uGround, uLine, l * 0.8);
  float now = line(uNowX, 0.022) * (abs(vAt.z) < 11.2 ? 1.0 : 0.0);
  colour = mix(colour, uAccent, now);
  for (int i = 0; i < 2; i++) {
    colour = mix(colour, vec3(0.95, 0.62, 0.25), line(uMarkX[i], 0.018) * (abs(vAt.z) < 11.0 ? 1.0 : 0.0));
  }
  float a = fade * 0.82;
  fColour = vec4(colour * a, a);
}`;

/** Text, from a picture of all words. */
export const LABEL_VERTEX = `${HEAD}
uniform float uLetter;
uniform float uNearest;
in vec3 position;
in vec4 aCorner;
in vec2 uv;
out vec2 vUv;
out float vAlpha;
void main() {
  vec4 p = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  // As large to the eye as it is written, but never larger than the scene is near.
  float size = min(uLetter * max(0.1, p.w), uNearest);
  p.xy += aCorner.xy * size * vec2(projectionMatrix[0][0], projectionMatrix[1][1]);
  // Before what it names, where depth is minded.
  p.z -= 0.004 * p.w;
  gl_Position = p;
  vUv = uv;
  vAlpha = aCorner.z;
}`;

export const LABEL_FRAGMENT = `precision highp float;
uniform sampler2D uWords;
uniform vec3 uInk;
uniform vec3 uBottom;
in vec2 vUv;
in float vAlpha;
out vec4 fColour;
void main() {
  // Red is the letter, what is opaque beyond it is the rim that keeps it readable on anything.
  vec4 word = texture(uWords, vUv);
  if (word.a < 0.02) discard;
  fColour = vec4(uInk * word.r + uBottom * (word.a - word.r), word.a) * vAlpha;
}`;

export const SKY_VERTEX = `precision highp float;
uniform mat4 projectionMatrix;
uniform mat4 viewMatrix;
in vec3 position;
out vec2 vAt;
out vec3 vWay;
void main() {
  vAt = position.xy;
  vec2 slope = (position.xy + projectionMatrix[2].xy) / vec2(projectionMatrix[0][0], projectionMatrix[1][1]);
  vWay = transpose(mat3(viewMatrix)) * vec3(slope, -1.0);
  gl_Position = vec4(position.xy, 1.0, 1.0);
}`;

export const SKY_FRAGMENT = `precision highp float;
uniform vec3 uTop;
uniform vec3 uBottom;
uniform float uIsRound;
in vec2 vAt;
in vec3 vWay;
out vec4 fColour;
float noise(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }
void main() {
  // Around a head that turns, the sky stays where it is.
  float t = mix(smoothstep(-1.0, 1.0, vAt.y), smoothstep(-0.5, 0.8, normalize(vWay).y), uIsRound);
  vec3 c = mix(uBottom, uTop, pow(t, 0.8));
  c += (noise(gl_FragCoord.xy) - 0.5) / 255.0;
  fColour = vec4(c, 1.0);
}`;
