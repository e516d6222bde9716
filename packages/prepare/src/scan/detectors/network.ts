import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { bech32, digitsOf, fromBase58, luhn, vinCheck } from '../checksums.ts';
import type { Detector } from '../detector.ts';

const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?';
const DOMAIN = `(?:${LABEL}\\.)+(?:xn--[a-z0-9-]{2,59}|\\p{L}{2,24})`;

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

/** Base58Check: the last four bytes are the start of a double SHA-256 of those before. */
function base58Check(text: string): boolean {
  const bytes = fromBase58(text);
  if (bytes?.length !== 25) return false;
  return Buffer.from(sha256(sha256(bytes.subarray(0, 21))).subarray(0, 4)).equals(Buffer.from(bytes.subarray(21)));
}

/** Not the addresses that stand for none or all: they name no device. */
function isMac(text: string): boolean {
  return !/^(?:0{12}|f{12})$/i.test(text.replaceAll(/[:.-]/g, ''));
}

/** A time of day and a version number are no addresses of version 6; `::` alone and what has a zone are. */
function isIp6(text: string): boolean {
  return isIP(text.replace(/%.*$/, '').replace(/\/\d+$/, '')) === 6;
}

/** First two digits: who allotted the type (public lists, from memory). Cards of fifteen digits start otherwise. */
const REPORTING = /^(?:01|1[03]|3[035]|4[459]|5[0-4]|86|9[189])/;

function isImei(text: string): boolean {
  const digits = digitsOf(text);
  return luhn(digits) && REPORTING.test(digits);
}

/** Where things stand in networks, and what names a device. */
export const NETWORK: readonly Detector[] = [
  {
    class: 'email',
    pattern: `[\\p{L}\\p{N}](?:[\\p{L}\\p{N}._%+'-]{0,63})@${DOMAIN}`,
    chance: 1e-6,
    needs: 'nothing',
    edge: '\\p{L}\\p{N}@',
  },
  {
    class: 'url',
    pattern: `https?://(?:[^\\s/?#"'<>]+@)?(?:${DOMAIN}|\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\])(?::\\d{1,5})?(?:[/?#][^\\s"'<>]*)?`,
    chance: 1e-6,
    needs: 'nothing',
    edge: '\\p{L}\\p{N}',
  },
  {
    class: 'ip-address',
    pattern: '(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:/(?:3[0-2]|[12]?\\d))?',
    validator: 'ip',
    chance: 1e-4,
    needs: 'nothing',
    edge: '\\p{L}\\p{N}.',
  },
  {
    class: 'ip-address',
    pattern: '(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|(?:\\d{1,3}\\.){3}\\d{1,3})?(?:%[a-z0-9]{1,15})?(?:/\\d{1,3})?',
    valid: isIp6,
    validator: 'ip',
    chance: 1e-4,
    needs: 'nothing',
    edge: '\\p{L}\\p{N}:.',
  },
  {
    class: 'mac-address',
    pattern: '[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5})|[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}',
    valid: isMac,
    chance: 1e-5,
    needs: 'nothing',
    edge: '\\p{L}\\p{N}:-',
  },
  {
    class: 'imei',
    pattern: '\\d{2}[ -]?\\d{6}[ -]?\\d{6}[ -]?\\d',
    valid: isImei,
    validator: 'luhn',
    chance: 0.1,
    needs: 'statistics',
  },
  { class: 'imsi', pattern: '[2-7]\\d{14}', chance: 0.6, needs: 'context' },
  { class: 'vin', pattern: '[A-HJ-NPR-Z0-9]{17}', valid: vinCheck, validator: 'vin', chance: 0.09, needs: 'statistics' },
  {
    class: 'crypto-address',
    pattern: '[13][1-9A-HJ-NP-Za-km-z]{25,34}',
    valid: base58Check,
    validator: 'base58check',
    chance: 1e-9,
    needs: 'nothing',
  },
  {
    class: 'crypto-address',
    pattern: '(?:bc|tb|ltc)1[02-9ac-hj-np-z]{14,74}',
    valid: bech32,
    validator: 'bech32',
    chance: 1e-9,
    needs: 'nothing',
  },
  { class: 'crypto-address', pattern: '0x[0-9a-f]{40}', chance: 1e-9, needs: 'nothing' },
  {
    class: 'advertising-id',
    pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    chance: 1,
    needs: 'context',
  },
  { class: 'device-id', pattern: '[0-9A-Za-z:_-]{6,64}', chance: 1, needs: 'context' },
  { class: 'cookie-id', pattern: '[0-9A-Za-z._-]{6,128}', chance: 1, needs: 'context' },
];
