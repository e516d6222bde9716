import { type JsonObject, ok, type Result, refuse } from '@comity/core';
import {
  type DestroyedCopy,
  type DestructionDocument,
  destructionCertificatePdf,
  type OrderDocument,
  type OrderItem,
  orderPdf,
  WORDS,
} from '@comity/formats';
import { clocksOf, decisionsOf, type ItemState, type Trace } from '@comity/procedure';
import { actsOf, type StoredAct } from '../store/acts.ts';
import { findCase, type StoredCase } from '../store/cases.ts';
import { placeOfAct } from '../store/logRead.ts';
import { payloadsOf } from '../store/payloads.ts';
import { procedureFor } from './append.ts';
import { DESTRUCTION, VALIDATION } from './certificate.ts';
import { type House, type LoadedProcedure, settingOf } from './house.ts';
import { identifierOf } from './identify.ts';
import { type PrintLanguage, sayIn } from './words.ts';

interface Print {
  readonly house: House;
  readonly stored: StoredCase;
  readonly loaded: LoadedProcedure;
  readonly acts: readonly StoredAct[];
  readonly say: (key: string) => string;
}

/** The order of a case as PDF, as this party may read it. */
export async function printOrder(
  house: House,
  ask: { readonly case: string; readonly language: PrintLanguage },
): Promise<Result<Uint8Array>> {
  const print = await load(house, ask);
  return print.ok ? ok(await orderPdf(orderOf(print.value), WORDS[ask.language])) : print;
}

/** The certificate of a destruction act as PDF: what went, how, where it is recorded, and the signatures of both sides. */
export async function printCertificate(
  house: House,
  ask: { readonly case: string; readonly act: string; readonly language: PrintLanguage },
): Promise<Result<Uint8Array>> {
  const print = await load(house, ask);
  if (!print.ok) return print;
  const act = print.value.acts.find((candidate) => candidate.digest === ask.act && DESTRUCTION.includes(candidate.body.type));
  if (act === undefined) return refuse('not-found', 'act');
  const place = await placeOfAct(house.db, act.digest);
  // A certificate says where it is recorded, or there is none yet.
  if (place === undefined) return refuse('log-slow');
  const payloads = await payloadsOf(house.db, ask.case);
  const copies = decisionsOf(act.body.data).map((decision): DestroyedCopy => {
    const ciphertext = String(decision['ciphertext']);
    const bytes = payloads.find((payload) => payload.ciphertext === ciphertext)?.size ?? 0;
    const method = decision['method'] === 'key-erased' ? 'key-erased' : 'ciphertext-deleted';
    return { delivery: decision.item, ciphertext, bytes, method, at: act.body.at };
  });
  const { say } = print.value;
  const document = {
    env: house.env,
    title: WORDS[ask.language].texts['destruction.title'],
    issuer: nameOf(print.value, act.body.by.party),
    reference: ask.case,
    issued: act.body.at,
    zone: house.party.zone,
    destroyedBy: {
      party: nameOf(print.value, act.body.by.party),
      person: act.body.by.person,
      role: say(`role.${act.body.by.role}`),
    },
    copies,
    verified: verifiedAt(act),
    ...validationOf(print.value, act),
    log: { origin: house.logOrigin(place.year), index: Number(place.index) },
    signatures: signaturesOf(print.value, act),
    digest: act.digest,
  };
  return ok(await destructionCertificatePdf(document, WORDS[ask.language]));
}

async function load(house: House, ask: { readonly case: string; readonly language: PrintLanguage }): Promise<Result<Print>> {
  const stored = await findCase(house.db, ask.case);
  if (stored === undefined) return refuse('case-unknown', 'case');
  const loaded = procedureFor(house, { id: stored.procedure, sha256: stored.procedureSha256 });
  if (!loaded.ok) return loaded;
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, ask.case, house.subjects));
  return ok({ house, stored, loaded: loaded.value, acts, say: sayIn(ask.language) });
}

function orderOf(print: Print): OrderDocument {
  const { house, stored, loaded, say } = print;
  const { state } = stored;
  const opening = state.done[0];
  const seats = Object.entries(state.seats);
  const clocks = clocksOf(settingOf(house, loaded.procedure), state, house.now());
  return {
    env: house.env,
    title: say(`procedure.${stored.procedure}`),
    issuer: nameOf(print, opening?.party ?? ''),
    reference: stored.id,
    issued: opening?.at ?? stored.opened,
    zone: house.party.zone,
    parties: seats.map(([seat, id]) => ({
      seat: say(`seat.${seat}`),
      name: nameOf(print, id),
      country: house.directory.parties.find((party) => party.id === id)?.country ?? '',
    })),
    basis: basisOf(print),
    items: state.items.flatMap((item) => itemOf(print, item)),
    approvals: state.done
      .filter((trace) => APPROVALS.includes(trace.type))
      .map((trace) => ({
        role: say(`role.${trace.role}`),
        person: trace.person,
        party: nameOf(print, trace.party),
        at: trace.at,
      })),
    clocks: clocks.map((clock) => ({
      name: say(`clock.${clock.id}`),
      strict: clock.strict,
      formal: clock.formal,
      otherwise: say(`clock.${clock.id}.then`),
    })),
    digests: [{ name: say(`procedure.${stored.procedure}`), value: loaded.sha256 }],
    digest: opening?.digest ?? '',
  };
}

const APPROVALS = ['issue', 'validate', 'choose', 'agree', 'approve'];

/** Each act that the law names, with its citation: once. */
function basisOf({ stored, loaded, say }: Print): OrderDocument['basis'] {
  const types = [...new Set(stored.state.done.map((trace: Trace) => trace.type))];
  return types.flatMap((type) => {
    const cite = loaded.procedure.acts[type]?.cite;
    return cite === undefined ? [] : [{ text: say(`act.${type}.done`), cite: cite.ref }];
  });
}

function itemOf(print: Print, state: ItemState): readonly OrderItem[] {
  const identifier = identifierOf(print.acts, state.item);
  if (!identifier.ok) return [];
  const { id, category, period, zone } = state.item;
  const approval = state.tracks['approval'];
  const decision = approval === 'approved' ? 'approved' : approval === 'struck' ? 'refused' : 'open';
  const ground: unknown = (state.decisions['approval'] as JsonObject | undefined)?.['ground'];
  return [
    {
      id,
      identifier: identifier.value,
      category,
      decision,
      ...(period === undefined ? {} : { period }),
      ...(zone === undefined ? {} : { zone }),
      ...(typeof ground === 'string' ? { reason: print.say(`ground.${ground}`) } : {}),
    },
  ];
}

/** When nothing of the copies was found any more. */
function verifiedAt({ body }: StoredAct): string {
  const [first] = decisionsOf(body.data);
  return typeof first?.['verified'] === 'string' ? first['verified'] : body.at;
}

/** Who of the other side has said that it is enough; nobody while that is open. */
function validationOf(print: Print, { body }: StoredAct): Pick<DestructionDocument, 'validated'> {
  const gone = decisionsOf(body.data).map((decision) => decision['ciphertext'] ?? null);
  const said = print.acts.find(
    (other) =>
      VALIDATION.includes(other.body.type) &&
      other.body.by.party !== body.by.party &&
      gone.every((one) => decisionsOf(other.body.data).some((decision) => decision['ciphertext'] === one)),
  );
  if (said === undefined) return {};
  const { party, person, role } = said.body.by;
  return { validated: { party: nameOf(print, party), person, role: print.say(`role.${role}`), at: said.body.at } };
}

/** Both sides: whoever destroyed, and whoever certified the other copy or confirmed this one. */
function signaturesOf(
  print: Print,
  act: StoredAct,
): { party: string; person: string; role: string; key: string; signature: string; at: string }[] {
  const items = decisionsOf(act.body.data).map((decision) => decision.item);
  const related = print.acts.filter(
    (other) =>
      DESTRUCTION.includes(other.body.type) && decisionsOf(other.body.data).some((decision) => items.includes(decision.item)),
  );
  return related.flatMap((other) => {
    const [signed] = other.signatures;
    const { by, at } = other.body;
    return signed === undefined
      ? []
      : [
          {
            party: nameOf(print, by.party),
            person: by.person,
            role: print.say(`role.${by.role}`),
            key: signed.key,
            signature: signed.signature,
            at,
          },
        ];
  });
}

function nameOf({ house }: Print, id: string): string {
  return house.directory.parties.find((party) => party.id === id)?.name ?? id;
}
