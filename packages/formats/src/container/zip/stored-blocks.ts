const MAX_BLOCK = 0xffff;
const HEADER_BYTES = 5;

/**
 * Bytes as blocks of DEFLATE that hold them as they are (RFC 1951 section 3.2.4). A stored entry of unknown length cannot be read front
 * to back, which some validators of ASiC do; a deflated one can, and blocks like these cost five bytes each and no time.
 */
export function storedBlocks(bytes: Uint8Array): Uint8Array {
  const blocks = Math.ceil(bytes.length / MAX_BLOCK);
  const whole = new Uint8Array(bytes.length + blocks * HEADER_BYTES);
  for (let block = 0; block < blocks; block++) {
    const part = bytes.subarray(block * MAX_BLOCK, (block + 1) * MAX_BLOCK);
    const at = block * (MAX_BLOCK + HEADER_BYTES);
    whole.set(header(part.length, false), at);
    whole.set(part, at + HEADER_BYTES);
  }
  return whole;
}

/** The empty block that ends the stream. */
export const LAST_BLOCK: Uint8Array = header(0, true);

function header(length: number, last: boolean): Uint8Array {
  const check = ~length & MAX_BLOCK;
  return Uint8Array.of(last ? 1 : 0, length & 255, length >> 8, check & 255, check >> 8);
}
