import { createRequire } from 'node:module';
import type { Facts } from '@comity/core';
import type { LogicSet } from './logic.ts';

/** What an engine says of one transfer: the rules that stop it; or that it gave no answer, and why. */
export interface Answer {
  readonly stops: readonly string[];
  readonly failed?: string;
  /** It answered, and said beside the answer that something went wrong. */
  readonly warned?: true;
}

/** Seconds of wall and of CPU for each decision of one run. */
export interface Pace {
  readonly wall: number;
  readonly cpu: number;
}

/** `reasons`: which rules stop it, or the engine's trace. `bare`: the least that the engine can be asked for. */
export type Asking = 'reasons' | 'bare';

/** An engine that was given the rules. */
export interface Engine {
  readonly name: string;
  readonly version: string;
  readonly answers: (cases: readonly Facts[]) => Promise<readonly Answer[]>;
  /** Decides all cases again and again for about so many seconds. */
  readonly pace: (cases: readonly Facts[], asking: Asking, seconds: number) => Promise<Pace>;
}

/** A peer of ours: how it is started, or why it cannot be. */
export interface Peer {
  readonly name: string;
  /** Starts it with rules. Throws an error that says why when it is not here. */
  readonly start: (rules: LogicSet, isShare: (fact: string) => boolean) => Promise<Engine>;
}

/** Decides all cases in turn for about so many seconds; what one round takes is measured by whole rounds. */
export async function paceOf<Input>(inputs: readonly Input[], seconds: number, decide: (input: Input) => unknown): Promise<Pace> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < seconds * 1000) {
    for (const input of inputs) {
      const answer = decide(input);
      if (answer instanceof Promise) await answer;
    }
    done += inputs.length;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - start) / 1000 / done, cpu: (user + system) / 1e6 / done };
}

/** The version of an installed package; `unknown` when it does not say. */
export function versionOf(name: string): string {
  // Parser: a package's own package.json; only `version` is read, and checked.
  const found: unknown = createRequire(import.meta.url)(`${name}/package.json`);
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : 'unknown';
}
