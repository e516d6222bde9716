import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '@comity/core';
import { aessiv } from '@noble/ciphers/aes.js';

/** A cipher over texts that gives the same result for the same text. Undefined where it cannot do it, or where a result is not its own. */
export interface TextCipher {
  readonly encrypt: (text: string) => string | undefined;
  readonly decrypt: (text: string) => string | undefined;
}

/**
 * AES-SIV (RFC 5297) with the name of the column as associated data: base64url of the synthetic IV and the ciphertext. Equal values give
 * equal texts within a column, and nothing more is told of them but their length. `key` has 32, 48 or 64 bytes. A text that was altered, or
 * made under another key or for another column, is not turned back.
 */
export function sivCipher(key: Uint8Array, column: string): TextCipher {
  const cipher = () => aessiv(key, utf8(column));
  return {
    encrypt: (text) => toBase64Url(cipher().encrypt(utf8(text))),
    decrypt: (text) => {
      try {
        return fromUtf8(cipher().decrypt(fromBase64Url(text)));
      } catch {
        // Not base64url, too short, or not authentic: to the caller it is one thing.
        return undefined;
      }
    },
  };
}
