import { createCipheriv, createDecipheriv, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { DeviceFailed, type KeyDevice } from '../device.ts';

/** Keys in this process, as a device would hold them. */
export class SoftwareDevice implements KeyDevice {
  readonly #pairs = new Map<string, { readonly publicKey: KeyObject; readonly privateKey: KeyObject }>();
  readonly #wraps = new Map<string, Buffer>();

  constructor(signing: readonly string[], wrapping: readonly string[]) {
    for (const name of signing) this.#pairs.set(name, generateKeyPairSync('ed25519'));
    for (const name of wrapping) this.#wraps.set(name, randomBytes(32));
  }

  async publicKey(name: string): Promise<Uint8Array> {
    return new Uint8Array(Buffer.from(String(this.#pair(name).publicKey.export({ format: 'jwk' }).x), 'base64url'));
  }

  async sign(name: string, message: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(sign(null, message, this.#pair(name).privateKey));
  }

  async wrap(name: string, secret: Uint8Array): Promise<string> {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#wrap(name), iv);
    return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString('base64');
  }

  async unwrap(name: string, wrapped: string): Promise<Uint8Array> {
    const bytes = Buffer.from(wrapped, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#wrap(name), bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
      return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]));
    } catch {
      throw new DeviceFailed('this was not wrapped here');
    }
  }

  async close(): Promise<void> {}

  #pair(name: string): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
    const pair = this.#pairs.get(name);
    if (pair === undefined) throw new DeviceFailed('it has no key of this name');
    return pair;
  }

  #wrap(name: string): Buffer {
    const key = this.#wraps.get(name);
    if (key === undefined) throw new DeviceFailed('it has no key of this name');
    return key;
  }
}

const TOKEN = 'test-token';

/** A small key service in this process that speaks the API of the transit engine: keys of version 1, but for `office-sign`, which has two. */
export class TransitServer {
  readonly #device = new SoftwareDevice(['office-sign@1', 'office-sign@2', 'other-sign@1'], ['office-wrap', 'other-wrap']);
  readonly #server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
      const path = (request.url ?? '').replace('/v1/transit/', '');
      const known = request.headers['x-vault-token'] === TOKEN;
      void (known ? this.#answer(path, body) : Promise.reject(new DeviceFailed('no'))).then(
        (data) => response.end(JSON.stringify({ data })),
        () => response.writeHead(known ? 400 : 403).end(JSON.stringify({ errors: ['no'] })),
      );
    });
  });

  async start(): Promise<{ readonly endpoint: string; readonly token: string }> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const address = this.#server.address();
    return { endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, token: TOKEN };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #answer(path: string, body: Readonly<Record<string, unknown>>): Promise<object> {
    const [what, name = ''] = path.split('/');
    const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
    const given = (member: string): Buffer => Buffer.from(String(body[member]), 'base64');
    if (what === 'keys') {
      const versions = name === 'office-sign' ? [1, 2] : [1];
      const keys = versions.map(async (v) => [v, { public_key: text(await this.#device.publicKey(`${name}@${v}`)) }]);
      return { type: 'ed25519', keys: Object.fromEntries(await Promise.all(keys)) };
    }
    if (what === 'sign') {
      const version = body['key_version'];
      return { signature: `vault:v${version}:${text(await this.#device.sign(`${name}@${version}`, given('input')))}` };
    }
    if (what === 'encrypt') return { ciphertext: `vault:v1:${await this.#device.wrap(name, given('plaintext'))}` };
    return { plaintext: text(await this.#device.unwrap(name, String(body['ciphertext']).replace('vault:v1:', ''))) };
  }
}
