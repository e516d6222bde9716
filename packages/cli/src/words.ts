import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Refusal } from '@comity/core';

export type Values = Readonly<Record<string, string | number>>;
type Words = Readonly<Record<string, string>>;

const require = createRequire(import.meta.url);
const own = read(join(import.meta.dirname, '..', 'messages', 'en.json'));
const verifier = read(require.resolve('@comity/verify/messages/en.json'));
const container = read(require.resolve('@comity/formats/messages/container/en.json'));
const hi1 = read(require.resolve('@comity/formats/messages/hi1/en.json'));
const scan = read(require.resolve('@comity/prepare/messages/en.json'));
const core = {
  ...read(require.resolve('@comity/core/messages/en.json')),
  ...read(require.resolve('@comity/core/error-messages/en.json')),
};

/** A sentence of this program's catalogue. */
export function say(key: string, values: Values = {}): string {
  return fill(own[key] ?? key, values);
}

/** A sentence of the verifier's catalogue. */
export function sayFinding(key: string, values: Values = {}): string {
  return fill(verifier[key] ?? key, values);
}

/** A sentence of the catalogue on evidence containers. */
export function sayContainer(key: string, values: Values = {}): string {
  return fill(container[key] ?? key, values);
}

/** A sentence of the catalogue on messages of TS 103 120. */
export function sayHi1(key: string, values: Values = {}): string {
  return fill(hi1[key] ?? key, values);
}

/** A word of the catalogue on what a scan finds. */
export function sayScan(key: string, values: Values = {}): string {
  return fill(scan[key] ?? key, values);
}

/** A refusal as a sentence: what is wrong, where, and what to do next. */
export function sayRefusal(refusal: Refusal): string {
  const values = { ...refusal.values };
  const field = refusal.field === undefined || refusal.field === '' ? '' : ` (${refusal.field})`;
  const why = reasonOf(refusal.code, values);
  // This program speaks of files and options where the pages speak of addresses and fields.
  const sentence = own[`error.${refusal.code}`] ?? core[`error.${refusal.code}`] ?? refusal.code;
  const next = own[`error.${refusal.code}.next`] ?? core[`error.${refusal.code}.next`] ?? '';
  return `${fill(sentence, values)}${field}${why} ${fill(next, values)}`.trim();
}

function reasonOf(code: Refusal['code'], values: Values): string {
  if (code === 'hi1-signature-refused') return ` ${sayHi1(`hi1.signature.${values['why']}`)}`;
  return values['fault'] === undefined ? listed(values) : ` ${capital(sayContainer(`container.fault.${values['fault']}`))}.`;
}

function listed(values: Values): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}: ${value}`);
  return pairs.length === 0 ? '' : ` ${pairs.join(', ')}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a refusal code says, without what to do next. */
export function sayCode(code: string, values: Values): string {
  return fill(core[`error.${code}`] ?? code, values);
}

function fill(sentence: string, values: Values): string {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, String(value)), sentence);
}

function read(file: string): Words {
  return JSON.parse(readFileSync(file, 'utf8'));
}
