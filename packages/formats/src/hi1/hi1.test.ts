import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { canonicalJson, DATA_CATEGORIES, type JsonObject, utf8 } from '@comity/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { answerTo, errorOf, faultOf, refusedAction } from './answer.ts';
import { hasFault } from './finding.ts';
import { lintMessage } from './lint.ts';
import type { Hi1Message } from './message.ts';
import { kindOf, TYPES } from './objects.ts';
import type { Hi1Order, OrderIds } from './order.ts';
import { readMessage, readMessageJson } from './read-message.ts';
import { readOrder } from './read-order.ts';
import { verifySigned } from './signature.ts';
import { statusEntry, statusFrom } from './status.ts';
import { IDS, messageOf, ORDER } from './testing/order.ts';
import { messageJson, writeMessage } from './write-message.ts';
import { orderActions } from './write-order.ts';

const folder = resolve(import.meta.dirname, '../../../../../shared/vectors/etsi-103120');
const present = existsSync(folder);
const title = (name: string): string => (present ? name : `${name} (skipped: vectors not present)`);
const example = (name: string): Uint8Array => readFileSync(resolve(folder, 'examples-json', name));
const linted = (json: JsonObject) => {
  const read = readMessageJson(json);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return lintMessage(read.value);
};
const codes = (json: JsonObject): readonly string[] => linted(json).map(({ code }) => code);

/** Validates against the published schemas. */
function validator(): (json: unknown) => readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  const schemas = readdirSync(resolve(folder, 'schema-json')).map((name) =>
    JSON.parse(readFileSync(resolve(folder, 'schema-json', name), 'utf8')),
  );
  for (const schema of schemas) if (schema.$id !== 'ts_103120_Core_2019_10') ajv.addSchema(schema);
  const validate = ajv.compile(schemas.find(({ $id }) => $id === 'ts_103120_Core_2019_10'));
  return (json) =>
    validate(json) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** A message of ours, changed by hand somewhere. */
function changed(change: (wire: Loose) => void): JsonObject {
  const wire = structuredClone(messageJson(messageOf())) as Loose;
  change(wire);
  return wire as JsonObject;
}
// biome-ignore lint/suspicious/noExplicitAny: tests break messages in ways that types would not let them
type Loose = any;
const objectAt = (wire: Loose, index: number): Loose =>
  wire.Payload.RequestPayload.ActionRequests.ActionRequest[index].CREATE.HI1Object;
const [AUTHORISATION, TASK, PRESERVATION] = [0, 4, 5];

describe('messages of TS 103 120', () => {
  test.skipIf(!present)(title('published examples are read, and what the schema lets through is said'), () => {
    const found = ['request4-Preservation-Link.json', 'request8_LPTaskObject.json', 'response1.json'].map((name) => {
      const read = readMessage(example(name));
      if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.refusal)}`);
      return lintMessage(read.value);
    });
    const [link, preservation, response] = found;
    expect(link?.map(({ code }) => code)).toEqual(expect.arrayContaining(['missing', 'encryption-missing']));
    expect(link?.some(({ values }) => values['member'] === 'task:Type')).toBe(true);
    expect(preservation?.map(({ code }) => code)).toContain('authorisation-missing');
    expect(hasFault(response ?? [])).toBe(false);
  });

  test.skipIf(!present)(
    title('the published example that is signed with a shared secret is refused for that reason'),
    async () => {
      const verdict = await verifySigned(example('request1_signed.json'), {});
      expect(verdict).toMatchObject({ ok: false, refusal: { code: 'hi1-signature-refused', values: { why: 'shared-secret' } } });
    },
  );

  test.skipIf(!present)(title('published examples and ours are valid under the published schemas; a spoilt one is not'), () => {
    const errors = validator();
    for (const name of readdirSync(resolve(folder, 'examples-json')))
      expect([name, errors(JSON.parse(Buffer.from(example(name)).toString()))]).toEqual([name, []]);
    expect(errors(messageJson(messageOf()))).toEqual([]);
    const answer = answerTo(messageOf().header, {
      at: '2026-11-26T09:31:00.001Z',
      body: {
        kind: 'response',
        actions: [{ id: 0, verb: 'CREATE', identifier: IDS.authorisation }, refusedAction(1, errorOf('not-supported', 'no'))],
      },
    });
    expect(errors(messageJson(answer))).toEqual([]);
    expect(errors(changed((wire) => delete wire.Header.Version))).not.toEqual([]);
  });

  test.skipIf(!present)(title('dictionaries of ETSI are those that were published'), async () => {
    const { isKnown } = await import('./dictionaries.ts');
    const lists: Readonly<Record<string, readonly string[]>> = JSON.parse(
      readFileSync(resolve(folder, 'code-lists.json'), 'utf8'),
    ).ETSI;
    const unused = ['TDTaskStatus', 'LPWorkflowEndpoint'];
    const unknown = Object.entries(lists).flatMap(([name, values]) =>
      unused.includes(name)
        ? []
        : values.filter((value) => !isKnown({ 'common:Owner': 'ETSI', 'common:Name': name, 'common:Value': value })),
    );
    expect(unknown).toEqual([]);
  });

  it('of ours hold nothing that the linter objects to, but that they are not signed', () => {
    expect(linted(messageJson(messageOf())).filter(({ code }) => code !== 'unsigned')).toEqual([]);
  });

  it('are the same after writing and reading', () => {
    const read = readMessage(writeMessage(messageOf()));
    expect(read.ok && read.value.message).toEqual(messageOf());
  });

  it.each<[string, (wire: Loose) => void]>([
    ['missing', (wire) => delete objectAt(wire, AUTHORISATION)['auth:AuthorisationLegalType']],
    ['missing', (wire) => delete objectAt(wire, TASK)['task:RequestDetails']['task:Type']],
    ['missing', (wire) => delete objectAt(wire, PRESERVATION)['task:DesiredPreservationExpiration']],
    [
      'approval-incomplete',
      (wire) => delete objectAt(wire, AUTHORISATION)['auth:AuthorisationApprovalDetails'][0]['common:ApprovalTimestamp'],
    ],
    ['emergency-without-reason', (wire) => wire.Payload.RequestPayload.ActionRequests.ActionRequest.splice(2, 1)],
    ['authorisation-missing', (wire) => delete objectAt(wire, TASK).AssociatedObjects],
    [
      'encryption-missing',
      (wire) => delete objectAt(wire, TASK)['task:DeliveryDetails']['task:LDDeliveryDestination'][0]['task:EncryptionReference'],
    ],
    ['text-form', (wire) => (objectAt(wire, TASK).ExternalIdentifier = 'i2\u0000')],
    ['ldid-form', (wire) => (objectAt(wire, TASK)['task:Reference'] = 'pt_7')],
    ['uuid-form', (wire) => (objectAt(wire, TASK).ObjectIdentifier = IDS.authorisation.toUpperCase())],
    ['microseconds-form', (wire) => (wire.Header.Timestamp = '2026-11-26T09:30:00.0001Z')],
    ['time-form', (wire) => (objectAt(wire, TASK)['task:RequestDetails']['task:StartTime'] = '2026-03-01T00:00:00')],
    ['period-reversed', (wire) => (objectAt(wire, TASK)['task:RequestDetails']['task:StartTime'] = '2026-05-01T00:00:00Z')],
    ['period-missing', (wire) => delete objectAt(wire, TASK)['task:RequestDetails']['task:EndTime']],
    [
      'ipv6-form',
      (wire) =>
        (objectAt(wire, TASK)['task:RequestDetails']['task:RequestValues']['task:RequestValue'][0]['task:Value'] = '2001:db8::1'),
    ],
    ['dictionary-unknown', (wire) => (objectAt(wire, TASK)['task:RequestDetails']['task:Type']['common:Value'] = 'Everything')],
    [
      'format-unknown',
      (wire) =>
        (objectAt(wire, TASK)['task:RequestDetails']['task:RequestValues']['task:RequestValue'][0]['task:FormatType'][
          'task:FormatName'
        ] = 'Fax'),
    ],
    ['member-unknown', (wire) => (objectAt(wire, TASK)['task:Surprise'] = 1)],
    [
      'object-type-refused',
      (wire) => (objectAt(wire, TASK)['@xsi:type'] = '{http://uri.etsi.org/03120/common/2020/09/Task}LITaskObject'),
    ],
    ['object-type-unknown', (wire) => (objectAt(wire, TASK)['@xsi:type'] = 'toString')],
    ['namespace-other', (wire) => (wire['@xmlns:task'] = 'http://example.org/')],
    ['action-twice', (wire) => (wire.Payload.RequestPayload.ActionRequests.ActionRequest[1].ActionIdentifier = 0)],
    ['shape', (wire) => (objectAt(wire, TASK)['task:CSPID'] = 'ie-skymail')],
  ])('that are spoilt are found: %s', (code, change) => {
    expect(codes(changed(change))).toContain(code);
  });

  it('that tell a live interception are refused politely, action by action, and the others are not', () => {
    const read = readMessageJson(changed((wire) => (objectAt(wire, TASK)['@xsi:type'] = '{x}LITaskObject')));
    if (!read.ok || read.value.message.body.kind !== 'request') throw new Error('not read');
    const findings = lintMessage(read.value);
    const faults = read.value.message.body.actions.map((action) => faultOf(action, findings)?.says);
    expect(faults[TASK]).toContain('Live interception is not done');
    expect(faults.filter((one) => one !== undefined)).toHaveLength(1);
  });

  it('say weak checksums of a delivery', () => {
    const delivery = {
      '@xsi:type': TYPES.delivery,
      ObjectIdentifier: IDS.reasons,
      CountryCode: 'IE',
      OwnerIdentifier: 'ie-skymail',
      'delivery:Delivery': {
        'delivery:BinaryData': { 'delivery:Data': '', 'delivery:Checksum': 'x', 'delivery:ChecksumType': 'MD5' },
      },
    };
    const message: Hi1Message = {
      header: messageOf().header,
      body: { kind: 'request', actions: [{ id: 0, verb: 'DELIVER', identifier: IDS.reasons, object: delivery }] },
    };
    expect(codes(messageJson(message))).toEqual(expect.arrayContaining(['checksum-weak', 'encryption-missing', 'missing']));
  });
});

const second = fc
  .integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) })
  .map((at) => new Date(at - (at % 1000)).toISOString());
const text = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' });
const hex = (length: number) => fc.string({ minLength: length, maxLength: length, unit: fc.constantFrom(...'0123456789abcdef') });
const identifier = fc.oneof(
  fc.emailAddress().map((value) => ({ type: 'email' as const, value })),
  fc.bigInt({ min: 1n, max: 999_999_999_999_999n }).map((number) => ({ type: 'phone' as const, value: `+${number}` })),
  fc.ipV4().map((value) => ({ type: 'ip_address' as const, value })),
  fc.array(hex(4), { minLength: 8, maxLength: 8 }).map((groups) => ({ type: 'ip_address' as const, value: groups.join(':') })),
  fc.array(hex(2), { minLength: 6, maxLength: 6 }).map((groups) => ({ type: 'mac_address' as const, value: groups.join(':') })),
  text.map((value) => ({ type: 'user_id' as const, value })),
);
const drawn: fc.Arbitrary<Hi1Order> = fc
  .record({
    emergency: fc.option(text, { nil: undefined }),
    expires: fc.option(second, { nil: undefined }),
    flags: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    approvals: fc.array(
      fc.record({
        kind: fc.constantFrom('issuing' as const, 'validating' as const),
        name: text,
        role: text,
        at: second,
        reference: text,
        emergency: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    deadlines: fc.array(fc.record({ at: second, nature: fc.constantFrom('Execution' as const, 'Procedural' as const) }), {
      maxLength: 3,
    }),
    items: fc.array(
      fc.record({
        identifier,
        category: fc.constantFrom(...DATA_CATEGORIES.filter((one) => one !== 'records')),
        from: second,
        until: second,
        zone: fc.option(fc.constantFrom('Europe/Lisbon', 'Asia/Tokyo'), { nil: undefined }),
        preserve: fc.option(second, { nil: undefined }),
        words: fc.option(text, { nil: undefined }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ emergency, expires, flags: [delayed, notified, prior], approvals, deadlines, items }) => {
    const { emergency: _emergency, priority, ...rest } = ORDER;
    const made = items.map((one, index) => ({
      item: {
        id: `i${index}`,
        identifierType: one.identifier.type,
        category: one.category,
        period: { from: one.from, until: one.until },
        ...(one.zone === undefined ? {} : { zone: one.zone }),
      },
      identifier: one.identifier,
      ...(one.preserve === undefined
        ? { does: 'disclose' as const, ...(one.words === undefined ? {} : { words: one.words }) }
        : { does: 'preserve' as const, until: one.preserve }),
    }));
    // Deadlines travel with disclosures: an order that only preserves has none.
    const timed = made.some(({ does }) => does === 'disclose') ? deadlines : [];
    return {
      ...rest,
      ...(prior && priority !== undefined ? { priority } : {}),
      ...(emergency === undefined ? {} : { emergency }),
      ...(expires === undefined ? {} : { expires }),
      delayed,
      notified,
      approvals,
      deadlines: timed,
      items: made,
    };
  });

describe('an order', () => {
  it('comes back from a message as it went in', () => {
    fc.assert(
      fc.property(drawn, (order) => {
        const ids: OrderIds = {
          ...IDS,
          tasks: Object.fromEntries(
            order.items.map(({ item }, index) => [item.id, `${String(index).padStart(8, '0')}-b628-416d-bd22-404e68a0cd36`]),
          ),
        };
        const read = readMessage(writeMessage(messageOf(order, ids)));
        const back = read.ok ? readOrder(read.value.message) : read;
        expect(back.ok && back.value.order).toEqual(order);
        expect(back.ok && back.value.ids).toEqual({ ...ids, reasons: order.emergency === undefined ? '' : ids.reasons });
      }),
    );
  });

  it('with something that the standard cannot carry is refused, and nothing is rounded', () => {
    const [first] = ORDER.items;
    if (first === undefined) throw new Error('no items');
    const tries: readonly Partial<Hi1Order>[] = [
      { issued: '2026-11-26T09:00:00.250Z' },
      { items: [{ ...first, identifier: { type: 'dataset', value: 'x' } }] },
      { items: [{ ...first, item: { ...first.item, category: 'records' } }] },
      { items: [{ ...first, identifier: { type: 'phone', value: '0301234' } }] },
      { items: [{ ...first, item: { ...first.item, id: 'unknown' } }] },
    ];
    for (const part of tries)
      expect(orderActions({ ...ORDER, ...part }, IDS)).toMatchObject({ ok: false, refusal: { code: 'hi1-not-carried' } });
  });

  it('of a foreign system splits combined types, and says where only an offset is known', () => {
    const wire = changed((one) => {
      const details = objectAt(one, TASK)['task:RequestDetails'];
      details['task:Type']['common:Value'] = 'TrafficDataAndStoredContentData';
      details['task:StartTime'] = '2026-03-01T01:00:00+01:00';
      delete details['task:Subtype'];
    });
    expect(codes(wire)).toContain('type-combined');
    const read = readMessageJson(wire);
    const order = read.ok ? readOrder(read.value.message) : read;
    if (!order.ok) throw new Error(JSON.stringify(order.refusal));
    expect(order.value.order.items.map(({ item }) => [item.id, item.category])).toEqual([
      ['i1', 'subscriber'],
      ['i2.1', 'traffic'],
      ['i2.2', 'content'],
      ['i3', 'content'],
    ]);
    expect(order.value.zoneless).toEqual(['i2.1', 'i2.2']);
    expect(order.value.order.items[1]?.item.period?.from).toBe('2026-03-01T00:00:00.000Z');
  });

  it('whose type of data nobody knows is for a person, not guessed', () => {
    const read = readMessageJson(
      changed((wire) => (objectAt(wire, TASK)['task:RequestDetails']['task:Type']['common:Value'] = 'Other')),
    );
    expect(read.ok && readOrder(read.value.message).ok).toBe(false);
  });
});

describe('a status', () => {
  it('has one word each way, and an unknown word moves nothing', () => {
    const all = [
      'AWAITING_APPROVAL',
      'EMERGENCY_APPROVED',
      'APPROVED',
      'SUBMITTED',
      'REFUSED',
      'SUSPENDED',
      'WITHDRAWN',
      'EXPIRED',
      'INVALIDATED',
    ] as const;
    for (const status of all) expect(statusFrom(statusEntry(status))).toBe(status);
    expect(statusFrom({ 'common:Owner': 'ETSI', 'common:Name': 'AuthorisationStatus', 'common:Value': 'Lost' })).toBeUndefined();
    expect(kindOf({ '@xsi:type': TYPES.delivery })).toBe('delivery');
    expect(utf8(canonicalJson({ a: 1 }))).toHaveLength(7);
  });
});
