import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject } from '@comity/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it, test } from 'vitest';
import { type DeliveryPart, deliveryObject, inParts, MOST_PARTS, PART_BYTES, readDelivery } from './delivery.ts';
import { deliveryTarget } from './delivery-target.ts';
import { lintMessage } from './lint.ts';
import type { Hi1Message } from './message.ts';
import { caseInLdid, ldidOf, orderIds } from './order-ids.ts';
import { readMessage, readMessageJson } from './read-message.ts';
import { readOrder } from './read-order.ts';
import { IDS, messageOf, ORDER } from './testing/order.ts';
import { messageJson, writeMessage } from './write-message.ts';

const folder = resolve(import.meta.dirname, '../../../../../shared/vectors/etsi-103120');
const present = existsSync(folder);
const title = (name: string): string => (present ? name : `${name} (skipped: vectors not present)`);
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const from = { CountryCode: 'IE', UniqueIdentifier: 'ie-skymail' };
const about = { from, task: IDS.tasks['i1'] ?? '', sha256 };

const PART: DeliveryPart = {
  object: IDS.reasons,
  ldid: ldidOf(ORDER, 'i1'),
  delivery: '4b36a78b-b628-416d-bd22-404e68a0cd36',
  sequence: 0,
  last: true,
  content: {
    kind: 'data',
    bytes: new TextEncoder().encode('age-encryption.org/v1\n…'),
    encryption: IDS.encryption,
    manifest: { sha256: 'ab'.repeat(32), size: 25, parts: 1 },
  },
};
const EXISTS: DeliveryPart = { ...PART, content: { kind: 'existence', exists: false } };

const carrying = (object: JsonObject): Hi1Message => ({
  header: { ...messageOf().header, sender: from, receiver: ORDER.from },
  body: { kind: 'request', actions: [{ id: 0, verb: 'DELIVER', identifier: IDS.reasons, object }] },
});
const codes = (message: Hi1Message): readonly string[] => {
  const read = readMessageJson(messageJson(message));
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return lintMessage(read.value).map(({ code }) => code);
};
/** An object of ours, changed by hand somewhere. */
function changed(change: (object: Loose) => void): JsonObject {
  const object = structuredClone(deliveryObject(PART, about)) as Loose;
  change(object);
  return object as JsonObject;
}
// biome-ignore lint/suspicious/noExplicitAny: tests break objects in ways that types would not let them
type Loose = any;

describe('a delivery', () => {
  it('is the same after writing and reading, and the linter finds nothing in it', () => {
    for (const part of [PART, EXISTS]) {
      const object = deliveryObject(part, about);
      expect(readDelivery(object, sha256)).toEqual(part);
      expect(codes(carrying(object))).toEqual(['unsigned']);
      const read = readMessage(writeMessage(carrying(object)));
      expect(read.ok && read.value.message).toEqual(carrying(object));
    }
  });

  test.skipIf(!present)(title('is valid under the published schema; a spoilt one is not'), () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    const schemas = readdirSync(resolve(folder, 'schema-json')).map((name) =>
      JSON.parse(readFileSync(resolve(folder, 'schema-json', name), 'utf8')),
    );
    for (const schema of schemas) if (schema.$id !== 'ts_103120_Core_2019_10') ajv.addSchema(schema);
    const validate = ajv.compile(schemas.find(({ $id }) => $id === 'ts_103120_Core_2019_10'));
    for (const part of [PART, EXISTS]) {
      validate(messageJson(carrying(deliveryObject(part, about))));
      expect(validate.errors ?? []).toEqual([]);
    }
    const answer: Hi1Message = {
      header: messageOf().header,
      body: { kind: 'response', actions: [{ id: 0, verb: 'DELIVER', identifier: IDS.reasons }] },
    };
    expect(validate(messageJson(answer))).toBe(true);
    expect(validate(messageJson(carrying(changed((one) => (one['delivery:SequenceNumber'] = -1)))))).toBe(false);
  });

  it.each<[string, (object: Loose) => void]>([
    ['checksum-wrong', (one) => (one['delivery:Delivery']['delivery:BinaryData']['delivery:Data'] = 'YWdl')],
    ['checksum-wrong', (one) => (one['delivery:Delivery']['delivery:BinaryData']['delivery:ContentLength'] = 1)],
    ['checksum-wrong', (one) => (one['delivery:Delivery']['delivery:BinaryData']['delivery:ChecksumType'] = 'SHA-512')],
    ['not-embedded', (one) => (one['delivery:Delivery'] = { 'delivery:URL': { 'delivery:URL': 'https://example.org/' } })],
    ['not-embedded', (one) => (one['delivery:Delivery'] = { 'delivery:JSONData': { name: 'in clear' } })],
    ['not-taken', (one) => (one['delivery:Delivery']['delivery:BinaryData']['delivery:Data'] = '!')],
    ['not-taken', (one) => delete one['delivery:EncryptionDetails']],
    ['not-taken', (one) => delete one['delivery:SequenceNumber']],
    [
      'not-taken',
      (one) =>
        delete one['delivery:Manifest']['delivery:ExternalSchema']['delivery:ManifestContents']['delivery:JSONSchema'].size,
    ],
    [
      'not-taken',
      (one) => Object.assign(one, { 'delivery:Delivery': { 'delivery:DataExistence': true }, 'delivery:LastSequence': false }),
    ],
  ])('that was spoilt is not taken, and says why: %s', (fault, change) => {
    expect(readDelivery(changed(change), sha256)).toBe(fault);
  });

  it('is cut into parts that fit, or not at all', () => {
    expect(inParts(new Uint8Array(0))).toBeUndefined();
    expect(inParts(new Uint8Array(PART_BYTES * MOST_PARTS + 1))).toBeUndefined();
    expect(inParts(new Uint8Array(PART_BYTES + 1))?.map(({ length }) => length)).toEqual([PART_BYTES, 1]);
  });
});

describe('where an answer goes', () => {
  it('is what the task says: its reference, and a key of the message under our scheme', () => {
    const task = IDS.tasks['i2'] ?? '';
    expect(deliveryTarget(messageOf(), task)).toEqual({
      task,
      ldid: ldidOf(ORDER, 'i2'),
      encryption: IDS.encryption,
      recipient: 'age1example',
      existenceOnly: false,
    });
    // A preservation is not answered with data.
    expect(deliveryTarget(messageOf(), IDS.tasks['i3'] ?? '')).toBeUndefined();
  });

  it('is a case and an item of ours, and no others', () => {
    expect(caseInLdid(ldidOf(ORDER, 'i1'), ORDER.from)).toBe(ORDER.reference);
    expect(caseInLdid(ldidOf(ORDER, 'i1'), from)).toBeUndefined();
    expect(caseInLdid('PT-pt-prosecution-330_Js_17_26.i1', ORDER.from)).toBeUndefined();
  });
});

describe('asking whether data exist', () => {
  const question = { ...ORDER, items: ORDER.items.slice(0, 2), existenceOnly: true };

  it('comes back from a message as it went in, and a person is told that nothing may be disclosed', () => {
    const ids = orderIds(question, sha256);
    const read = readMessage(writeMessage(messageOf(question, ids)));
    const order = read.ok ? readOrder(read.value.message) : read;
    expect(order.ok && order.value.order).toEqual(question);
    expect(read.ok && lintMessage(read.value).map(({ code }) => code)).toContain('existence-only');
    expect(deliveryTarget(messageOf(question, ids), ids.tasks['i1'] ?? '')?.existenceOnly).toBe(true);
  });

  it('is another order than asking for them; the same order twice is the same', () => {
    const { existenceOnly: _asks, ...plain } = question;
    const all = [orderIds(question, sha256), orderIds(plain, sha256)].flatMap(({ tasks, ...rest }) => [
      ...Object.values(rest),
      ...Object.values(tasks),
    ]);
    expect(new Set(all).size).toBe(10);
    expect(orderIds(question, sha256)).toEqual(orderIds(question, sha256));
  });
});
