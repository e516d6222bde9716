import { ok, type Result, refuse } from '@comity/core';
import type { CaseLink } from '../api.ts';
import { casesNaming } from '../store/acts.ts';
import { findCase, findCases, type StoredCase } from '../store/cases.ts';
import { deskRow } from './desk.ts';
import type { House } from './house.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The cases that a case names in its acts, and those that name it: what it follows, answers, or belongs to. Refuses `case-unknown`. */
export async function caseLinks(house: House, id: string): Promise<Result<readonly CaseLink[]>> {
  const stored = await findCase(house.db, id);
  if (stored === undefined) return refuse('case-unknown', 'case');
  const named = namedBy(stored).filter(({ other }) => other !== id);
  const naming = await findCases(house.db, await casesNaming(house.db, id));
  const known = await findCases(
    house.db,
    named.map(({ other }) => other),
  );
  return ok([
    ...named.map(({ member, other }) => linkOf(house, { case: other, member, names: true }, known)),
    ...naming.flatMap((one) =>
      namedBy(one)
        .filter(({ other }) => other === id)
        .map(({ member }) => linkOf(house, { case: one.id, member, names: false }, naming)),
    ),
  ]);
}

/** Members of a case's acts that are ids of cases, each once. */
function namedBy({ state }: StoredCase): readonly { readonly member: string; readonly other: string }[] {
  const found = state.done.flatMap(({ data }) =>
    Object.entries(data).flatMap(([member, value]) =>
      typeof value === 'string' && UUID.test(value) ? [{ member, other: value }] : [],
    ),
  );
  return [...new Map(found.map((one) => [`${one.member} ${one.other}`, one])).values()];
}

function linkOf(house: House, about: Omit<CaseLink, 'row'>, known: readonly StoredCase[]): CaseLink {
  const stored = known.find(({ id }) => id === about.case);
  const row = stored === undefined ? undefined : deskRow(house, stored);
  return row === undefined ? about : { ...about, row };
}
