import { ok, type Party, type Result, refuse } from '@comity/core';
import { type CaseState, decisionsOf, movesOf, sharesOf } from '@comity/procedure';
import type { ActRequest } from './act.ts';
import { procedureFor } from './append.ts';
import { holdersOf } from './holders.ts';
import { type House, type Person, settingOf } from './house.ts';
import { checkEvidenceKey, checkFresh, checkKeys } from './keys.ts';

/** To whom a delivery goes, and in what form. */
export interface Allowed {
  readonly to: readonly Party[];
  /** How many of them must come together to open it; each opens it alone when left out. */
  readonly needed?: number;
  /** The procedure, when its deliveries are evidence containers. */
  readonly container?: string;
}

/** Before anything is read or sealed: the move must be open to this person now, for each of these items. */
export function mayDeliver(
  house: House,
  found: { readonly procedure: string; readonly procedureSha256: string; readonly state: CaseState },
  ask: { readonly person: Person; readonly request: ActRequest },
): Result<Allowed> {
  const loaded = procedureFor(house, { id: found.procedure, sha256: found.procedureSha256 });
  if (!loaded.ok) return loaded;
  const unfit = checkFresh(house) ?? checkKeys(house, ['sign', 'sign-pq'], house.now());
  if (unfit !== undefined) return { ok: false, refusal: unfit };
  const setting = settingOf(house, loaded.value.procedure);
  const actor = { party: house.party.id, person: ask.person.id, roles: ask.person.roles };
  const move = movesOf(setting, found.state, { actor, now: house.now() }).find(
    (candidate) => candidate.type === ask.request.type,
  );
  if (move === undefined) return refuse('role-not-allowed', 'type', { role: ask.person.roles.join(', '), roles: '' });
  if (move.refusal !== undefined) return { ok: false, refusal: move.refusal };
  const unsigned = move.rule.container === undefined ? undefined : checkEvidenceKey(house);
  if (unsigned !== undefined) return { ok: false, refusal: unsigned };
  for (const [index, decision] of decisionsOf(ask.request.data).entries()) {
    const field = `data.decisions.${index}.item`;
    // An answer to another request names an item that this one never asked for.
    if (!found.state.items.some(({ item }) => item.id === decision.item))
      return refuse('item-unknown', field, { item: decision.item });
    if (!move.items.some((item) => item.item === decision.item))
      return refuse('item-not-open', field, { item: decision.item, state: '' });
  }
  const container = move.rule.container === undefined ? {} : { container: found.procedure };
  const { joint } = move.rule;
  if (joint !== undefined) {
    const holders = holdersOf(house, found.state, joint);
    return holders.ok ? ok({ to: holders.value, needed: joint.needed, ...container }) : holders;
  }
  const body = { type: ask.request.type, by: { party: house.party.id } };
  const parties = sharesOf(setting, found.state, body).flatMap(
    (id) => house.directory.parties.find((party) => party.id === id) ?? [],
  );
  return ok({ to: parties, ...container });
}
