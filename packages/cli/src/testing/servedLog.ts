import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256 } from '@comity/node/keys';
import {
  emptyEdge,
  formatCheckpoint,
  formatVerifierKey,
  growTree,
  type KeyKind,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  type NoteSigner,
  signCheckpoint,
  type TreeEdge,
  tilePath,
  treeHasher,
  verifierKey,
} from '@comity/prove';

const hasher = treeHasher(sha256);

/** A key of its own under a name. */
export function newSigner(name: string, kind: KeyKind): NoteSigner {
  const { privateKey, publicKey } =
    kind === MLDSA_COSIGNATURE ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519');
  const { x, pub } = publicKey.export({ format: 'jwk' }) as { readonly x?: string; readonly pub?: string };
  const key = verifierKey({ name, kind, publicKey: Buffer.from(x ?? pub ?? '', 'base64url') }, sha256);
  return { key, sign: (message) => sign(null, message, privateKey) };
}

/** A log with both kinds of key at an HTTP address of this machine, which can be made to lie. */
export class ServedLog {
  readonly origin = 'node.test/log/2026';
  readonly signers: readonly NoteSigner[] = [newSigner(this.origin, NOTE_SIGNATURE), newSigner(this.origin, MLDSA_COSIGNATURE)];
  /** What it serves, by path. */
  readonly served = new Map<string, Uint8Array | string>();
  edge: TreeEdge = emptyEdge();
  /** Status that it answers everything with, where it is not 200. */
  failing = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const body = this.served.get((request.url ?? '').slice(1));
      response.statusCode = this.failing || (body === undefined ? 404 : 200);
      response.end(this.failing ? '' : body);
    });
  }

  get vkeys(): readonly string[] {
    return this.signers.map(({ key }) => formatVerifierKey(key));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Appends entries, serves the tiles, and signs the head at a time (milliseconds). */
  async grow(entries: readonly string[], at: number, signers: readonly NoteSigner[] = this.signers): Promise<string> {
    const leaves = hasher.hashLeaves(entries.map((entry) => Buffer.from(entry)));
    const { edge, tiles, root } = growTree(this.edge, leaves, hasher);
    this.edge = edge;
    for (const tile of tiles) this.served.set(tilePath(tile), tile.bytes);
    const text = formatCheckpoint({ origin: this.origin, size: edge.size, root });
    const note = await signCheckpoint({ text, time: BigInt(Math.floor(at / 1000)) }, signers);
    this.served.set('checkpoint', note);
    return note;
  }

  /** Forgets everything and begins another history under the same keys. */
  rewrite(): void {
    this.edge = emptyEdge();
    this.served.clear();
  }
}
