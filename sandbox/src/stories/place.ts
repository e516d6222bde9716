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
  /** The sandbox itself, where it is the story's own, and how to stop it and start it again with the suite that this version takes. */
  readonly own:
    | {
        readonly sandbox: Sandbox;
        readonly again: () => Promise<Sandbox>;
        /** Lets hours pass for every organisation at once. */
        readonly pass: (hours: number) => Promise<void>;
      }
    | undefined;
  readonly leave: () => Promise<void>;
}

export interface PlaceOptions {
  readonly dir: string | undefined;
  readonly port: number | undefined;
  /** The story needs the organisations' keys, as an insider has them: a sandbox that merely answers is not enough. */
  readonly insiders: boolean;
  /** Folder of the story's own sandbox, below `dir`; `sandbox` when left out. */
  readonly home?: string;
  /** The suite that its own sandbox starts with. */
  readonly suite?: string;
  /** The organisations of its own sandbox, where the story meets no others. */
  readonly only?: readonly string[];
}

/** Takes the sandbox that runs on the lobby's port; where none does, starts one for the story, on ports of its own. */
export async function takePlace(options: PlaceOptions): Promise<Place> {
  const dir = options.dir ?? join(ROOT, '.comity', 'stories');
  mkdirSync(dir, { recursive: true });
  const trustFile = join(dir, 'trust.json');
  const lobby = `http://${HOST}:${options.port ?? LOBBY}`;
  const trust = options.insiders ? undefined : await askTrust(lobby);
  if (trust === undefined) return start(options, dir);
  const own = existsSync(trustFile) ? readFileSync(trustFile, 'utf8') : undefined;
  // A sandbox of our own that died leaves this file; the one that runs is the one that is asked.
  if (own !== trust) writeFileSync(trustFile, trust);
  const port = Number(new URL(lobby).port);
  const orgs = ORGANISATIONS.map(({ id }, index) => ({ id, url: `http://${HOST}:${port + 1 + index}` }));
  return { sandbox: { orgs }, dir, trustFile, keysOf: undefined, own: undefined, leave: async () => undefined };
}

/** The state that `npm start` uses too, so that its people see the case and its trust file fits; a story that tampers, or was given a folder, gets a state of its own. */
function homeFor(options: PlaceOptions, dir: string): string {
  return options.insiders || options.dir !== undefined ? join(dir, options.home ?? 'sandbox') : join(ROOT, '.comity');
}

async function start(options: PlaceOptions, dir: string): Promise<Place> {
  const home = homeFor(options, dir);
  const port = options.port ?? (await freePorts(ORGANISATIONS.length + 1));
  const { suite, only } = options;
  let passed = 0;
  const clock = (): number => Date.now() + passed;
  const state = { dir: home, port, pages: false, clock, ...(only === undefined ? {} : { only }) };
  let sandbox = await startSandbox({ ...state, ...(suite === undefined ? {} : { suite }) });
  const pass = async (hours: number): Promise<void> => {
    passed += hours * 3_600_000;
    // Nothing begins at a node whose log nobody has witnessed for hours: its witnesses look at it first.
    await Promise.all(sandbox.orgs.map(({ id }) => sandbox.node(id).house.witnesses.confirm(5000)));
  };
  const again = async (): Promise<Sandbox> => {
    await sandbox.stop();
    sandbox = await startSandbox(state);
    return sandbox;
  };
  return {
    sandbox,
    dir,
    trustFile: join(home, 'trust.json'),
    keysOf: (org) => sandbox.node(org).house.keystore,
    own: { sandbox, again, pass },
    leave: () => sandbox.stop(),
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
