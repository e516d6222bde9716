/** What is wrong with a bag (RFC 8493). */
export type BagFaultCode =
  | 'declaration-missing'
  | 'declaration-invalid'
  | 'version-unsupported'
  | 'encoding-unknown'
  | 'manifest-missing'
  | 'manifest-invalid'
  | 'algorithm-unknown'
  | 'path-outside'
  | 'file-missing'
  | 'file-unlisted'
  | 'checksum-differs'
  | 'oxum-differs';

export interface BagFault {
  readonly code: BagFaultCode;
  /** The file it is about. */
  readonly about: string;
}

/** `bagit.txt`: the version, and the encoding of the other tag files. */
export interface Declaration {
  readonly version: '0.97' | '1.0';
  readonly encoding: string;
}

/** One line of a manifest. */
export interface ManifestLine {
  readonly checksum: string;
  readonly path: string;
}

/** Encodings that tag files are read in; RFC 8493 recommends UTF-8, older bags have others. */
const ENCODINGS = ['utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'iso-8859-1', 'us-ascii'];

/** Reads `bagit.txt` (RFC 8493 section 2.1.1): two lines, UTF-8, no byte order mark. */
export function readDeclaration(bytes: Uint8Array): Declaration | BagFaultCode {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  const version = /^BagIt-Version: (\d+\.\d+)$/.exec(lines[0] ?? '')?.[1];
  const encoding = /^Tag-File-Character-Encoding: (\S+)$/.exec(lines[1] ?? '')?.[1]?.toLowerCase();
  if (lines.length !== 2 || version === undefined || encoding === undefined) return 'declaration-invalid';
  if (version !== '0.97' && version !== '1.0') return 'version-unsupported';
  return ENCODINGS.includes(encoding) ? { version, encoding } : 'encoding-unknown';
}

/** Text of a tag file. */
export function tagText(bytes: Uint8Array, { encoding }: Declaration): string {
  const bigEndian = encoding === 'utf-16' && bytes[0] === 0xfe && bytes[1] === 0xff;
  const name = bigEndian ? 'utf-16be' : encoding === 'utf-16' ? 'utf-16le' : encoding;
  return new TextDecoder(name).decode(bytes);
}

/** Reads a manifest (section 2.1.3): a checksum and a path on each line. `manifest-invalid` for other lines and for a path that stands twice. */
export function readManifestLines(text: string, declaration: Declaration): readonly ManifestLine[] | 'manifest-invalid' {
  const lines: ManifestLine[] = [];
  for (const line of text.split(/\r\n|\r|\n/).filter((one) => one !== '')) {
    const [, checksum, given] = /^([0-9A-Fa-f]+)[ \t]+\*?(.+)$/.exec(line) ?? [];
    if (checksum === undefined || given === undefined) return 'manifest-invalid';
    lines.push({ checksum: checksum.toLowerCase(), path: pathOf(given, declaration) });
  }
  return new Set(lines.map(({ path }) => path)).size === lines.length ? lines : 'manifest-invalid';
}

/** Paths in `fetch.txt` (section 2.2.3): what is to be got from elsewhere. Nothing is ever fetched. */
export function fetchPaths(text: string, declaration: Declaration): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/).filter((one) => one !== '');
  return lines.map((line) => pathOf(/^\S+[ \t]+\S+[ \t]+(.+)$/.exec(line)?.[1] ?? line, declaration));
}

/** Section 2.1.3: line ends are escaped, and since version 1.0 the percent sign too. Other escapes are names as they stand. */
function pathOf(given: string, { version }: Declaration): string {
  const plain = given
    .replace(/^\.\//, '')
    .replace(/%0[Dd]/g, '\r')
    .replace(/%0[Aa]/g, '\n');
  return version === '1.0' ? plain.replace(/%25/g, '%') : plain;
}

/** A path as a manifest of version 1.0 writes it. */
export function escapedPath(path: string): string {
  return path.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Whether a path stays inside the bag. */
export function isInside(path: string): boolean {
  if (path === '' || /^[/\\~]|^[A-Za-z]:|\0/.test(path)) return false;
  return path.split(/[/\\]/).every((part) => part !== '..' && part !== '');
}

/** The labels of `bag-info.txt` (section 2.2.2) with all values of each; a line that begins with a blank continues the one before. */
export function readInfo(text: string): ReadonlyMap<string, readonly string[]> {
  const info = new Map<string, string[]>();
  for (const line of text.replace(/(?:\r\n|\r|\n)[ \t]+/g, ' ').split(/\r\n|\r|\n/)) {
    const [, label, value] = /^([^:]+?)\s*:\s*(.*)$/.exec(line) ?? [];
    if (label !== undefined && value !== undefined) info.set(label, [...(info.get(label) ?? []), value]);
  }
  return info;
}
