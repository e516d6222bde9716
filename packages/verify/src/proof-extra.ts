import { fromBase64, fromUtf8, isJsonObject, toBase64, utf8 } from '@comity/core';

/** What the `extra` line of a proof carries: the entry that is proved, and what may be shown of its commitments. Nothing in it is authenticated. */
export interface ProofExtra {
  /** The exact bytes of the entry. */
  readonly entry: Uint8Array;
  /** SD-JWT disclosures (RFC 9901): base64url of JSON [salt, name, value]. */
  readonly disclosures: readonly string[];
}

const MAX_DISCLOSURES = 64;
const MAX_TEXT = 100_000;

/** The bytes for a proof's `extra` line (C2SP tlog-proof): JSON `{"v":1,"entry":"<base64>","disclosures":["…"]}`. */
export function formatExtra({ entry, disclosures }: ProofExtra): Uint8Array {
  return utf8(JSON.stringify({ v: 1, entry: toBase64(entry), disclosures }));
}

/** Reads what formatExtra wrote; undefined for everything else, unknown members included. */
export function parseExtra(extra: Uint8Array | undefined): ProofExtra | undefined {
  const json = extra === undefined ? undefined : jsonOf(extra);
  if (!isJsonObject(json) || Object.keys(json).length !== 3 || json['v'] !== 1) return undefined;
  const { entry, disclosures } = json;
  if (typeof entry !== 'string' || !Array.isArray(disclosures) || disclosures.length > MAX_DISCLOSURES) return undefined;
  const texts = disclosures.filter((one) => typeof one === 'string' && one.length <= MAX_TEXT) as string[]; // parser: the filter keeps texts only
  const bytes = bytesOf(entry);
  return bytes === undefined || texts.length < disclosures.length ? undefined : { entry: bytes, disclosures: texts };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch {
    // Not UTF-8, or not JSON.
    return undefined;
  }
}

function bytesOf(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text);
  } catch {
    // fromBase64 throws on every other spelling.
    return undefined;
  }
}
