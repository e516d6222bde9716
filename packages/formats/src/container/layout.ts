/** Names that a container has in places of its own (ETSI EN 319 162-1 section 4.4 and annex A; `comity/` is ours). */
export const LAYOUT = {
  mimetype: 'mimetype',
  mediaType: 'application/vnd.etsi.asic-e+zip',
  evidence: 'evidence/',
  items: 'comity/items.json',
  order: 'comity/order.json',
  custody: 'comity/custody.case.jsonld',
  meta: 'META-INF/',
} as const;

/** Media types of the files that we add ourselves. */
export const JSON_TYPE = 'application/json';
export const JSON_LD_TYPE = 'application/ld+json';

const MIMETYPE_HEAD = `${LAYOUT.mimetype}${LAYOUT.mediaType}`;
const HEAD_BYTES = 30 + MIMETYPE_HEAD.length;

const MANIFEST = /^META-INF\/[^/]*ASiCManifest[^/]*\.xml$/i;
const XADES = /^META-INF\/[^/]*signatures[^/]*\.xml$/i;

/** Whether an entry is a manifest of signatures or time stamps (EN 319 162-1, 4.4.3.2). */
export function isManifestName(name: string): boolean {
  return MANIFEST.test(name);
}

/** Whether an entry holds XAdES signatures (EN 319 162-1, 4.4.3.1). */
export function isXadesName(name: string): boolean {
  return XADES.test(name);
}

/** Whether bytes begin as an ASiC-E container does: the type stands at a fixed place (EN 319 162-1 annex A.1). Nothing else is said of them. */
export function isContainer(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, HEAD_BYTES);
  return (
    new TextDecoder('latin1').decode(head).startsWith('PK\x03\x04') &&
    new TextDecoder('latin1').decode(head.subarray(30)) === MIMETYPE_HEAD
  );
}

/** Names of the nth manifest and signature, counted from 1: the first without a number. */
export function signatureNames(count: number): {
  readonly manifest: string;
  readonly signature: string;
  readonly custody: string;
} {
  const number = count === 1 ? '' : String(count);
  return {
    manifest: `META-INF/ASiCManifest${number}.xml`,
    signature: `META-INF/signature${number}.p7s`,
    custody: count === 1 ? LAYOUT.custody : `comity/custody${number}.case.jsonld`,
  };
}

/** Names of the nth time stamp that was added later. */
export function stampNames(count: number): { readonly manifest: string; readonly token: string } {
  const number = count === 1 ? '' : String(count);
  return { manifest: `META-INF/ASiCManifest-tst${number}.xml`, token: `META-INF/timestamp${number}.tst` };
}
