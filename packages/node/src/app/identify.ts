import { IDENTIFIER_TYPES, type Identifier, type Item, isJsonObject, ok, type Result, refuse } from '@comity/core';
import type { StoredAct } from '../store/acts.ts';

/** Sections in which a procedure's opening act puts the values behind its items: identifiers of people, or names of datasets. */
const SECTIONS = ['identifiers', 'datasets'];

/** The identifier behind an item, from the section of the opening act, if this node may read it. */
export function identifierOf(acts: readonly StoredAct[], item: Item): Result<Identifier> {
  for (const act of acts) {
    for (const section of SECTIONS) {
      const value = act.openings[section]?.value;
      const found = isJsonObject(value) ? value[item.id] : undefined;
      if (!isJsonObject(found)) continue;
      const type = IDENTIFIER_TYPES.find((known) => known === found['type']);
      if (type === undefined) return refuse('unknown-identifier-type', `sections.${section}.${item.id}.type`);
      return typeof found['value'] === 'string'
        ? ok({ type, value: found['value'] })
        : refuse('field-missing', `sections.${section}.${item.id}.value`);
    }
  }
  return refuse('section-not-addressed', 'identifiers');
}
