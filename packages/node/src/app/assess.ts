import { type Assessment, acrossCountries, assess, type DecisionRecord, decisionRecord, validateFacts } from '@comity/assess';
import { type Facts, isJsonObject, type Json, ok, type Result, refuse } from '@comity/core';
import { sha256 } from '../keys/crypto.ts';
import type { ActRequest } from './act.ts';
import type { House } from './house.ts';

/** A question about a transfer: facts, and the day on which it would go. */
export interface AssessRequest {
  readonly facts: Facts;
  readonly on: string;
}

/** Whether these data may go there: verdict, reasons, what is missing, with the record that lets anybody replay it. */
export function assessTransfer(
  house: House,
  request: AssessRequest,
): Result<{ readonly assessment: Assessment; readonly record: DecisionRecord }> {
  const facts = validateFacts(house.law.assess.vocabulary, request.facts);
  if (!facts.ok) return facts;
  const assessment = assess(house.law.assess, { facts: facts.value, on: request.on });
  return ok({ assessment, record: decisionRecord(assessment, facts.value, sha256) });
}

/** The same question asked for every country: where it would be lawful instead. */
export function assessEverywhere(
  house: House,
  request: AssessRequest,
  countries: readonly string[],
): ReturnType<typeof acrossCountries> {
  return acrossCountries(house.law.assess, { facts: request.facts, on: request.on }, countries);
}

/** Completes an `assess` act: the verdict is the engine's, never what a page sends; facts and record go into the section that only the client reads. */
export function completeAssess(house: House, request: ActRequest): Result<ActRequest> {
  const question = request.sections['assessment'];
  if (!isJsonObject(question)) return refuse('field-missing', 'sections.assessment');
  const { facts, party, country } = question;
  if (typeof facts !== 'object' || facts === null) return refuse('field-missing', 'sections.assessment.facts');
  if (typeof party !== 'string') return refuse('field-missing', 'sections.assessment.party');
  const on = house.now().slice(0, 10);
  // validateFacts inside refuses whatever is not a fact of the vocabulary.
  const done = assessTransfer(house, { facts: facts as Facts, on });
  if (!done.ok) return done;
  const { assessment, record } = done.value;
  const section = { facts, party, country: country ?? null, record } as unknown as Json;
  return ok({
    ...request,
    data: { record: record.sha256, verdict: assessment.verdict },
    sections: { ...request.sections, assessment: section },
  });
}
