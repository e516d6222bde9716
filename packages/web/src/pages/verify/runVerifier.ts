import type { Result } from '@comity/core';
import { parseTrust, type Report, type Trust, verifyCase } from '@comity/verify';
import { Refusal } from '../../api/client.ts';
import { functions } from './functions.ts';
import { readCase } from './readCase.ts';

/** Replays a case file, packed or plain, in this page. Throws a Refusal when it cannot be read. */
export async function runVerifier(file: Uint8Array<ArrayBuffer>, trust: Trust): Promise<Report> {
  return verifyCase(must(await readCase(file)), trust, functions);
}

/** The trusted key as somebody pasted it: a trust file, or the key alone. */
export function readTrust(text: string, env: Trust['env']): Trust {
  const trimmed = text.trim();
  const json = trimmed.startsWith('{') ? parse(trimmed) : { v: 1, env, directoryKey: trimmed };
  return must(parseTrust(json, functions.sha256));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal({ code: 'trust-file-invalid' });
  }
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Refusal(result.refusal);
  return result.value;
}
