import { ok, type Result, refuse } from '@comity/core';
import { sha256, signatureChecks } from '@comity/node/keys';
import { COSIGNATURE, type KnownLog, type Policy, parsePolicy, parseVerifierKey, type VerifierKey } from '@comity/prove';
import { EXIT, print, readText, refuseWith } from '../output.ts';
import { say } from '../words.ts';
import { publicLog } from './fetchLog.ts';
import { codeOfLook, type Following, type Look, lookAt } from './look.ts';

/** What `comity log monitor` is told. Times in seconds and minutes, as typed. */
export interface MonitorOptions {
  readonly vkey: readonly string[];
  readonly state: string;
  readonly policy?: string;
  readonly once?: boolean;
  readonly every: string;
  readonly stale: string;
  readonly json?: boolean;
}

/** Follows a log until it is caught lying, freezes, or cannot be reached for too long; with `--once`, looks once. The exit code is that of the last look. */
export async function monitor(url: string, options: MonitorOptions): Promise<void> {
  const json = options.json === true;
  const read = readOptions(url, options);
  if (!read.ok) {
    refuseWith(read.refusal, { json, code: EXIT.usage });
    return;
  }
  const { following, every } = read.value;
  const log = publicLog(url);
  for (let answered = Date.now(); ; ) {
    const look = await lookAt(log, following);
    print(json ? JSON.stringify(look) : sentenceOf(look));
    const code = codeOfLook(look);
    if (code !== 3) answered = Date.now();
    // A network may fail for a while; a log that is caught, or says nothing new, is not waited for.
    const waits = code === 0 || look.found === 'unwitnessed' || (code === 3 && Date.now() - answered <= following.stale);
    process.exitCode = code;
    if (options.once === true || !waits) return;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

interface Read {
  readonly following: Following;
  readonly every: number;
}

function readOptions(url: string, options: MonitorOptions): Result<Read> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return refuse('field-invalid', 'URL');
  const [every, stale] = [Number(options.every) * 1000, Number(options.stale) * 60_000];
  if (!(every >= 1000)) return refuse('field-invalid', '--every');
  if (!(stale > 0)) return refuse('field-invalid', '--stale');
  const log = readLog(options.vkey);
  if (!log.ok) return log;
  const policy = readPolicy(options.policy);
  if (!policy.ok) return policy;
  const following = {
    log: log.value,
    policy: policy.value,
    dir: options.state,
    stale,
    now: Date.now,
    sha256,
    checks: signatureChecks,
  };
  return ok({ following, every });
}

/** The log that some verifier keys are of: all bear its name, none is a witness's. */
function readLog(vkeys: readonly string[]): Result<KnownLog> {
  const keys = vkeys.flatMap((text): readonly VerifierKey[] => {
    const key = parseVerifierKey(text, sha256);
    return key.ok && key.value.kind !== COSIGNATURE ? [key.value] : [];
  });
  const origin = keys[0]?.name;
  if (origin === undefined || keys.length < vkeys.length || keys.some(({ name }) => name !== origin))
    return refuse('field-invalid', '--vkey', { kind: 'vkey' });
  return ok({ origin, keys });
}

function readPolicy(file: string | undefined): Result<Policy | undefined> {
  if (file === undefined) return ok(undefined);
  const text = readText(file);
  if (!text.ok) return text;
  const policy = parsePolicy(text.value, sha256);
  return policy.ok ? ok(policy.value) : refuse('field-invalid', `--policy: ${policy.detail}`);
}

function sentenceOf({ found, origin, size, kept, evidence = '', detail = '' }: Look): string {
  return say(`log.look.${found}`, { origin, size, kept, evidence, detail });
}
