import { fromHex, type Instant, ok, type Result, refuse } from '@comity/core';
import { asicManifestBytes, type Referenced, STAMP_TYPE } from './asic-manifest.ts';
import type { Stamp } from './cms/sign-cms.ts';
import { type CustodyAction, custodyBytes } from './custody.ts';
import { type Hashes, sha256Of } from './hashes.ts';
import { JSON_LD_TYPE, LAYOUT, signatureNames, stampNames } from './layout.ts';
import { type Container, fileNamed } from './read-container.ts';
import { FINDINGS } from './report.ts';
import { streamOf } from './source.ts';
import { verifyContainer } from './verify-container.ts';
import { type Signing, writeSignature } from './write-signature.ts';
import { startZip, type ZipWriter } from './zip/write-zip.ts';

/** What a later custodian adds: a signature, and what they did, which becomes part of the chain of custody. */
export interface Addition extends Signing {
  readonly action: CustodyAction;
}

/**
 * The same container with one more signature (EN 319 162-1 section 4.4): every byte of every entry that is there stays where it is; a
 * custody graph, a manifest that covers all files with the earlier manifests and signatures, and its signature follow. Refuses
 * `container-altered` when a file is not what was signed before, a signature does not hold or a file is covered by none: a custodian does not
 * vouch for that.
 */
export async function addSignature(
  hashes: Hashes,
  container: Container,
  addition: Addition,
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const covered = await coverAll(hashes, container, addition.at);
  if (!covered.ok) return covered;
  const count = freeNumber(container, (n) => Object.values(signatureNames(n)));
  const { custody } = signatureNames(count);
  const items = container.items?.items ?? [];
  const graph = custodyBytes(hashes, { case: container.items?.case ?? '', actions: [addition.action] }, items);
  const added = { name: custody, mediaType: JSON_LD_TYPE, sha256: sha256Of(hashes, graph) };
  return ok(
    continued(hashes, { container, at: addition.at }, async function* (zip) {
      yield* zip.file(custody, graph);
      yield* writeSignature({ zip, files: [...covered.value, added], count }, addition);
    }),
  );
}

/**
 * The same container with a time stamp over all it holds (EN 319 162-1 section 4.4.3.2), for one whose signature could not be stamped when
 * it was made. Refuses `stamp-unavailable` when the authority gives none, and `container-altered` like addSignature.
 */
export async function addStamp(
  hashes: Hashes,
  container: Container,
  { at, stamp }: { readonly at: Instant; readonly stamp: Stamp },
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const covered = await coverAll(hashes, container, at);
  if (!covered.ok) return covered;
  const { manifest, token } = stampNames(freeNumber(container, (n) => Object.values(stampNames(n))));
  const content = asicManifestBytes({ signature: token, signatureType: STAMP_TYPE, files: covered.value });
  const given = await stamp(sha256Of(hashes, content));
  if (given === undefined) return refuse('stamp-unavailable');
  return ok(
    continued(hashes, { container, at }, async function* (zip) {
      yield* zip.file(manifest, content);
      yield* zip.file(token, given);
    }),
  );
}

/**
 * All files with their digests, but for `mimetype`, which says nothing. Refuses `container-altered` when something is not what was signed, or
 * was signed by nobody: who signs over it would vouch for it.
 */
async function coverAll(hashes: Hashes, container: Container, at: Instant): Promise<Result<readonly Referenced[]>> {
  const report = await verifyContainer(hashes, container, { anchors: { certificates: [] }, now: at });
  if (!report.ok) return report;
  const wrong = report.value.findings.find(({ code }) => FINDINGS[code] === 'altered' || code === 'file-uncovered');
  if (wrong !== undefined) return refuse('container-altered', wrong.about);
  const types = new Map(container.manifests.flatMap((one) => one.files.map((file) => [file.name, file.mediaType])));
  const files = report.value.files.filter(({ name }) => name !== LAYOUT.mimetype);
  return ok(
    files.map(({ name, sha256 }) => {
      const mediaType = types.get(name);
      return { name, sha256: fromHex(sha256), ...(mediaType === undefined ? {} : { mediaType }) };
    }),
  );
}

function freeNumber({ zip }: Container, namesOf: (count: number) => readonly string[]): number {
  let count = 1;
  while (namesOf(count).some((name) => fileNamed(zip, name) !== undefined)) count++;
  return count;
}

interface Continued {
  readonly container: Container;
  readonly at: Instant;
}

/** What is there, byte for byte up to its central directory; then what is added; then a directory of both. */
async function* continued(
  hashes: Hashes,
  { container, at }: Continued,
  add: (zip: ZipWriter) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const { source, directory } = container.zip;
  const central = Uint8Array.from(await source.read(directory.offset, directory.size));
  yield* streamOf(source, 0, directory.offset);
  const zip = startZip(hashes, { at, after: { central, entries: directory.entries, offset: directory.offset } });
  yield* add(zip);
  yield* zip.end();
}
