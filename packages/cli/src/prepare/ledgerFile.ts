import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import { type Debit, epsilonOf, type Ledger, rhoOf } from '@comity/prepare';

/** Where debits stand when nothing else is said: in the user's own folder of states. */
export const LEDGER = join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'comity', 'privacy-ledger.jsonl');

export interface Spent {
  readonly releases: number;
  readonly rho: number;
}

/** A privacy ledger in a file, one debit a line, on disk before the data are asked. `total` is the ε that all releases of one data set may reach; without it nothing is refused. */
export function ledgerFile(path: string, total: number | undefined): Ledger & { readonly spentOf: (dataset: string) => Spent } {
  const spentOf = (dataset: string): Spent => {
    const debits = readDebits(path).filter((debit) => debit.dataset === dataset);
    return { releases: debits.length, rho: debits.reduce((sum, { rho }) => sum + rho, 0) };
  };
  return {
    spentOf,
    debit: async (debit) => {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      return withLock(path, () => {
        const before = spentOf(debit.dataset).rho;
        if (total !== undefined && before + debit.rho > rhoOf(total, debit.delta) * (1 + 1e-12)) {
          const left = Math.max(0, rhoOf(total, debit.delta) - before);
          return refuse('budget-spent', '--budget', { left: round(epsilonOf(left, debit.delta)), asked: round(debit.epsilon) });
        }
        append(path, debit);
        return ok(null);
      });
    },
  };
}

function round(epsilon: number): number {
  return Math.floor(epsilon * 100) / 100;
}

function readDebits(path: string): readonly Debit[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  // A line that a crash cut off was never acknowledged: nothing was asked on it.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line): Debit => JSON.parse(line));
}

function append(path: string, debit: Debit): void {
  const text = readText(path);
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${JSON.stringify(debit)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Two programs must not both find the last of a budget. */
function withLock(path: string, work: () => Result<null>): Result<null> {
  const lock = `${path}.lock`;
  let held: number;
  try {
    held = openSync(lock, 'wx', 0o600);
  } catch {
    return refuse('busy', lock);
  }
  try {
    return work();
  } finally {
    closeSync(held);
    rmSync(lock, { force: true });
  }
}
