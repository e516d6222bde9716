import {
  IDENTIFIER_TYPES,
  type IdentifierHint,
  isJsonObject,
  type Json,
  type JsonObject,
  ok,
  type Result,
  readIdentifier,
} from '@comity/core';

type Sections = Readonly<Record<string, Json>>;

/**
 * The sections of an act that opens a case, with each identifier in its normal form: what is sent is what was read and echoed, in one
 * spelling. Errors: those of `readIdentifier`, naming the field; the identifier itself is in no refusal.
 */
export function withReadIdentifiers(sections: Sections, hint: IdentifierHint): Result<Sections> {
  const section = sections['identifiers'];
  if (!isJsonObject(section)) return ok(sections);
  const read: Record<string, Json> = {};
  for (const [item, keyed] of Object.entries(section)) {
    const one = readOne(keyed, hint);
    if (!one.ok) return { ok: false, refusal: { ...one.refusal, field: `sections.identifiers.${item}.value` } };
    read[item] = one.value;
  }
  return ok({ ...sections, identifiers: read });
}

/** What has not the form of an identifier is left for the procedure to refuse. */
function readOne(keyed: Json, hint: IdentifierHint): Result<Json> {
  const type = isJsonObject(keyed) ? IDENTIFIER_TYPES.find((known) => known === keyed['type']) : undefined;
  if (type === undefined || !isJsonObject(keyed) || typeof keyed['value'] !== 'string') return ok(keyed);
  const read = readIdentifier({ type, value: keyed['value'] }, hint);
  return read.ok ? ok({ ...keyed, value: read.value.value } satisfies JsonObject) : read;
}
