import type { CaseView, PreviewView, SessionView } from '@comity/node/api';
import type { Sandbox } from '../sandbox.ts';
import { Actor } from './actor.ts';
import { validate } from './cooperation.ts';
import { openDelivery } from './unseal.ts';

/** A case and the items of it that a step is about. */
export interface Items {
  readonly case: string;
  readonly items: readonly string[];
}

/** Signs in the people of a story, each under the name that it calls them. */
export async function people<K extends string>(
  sandbox: Pick<Sandbox, 'orgs'>,
  who: Readonly<Record<K, readonly [org: string, person: string]>>,
): Promise<Readonly<Record<K, Actor>>> {
  const signed: [string, Actor][] = [];
  for (const [name, [org, person]] of Object.entries<readonly [string, string]>(who))
    signed.push([name, await Actor.signIn(sandbox, org, person)]);
  // Every name of `who` was signed in.
  return Object.fromEntries(signed) as Readonly<Record<K, Actor>>;
}

/** The same decision on each of the items. */
export function each(items: readonly string[], choice: string, more: object = {}): { readonly decisions: readonly object[] } {
  return { decisions: items.map((item) => ({ item, choice, ...more })) };
}

/** The holder minimises the items; gives how many rows were kept of how many, all together. */
export async function minimised(
  analyst: Actor,
  { case: id, items }: Items,
): Promise<{ readonly kept: number; readonly total: number }> {
  await analyst.until(id, 'minimise');
  const decisions = [];
  let [kept, total] = [0, 0];
  for (const item of items) {
    const preview = await analyst.post<PreviewView>(`/api/cases/${id}/items/${item}/preview`);
    decisions.push({ item, choice: 'minimise', preview: preview.previewDigest });
    [kept, total] = [kept + preview.rowsKept, total + preview.rowsTotal];
  }
  await analyst.act(id, { type: 'minimise', data: { decisions } });
  return { kept, total };
}

/** A second person of the holder delivers the items. */
export async function delivered(reviewer: Actor, { case: id, items }: Items): Promise<void> {
  await reviewer.until(id, 'deliver');
  await reviewer.act(id, { type: 'deliver', data: each(items, 'deliver') });
}

/** Somebody opens an item, with a reason; gives how many rows it has. */
export async function opened(
  actor: Actor,
  ask: { readonly case: string; readonly item: string; readonly why: string },
): Promise<number> {
  await actor.until(ask.case, 'open');
  const found = await openDelivery(actor, ask);
  const data = { decisions: [{ item: ask.item, choice: 'open', plaintext: found.digest }] };
  await actor.act(ask.case, { type: 'open', data, sections: { reason: { text: ask.why } } });
  return found.rows;
}

/** Every copy of the items ends: destroyed where they came to, validated, destroyed where they came from. */
export async function ended(
  { asks, gives }: { readonly asks: Actor; readonly gives: Actor },
  { case: id, items }: Items,
  why: string,
): Promise<void> {
  await asks.reaches(id, stand(items, 'copy', ['held', 'opened', 'retained']));
  await asks.act(id, { type: 'destroy', data: each(items, 'destroy'), sections: { reason: { text: why } } });
  for (const item of items) await validate(gives, { case: id, item });
  await gives.act(id, { type: 'destroy-source', data: each(items, 'destroy') });
}

/** Whether all these items stand in one of the states of a track. */
export function stand(items: readonly string[], track: string, states: readonly string[]): (view: CaseView) => boolean {
  return (view) => items.every((id) => states.includes(view.items.find(({ item }) => item.id === id)?.tracks[track] ?? ''));
}

/** A refusal that must come: the story stops where something else comes. */
export function mustBe(given: string, wanted: string): void {
  if (given !== wanted) throw new Error(`${wanted} was expected, and it was ${given}`);
}

/** Why somebody cannot make a move now; `allowed` when they can. */
export async function refusalOf(actor: Actor, id: string, type: string): Promise<string> {
  const move = (await actor.read(id)).moves.find((candidate) => candidate.type === type);
  return move === undefined ? 'no such move' : (move.refusal?.code ?? 'allowed');
}

/** An instant so many days from now, by the clock of somebody's organisation. */
export async function inDays(actor: Actor, days: number): Promise<string> {
  const { now } = await actor.get<SessionView>('/api/session');
  return new Date(Date.parse(now) + days * 86_400_000).toISOString();
}
