import type { ImportView } from '@comity/node/api';
import { type Actor, RefusedByNode } from './stories/actor.ts';

/** Reads an import, with a stated reason. */
export async function readImport(actor: Actor, id: string): Promise<ImportView> {
  await actor.post(`/api/imports/${id}/reads`, { purpose: 'work' });
  return actor.get<ImportView>(`/api/imports/${id}`);
}

/** The code with which something is refused, or `allowed`. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'allowed';
  } catch (error) {
    if (error instanceof RefusedByNode) return error.problem.code;
    throw error;
  }
}

/** A call to an authority that is known by this id. */
export const callTo = (authority: string) => ({ authority, spokeWith: 'A. Weber', at: '2026-11-26T10:00:00.000Z' });
