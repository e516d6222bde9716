import type { UnsealingView } from '@comity/node/api';
import { sha256, signatureChecks } from '@comity/node/keys';
import { generateOfficeIdentity, recoverIdentity, rewrapHeader, splitHeader } from '@comity/seal';
import { verifyCase } from '@comity/verify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSPHRASE } from './directory.ts';
import { Actor } from './stories/actor.ts';
import { agree, askFor, assessAll, release } from './stories/outsourcing.ts';
import { teller } from './stories/teller.ts';
import { openDelivery } from './stories/unseal.ts';
import { ENGAGEMENT, testSandbox } from './testing.ts';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let people: Readonly<Record<'owner' | 'counsel' | 'engineer' | 'vendor' | 'onward', Actor>>;
let id: string;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ENGAGEMENT });
  const sit = (org: string, person: string) => Actor.signIn(sandbox, org, person);
  people = {
    owner: await sit('us-hospital', 'owner-1'),
    counsel: await sit('us-hospital', 'counsel-1'),
    engineer: await sit('us-hospital', 'engineer-1'),
    vendor: await sit('pr-vendor', 'manager-1'),
    onward: await sit('in-vendor', 'manager-1'),
  };
  const quiet = teller({}, true);
  id = await askFor(people.owner, quiet);
  await assessAll(people.owner, id, quiet);
  await agree(people, id, quiet);
  await release(people, id, quiet);
  await people.vendor.until(id, 'open');
});

afterAll(() => sandbox.stop());

const recipientOf = (party: string): string =>
  sandbox
    .node('pr-vendor')
    .house.directory.parties.find((one) => one.id === party)
    ?.keys.find(({ use }) => use === 'office')?.public ?? '';
const permit = (party: string) => ({
  type: 'permit-onward',
  data: { party, decisions: [{ item: 'd1', choice: 'permit' }] },
  sections: { terms: { text: 'Same duties, and no further share.' } },
});
const share = (header: string | undefined, to = 'in-vendor') => ({
  type: 'share',
  data: {
    seats: { subprocessor: to },
    decisions: [{ item: 'd1', choice: 'share', ...(header === undefined ? {} : { header }) }],
  },
});

/** What somebody of the vendor does on their own machine: the file's key is wrapped for others, and the payload stays where it is. */
async function headerFor(recipients: readonly string[]): Promise<string> {
  const path = `/api/cases/${id}/items/d1`;
  const given = await people.vendor.post<UnsealingView>(`${path}/unsealing`, { purpose: 'work' });
  const identity = await recoverIdentity(given.identity, PASSPHRASE);
  const split = await splitHeader(once(await people.vendor.bytes(`${path}/sealed`)));
  if (!identity.ok || !split.ok) throw new Error('the delivery cannot be opened');
  const header = await rewrapHeader(split.value.header, { identity: identity.value, recipients });
  if (!header.ok) throw new Error(header.refusal.code);
  return Buffer.from(header.value).toString('base64');
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

it('nothing goes onward without its own assessment, the client’s word for that party, and a header for that office alone', async () => {
  const { owner, counsel, vendor } = people;
  expect(await vendor.tries(id, share(undefined))).toBe('act-not-allowed');
  // The latest assessment is about the vendor itself.
  expect(await counsel.tries(id, permit('in-vendor'))).toBe('assessment-of-another');
  const cards = await owner.get<{
    readonly datasets: readonly { readonly dataset: string; readonly facts: object }[];
    readonly parties: readonly { readonly id: string; readonly country: string; readonly facts: object }[];
  }>('/api/parties');
  const card = cards.parties.find((one) => one.id === 'in-vendor');
  const facts = { ...cards.datasets.find(({ dataset }) => dataset === 'claims')?.facts, ...card?.facts };
  await owner.act(id, { type: 'assess', sections: { assessment: { facts, party: 'in-vendor', country: card?.country ?? '' } } });
  expect(await counsel.tries(id, permit('cn-vendor'))).toBe('assessment-of-another');
  await counsel.act(id, permit('in-vendor'));
  await vendor.until(id, 'share');

  const good = await headerFor([recipientOf('in-vendor')]);
  expect(await vendor.tries(id, share(undefined))).toBe('field-missing');
  expect(await vendor.tries(id, share(good, 'cn-vendor'))).toBe('field-invalid');
  expect(await vendor.tries(id, share('not base64!'))).toBe('field-missing');
  const stranger = (await generateOfficeIdentity()).recipient;
  expect(await vendor.tries(id, share(await headerFor([recipientOf('in-vendor'), stranger])))).toBe('upload-not-sealed');
  expect(await vendor.tries(id, share(Buffer.concat([Buffer.from(good, 'base64'), Buffer.alloc(16)]).toString('base64')))).toBe(
    'upload-not-sealed',
  );
  // The header under which the vendor holds it looks like one for any other office; passing that on, or a share that is refused late, must not end the vendor's own copy.
  const { vault } = sandbox.node('pr-vendor').house;
  const [held = ''] = await vault.list();
  const own = Buffer.from(vault.header(held) ?? []).toString('base64');
  expect(await vendor.tries(id, share(own))).toBe('upload-not-sealed');
  expect(await vendor.tries(id, { ...share(good), sections: { nope: {} } })).toBe('field-unknown');
  expect(await vault.list()).toEqual([held]);
  await vendor.act(id, share(good));
  expect(await vendor.tries(id, share(good))).toBe('item-not-open');
});

it('what was shared is the same content under another header, for the subprocessor alone, and all sides see its copy', async () => {
  const { owner, vendor, onward } = people;
  await onward.until(id, 'open-share');
  const theirs = await openDelivery(onward, { case: id, item: 'd1' });
  const ours = await openDelivery(vendor, { case: id, item: 'd1' });
  expect(theirs).toEqual(ours);
  await onward.act(id, {
    type: 'open-share',
    data: { decisions: [{ item: 'd1', choice: 'open', plaintext: theirs.digest }] },
    sections: { reason: { text: 'second reading' } },
  });
  // It learns of the case what it needs, and nothing of what was said between the others.
  const view = await onward.read(id);
  expect(view.acts.filter(({ sections }) => sections['need'] !== undefined || sections['answers'] !== undefined)).toEqual([]);
  for (const actor of [owner, vendor, onward]) {
    const seen = await actor.reaches(id, ({ copies }) =>
      copies.some(({ kind, status }) => kind === 'onward' && status === 'in-use'),
    );
    expect(seen.copies.map(({ kind, party }) => [kind, party]).sort()).toEqual([
      ['onward', 'in-vendor'],
      ['receiver', 'pr-vendor'],
      ['source', 'us-hospital'],
    ]);
  }
});

it('a recall reaches every copy and the onward share, and the case ends when both destructions are validated', async () => {
  const { owner, counsel, engineer, vendor, onward } = people;
  await counsel.act(id, {
    type: 'recall',
    data: { decisions: [{ item: 'd1', choice: 'recall', ground: 'recall.law-changed' }] },
    sections: { reason: { text: 'the rules changed' } },
  });
  const due = (kind: string) => (view: { readonly copies: readonly { readonly kind: string; readonly status: string }[] }) =>
    view.copies.some((copy) => copy.kind === kind && copy.status === 'destruction-due');
  expect((await vendor.reaches(id, due('receiver'))).duties.map((duty) => duty.id)).toContain('destroy-recalled');
  expect((await onward.reaches(id, due('onward'))).duties.map((duty) => duty.id)).toContain('destroy-shared-recalled');
  const reason = { text: 'recalled' };
  const gone = { decisions: [{ item: 'd1', choice: 'destroy' }] };
  await vendor.act(id, { type: 'destroy', data: gone, sections: { reason } });
  // The vendor's own copy was one payload under two headers: nothing of it is left there.
  expect(await sandbox.node('pr-vendor').house.vault.list()).toEqual([]);
  await onward.act(id, { type: 'destroy-share', data: gone, sections: { reason } });
  expect(await sandbox.node('in-vendor').house.vault.list()).toEqual([]);
  for (const [track, type] of [
    ['copy', 'validate-destruction'],
    ['onward-copy', 'validate-share'],
  ] as const) {
    const view = await counsel.reaches(id, ({ items }) => items[0]?.tracks[track] === 'destroyed');
    const ciphertext = String(view.items[0]?.decisions[track]?.['ciphertext']);
    await counsel.act(id, { type, data: { decisions: [{ item: 'd1', choice: 'validate', ciphertext }] } });
  }
  await engineer.act(id, { type: 'destroy-source', data: gone });
  await owner.until(id, 'close');
  await owner.act(id, { type: 'close' });
  const { directoryKey } = sandbox.node('us-hospital').house;
  for (const actor of [owner, vendor, onward]) {
    await actor.reaches(id, ({ tracks }) => tracks['engagement'] === 'closed');
    const report = verifyCase(
      await actor.get(`/api/cases/${id}/proof`),
      { v: 1, env: 'sandbox', directoryKey },
      { sha256, checks: signatureChecks },
    );
    expect(report.findings.filter(({ kind }) => kind !== 'remark')).toEqual([]);
  }
});
