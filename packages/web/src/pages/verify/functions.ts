import type { Functions } from '@comity/verify';
import { sha256 } from '@noble/hashes/sha2.js';
import { pageChecks } from './pageChecks.ts';

/** What the verifier checks with in a browser: functions in script, since Web Crypto answers too late for code that waits for nothing. */
export const functions: Functions = { sha256: (bytes) => sha256(bytes), checks: pageChecks };
