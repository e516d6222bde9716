import {
  type AskedQuestion,
  type Assessment,
  assess,
  type DecisionRecord,
  decisionRecord,
  type NextQuestion,
  nextQuestions,
  readQuestion,
  withSightings,
} from '@comity/assess';
import { isJsonObject, type Json, ok, type Result, refuse } from '@comity/core';
import { sha256 } from '../keys/crypto.ts';
import type { ActRequest } from './act.ts';
import type { House } from './house.ts';
import { seenInCase } from './prepare/cards.ts';

/** An answer of the law, with the question as it was understood. */
export interface Answer {
  readonly question: AskedQuestion;
  readonly assessment: Assessment;
  readonly record: DecisionRecord;
}

/** Reads a question: facts or a sheet, the day, and what is taken for granted of an importer elsewhere. */
export function askedOf(house: House, json: unknown): Result<AskedQuestion> {
  return readQuestion(house.law.assess, json);
}

/** Whether these data may go there: verdict, reasons, what is missing, with the record that lets anybody replay it. */
export function assessTransfer(house: House, json: unknown): Result<Answer> {
  const question = askedOf(house, json);
  if (!question.ok) return question;
  const assessment = assess(house.law.assess, question.value);
  return ok({ question: question.value, assessment, record: decisionRecord(assessment, question.value.facts, sha256) });
}

/** What is still to be asked of the person, in the order that leads to an answer soonest. */
export function toAsk(house: House, { question, assessment }: Answer): readonly NextQuestion[] {
  return nextQuestions(house.law.assess, question, assessment);
}

/** Completes an `assess` act: the verdict is the engine's, never what a page sends, and rests also on what scans have seen in the case's datasets; facts, record and what was seen go into the section that only the client reads. */
export async function completeAssess(
  house: House,
  { case: caseId, request }: { readonly case: string; readonly request: ActRequest },
): Promise<Result<ActRequest>> {
  const question = request.sections['assessment'];
  if (!isJsonObject(question)) return refuse('field-missing', 'sections.assessment');
  const { facts, party, country } = question;
  if (typeof facts !== 'object' || facts === null) return refuse('field-missing', 'sections.assessment.facts');
  if (typeof party !== 'string') return refuse('field-missing', 'sections.assessment.party');
  const on = house.now().slice(0, 10);
  // The question is read inside: whatever is not a fact of the vocabulary is refused.
  const asked = askedOf(house, { facts, on });
  if (!asked.ok) return asked;
  // What scans have seen counts, whether or not a page has sent it along.
  const scans = await seenInCase(house, caseId);
  const sighted = withSightings(
    asked.value.facts,
    scans.flatMap(({ seen }) => seen),
  );
  const done = assessTransfer(house, { facts: sighted.facts, on });
  if (!done.ok) return done;
  const { assessment, record } = done.value;
  // A record is plain JSON by its type.
  const section = {
    ...{ facts: sighted.facts, party, country: country ?? null, record },
    ...(scans.length === 0 ? {} : { scans }),
  } as unknown as Json;
  return ok({
    ...request,
    data: { record: record.sha256, verdict: assessment.verdict },
    sections: { ...request.sections, assessment: section },
  });
}
