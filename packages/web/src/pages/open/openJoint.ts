import { fromUtf8, type Result, refuse } from '@comity/core';
import { joinFileKey, openShareOf, parseShare, readHeaderOf, type Share, unsealWhole } from '@comity/seal/browser';

/** What others gave towards opening a delivery together, and what the manifest says of all shares. */
export interface GivenShares {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly commitments: readonly string[];
}

type FileKey = Awaited<ReturnType<typeof joinFileKey>>;

/**
 * Brings this office's own share, from the beginning of the sealed file, together with those of others, each sealed to this office or as it is. Refuses `share-invalid`
 * with the name of the file that is wrong, `shares-too-few`, and `unseal-refused` where this office has no share.
 */
export async function joinWith({ files, commitments }: GivenShares, path: string, identity: string): Promise<FileKey> {
  const answer = await fetch(path, { credentials: 'same-origin' }).catch(() => undefined);
  if (answer?.ok !== true || answer.body === null) return refuse('payload-missing');
  const header = await readHeaderOf(answer.body);
  if (!header.ok) return header;
  const own = await openShareOf(header.value, identity);
  if (!own.ok) return own;
  const shares = [own.value];
  for (const { name, bytes } of files) {
    const share = await shareIn(bytes, identity);
    if (!share.ok) return refuse('share-invalid', name);
    shares.push(share.value);
  }
  const joined = await joinFileKey(header.value, { shares, commitments });
  if (joined.ok || joined.refusal.code !== 'share-invalid') return joined;
  // The first is our own; the next are in the order of the files.
  const place = Number(joined.refusal.field?.split('.')[1] ?? 0);
  return refuse('share-invalid', files[place - 1]?.name);
}

async function shareIn(bytes: Uint8Array, identity: string): Promise<Result<Share>> {
  const opened = await unsealWhole(bytes, identity);
  return parseShare(jsonIn(opened.ok ? opened.value : bytes));
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch {
    // No share, whatever it is.
    return undefined;
  }
}
