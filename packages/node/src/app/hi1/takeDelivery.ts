import type { JsonObject } from '@comity/core';
import {
  type DeliveryPart,
  errorOf,
  faultOf,
  MOST_PARTS,
  orderIds,
  type RequestAction,
  readDelivery,
  refusedAction,
} from '@comity/formats/hi1';
import { sha256, sha256Hex } from '../../keys/crypto.ts';
import { lockCase } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import {
  contentOf,
  type DeliveryKey,
  findDelivery,
  insertDelivery,
  insertPart,
  moveDelivery,
  partsOf,
  type StoredDelivery,
} from '../../store/hi1Deliveries.ts';
import { findImport, moveImport } from '../../store/imports.ts';
import { quarantine } from '../../store/inbox.ts';
import { type House, NODE_PERSON } from '../house.ts';
import { logImport } from '../imports/log.ts';
import { takeIn } from '../imports/takeIn.ts';
import { checkSealedFor } from '../sealedFor.ts';
import { piecesOf } from './answerTask.ts';
import { type Asked, askedBy } from './asked.ts';
import type { Answers, Taking } from './take.ts';

type Delivering = Extract<RequestAction, { readonly verb: 'DELIVER' }>;
/** Why a part is not taken. Each is a finding of the linter and a number in ErrorInformation. */
const SAYS = {
  'not-taken': 'This is no delivery as the profile of this system asks for it.',
  'ldid-unknown': 'This reference names no task that was sent to you from here.',
  'order-ended': 'The order that this answers was withdrawn, or does not stand. Nothing may be delivered to it.',
  'checksum-wrong': 'The checksum is not that of the data.',
  'sequence-gap': 'A part before this one is missing. Parts begin with number 0 and come in their order.',
  'sequence-repeated': 'This part is here already, or the delivery has ended.',
  'encryption-unknown': 'The data are not sealed to the key that the order names. Nothing of them was kept.',
  'not-embedded': 'The data must be in the message as sealed bytes. Nothing is fetched from an address that a message names.',
  'too-large': `A delivery has at most ${MOST_PARTS} parts here.`,
} as const;
type Fault = keyof typeof SAYS;

/**
 * Takes what a foreign provider delivers in answer to a task of ours. Each part is held against its checksum, its place and its key; when the last one is here, the whole is, and it lands in the case that asked.
 * What does not fit is refused by number, changes nothing of what is here, and waits in quarantine for persons, or, where it is not sealed, leaves its trace alone: the node must not hold what it can read.
 */
export async function takeDeliveries(
  house: House,
  tx: Tx,
  { taking, made }: { readonly taking: Taking; readonly made: Answers },
): Promise<readonly string[]> {
  const entries: string[] = [];
  const faults: { readonly action: Delivering; readonly fault: Fault }[] = [];
  for (const action of taking.actions) {
    if (action.verb !== 'DELIVER') continue;
    const unfit = faultOf(action, taking.findings);
    if (unfit !== undefined) made.set(action.id, refusedAction(action.id, unfit));
    const taken = unfit === undefined ? await takePart(house, tx, { taking, action }) : 'not-taken';
    if (typeof taken === 'string') {
      faults.push({ action, fault: taken });
      if (unfit === undefined) made.set(action.id, refusedAction(action.id, errorOf(taken, SAYS[taken])));
    } else {
      entries.push(...taken);
      made.set(action.id, { id: action.id, verb: 'DELIVER', identifier: action.identifier });
    }
  }
  if (faults.length > 0) entries.push(...(await keepRefused(house, tx, { taking, faults })));
  return entries;
}

/** What was refused waits for persons: as it came where all that it carries is sealed, else as a trace. */
async function keepRefused(
  house: House,
  tx: Tx,
  about: {
    readonly taking: Taking;
    readonly faults: readonly { readonly action: Delivering; readonly fault: Fault }[];
  },
): Promise<readonly string[]> {
  const { taking, faults } = about;
  const open = faults
    .filter(({ fault }) => fault !== 'not-taken')
    .map(({ action, fault }) => ({ code: fault, path: `action ${action.id}` }));
  const [first] = open;
  const deliveries = taking.actions.flatMap((action) => (action.verb === 'DELIVER' ? [action.object] : []));
  if (first === undefined || !deliveries.every(isSealedOrEmpty)) {
    const { digest, bytes } = taking;
    await quarantine(tx, { arrived: house.now(), reason: first?.code ?? 'not-taken', digest, size: bytes.length });
    return [];
  }
  const draft = { values: [], items: [], open, readable: true };
  const { bytes, authority } = taking;
  const { entry } = await takeIn(house, tx, { kind: 'hi1', bytes, draft, sender: authority.id, role: NODE_PERSON });
  return [entry];
}

/** Base64 of `age-encryption.org/v1`, with which a sealed file begins. */
const SEALED = 'YWdlLWVuY3J5cHRpb24ub3JnL3Yx';

function isSealedOrEmpty(object: JsonObject): boolean {
  const text = JSON.stringify(object['delivery:Delivery'] ?? null);
  const data = /"delivery:Data":"([^"]*)"/.exec(text)?.[1];
  return data === undefined ? !/"delivery:(?:XMLData|JSONData)"/.test(text) : data.startsWith(SEALED);
}

async function takePart(
  house: House,
  tx: Tx,
  { taking, action }: { readonly taking: Taking; readonly action: Delivering },
): Promise<readonly string[] | Fault> {
  const part = readDelivery(action.object, sha256);
  if (typeof part === 'string') return part;
  const asked = await askedBy(house, tx, { ldid: part.ldid, endpoint: taking.authority.endpoint });
  if (asked === undefined) return 'ldid-unknown';
  if (!asked.stands) return 'order-ended';
  const key = { side: 'received', counterpart: taking.authority.id, id: part.delivery } as const;
  await lockCase(tx, `hi1/${key.counterpart}/delivery/${key.id}`);
  const before = await findDelivery(tx, key);
  const fault = await faultInPlace(house, tx, { part, asked, before });
  if (fault !== undefined) return fault;
  const whole = part.last ? await joined(house, tx, { part, before }) : undefined;
  const unfit = part.last ? await faultInWhole(house, { part, before, whole }) : undefined;
  if (unfit !== undefined) return unfit;
  return keepPart(house, tx, { taking, key, part, asked, before, whole });
}

interface Placing {
  readonly part: DeliveryPart;
  readonly asked: Asked;
  readonly before: StoredDelivery | undefined;
}

/** Whether a part is the next one of its delivery, under the key that the order names. */
async function faultInPlace(house: House, tx: Tx, { part, asked, before }: Placing): Promise<Fault | undefined> {
  const { content, sequence, ldid } = part;
  const here = before === undefined ? 0 : (await partsOf(tx, before)).length;
  if (before !== undefined && (before.state !== 'coming' || (await findImport(tx, before.import))?.state !== 'quarantined'))
    return 'sequence-repeated';
  if (before !== undefined && (before.ldid !== ldid || content.kind === 'existence')) return 'not-taken';
  if (sequence !== here) return sequence > here ? 'sequence-gap' : 'sequence-repeated';
  if (here >= MOST_PARTS) return 'too-large';
  if (content.kind === 'existence') return undefined;
  const { country: CountryCode, id: UniqueIdentifier } = house.party;
  const ours = orderIds({ from: { CountryCode, UniqueIdentifier }, reference: asked.case, items: [] }, sha256).encryption;
  const sealed = sequence > 0 || Buffer.from(content.bytes).toString('base64').startsWith(SEALED);
  return content.encryption === ours && sealed ? undefined : 'encryption-unknown';
}

/** The sealed file that the parts make up; undefined for an answer without data, or where a part cannot be read any more. */
async function joined(house: House, tx: Tx, { part, before }: Omit<Placing, 'asked'>): Promise<Uint8Array | undefined> {
  if (part.content.kind === 'existence') return undefined;
  if (before === undefined) return part.content.bytes;
  const about = { import: before.import, subjects: house.subjects };
  const earlier: Uint8Array[] = [];
  for (const one of await partsOf(tx, before)) earlier.push((await contentOf(tx, one, about)) ?? new Uint8Array(0));
  return new Uint8Array(Buffer.concat([...earlier, part.content.bytes]));
}

async function faultInWhole(
  house: House,
  { part, whole }: Omit<Placing, 'asked'> & { readonly whole: Uint8Array | undefined },
): Promise<Fault | undefined> {
  const { content, sequence } = part;
  if (content.kind === 'existence') return undefined;
  if (whole === undefined) return 'checksum-wrong';
  const { manifest } = content;
  const fits =
    manifest === undefined ||
    (manifest.sha256 === sha256Hex(whole) && manifest.size === whole.length && manifest.parts === sequence + 1);
  if (!fits) return 'checksum-wrong';
  return (await checkSealedFor([house.party], piecesOf(whole), house.now())).ok ? undefined : 'encryption-unknown';
}

async function keepPart(
  house: House,
  tx: Tx,
  about: Placing & { readonly taking: Taking; readonly key: DeliveryKey; readonly whole: Uint8Array | undefined },
): Promise<readonly string[]> {
  const { taking, key, part, asked, before, whole } = about;
  const entries: string[] = [];
  const content = part.content.kind === 'data' ? part.content.bytes : undefined;
  let importId = before?.import;
  if (importId === undefined) {
    const draft = { values: [], items: [], open: [], readable: true };
    const { bytes, authority } = taking;
    const taken = await takeIn(house, tx, { kind: 'hi1', bytes, draft, sender: authority.id, role: NODE_PERSON });
    importId = taken.id;
    entries.push(taken.entry);
    const encryption = part.content.kind === 'data' ? part.content.encryption : null;
    const exists = part.content.kind === 'existence' ? part.content.exists : null;
    await insertDelivery(tx, {
      ...key,
      ...{ import: importId, case: asked.case, item: asked.item, ldid: part.ldid, encryption, state: 'coming', exists },
      ...{ size: 0, sha256: null, person: null, error: null, changed: house.now() },
    });
  }
  const { sequence, object, last } = part;
  const row = { delivery: key, sequence, object, last, acknowledged: true, transaction: null, written: null };
  await insertPart(tx, { ...row, content }, { import: importId, subjects: house.subjects });
  if (last) entries.push(await land(house, tx, { key, import: importId, asked, whole }));
  return entries;
}

/** The whole is here: it belongs to the case that asked. It makes no act there; what it is worth is for persons. */
async function land(
  house: House,
  tx: Tx,
  about: {
    readonly key: DeliveryKey;
    readonly import: string;
    readonly asked: Asked;
    readonly whole: Uint8Array | undefined;
  },
): Promise<string> {
  const { key, asked, whole } = about;
  await lockCase(tx, about.import);
  const entry = await logImport(house, tx, {
    id: about.import,
    step: 'landed',
    decision: whole === undefined ? 'existence' : 'data',
    role: NODE_PERSON,
    basis: [key.counterpart, key.id, asked.case],
  });
  await moveDelivery(tx, key, {
    ...{ state: 'landed', changed: entry.at },
    ...(whole === undefined ? {} : { sha256: sha256Hex(whole), size: whole.length }),
  });
  await moveImport(tx, about.import, { state: 'taken-up', case: asked.case });
  return entry.id;
}
