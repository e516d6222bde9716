import { canonicalJson, fromHex, type Instant, type Json, toHex, utf8 } from '@comity/core';
import type { ContainerSigner, Stamp } from './cms/sign-cms.ts';
import { type Custody, custodyBytes } from './custody.ts';
import { ContainerFailure } from './faults.ts';
import { type Hashes, measured, sha256Of } from './hashes.ts';
import { itemListBytes, type ListedItem, makeItemList } from './items.ts';
import { JSON_LD_TYPE, JSON_TYPE, LAYOUT } from './layout.ts';
import { namesSoFar, shownName } from './names.ts';
import { writeSignature } from './write-signature.ts';
import { startZip, type ZipWriter } from './zip/write-zip.ts';

/** One file of evidence that goes into a container. */
export interface EvidenceFile extends Pick<ListedItem, 'item' | 'mediaType' | 'retention'> {
  /** Name below `evidence/`. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What a container is made of. */
export interface ContainerRequest {
  readonly at: Instant;
  readonly files: Iterable<EvidenceFile> | AsyncIterable<EvidenceFile>;
  /** The messages that ask for the data, as they were received. */
  readonly order: Json;
  readonly custody: Custody;
  readonly signer: ContainerSigner;
  /** A time stamp is asked for once; without an answer it is pending, and can be added later. */
  readonly stamp?: Stamp;
}

/**
 * Writes an evidence container: ASiC-E with CAdES (ETSI EN 319 162-1 section 4.4), one stream in constant memory whatever the evidence's
 * length. `mimetype` first; then the evidence as it comes, the list of items with its Merkle root, the chain of custody and the order;
 * last the manifest with every file's SHA-256 and the signature over it. The same input and signature give the same bytes. Throws
 * ContainerFailure at a file whose name would not be read again, and what the files' own streams throw: then there is no container.
 */
export async function* writeContainer(hashes: Hashes, request: ContainerRequest): AsyncGenerator<Uint8Array> {
  const { at, custody, order, signer, stamp } = request;
  const zip = startZip(hashes, { at });
  yield* zip.file(LAYOUT.mimetype, utf8(LAYOUT.mediaType));
  const items: ListedItem[] = [];
  yield* writeEvidence(hashes, { zip, files: request.files, items });
  const list = makeItemList(hashes, { case: custody.case, at, stamp: stamp === undefined ? 'none' : 'requested', items });
  const own = [
    { name: LAYOUT.items, mediaType: JSON_TYPE, bytes: itemListBytes(list) },
    { name: LAYOUT.custody, mediaType: JSON_LD_TYPE, bytes: custodyBytes(hashes, custody, items) },
    { name: LAYOUT.order, mediaType: JSON_TYPE, bytes: utf8(canonicalJson(order)) },
  ];
  for (const { name, bytes } of own) yield* zip.file(name, bytes);
  const files = [
    ...items.map(({ name, mediaType, sha256 }) => ({ name, mediaType, sha256: fromHex(sha256) })),
    ...own.map(({ name, mediaType, bytes }) => ({ name, mediaType, sha256: sha256Of(hashes, bytes) })),
  ];
  yield* writeSignature({ zip, files, count: 1 }, { at, signer, ...(stamp === undefined ? {} : { stamp }) });
  yield* zip.end();
}

interface Evidence {
  readonly zip: ZipWriter;
  readonly files: ContainerRequest['files'];
  /** Filled as files go by. */
  readonly items: ListedItem[];
}

async function* writeEvidence(hashes: Hashes, { zip, files, items }: Evidence): AsyncGenerator<Uint8Array> {
  const wrongWith = namesSoFar();
  for await (const file of files) {
    const name = `${LAYOUT.evidence}${file.name}`;
    const wrong = file.name === '' || file.name.endsWith('/') ? 'name-empty' : wrongWith(name);
    if (wrong !== undefined) throw new ContainerFailure(wrong, shownName(file.name));
    const passing = measured(hashes, file.bytes);
    yield* zip.stream(name, passing.bytes);
    const { sha256, size } = passing.result();
    const { item, mediaType, retention } = file;
    items.push({ item, name, sha256: toHex(sha256), size, mediaType, ...(retention === undefined ? {} : { retention }) });
  }
}
