import { type Day, type Fact, isDay, isJsonObject, type JsonObject, ok, type Result, refuse } from '@comity/core';
import type { Question } from './decide.ts';
import { typedFacts, validateFacts } from './facts.ts';
import type { Law } from './law.ts';
import { knownOn, readSheet } from './sheet.ts';

/** A question about one transfer, and the sheet it was taken from if it came with sources. */
export interface AskedQuestion extends Question {
  readonly sheet?: readonly Fact[];
}

/**
 * Reads a question: `{on, facts}` or `{on, sheet}`, and with `elsewhere` what is taken for granted of an importer in another country. Errors: those of facts and sheets; `field-invalid` for the day; `before-first-law` for a
 * day on which no pack loaded here says anything.
 */
export function readQuestion(law: Law, json: unknown): Result<AskedQuestion> {
  if (!isJsonObject(json)) return refuse('field-invalid', 'question', { kind: 'object' });
  const { on, facts, sheet, elsewhere } = json;
  if (elsewhere !== undefined) return withElsewhere(law, json, elsewhere);
  if (!isDay(on)) return refuse('field-invalid', 'on', { kind: 'YYYY-MM-DD' });
  const first = law.epochs[0];
  if (first !== undefined && on < first) return refuse('before-first-law', 'on', { first });
  if (sheet !== undefined && facts !== undefined) return refuse('field-unknown', 'facts');
  if (sheet !== undefined) return readSheetOn(law, sheet, on);
  const known = validateFacts(law.vocabulary, facts);
  return known.ok ? ok({ facts: known.value, on }) : known;
}

/** What is taken for granted of an importer in another country. */
function withElsewhere(law: Law, json: JsonObject, value: unknown): Result<AskedQuestion> {
  const elsewhere = typedFacts(law.vocabulary, value);
  if (!elsewhere.ok) return elsewhere;
  const { elsewhere: _read, ...rest } = json;
  const question = readQuestion(law, rest);
  return question.ok ? ok({ ...question.value, elsewhere: elsewhere.value }) : question;
}

function readSheetOn(law: Law, json: unknown, on: Day): Result<AskedQuestion> {
  const sheet = readSheet(json, law.vocabulary);
  if (!sheet.ok) return sheet;
  const { facts, expires } = knownOn(sheet.value, on);
  const checked = validateFacts(law.vocabulary, facts);
  return checked.ok ? ok({ facts: checked.value, expires, on, sheet: sheet.value }) : checked;
}
