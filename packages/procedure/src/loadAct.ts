import type { Json } from '@comity/core';
import { loadCite, loadCondition, loadFilter } from './loadGuard.ts';
import { type ActRule, type Choice, type ItemMoves, type JointRule, MEMBER_KINDS, type MemberKind } from './procedure.ts';
import { oneOf, PackFault, Reader } from './reader.ts';

/** Reads one move of a procedure. */
export function loadAct(value: Json, path: string): ActRule {
  const reader = new Reader(value, path);
  const items = reader.has('items') ? { items: loadItemMoves(reader.take('items'), reader.at('items')) } : {};
  const container = reader.has('container')
    ? { container: oneOf(reader.take('container'), ['asic-e'], reader.at('container')) }
    : {};
  const joint = reader.has('joint') ? { joint: loadJoint(reader.take('joint'), reader.at('joint')) } : {};
  const keyedTwice = reader.has('keyed-twice') ? loadFilter(reader.take('keyed-twice'), reader.at('keyed-twice')) : undefined;
  const cite = reader.has('cite') ? { cite: loadCite(reader.take('cite') ?? null, reader.at('cite')) } : {};
  const act: ActRule = {
    seat: reader.text('seat'),
    roles: reader.words('roles'),
    opens: reader.flag('opens'),
    assigns: reader.words('assigns'),
    mayAssign: reader.words('may-assign'),
    differsFrom: reader.words('differs-from'),
    when: reader.list('when').map((condition, index) => loadCondition(condition, `${reader.at('when')}.${index}`)),
    to: reader.map('to', text),
    sections: reader.map('sections', words),
    required: reader.words('required'),
    carries: reader.map('carries', memberKind),
    mayCarry: reader.map('may-carry', memberKind),
    ...(keyedTwice === undefined ? {} : { keyedTwice }),
    shares: reader.words('shares'),
    download: reader.flag('download'),
    ...items,
    ...container,
    ...joint,
    ...cite,
  };
  reader.end();
  return act;
}

function loadJoint(value: Json | undefined, path: string): JointRule {
  const reader = new Reader(value, path);
  const joint = { needed: reader.count('needed'), seats: reader.words('seats') };
  reader.end();
  return joint;
}

function loadItemMoves(value: Json | undefined, path: string): ItemMoves {
  const reader = new Reader(value, path);
  const moves = { track: reader.text('track'), complete: reader.flag('complete'), choices: reader.map('choices', loadChoice) };
  reader.end();
  return moves;
}

function loadChoice(value: Json, path: string): Choice {
  const reader = new Reader(value, path);
  const only = loadFilter(reader.take('only'), reader.at('only'));
  const choice: Choice = {
    to: reader.text('to'),
    from: reader.words('from'),
    ...(reader.has('grounds') ? { grounds: reader.words('grounds') } : {}),
    ...(reader.has('carries') ? { carries: reader.map('carries', memberKind) } : {}),
    ...(only === undefined ? {} : { only }),
  };
  reader.end();
  return choice;
}

/** A kind of member, or the list of the words that it may be. */
function memberKind(value: Json, path: string): MemberKind {
  return Array.isArray(value) ? words(value, path) : oneOf(value, MEMBER_KINDS, path);
}

function text(value: Json, path: string): string {
  if (typeof value === 'string') return value;
  throw new PackFault(path, 'a word is needed here');
}

function words(value: Json, path: string): readonly string[] {
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return value;
  throw new PackFault(path, 'a list of words is needed here');
}
