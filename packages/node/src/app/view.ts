import { isJsonObject, type Json, type Party } from '@comity/core';
import { clocksOf, copiesOf, dutiesOf, movesOf, type PossibleMove } from '@comity/procedure';
import { type Manifest, parseManifest } from '@comity/seal/manifest';
import type { ActView, CaseView, ComplaintView, ItemView, MoveView, PartyView } from '../api.ts';
import { actsOf, type StoredAct } from '../store/acts.ts';
import { findCase, type StoredCase } from '../store/cases.ts';
import { complaintsOf, type ListedComplaint } from '../store/complaints.ts';
import { placeOfAct } from '../store/logRead.ts';
import { receiptsOf } from '../store/outbox.ts';
import { payloadsOf } from '../store/payloads.ts';
import { queriesOf } from '../store/queries.ts';
import { readsOf } from '../store/reads.ts';
import { procedureFor, sectionsFor } from './append.ts';
import { packageOf } from './expect.ts';
import { jointViewOf } from './holders.ts';
import { type House, type LoadedProcedure, type Person, settingOf } from './house.ts';
import { identifierOf } from './identify.ts';

/** A party as people see it. */
export function partyView({ id, name, country, zone, kind, powers, card }: Party): PartyView {
  return { id, name, country, zone, kind, powers, ...(card === undefined ? {} : { card }) };
}

/** A case as this party may see it and this person may move it. */
export async function caseView(house: House, person: Person, id: string): Promise<CaseView | undefined> {
  return house.db.transaction().execute(async (tx) => {
    const stored = await findCase(tx, id);
    const loaded =
      stored === undefined ? undefined : procedureFor(house, { id: stored.procedure, sha256: stored.procedureSha256 });
    if (stored === undefined || loaded === undefined || !loaded.ok) return undefined;
    const acts = await actsOf(tx, id, house.subjects);
    const receipts = await receiptsOf(tx, id);
    const views: ActView[] = [];
    for (const act of acts) {
      const sent = receipts.filter((receipt) => receipt.act === act.digest).map(({ party, delivered }) => ({ party, delivered }));
      const place = await placeOfAct(tx, act.digest);
      views.push({
        ...actView(house, { stored, loaded: loaded.value, act }),
        logIndex: indexText(place?.index),
        logYear: place?.year ?? null,
        sent,
      });
    }
    const payloads = await payloadsOf(tx, id);
    const items = stored.state.items.map((state): ItemView => {
      const identifier = identifierOf(acts, state.item);
      const payload = payloads.find((candidate) => candidate.item === state.item.id);
      return {
        ...state,
        ...jointViewOf(house, manifestOf(acts, state.item.id)),
        ...(identifier.ok ? { identifier: identifier.value } : {}),
        ...(payload === undefined
          ? {}
          : { payload: { side: payload.side, state: payload.state, size: payload.size, ciphertext: payload.ciphertext } }),
      };
    });
    const reads = await readsOf(tx, id);
    const queries = await queriesOf(tx, id, house.subjects);
    const complaints = (await complaintsOf(tx, id, house.subjects)).map(complaintView);
    const copies = copiesOf(settingOf(house, loaded.value.procedure), stored.state, house.now());
    return { ...frame(house, { stored, loaded: loaded.value, person }), items, acts: views, reads, queries, complaints, copies };
  });
}

/** The manifest of an item's latest delivery, where this party may read it. */
function manifestOf(acts: readonly StoredAct[], item: string): Manifest | undefined {
  const sealed = acts.findLast((act) => packageOf(act, item) !== undefined);
  const manifest = sealed === undefined ? undefined : parseManifest(packageOf(sealed, item)?.manifest);
  return manifest?.ok === true ? manifest.value : undefined;
}

function complaintView({ said, ...rest }: ListedComplaint): ComplaintView {
  const text = (name: string): string => (isJsonObject(said) && typeof said[name] === 'string' ? said[name] : '');
  return { ...rest, said: said === null ? null : { text: text('text'), name: text('name'), reach: text('reach') } };
}

function frame(
  house: House,
  about: { readonly stored: StoredCase; readonly loaded: LoadedProcedure; readonly person: Person },
): Omit<CaseView, 'items' | 'acts' | 'reads' | 'queries' | 'complaints' | 'copies'> {
  const { stored, loaded, person } = about;
  const { procedure, sha256 } = loaded;
  const setting = settingOf(house, procedure);
  const now = house.now();
  const actor = { party: house.party.id, person: person.id, roles: person.roles };
  const involved = new Set(Object.values(stored.state.seats));
  const readers = Object.fromEntries(Object.values(procedure.acts).flatMap((act) => Object.entries(act.sections)));
  return {
    id: stored.id,
    procedure: {
      id: procedure.id,
      version: procedure.version,
      sha256,
      instrument: procedure.instrument,
      reviewed: procedure.reviewed.by.length > 0 && procedure.reviewed.on !== null,
    },
    seats: stored.state.seats,
    parties: house.directory.parties.filter((party) => involved.has(party.id)).map(partyView),
    tracks: stored.state.tracks,
    duties: dutiesOf(setting, stored.state, now),
    clocks: clocksOf(setting, stored.state, now),
    moves: movesOf(setting, stored.state, { actor, now }).map(moveView),
    readers,
    opened: stored.opened,
    updated: stored.updated,
  };
}

function actView(
  house: House,
  about: { readonly stored: StoredCase; readonly loaded: LoadedProcedure; readonly act: StoredAct },
): Omit<ActView, 'logIndex' | 'logYear' | 'sent'> {
  const { stored, loaded, act } = about;
  const judged = stored.judged.find((candidate) => candidate.digest === act.digest);
  const openings = sectionsFor(house, { loaded, folded: stored, act, party: house.party.id });
  const sections: Record<string, Json> = Object.fromEntries(
    Object.entries(openings).map(([name, opening]) => [name, opening.value]),
  );
  const { by, type, at, data } = act.body;
  const cite = loaded.procedure.acts[type]?.cite;
  return {
    digest: act.digest,
    type,
    at,
    ...by,
    data: isJsonObject(data) ? data : {},
    verdict: judged?.verdict ?? 'waiting',
    ...(judged?.refusal === undefined ? {} : { refusal: judged.refusal }),
    sections,
    withheld: Object.keys(act.body.sections).filter((name) => sections[name] === undefined),
    ...(cite === undefined ? {} : { cite }),
  };
}

function moveView({ type, role, refusal, items, rule }: PossibleMove): MoveView {
  const choices = Object.entries(rule.items?.choices ?? {}).map(
    ([name, choice]) => [name, { grounds: choice.grounds ?? [], carries: Object.keys(choice.carries ?? {}) }] as const,
  );
  return {
    type,
    role,
    ...(refusal === undefined ? {} : { refusal }),
    items,
    choices: Object.fromEntries(choices),
    complete: rule.items?.complete ?? false,
    sections: Object.keys(rule.sections),
    required: rule.required,
    carries: rule.carries,
    mayCarry: rule.mayCarry,
    assigns: rule.assigns,
    download: rule.download,
    ...(rule.cite === undefined ? {} : { cite: rule.cite }),
  };
}

function indexText(index: bigint | undefined): string | null {
  return index === undefined ? null : String(index);
}
