import { isJsonObject, type Json } from '@comity/core';
import { isKnown } from './dictionaries.ts';
import { type Finding, finding } from './finding.ts';
import type { PlacedObject } from './placed.ts';
import { isQualified, isQualifiedMicroseconds } from './times.ts';

const TIMES =
  /(?:^|:)(?:StartTime|EndTime|ObservedTime|ObservedTimes|DateTime|TransmissionTime|LastChanged|\w*Timestamp|\w*Expiration)$/;

/** What holds of every object alike: dictionary entries that are known, times with a zone and in the form of TS 103 280. */
export function lintValues({ object, path }: Pick<PlacedObject, 'object' | 'path'>): readonly Finding[] {
  return walk(object, path, '');
}

function walk(value: Json, path: string, name: string): readonly Finding[] {
  if (typeof value === 'string') return [...controlFindings(value, path), ...timeFindings(value, path, name)];
  if (Array.isArray(value)) return value.flatMap((member: Json, index) => walk(member, joined(path, index), name));
  if (!isJsonObject(value)) return [];
  return [
    ...entryFindings(value, path),
    ...Object.entries(value).flatMap(([member, inner]) => walk(inner, joined(path, member), member)),
  ];
}

function joined(path: string, member: string | number): string {
  return path.endsWith(' ') ? `${path}${member}` : `${path}.${member}`;
}

/** Control characters, but for line ends and tabs: nobody sees them, and not every store keeps them. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;

function controlFindings(value: string, path: string): readonly Finding[] {
  return CONTROL.test(value) ? [finding('text-form', path)] : [];
}

function timeFindings(value: string, path: string, name: string): readonly Finding[] {
  if (name === 'delivery:Expiry') return isQualifiedMicroseconds(value) ? [] : [finding('microseconds-form', path)];
  return TIMES.test(name) && !isQualified(value) ? [finding('time-form', path)] : [];
}

function entryFindings(value: Readonly<Record<string, Json>>, path: string): readonly Finding[] {
  const { 'common:Owner': owner, 'common:Name': name, 'common:Value': given } = value;
  if (owner === undefined && name === undefined && given === undefined) return [];
  if (typeof owner !== 'string' || typeof name !== 'string' || typeof given !== 'string')
    return [finding('missing', path, { member: 'common:Owner, common:Name, common:Value' })];
  if (isKnown({ 'common:Owner': owner, 'common:Name': name, 'common:Value': given })) return [];
  return [finding('dictionary-unknown', path, { owner: owner.slice(0, 40), name: name.slice(0, 60), value: given.slice(0, 60) })];
}
