/**
 * Unpacks a page: base64 of gzip.
 *
 * @param {string} text
 * @return {!Promise<!Uint8Array>}
 */
export async function unpack(text) {
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) {
    bytes[i] = packed.charCodeAt(i);
  }
  const packedStream = /** @type {!ReadableStream} */ (new Response(bytes).body);
  const stream = packedStream.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * @param {string} text
 * @return {!Promise<string>}
 */
export async function unpackText(text) {
  return new TextDecoder().decode(await unpack(text));
}
