import { type FileHandle, open } from 'node:fs/promises';
import { ok, type Result, refuse } from '@comity/core';
import { nodeHashes, sourceOfFile } from '@comity/formats';
import { type Container, type ContainerReport, readContainer, verifyContainer } from '@comity/formats/container';
import { readCertificates } from './signer.ts';

/** Opens a container file for as long as `use` takes. */
export async function withContainer<T>(
  file: string,
  use: (container: Container) => Promise<Result<T>>,
  how: { readonly lenient?: boolean } = {},
): Promise<Result<T>> {
  let handle: FileHandle;
  try {
    handle = await open(file);
  } catch {
    // Missing, a folder, or not ours to read.
    return refuse('not-found', file);
  }
  try {
    const container = await readContainer(nodeHashes, await sourceOfFile(handle), how);
    return container.ok ? await use(container.value) : container;
  } finally {
    await handle.close();
  }
}

/** Checks a container as of now, trusting the certificates of some files. */
export async function checkContainer(container: Container, trust: readonly string[]): Promise<Result<ContainerReport>> {
  const certificates: Uint8Array[] = [];
  for (const file of trust) {
    const read = readCertificates(file);
    if (!read.ok) return read;
    certificates.push(...read.value.map((one) => one.raw));
  }
  return verifyContainer(nodeHashes, container, { anchors: { certificates }, now: new Date().toISOString() });
}

/** Passes a result of a check on, or refuses a container of which something is not what was signed. */
export function unaltered(report: ContainerReport): Result<ContainerReport> {
  const [first] = report.findings;
  return report.verdict === 'altered' ? refuse('container-altered', first?.about) : ok(report);
}
