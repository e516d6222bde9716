import { createHash } from 'node:crypto';
import {
  type BagFault,
  type BagFaultCode,
  type Declaration,
  fetchPaths,
  isInside,
  type ManifestLine,
  readDeclaration,
  readInfo,
  readManifestLines,
  tagText,
} from './tags.ts';

/** The files of a bag, by their paths from its top. */
export interface BagSource {
  readonly paths: readonly string[];
  readonly read: (path: string) => AsyncIterable<Uint8Array>;
}

/** What checking a bag found. A bag says that nothing was damaged, not who made it: it bears no signature. */
export interface BagReport {
  readonly valid: boolean;
  readonly version?: string;
  /** Payload files. */
  readonly files: number;
  /** Its best checksum; `md5` and `sha1` stop accidents, and nobody who means it. */
  readonly algorithm?: string;
  readonly info: Readonly<Record<string, readonly string[]>>;
  readonly faults: readonly BagFault[];
}

const ALGORITHMS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
const MANIFEST = /^(tag)?manifest-([a-z0-9]+)\.txt$/;
/** Bytes of a tag file that are read into memory. */
const TAG_BYTES = 64 * 1024 * 1024;

/** Checks a bag of version 0.97 or 1.0 (RFC 8493 section 3): complete, and every checksum of every manifest right. Reads each file once for each algorithm's manifest. */
export async function checkBag(source: BagSource): Promise<BagReport> {
  const files = source.paths.filter((path) => path.startsWith('data/'));
  const failed = (code: BagFaultCode, about: string): BagReport => ({
    valid: false,
    files: files.length,
    info: {},
    faults: [{ code, about }],
  });
  if (!source.paths.includes('bagit.txt')) return failed('declaration-missing', 'bagit.txt');
  const declaration = readDeclaration(await whole(source, 'bagit.txt'));
  if (typeof declaration === 'string') return failed(declaration, 'bagit.txt');
  const named = source.paths.flatMap((path) => {
    const [, tag, algorithm = ''] = MANIFEST.exec(path) ?? [];
    return algorithm === '' ? [] : [{ path, algorithm, ofTags: tag !== undefined }];
  });
  const best = named
    .filter(({ ofTags }) => !ofTags)
    .map(({ algorithm }) => ALGORITHMS.indexOf(algorithm))
    .sort((a, b) => b - a)[0];
  if (best === undefined) return failed('manifest-missing', 'manifest-sha512.txt');
  const faults: BagFault[] = [];
  for (const manifest of named) faults.push(...(await checkManifest(source, { declaration, ...manifest })));
  faults.push(...(await checkFetch(source, declaration)));
  const info = source.paths.includes('bag-info.txt')
    ? readInfo(tagText(await whole(source, 'bag-info.txt'), declaration))
    : new Map<string, readonly string[]>();
  if (faults.length === 0) faults.push(...(await checkOxum(source, info.get('Payload-Oxum')?.[0])));
  const { version } = declaration;
  return {
    valid: faults.length === 0,
    version,
    files: files.length,
    algorithm: ALGORITHMS[best] ?? '',
    info: Object.fromEntries(info),
    faults,
  };
}

interface Named {
  readonly declaration: Declaration;
  readonly path: string;
  readonly algorithm: string;
  readonly ofTags: boolean;
}

async function checkManifest(source: BagSource, { declaration, path, algorithm, ofTags }: Named): Promise<readonly BagFault[]> {
  if (!ALGORITHMS.includes(algorithm)) return [{ code: 'algorithm-unknown', about: path }];
  const lines = readManifestLines(tagText(await whole(source, path), declaration), declaration);
  if (lines === 'manifest-invalid') return [{ code: lines, about: path }];
  const outside = lines.find((line) => !isInside(line.path) || (!ofTags && !line.path.startsWith('data/')));
  if (outside !== undefined) return [{ code: 'path-outside', about: outside.path }];
  const listed = new Set(lines.map((line) => line.path.normalize('NFC')));
  // Section 3: every payload file stands in every payload manifest; tag files need not stand in one.
  const unlisted = ofTags ? [] : source.paths.filter((one) => one.startsWith('data/') && !listed.has(one.normalize('NFC')));
  const faults = unlisted.map((about): BagFault => ({ code: 'file-unlisted', about }));
  for (const line of lines) faults.push(...(await checkLine(source, line, algorithm)));
  return faults;
}

async function checkLine(source: BagSource, { path, checksum }: ManifestLine, algorithm: string): Promise<readonly BagFault[]> {
  // File systems differ in how they compose letters (section 6.1.2).
  const found = source.paths.find((one) => one.normalize('NFC') === path.normalize('NFC'));
  if (found === undefined) return [{ code: 'file-missing', about: path }];
  const hash = createHash(algorithm);
  for await (const piece of source.read(found)) hash.update(piece);
  return hash.digest('hex') === checksum ? [] : [{ code: 'checksum-differs', about: path }];
}

async function checkFetch(source: BagSource, declaration: Declaration): Promise<readonly BagFault[]> {
  if (!source.paths.includes('fetch.txt')) return [];
  const paths = fetchPaths(tagText(await whole(source, 'fetch.txt'), declaration), declaration);
  const outside = paths.filter((path) => !isInside(path) || !path.startsWith('data/'));
  return outside.map((about) => ({ code: 'path-outside', about }));
}

/** Section 2.2.2: `Payload-Oxum: bytes.files`. */
async function checkOxum(source: BagSource, oxum: string | undefined): Promise<readonly BagFault[]> {
  if (oxum === undefined) return [];
  const files = source.paths.filter((path) => path.startsWith('data/'));
  let bytes = 0;
  for (const path of files) for await (const piece of source.read(path)) bytes += piece.length;
  return oxum === `${bytes}.${files.length}` ? [] : [{ code: 'oxum-differs', about: 'bag-info.txt' }];
}

async function whole(source: BagSource, path: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source.read(path)) {
    size += piece.length;
    if (size > TAG_BYTES) throw new RangeError(`${path} is too long for a tag file`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
