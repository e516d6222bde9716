import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileIn } from '../testing/run.ts';
import { readDevice } from './deviceConfig.ts';

const home = mkdtempSync(join(tmpdir(), 'comity-device-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

fileIn(home, 'secret', 's3cret\n');
const service = { kind: 'transit', endpoint: 'https://keys.example', token: 'secret' };
const hardware = { kind: 'pkcs11', binding: 'pkcs11js', module: 'lib.so', token: 'office', pin: 'secret' };
const read = (value: unknown): unknown => {
  const device = readDevice(value, { home, env: 'production' });
  return device.ok ? (device.value.wrapKey ?? 'no wrap key') : `${device.refusal.code} ${device.refusal.field}`;
};

describe('the key device in a configuration', () => {
  it('is a service or a module, and may open the keystore', () => {
    expect([read(service), read({ ...service, wrapKey: 'w' }), read(hardware), read({ ...hardware, wrapKey: 'w' })]).toEqual([
      ...['no wrap key', 'w', 'no wrap key', 'w'],
    ]);
  });

  it('is refused by the name of the member that is wrong', () => {
    for (const [value, wrong] of [
      ['tpm', 'field-invalid device.kind'],
      [{ ...service, kind: 'tpm' }, 'field-invalid device.kind'],
      [{ ...service, pin: 'x' }, 'field-unknown device.pin'],
      [{ ...hardware, endpoint: 'x' }, 'field-unknown device.endpoint'],
      [{ ...service, endpoint: '' }, 'field-missing device.endpoint'],
      [{ ...hardware, module: 7 }, 'field-missing device.module'],
      [{ ...service, endpoint: 'http://keys.example' }, 'field-invalid device.endpoint'],
      [{ ...service, token: 'nowhere' }, `not-found ${join(home, 'nowhere')}`],
    ] as const)
      expect(read(value)).toBe(wrong);
  });

  it('that cannot be opened says so when it is asked for', async () => {
    const device = readDevice(hardware, { home, env: 'production' });
    await expect(device.ok ? device.value.open() : undefined).rejects.toThrow('the key device');
  });
});
