import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ed25519Verify } from './crypto.ts';
import { DeviceFailed, type KeyDevice } from './device.ts';
import { enterKey } from './enterKey.ts';
import { openKeystore, writeKeystore } from './keystore.ts';
import { pkcs11Device } from './pkcs11.ts';
import { rotateKey } from './rotate.ts';
import { signersOf, signWith } from './signers.ts';
import { SoftwareDevice, TransitServer } from './testing/devices.ts';
import { FROM, testKeystore, testParty } from './testing/party.ts';
import { transitDevice } from './transit.ts';

const undo: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

async function inSoftware(): Promise<KeyDevice> {
  return new SoftwareDevice(['office-sign', 'other-sign'], ['office-wrap', 'other-wrap']);
}

async function inTransit(): Promise<KeyDevice> {
  const server = new TransitServer();
  const place = await server.start();
  undo.push(() => server.stop());
  return transitDevice(place);
}

const MODULE = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
].find(existsSync);

/** Where pkcs11js was installed beside the project, compiled: it is no dependency of ours. */
function bindingHere(): string | undefined {
  const named = process.env['COMITY_PKCS11JS'] ?? 'pkcs11js';
  try {
    createRequire(import.meta.url)(named);
    return named;
  } catch {
    return undefined;
  }
}

const binding = MODULE === undefined ? undefined : bindingHere();

async function inSoftHsm(): Promise<KeyDevice> {
  const dir = mkdtempSync(join(tmpdir(), 'comity-hsm-'));
  undo.push(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'tokens'));
  writeFileSync(join(dir, 'softhsm2.conf'), `directories.tokendir = ${join(dir, 'tokens')}\nobjectstore.backend = file\n`);
  process.env['SOFTHSM2_CONF'] = join(dir, 'softhsm2.conf');
  execFileSync('softhsm2-util', ['--init-token', '--free', '--label', 'comity', '--so-pin', '1234', '--pin', '5678']);
  const place = { binding: binding ?? '', module: MODULE ?? '', token: 'comity', pin: '5678' };
  makeKeys(place);
  const device = pkcs11Device(place);
  undo.push(() => device.close());
  return device;
}

/** Makes the keys as an operator does with the module's own tool. */
function makeKeys({
  binding: path,
  module,
  pin,
}: {
  readonly binding: string;
  readonly module: string;
  readonly pin: string;
}): void {
  const { PKCS11 } = createRequire(import.meta.url)(path);
  const lib = new PKCS11();
  lib.load(module);
  lib.C_Initialize();
  const slot = lib.C_GetSlotList(true).find((one: Buffer) => lib.C_GetTokenInfo(one).label.trim() === 'comity');
  const session = lib.C_OpenSession(slot, 6);
  lib.C_Login(session, 1, pin);
  const ed25519 = Buffer.from('130c656477617264733235353139', 'hex');
  for (const label of ['office-sign', 'other-sign'])
    lib.C_GenerateKeyPair(
      session,
      { mechanism: 0x1055 },
      [
        { type: 3, value: label },
        { type: 1, value: true },
        { type: 0x10a, value: true },
        { type: 0x180, value: ed25519 },
      ],
      [
        { type: 3, value: label },
        { type: 1, value: true },
        { type: 0x108, value: true },
        { type: 0x103, value: true },
        { type: 0x162, value: false },
      ],
    );
  for (const label of ['office-wrap', 'other-wrap'])
    lib.C_GenerateKey(session, { mechanism: 0x1080 }, [
      ...[
        { type: 3, value: label },
        { type: 1, value: true },
        { type: 0x161, value: 32 },
        { type: 0x103, value: true },
      ],
      ...[
        { type: 0x104, value: true },
        { type: 0x105, value: true },
        { type: 0x162, value: false },
      ],
    ]);
  lib.C_Finalize();
  lib.close();
}

const WHY = MODULE === undefined ? 'SoftHSM not present' : 'pkcs11js not present';

describe.each([
  ['in software', inSoftware, true],
  ['of a key service with the transit API', inTransit, true],
  [
    binding === undefined ? `in a PKCS #11 module (skipped: ${WHY})` : 'in a PKCS #11 module (SoftHSM)',
    inSoftHsm,
    binding !== undefined,
  ],
] as const)('keys %s', (_where, open, present) => {
  const device = present ? open() : Promise.reject(new Error('not present'));
  device.catch(() => undefined);

  it.skipIf(!present)('sign, each with its own key, what anybody can verify with the public half', async () => {
    const keys = await device;
    const message = Buffer.from('what is signed');
    const [own, other] = [await keys.publicKey('office-sign'), await keys.publicKey('other-sign')];
    const signature = await keys.sign('office-sign', message);
    expect([own.length, signature.length]).toEqual([32, 64]);
    expect(ed25519Verify(own, message, signature)).toBe(true);
    expect(ed25519Verify(other, message, signature)).toBe(false);
    expect(ed25519Verify(own, Buffer.from('another'), signature)).toBe(false);
    // Larger than a module takes in one piece, for many of them.
    const long = Buffer.alloc(100_000, 7);
    expect(ed25519Verify(own, long, await keys.sign('office-sign', long))).toBe(true);
  });

  it.skipIf(!present)('wrap a secret so that the same key alone opens it, and no altered one', async () => {
    const keys = await device;
    const secret = crypto.getRandomValues(new Uint8Array(32));
    const wrapped = await keys.wrap('office-wrap', secret);
    expect(await keys.wrap('office-wrap', secret)).not.toBe(wrapped);
    expect(await keys.unwrap('office-wrap', wrapped)).toEqual(secret);
    expect(Buffer.from(wrapped.replace('vault:v1:', ''), 'base64').includes(Buffer.from(secret))).toBe(false);
    const [at] = [wrapped.length - 8];
    const altered = `${wrapped.slice(0, at)}${wrapped[at] === 'A' ? 'B' : 'A'}${wrapped.slice(at + 1)}`;
    for (const [name, text] of [
      ['other-wrap', wrapped],
      ['office-wrap', altered],
      ['office-wrap', ''],
    ] as const)
      await expect(keys.unwrap(name, text)).rejects.toThrow(DeviceFailed);
    // After a failure it goes on.
    expect(await keys.unwrap('office-wrap', wrapped)).toEqual(secret);
  });

  it.skipIf(!present)('are not found under another name', async () => {
    const keys = await device;
    for (const name of ['nobody', '', '../x']) {
      await expect(keys.publicKey(name)).rejects.toThrow(DeviceFailed);
      await expect(keys.sign(name, new Uint8Array(1))).rejects.toThrow(DeviceFailed);
      await expect(keys.wrap(name, new Uint8Array(1))).rejects.toThrow(DeviceFailed);
    }
  });
});

describe('a key service', () => {
  it('is asked for one version of a key, and refused when it takes another or does not know us', async () => {
    const server = new TransitServer();
    const place = await server.start();
    const device = transitDevice(place);
    const [first, second] = [await device.publicKey('office-sign@1'), await device.publicKey('office-sign@2')];
    expect(first).not.toEqual(second);
    const message = new Uint8Array([1]);
    expect(ed25519Verify(second, message, await device.sign('office-sign@2', message))).toBe(true);
    await expect(device.publicKey('office-sign@3')).rejects.toThrow('another form');
    await expect(transitDevice({ ...place, token: 'x' }).sign('office-sign', message)).rejects.toThrow('it answered 403');
    await server.stop();
    await expect(device.sign('office-sign', message)).rejects.toThrow('it cannot be reached');
  });
});

describe('a party whose signing key a device holds', () => {
  const NOW = '2026-03-01T00:00:00.000Z';
  const UNTIL = '2028-01-01T00:00:00.000Z';
  const store = testKeystore('pt');
  const party = testParty(store);
  const device = new SoftwareDevice(['office-sign', 'other-sign'], ['office-wrap']);
  const rotation = { use: 'sign', reason: 'scheduled', from: NOW, overlap: 0, held: 'office-sign' } as const;

  it('takes it up as its next key, with proof that it is there, and signs with it from then on', async () => {
    const done = await rotateKey({ keystore: store, party, now: NOW, device }, rotation);
    if (!done.ok) throw new Error(done.refusal.code);
    const { keystore, statement } = done.value;
    expect(keystore.keys.sign[1]).toMatchObject({ id: 'pt#sign-2', key: { held: 'office-sign' } });
    expect(JSON.stringify(keystore.keys.sign[1])).not.toContain('"d"');
    const directory = { v: 1, env: 'sandbox', issued: FROM, until: UNTIL, parties: [party] } as const;
    const entered = enterKey(directory, statement, { now: NOW, until: UNTIL });
    if (!entered.ok) throw new Error(entered.refusal.code);
    const [listed] = entered.value.parties;
    if (listed === undefined) throw new Error('no party');
    const { id, sign } = signersOf({ keystore, party: listed, device }).party(NOW);
    const message = Buffer.from('an act');
    expect(id).toBe('pt#sign-2');
    expect(ed25519Verify(await device.publicKey('office-sign'), message, await sign(message))).toBe(true);
  });

  it('is not believed a signature of another key, nor does it sign without its device', async () => {
    const done = await rotateKey({ keystore: store, party, now: NOW, device }, rotation);
    if (!done.ok) throw new Error(done.refusal.code);
    const { keystore } = done.value;
    const liar: KeyDevice = Object.assign(new SoftwareDevice([], []), {
      sign: (_: string, message: Uint8Array) => device.sign('other-sign', message),
    });
    await expect(signWith({ keystore, device: liar }, 'sign', 'pt#sign-2')?.(Buffer.from('x'))).rejects.toThrow(
      'it signed with another key',
    );
    expect(() => signWith({ keystore }, 'sign', 'pt#sign-2')).toThrow('none is configured, and one holds pt#sign-2');
    for (const ask of [{ ...rotation, use: 'messages' as const }, rotation])
      expect(await rotateKey({ keystore: store, party, now: NOW }, ask)).toMatchObject({
        refusal: { code: 'field-invalid', field: '--held' },
      });
  });

  it('may have the file of its keystore opened by the device alone', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'comity-held-'));
    undo.push(() => rmSync(dir, { recursive: true, force: true }));
    const file = join(dir, 'keys.json');
    const secret = { kind: 'device', device, key: 'office-wrap' } as const;
    await writeKeystore(file, store, secret);
    const request = { env: 'sandbox', party: 'pt', persons: [], passphrase: '', workFactor: 10 } as const;
    expect(await openKeystore(file, { ...request, secret })).toEqual(store);
    const other = new SoftwareDevice([], ['office-wrap']);
    await expect(openKeystore(file, { ...request, secret: { ...secret, device: other } })).rejects.toThrow(DeviceFailed);
    const typed = { kind: 'passphrase', passphrase: 'x' } as const;
    await expect(openKeystore(file, { ...request, secret: typed })).rejects.toThrow('sealed with a key of a device');
  });
});
