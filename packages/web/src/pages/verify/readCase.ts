import { canonicalJson, fromUtf8, isJsonObject, ok, type Result, refuse } from '@comity/core';

/** Bytes of JSON that a case file may hold; one that would unfold to more is refused while it unfolds. */
const LIMIT = 64 * 1024 * 1024;

/** Whether bytes are a gzip file (RFC 1952: the first two bytes). */
function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The JSON of a case file, packed (gzip) or plain. A packed one must be canonical JSON, as it is written: then no two readers can see two values in it.
 * Refuses `case-file-invalid`, and `body-too-large` for more than 64 MiB.
 */
export async function readCase(bytes: Uint8Array<ArrayBuffer>): Promise<Result<unknown>> {
  if (bytes.length > LIMIT) return refuse('body-too-large', undefined, { limit: LIMIT });
  if (!isPacked(bytes)) return parse(bytes);
  const plain = await unfold(bytes);
  if (!plain.ok) return plain;
  const value = parse(plain.value);
  return value.ok && isCanonical(value.value, plain.value) ? value : refuse('case-file-invalid');
}

function parse(bytes: Uint8Array): Result<unknown> {
  try {
    return ok(JSON.parse(fromUtf8(bytes)));
  } catch {
    // Not UTF-8, or not JSON.
    return refuse('case-file-invalid');
  }
}

function isCanonical(value: unknown, bytes: Uint8Array): boolean {
  try {
    return isJsonObject(value) && canonicalJson(value) === fromUtf8(bytes);
  } catch {
    // Too deep, or with a lone surrogate.
    return false;
  }
}

async function unfold(bytes: Uint8Array<ArrayBuffer>): Promise<Result<Uint8Array>> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > LIMIT) return refuse('body-too-large', undefined, { limit: LIMIT });
      parts.push(part.value);
    }
    return ok(new Uint8Array(await new Blob(parts).arrayBuffer()));
  } catch {
    // Not gzip, cut off, or with something behind its end (Compression Standard, "decompress and enqueue a chunk").
    return refuse('case-file-invalid');
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}
