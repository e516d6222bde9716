import { join } from 'node:path';
import { openS3Vault, type S3VaultPlace } from './s3.ts';
import { openVault, type Vault } from './vault.ts';

/** Where a node keeps sealed payloads: a bucket, or the folder `vault` in its own. */
export interface ObjectsPlace {
  readonly dir: string;
  readonly vault?: S3VaultPlace;
}

/** Opens the store of a node's sealed payloads. Whoever opens it beside a node that runs says so: then nothing is cleared that the node may be writing. */
export function openObjects({ vault, dir }: ObjectsPlace, beside: boolean = false): Promise<Vault> {
  return vault === undefined ? openVault(join(dir, 'vault'), beside) : openS3Vault(vault);
}
