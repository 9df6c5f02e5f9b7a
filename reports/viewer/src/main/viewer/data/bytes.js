/** Reads what dev.nightjar.viewer.Bytes wrote: little end first, seven bits to a varint's byte. */
export class Reader {
  /** @param {!Uint8Array} bytes */
  constructor(bytes) {
    /** @const {!Uint8Array} */
    this.bytes = bytes;
    /** @const {!DataView} */
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    /** @type {number} */
    this.at = 0;
  }

  /** @return {number} */
  u8() {
    return this.bytes[this.at++];
  }

  /** @return {number} */
  u16() {
    this.at += 2;
    return this.view.getUint16(this.at - 2, true);
  }

  /** @return {number} */
  u32() {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  /** @return {number} */
  varint() {
    const bytes = this.bytes;
    let byte = bytes[this.at++];
    let value = byte & 127;
    let scale = 128;
    while (byte > 127) {
      byte = bytes[this.at++];
      value += (byte & 127) * scale;
      scale *= 128;
    }
    return value;
  }

  /**
   * @param {number} length
   * @return {!Uint8Array}
   */
  take(length) {
    if (this.at + length > this.bytes.length) {
      throw new Error('the page ends early');
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}
