import type { Party } from '@comity/core';
import type { OversightView, WatchedContradiction, WatchedLog, WatchedOverdue, WatchedReading } from '../api.ts';
import {
  type MirroredOverdue,
  type MirroredReading,
  mirroredOverdue,
  mirroredReadings,
  mirrors,
  type Unreconciled,
  unreconciled,
} from '../store/mirror.ts';
import { evidenceKept, witnessedLogs } from '../store/witnessed.ts';
import type { House } from './house.ts';
import { isLogOf } from './places.ts';

/** What this node, as an overseer, sees of the logs that it witnesses and copies: heads, evidence, every reading, and where one log contradicts another. */
export async function oversightView(house: House): Promise<OversightView> {
  const [heads, copies, evidence] = [await witnessedLogs(house.db), await mirrors(house.db), await evidenceKept(house.db)];
  const logs = heads.map((head): WatchedLog => {
    const keeper = keeperOf(house, head.origin);
    const kinds = evidence.filter(({ origin }) => origin === head.origin).map(({ kind }) => kind);
    return {
      party: keeper?.id ?? '',
      name: keeper?.name ?? head.origin,
      origin: head.origin,
      size: String(head.size),
      cosigned: head.at,
      copied: String(copies.find(({ origin }) => origin === head.origin)?.size ?? 0n),
      evidence: [...new Set(kinds)],
    };
  });
  const readings = (await mirroredReadings(house.db)).map((one) => readingOf(house, one));
  const contradictions = (await unreconciled(house.db)).map((one) => contradictionOf(house, one));
  const overdue = (await mirroredOverdue(house.db)).map((one) => overdueOf(house, one));
  return { logs, readings, contradictions, overdue };
}

function keeperOf(house: House, origin: string): Party | undefined {
  return house.directory.parties.find((party) => isLogOf(party, origin));
}

const OPENED: Readonly<Record<string, WatchedReading['opened']>> = { 'payload.asked': 'payload', 'data.queried': 'query' };

function readingOf(house: House, reading: MirroredReading): WatchedReading {
  return {
    party: keeperOf(house, reading.origin)?.id ?? '',
    origin: reading.origin,
    index: reading.index,
    at: reading.at ?? '',
    opened: OPENED[reading.type ?? ''] ?? 'case',
    case: reading.case_id ?? '',
    role: reading.role ?? '',
    purpose: reading.decision ?? '',
  };
}

function overdueOf(house: House, { origin, index, at, case_id, decision, object }: MirroredOverdue): WatchedOverdue {
  return { party: keeperOf(house, origin)?.id ?? '', origin, index, at, case: case_id, kind: decision, ciphertext: object };
}

function contradictionOf(house: House, told: Unreconciled): WatchedContradiction {
  return {
    toldBy: keeperOf(house, told.origin)?.id ?? told.origin,
    toldAt: told.index,
    type: told.type,
    about: keeperOf(house, told.seen_origin)?.id ?? told.seen_origin,
    index: told.seen_index,
    missing: told.found === null,
  };
}
