import { equalBytes, ok, type Result, toHex } from '@comity/core';
import { checkAddedStamps, checkSignatures, type Judging } from './check-signatures.ts';
import { digestFiles } from './digest-files.ts';
import type { Hashes } from './hashes.ts';
import { type ItemList, rootHolds } from './items.ts';
import { isXadesName, LAYOUT } from './layout.ts';
import type { Container } from './read-container.ts';
import {
  type AddedStampReport,
  type ContainerFinding,
  type ContainerFindingCode,
  type ContainerReport,
  type FileReport,
  type SignatureReport,
  type StampReport,
  verdictOf,
} from './report.ts';

type Digests = ReadonlyMap<string, Uint8Array>;

/**
 * Checks a container against itself and against whom the caller trusts: every signature, every time stamp, the digest of every file, the
 * list of items and its Merkle root, and what no signature covers. Reads each file once. Refuses `container-invalid` when an entry cannot
 * be unpacked as the archive says. Revocation of certificates is not asked for.
 */
export async function verifyContainer(hashes: Hashes, container: Container, judging: Judging): Promise<Result<ContainerReport>> {
  const digests = await digestFiles(hashes, container);
  if (!digests.ok) return digests;
  const signatures = await checkSignatures(hashes, container, judging);
  const stamps = await checkAddedStamps(hashes, container, judging);
  const files = judgeFiles(container, digests.value, signatures);
  const { items } = container;
  const holds = items !== undefined && rootHolds(hashes, items);
  const findings = [
    ...signatures.flatMap(signatureFindings),
    ...(signatures.length + container.xades.length + container.unread.length === 0
      ? [finding('signature-missing', LAYOUT.meta)]
      : []),
    ...stamps.flatMap((stamp) => stampFindings(stamp, stamp.name)),
    ...files.flatMap(fileFindings),
    ...missingFindings(container, digests.value),
    ...itemFindings(items, { holds, digests: digests.value }),
    ...pendingFindings(items, { signatures, stamps }),
    ...container.xades.map((name) => finding('xades-unchecked', name)),
    ...container.unread.map((name) => finding('manifest-unread', name)),
    ...(container.departure === undefined ? [] : [finding('type-departs', LAYOUT.mimetype, { form: container.departure })]),
  ];
  return ok({
    verdict: verdictOf(findings, signatures.length),
    files,
    signatures,
    stamps,
    ...(items === undefined ? {} : { items: { case: items.case, root: items.root, count: items.items.length, holds } }),
    findings,
  });
}

function finding(code: ContainerFindingCode, about: string, values: ContainerFinding['values'] = {}): ContainerFinding {
  return { code, about, values };
}

/** Only signatures that hold cover anything. */
function judgeFiles(container: Container, digests: Digests, signatures: readonly SignatureReport[]): readonly FileReport[] {
  const good = new Set(signatures.filter((one) => one.holds).map((one) => one.manifest));
  const references = new Map<string, Uint8Array[]>();
  for (const file of container.manifests.flatMap((manifest) => (good.has(manifest.name) ? manifest.files : []))) {
    references.set(file.name, [...(references.get(file.name) ?? []), file.sha256]);
  }
  const own = new Set([...container.manifests.flatMap((manifest) => [manifest.name, manifest.signature]), ...container.unread]);
  const listed = new Map(container.items?.items.map((item) => [item.name, item]));
  return container.zip.files.map(({ name, size }) => {
    const found = digests.get(name) ?? new Uint8Array();
    const signed = references.get(name) ?? [];
    const item = listed.get(name);
    const covered =
      signed.length > 0
        ? 'as-signed'
        : own.has(name) || name === LAYOUT.mimetype || isXadesName(name)
          ? 'signature'
          : 'uncovered';
    const state = signed.every((sha256) => equalBytes(sha256, found)) ? covered : 'altered';
    return {
      name,
      size,
      sha256: toHex(found),
      state,
      ...(item === undefined ? {} : { item: item.item, mediaType: item.mediaType }),
    };
  });
}

function fileFindings({ name, state }: FileReport): readonly ContainerFinding[] {
  if (state === 'altered') return [finding('file-altered', name)];
  return state === 'uncovered' ? [finding('file-uncovered', name)] : [];
}

function signatureFindings({ name, holds, fault, by, stamp }: SignatureReport): readonly ContainerFinding[] {
  if (!holds || by === undefined) return [finding('signature-broken', name, { fault: fault ?? 'unreadable' })];
  const trust =
    by.trust === 'trusted' ? [] : [finding(`certificate-${by.trust}`, name, { signer: by.organisation || by.commonName })];
  return [...trust, ...(stamp === undefined ? [] : stampFindings(stamp, name))];
}

function stampFindings({ holds, by }: StampReport, about: string): readonly ContainerFinding[] {
  if (!holds || by === undefined) return [finding('stamp-broken', about)];
  return by.trust === 'trusted' ? [] : [finding('stamp-untrusted', about, { authority: by.organisation || by.commonName })];
}

function missingFindings({ manifests }: Container, digests: Digests): readonly ContainerFinding[] {
  const names = new Set(manifests.flatMap((manifest) => manifest.files.map((file) => file.name)));
  return [...names].filter((name) => !digests.has(name)).map((name) => finding('file-missing', name));
}

interface Found {
  readonly holds: boolean;
  readonly digests: Digests;
}

function itemFindings(items: ItemList | undefined, { holds, digests }: Found): readonly ContainerFinding[] {
  if (items === undefined) return [finding('items-absent', LAYOUT.items)];
  if (!holds) return [finding('items-broken', LAYOUT.items)];
  return items.items.flatMap(({ name, sha256, item }) => {
    const found = digests.get(name);
    return found === undefined || toHex(found) === sha256 ? [] : [finding('item-differs', name, { item })];
  });
}

interface Stamped {
  readonly signatures: readonly SignatureReport[];
  readonly stamps: readonly AddedStampReport[];
}

/** A stamp that was asked for and never came, neither inside the signature nor later. */
function pendingFindings(items: ItemList | undefined, { signatures, stamps }: Stamped): readonly ContainerFinding[] {
  if (items?.stamp !== 'requested') return [];
  const there = signatures.some((one) => one.stamp !== undefined) || stamps.length > 0;
  return there ? [] : [finding('stamp-pending', signatures[0]?.name ?? LAYOUT.meta)];
}
