import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Keystore } from '@comity/node';
import { ORGANISATIONS } from '../organisations.ts';
import { freePorts } from '../ports.ts';
import { ROOT, type Sandbox, startSandbox } from '../sandbox.ts';

const HOST = '127.0.0.1';
const LOBBY = 7400;

/** Where a story is played: the organisations, the trusted keys, and a folder for what it leaves. */
export interface Place {
  readonly sandbox: Pick<Sandbox, 'orgs'>;
  /** Folder for case files; the trust file lies in it. */
  readonly dir: string;
  readonly trustFile: string;
  /** The keys of an organisation, where they are at hand. */
  readonly keysOf: ((org: string) => Keystore) | undefined;
  readonly leave: () => Promise<void>;
}

export interface PlaceOptions {
  readonly dir: string | undefined;
  readonly port: number | undefined;
  /** The story needs the organisations' keys, as an insider has them: a sandbox that merely answers is not enough. */
  readonly insiders: boolean;
}

/** Takes the sandbox that runs on the lobby's port; where none does, starts one for the story, on ports of its own. */
export async function takePlace(options: PlaceOptions): Promise<Place> {
  const dir = options.dir ?? join(ROOT, '.comity', 'stories');
  mkdirSync(dir, { recursive: true });
  const trustFile = join(dir, 'trust.json');
  const lobby = `http://${HOST}:${options.port ?? LOBBY}`;
  const trust = options.insiders ? undefined : await askTrust(lobby);
  if (trust === undefined) return start(dir, homeFor(options, dir), options.port);
  const own = existsSync(trustFile) ? readFileSync(trustFile, 'utf8') : undefined;
  // A sandbox of our own that died leaves this file; the one that runs is the one that is asked.
  if (own !== trust) writeFileSync(trustFile, trust);
  const port = Number(new URL(lobby).port);
  const orgs = ORGANISATIONS.map(({ id }, index) => ({ id, url: `http://${HOST}:${port + 1 + index}` }));
  return { sandbox: { orgs }, dir, trustFile, keysOf: undefined, leave: async () => undefined };
}

/** The state that `npm start` uses too, so that its people see the case and its trust file fits; a story that tampers, or was given a folder, gets a state of its own. */
function homeFor(options: PlaceOptions, dir: string): string {
  return options.insiders || options.dir !== undefined ? join(dir, 'sandbox') : join(ROOT, '.comity');
}

async function start(dir: string, home: string, port: number | undefined): Promise<Place> {
  const sandbox = await startSandbox({ dir: home, port: port ?? (await freePorts(ORGANISATIONS.length + 1)), pages: false });
  return {
    sandbox,
    dir,
    trustFile: join(home, 'trust.json'),
    keysOf: (org) => sandbox.node(org).house.keystore,
    leave: sandbox.stop,
  };
}

/** The trust file that a lobby hands out, or undefined when none answers. */
async function askTrust(lobby: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${lobby}/trust.json`, { signal: AbortSignal.timeout(2000) });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    // Nobody listens there.
    return undefined;
  }
}
