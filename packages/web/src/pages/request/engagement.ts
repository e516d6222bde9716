import { isJsonObject } from '@comity/core';
import type { Faults } from './order.ts';

/** What the form of an outsourcing engagement holds while it is being filled in. */
export interface EngagementDraft {
  readonly datasets: readonly string[];
  readonly purpose: string;
  readonly need: string;
  readonly retentionUntil: string;
}

export const EMPTY: EngagementDraft = { datasets: [], purpose: '', need: '', retentionUntil: '' };
export const AIMS = ['cost-analysis', 'quality', 'research', 'support', 'hosting'] as const;

/** A kept draft, if it still has the form's shape. */
export function readEngagement(kept: unknown): EngagementDraft | undefined {
  if (!isJsonObject(kept) || !Array.isArray(kept['datasets'])) return undefined;
  const [datasets, texts] = [kept['datasets'], [kept['purpose'], kept['need'], kept['retentionUntil']]];
  const sound = datasets.every((one) => typeof one === 'string') && texts.every((one) => typeof one === 'string');
  // Parser: every member has been checked.
  return sound ? (kept as unknown as EngagementDraft) : undefined;
}

/** What is still missing, by the path under which the node would name the field. */
export function faultsOfEngagement(draft: EngagementDraft): Faults {
  const faults: Record<string, string> = {};
  if (draft.datasets.length === 0) faults['sections.datasets'] = 'field-missing';
  if (draft.purpose === '') faults['data.purpose'] = 'field-missing';
  if (draft.need.trim() === '') faults['sections.need'] = 'field-missing';
  if (draft.retentionUntil === '') faults['data.retentionUntil'] = 'field-missing';
  return faults;
}
