import { type Party, toInstant } from '@comity/core';
import { type Keystore, signContent, signersOf } from '@comity/node';
import type { PreviewView, UnsealingView } from '@comity/node/api';
import { type Manifest, parseManifest } from '@comity/seal/manifest';
import { publish, revokeOf, rewrapOf, rotateOf, type Stated } from '../keeper.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Actor } from './actor.ts';
import { askAndApprove, both, type People, settled, signInAll, type Told, validate } from './cooperation.ts';
import type { Place } from './place.ts';
import type { Teller } from './teller.ts';
import { openDelivery } from './unseal.ts';

const [LISBON, PROVIDER] = ['pt-prosecution', 'ie-skymail'];
const USES = ['sign', 'sign-pq', 'messages', 'office', 'evidence'] as const;
/** What is under way must still be good. */
const OVERLAP = 86_400_000;

/**
 * A case is under way while every organisation changes all its keys, and with them the suite that is sealed with. What was sealed before opens after, as does what is sealed
 * then. Later a key is stolen: it is good until the directory says otherwise, and from then on for nothing.
 */
export async function rotation(place: Place, tell: Teller): Promise<Told> {
  if (place.own === undefined) throw new Error('this story needs a sandbox of its own');
  const { sandbox } = place.own;
  const people = await signInAll(sandbox);
  const id = await askAndApprove(people, tell);
  tell.say('rotation.before');
  await people.officer.until(id, 'clear');
  await minimise(people.analyst, id, 'i2');
  await people.officer.act(id, { type: 'clear' });
  await deliver(people, id, { item: 'i2', tell });
  await people.prosecutor.until(id, 'open');
  tell.say('rotation.rotate');
  await rotateEverybody(sandbox, tell);
  tell.say('rotation.again');
  const again = await place.own.again();
  const staff = await signInAll(again);
  await minimise(staff.analyst, id, 'i4');
  await refuseFirst(staff.analyst, id);
  await deliver(staff, id, { item: 'i4', tell });
  await rewrap(again, tell);
  await openBoth(staff, id, tell);
  tell.say('rotation.stolen');
  await stealKey(again, id, tell);
  await end(staff, id, tell);
  return { case: id, holders: [staff.prosecutor, staff.reviewer] };
}

/** The item that is not delivered has its answer too. */
async function refuseFirst(analyst: Actor, id: string): Promise<void> {
  const decisions = [{ item: 'i1', choice: 'refuse', ground: 'eu.provider.insufficient-information' }];
  await analyst.act(id, { type: 'refuse', data: { decisions }, sections: { reasons: { text: 'Name the account identifier.' } } });
}

async function minimise(analyst: Actor, id: string, item: string): Promise<void> {
  await analyst.until(id, 'minimise');
  const preview = await analyst.post<PreviewView>(`/api/cases/${id}/items/${item}/preview`);
  await analyst.act(id, {
    type: 'minimise',
    data: { decisions: [{ item, choice: 'minimise', preview: preview.previewDigest }] },
  });
}

async function deliver(
  { reviewer }: People,
  id: string,
  { item, tell }: { readonly item: string; readonly tell: Teller },
): Promise<void> {
  await reviewer.until(id, 'deliver');
  await reviewer.act(id, { type: 'deliver', data: { decisions: [{ item, choice: 'deliver' }] } });
  tell.act('person.reviewer', 'rotation.deliver', { item });
}

/** Every organisation makes the next key of each use; the keeper lists them all in one directory, which each node takes up as it runs. */
async function rotateEverybody(sandbox: Sandbox, tell: Teller): Promise<void> {
  const stated: Stated[] = [];
  for (const { id } of sandbox.orgs) for (const use of USES) stated.push(await rotateOf(sandbox, id, { use, overlap: OVERLAP }));
  await publish(
    sandbox,
    stated.map(({ statement }) => statement),
  );
  tell.row('rotation.stated', tell.text('rotation.stated.many', { count: stated.length }), true);
  const { party } = sandbox.node(LISBON).house;
  for (const use of USES) {
    const [before, after] = party.keys.filter((key) => key.use === use).slice(-2);
    if (before?.until === undefined || after === undefined) throw new Error(`${use} of ${LISBON} was not rotated`);
    tell.row(after.id, tell.text('rotation.follows', { old: before.id, until: before.until }), true);
  }
}

/** What Lisbon holds is wrapped for its present office key: from now on the earlier one opens nothing in its vault. */
async function rewrap(sandbox: Sandbox, tell: Teller): Promise<void> {
  const { rewrapped, present, closed } = await rewrapOf(sandbox, LISBON);
  const good = rewrapped > 0 && closed === 0;
  tell.row('rotation.rewrap', tell.text('rotation.rewrapped', { rewrapped, present }), good);
  if (!good) throw new Error('what Lisbon held was not wrapped for its present key');
}

/** Both deliveries open: each with the office key, and by the suite, that it was sealed under. */
async function openBoth({ prosecutor }: People, id: string, tell: Teller): Promise<void> {
  const found: { readonly suite: string; readonly key: string }[] = [];
  for (const item of ['i2', 'i4']) {
    await opensFor(prosecutor, id, item);
    const opened = await openDelivery(prosecutor, { case: id, item });
    const manifest = await manifestOf(prosecutor, id, item);
    const key = manifest.to.find(({ party }) => party === LISBON)?.keyId ?? '';
    found.push({ suite: manifest.suite, key });
    const decisions = [{ item, choice: 'open', plaintext: opened.digest }];
    const reason = { text: 'To compare the times of access with the transfers.' };
    await prosecutor.act(id, { type: 'open', data: { decisions }, sections: { reason } });
    tell.act('person.prosecutor', 'rotation.open', { item, key, suite: manifest.suite, rows: opened.rows });
  }
  const [before, after] = found;
  if (before?.suite !== 'comity-seal-1' || after?.suite !== 'comity-seal-2' || before.key === after.key)
    throw new Error('the two deliveries were not sealed under two generations');
}

async function opensFor(actor: Actor, id: string, item: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const move = await actor.until(id, 'open');
    if (move.items.some((one) => one.item === item)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${item} did not arrive`);
}

async function manifestOf(actor: Actor, id: string, item: string): Promise<Manifest> {
  const given = await actor.post<UnsealingView>(`/api/cases/${id}/items/${item}/unsealing`, { purpose: 'work' });
  const manifest = parseManifest(given.manifest);
  if (!manifest.ok) throw new Error(`the manifest of ${item} cannot be read`);
  return manifest.value;
}

/** A thief has the provider's signing key. What they ask for is given until the directory says otherwise; then the provider's node goes on with another key, and the thief is refused. */
async function stealKey(sandbox: Sandbox, id: string, tell: Teller): Promise<void> {
  const { party, keystore } = sandbox.node(PROVIDER).house;
  const stolen = { party, keystore };
  const before = await askAs(sandbox, stolen, id);
  tell.row('rotation.thief', tell.text('rotation.answered', { status: before.status, code: before.code }), before.status === 200);
  const present = party.keys.filter((key) => key.use === 'sign').at(-1)?.id ?? '';
  const { statement, place } = await revokeOf(sandbox, PROVIDER, present);
  await publish(sandbox, [statement]);
  tell.row('rotation.revoked', tell.text('rotation.revoked.at', { key: present, place }), true);
  const after = await askAs(sandbox, stolen, id);
  tell.row('rotation.thief', tell.text('rotation.answered', { status: after.status, code: after.code }), after.status === 403);
  if (before.status !== 200 || after.code !== 'sender-revoked') throw new Error('the stolen key was not refused');
}

/** Asks Lisbon's node for the proofs of the case, in the name of whoever's keys these are. */
async function askAs(
  sandbox: Sandbox,
  thief: { readonly party: Party; readonly keystore: Keystore },
  id: string,
): Promise<{ readonly status: number; readonly code: string }> {
  const { env, directory, party: lisbon } = sandbox.node(LISBON).house;
  const { messages } = thief.keystore.keys;
  const us = { env, directory, party: thief.party, signer: signersOf(thief).party, messages, now: () => toInstant(Date.now()) };
  const expires = toInstant(Date.now() + 60_000);
  const token = await signContent(us, { kind: 'fetch', what: id, to: lisbon.id, expires });
  const answer = await fetch(new URL(`/peer/cases/${id}/log`, lisbon.endpoint), {
    headers: { authorization: `Comity ${token}` },
  });
  const told: unknown = await answer.json();
  const code = typeof told === 'object' && told !== null && 'code' in told ? String(told.code) : '';
  return { status: answer.status, code };
}

async function end({ prosecutor, reviewer }: People, id: string, tell: Teller): Promise<void> {
  tell.say('rotation.end');
  const decisions = both('destroy');
  await prosecutor.until(id, 'destroy');
  await prosecutor.act(id, { type: 'inform-person' });
  tell.act('person.prosecutor', 'cooperation.inform');
  const reason = { text: 'The proceedings ended.' };
  await prosecutor.act(id, { type: 'destroy', data: { decisions }, sections: { reason } });
  tell.act('person.prosecutor', 'cooperation.destroy');
  for (const item of ['i2', 'i4']) await validate(reviewer, { case: id, item });
  await reviewer.act(id, { type: 'destroy-source', data: { decisions } });
  tell.act('person.reviewer', 'cooperation.destroy-source');
  await prosecutor.until(id, 'close');
  await prosecutor.act(id, { type: 'close' });
  tell.act('person.prosecutor', 'cooperation.close');
  await settled([prosecutor, reviewer], id);
}
