import type { Instant } from '@comity/core';
import { asicManifestBytes, CMS_TYPE, type Referenced } from './asic-manifest.ts';
import { type ContainerSigner, type Stamp, signCms } from './cms/sign-cms.ts';
import { signatureNames } from './layout.ts';
import type { ZipWriter } from './zip/write-zip.ts';

/** What a signature is to cover, and which of the container it is. */
export interface Coverage {
  readonly zip: ZipWriter;
  readonly files: readonly Referenced[];
  readonly count: number;
}

/** Who signs, when, and where a stamp is to be had. */
export interface Signing {
  readonly at: Instant;
  readonly signer: ContainerSigner;
  readonly stamp?: Stamp;
}

/** Writes a manifest and the signature over it (EN 319 162-1, A.4): the manifest names the signature, the signature covers the manifest. */
export async function* writeSignature({ zip, files, count }: Coverage, signing: Signing): AsyncGenerator<Uint8Array> {
  const { manifest, signature } = signatureNames(count);
  const content = asicManifestBytes({ signature, signatureType: CMS_TYPE, files });
  yield* zip.file(manifest, content);
  yield* zip.file(signature, await signCms({ content, ...signing }));
}
