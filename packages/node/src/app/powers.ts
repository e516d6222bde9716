import { type ActBody, isJsonObject, type Party, type Refusal } from '@comity/core';
import type { House } from './house.ts';

/** Whether the directory gives a party the power to sit where its act says it sits. */
export function holdsSeat(party: Party, body: Pick<ActBody, 'procedure' | 'by'>): boolean {
  return hasPower(party, body.procedure.id, body.by.seat);
}

/** Nobody is put on a seat that the directory does not give them the power for. */
export function seatsWithoutPower(house: House, body: Pick<ActBody, 'procedure' | 'data'>): Refusal | undefined {
  const seats = body.data['seats'];
  if (!isJsonObject(seats)) return undefined;
  for (const [seat, id] of Object.entries(seats)) {
    const party = house.directory.parties.find((candidate) => candidate.id === id);
    if (party === undefined || !hasPower(party, body.procedure.id, seat))
      return { code: 'seat-not-held', field: `data.seats.${seat}`, values: { seat } };
  }
  return undefined;
}

function hasPower(party: Party, procedure: string, seat: string): boolean {
  return party.powers.some((power) => power.procedure === procedure && power.seat === seat);
}
