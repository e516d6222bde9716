import { keyAt, ok, type Result, refuse } from '@comity/core';
import { readOrder } from '@comity/formats/hi1';
import type { DeliveryView, ImportRow, ImportStepView, ImportsView, ImportView } from '../../api.ts';
import { keyWithId } from '../../keys/generations.ts';
import { contentOf, deliveriesOf, partsOf, type StoredDelivery } from '../../store/hi1Deliveries.ts';
import { draftOf, findImport, isErased, listImports, originalOf, type StoredImport, stepsOf } from '../../store/imports.ts';
import { originalMessage } from '../hi1/original.ts';
import type { House, Person } from '../house.ts';
import { beforeContent, needReason, noteReading, type Purpose } from '../read.ts';
import { IMPORT_REASONS } from './decide.ts';

/** Who may see and decide what came from outside: whoever works with orders, on either side. */
const CLERKS = ['analyst', 'reviewer', 'investigator', 'prosecutor', 'judge', 'enforcing_officer', 'clerk', 'registrar'];

/** Whether a person works with what comes from outside. Errors: `role-not-allowed`. */
export function isClerk({ roles }: Person): Result<true> {
  if (roles.some((role) => CLERKS.includes(role))) return ok(true);
  return refuse('role-not-allowed', undefined, { role: roles.join(', '), roles: CLERKS.join(', ') });
}

/** Everything that came from outside, what is undecided first, and whom one may call back. It holds nothing of what the documents say. */
export async function importsView(house: House): Promise<ImportsView> {
  const rows = (await listImports(house.db)).map((stored) => rowOf(house, stored));
  const authorities = house.foreign.map(({ id, name, country, phone }) => ({ id, name, country, phone }));
  return { rows, authorities, reasons: IMPORT_REASONS };
}

function rowOf(house: House, { sender, ...rest }: StoredImport): ImportRow {
  const known = house.foreign.find(({ id }) => id === sender);
  return { ...rest, sender: known === undefined ? null : { id: known.id, name: known.name, country: known.country } };
}

/** States a reason to read an import; it stands in the log first. Errors: `import-unknown`, `log-slow`. */
export async function readImport(
  house: House,
  person: Person,
  ask: { readonly id: string; readonly purpose: Purpose },
): Promise<Result<{ readonly until: string }>> {
  if ((await findImport(house.db, ask.id)) === undefined) return refuse('import-unknown', 'id');
  return beforeContent(house, ask.id, async (tx) =>
    ok(await noteReading(house, tx, { person, case: ask.id, purpose: ask.purpose })),
  );
}

/** One import with its draft. Errors: `import-unknown`, `reason-required`. */
export async function importView(house: House, person: Person, id: string): Promise<Result<ImportView>> {
  const stored = await readable(house, person, id);
  if (!stored.ok) return stored;
  const steps = await stepsOf(house.db, id, house.subjects);
  // Parser: draft and steps were written by takeIn and decideImport.
  const draft = ((await draftOf(house.db, id, house.subjects)) ?? null) as ImportView['draft'];
  return ok({
    ...rowOf(house, stored.value),
    draft,
    deliveries: await deliveryViews(house, id),
    answerKey: stored.value.kind === 'hi1' ? await answerKey(house, id) : null,
    steps: steps.map(({ entry: _entry, said, ...step }) => ({ ...step, said: said as ImportStepView['said'] })),
  });
}

/** The original, byte for byte. Errors: as above; `already-erased`; `key-lost` when its key is gone without that. */
export async function importOriginal(
  house: House,
  person: Person,
  id: string,
): Promise<Result<{ readonly stored: StoredImport; readonly bytes: Uint8Array }>> {
  const stored = await readable(house, person, id);
  if (!stored.ok) return stored;
  const bytes = await originalOf(house.db, id, house.subjects);
  if (bytes !== undefined) return ok({ stored: stored.value, bytes });
  return refuse((await isErased(house.db, id)) ? 'already-erased' : 'key-lost');
}

async function readable(house: House, person: Person, id: string): Promise<Result<StoredImport>> {
  const stored = await findImport(house.db, id);
  if (stored === undefined) return refuse('import-unknown', 'id');
  const reason = await needReason(house, person, id);
  return reason.ok ? ok(stored) : reason;
}

async function answerKey(house: House, id: string): Promise<string | null> {
  const message = await originalMessage(house, id);
  const order = message === undefined ? undefined : readOrder(message);
  return order?.ok === true && order.value.order.delivery.recipient !== '' ? order.value.order.delivery.recipient : null;
}

async function deliveryViews(house: House, id: string): Promise<readonly DeliveryView[]> {
  const views: DeliveryView[] = [];
  for (const delivery of await deliveriesOf(house.db, id)) {
    const { side, item, state, exists, size, sha256, person, error, changed } = delivery;
    const parts = await partsOf(house.db, delivery);
    const acknowledged = parts.filter((part) => part.acknowledged).length;
    views.push({
      ...{ id: delivery.id, side, item, state, exists, size, sha256, person, error, changed },
      ...{ parts: parts.length, acknowledged, identity: identityFor(house, delivery) },
    });
  }
  return views;
}

/** The office's identity of the time when it landed: what is sealed to an earlier key opens with that one. */
function identityFor(house: House, { side, state, sha256, changed }: StoredDelivery): string | null {
  if (side !== 'received' || state !== 'landed' || sha256 === null) return null;
  const key = keyAt(house.party, 'office', changed);
  return (key === undefined ? undefined : keyWithId(house.keystore.keys.office, key.id)?.protected) ?? null;
}

/** The sealed file of a delivery that is whole, for an office to open where its key is. Errors: as for the original; `delivery-unknown` for one without a file, or with parts missing. */
export async function deliveryFile(
  house: House,
  person: Person,
  ask: { readonly id: string; readonly delivery: string },
): Promise<Result<Uint8Array>> {
  const stored = await readable(house, person, ask.id);
  if (!stored.ok) return stored;
  const found = (await deliveriesOf(house.db, ask.id)).find(({ id }) => id === ask.delivery);
  if (found === undefined || found.sha256 === null || found.state === 'coming') return refuse('delivery-unknown', 'delivery');
  const about = { import: ask.id, subjects: house.subjects };
  const pieces: Uint8Array[] = [];
  for (const part of await partsOf(house.db, found)) {
    const content = await contentOf(house.db, part, about);
    if (content === undefined)
      return refuse((await isErased(house.db, ask.id)) ? 'already-erased' : 'delivery-unknown', 'delivery');
    pieces.push(content);
  }
  return ok(new Uint8Array(Buffer.concat(pieces)));
}
