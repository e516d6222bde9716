import { fromBase64Url } from '@comity/core';
import {
  type Container,
  type ContainerReport,
  crc32,
  fileNamed,
  type Hashes,
  isContainer,
  LAYOUT,
  readContainer,
  readEntry,
  sourceOfBytes,
  verifyContainer,
} from '@comity/formats/container';
import { sha256 } from '@noble/hashes/sha2.js';

/** A file that was delivered. */
export interface DeliveredFile {
  /** Name in the container; for a delivery that is no container, one that fits. */
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
}

/** What is in a delivery, and how its files are read: at most so many bytes from the beginning. */
export interface Delivered {
  readonly files: readonly DeliveredFile[];
  /** For an evidence container: what checking it found. */
  readonly report?: ContainerReport;
  readonly read: (name: string, limit: number) => Promise<Uint8Array>;
}

export interface Trusted {
  /** Keys of the sender, base64url of SubjectPublicKeyInfo. */
  readonly evidenceKeys: readonly string[];
  /** The time of the node. */
  readonly now: string;
}

const HASHES: Hashes = { sha256: () => sha256.create(), crc32 };

/** Looks into opened content: an evidence container is checked whole and its files are listed; all else is a table, as holders extract them. */
export async function readDelivered(content: Uint8Array, trusted: Trusted): Promise<Delivered | { readonly refused: string }> {
  if (!isContainer(content)) {
    const file = { name: 'data.csv', mediaType: 'text/csv', size: content.length };
    return { files: [file], read: async (_, limit) => content.slice(0, limit) };
  }
  const container = await readContainer(HASHES, sourceOfBytes(content));
  if (!container.ok) return { refused: container.refusal.code };
  const anchors = { certificates: [], keys: trusted.evidenceKeys.map(fromBase64Url) };
  const report = await verifyContainer(HASHES, container.value, { anchors, now: trusted.now });
  if (!report.ok) return { refused: report.refusal.code };
  if (report.value.verdict === 'altered') return { refused: 'container-altered' };
  return {
    files: filesOf(container.value, report.value),
    report: report.value,
    read: (name, limit) => beginningOf(container.value, name, limit),
  };
}

/** Evidence first; then what tells where it comes from. Signatures and manifests have said what they say in the report. */
function filesOf({ zip, manifests }: Container, report: ContainerReport): readonly DeliveredFile[] {
  const types = new Map(manifests.flatMap((manifest) => manifest.files.map((file) => [file.name, file.mediaType ?? ''])));
  const covered = new Set(report.files.filter((file) => file.state === 'as-signed').map((file) => file.name));
  const files = zip.files.filter(({ name }) => covered.has(name) && !name.startsWith(LAYOUT.meta));
  const evidence = files.filter(({ name }) => name.startsWith(LAYOUT.evidence));
  return [...evidence, ...files.filter((file) => !evidence.includes(file))].map(({ name, size }) => ({
    name,
    size,
    mediaType: types.get(name) ?? '',
  }));
}

async function beginningOf({ zip }: Container, name: string, limit: number): Promise<Uint8Array> {
  const entry = fileNamed(zip, name);
  if (entry === undefined) throw new RangeError(`no file ${name}`);
  const whole = new Uint8Array(Math.min(limit, entry.size));
  let used = 0;
  for await (const piece of readEntry(HASHES, zip, entry)) {
    const part = piece.subarray(0, whole.length - used);
    whole.set(part, used);
    used += part.length;
    if (used === whole.length) break;
  }
  return whole;
}
