import { ok, type Result, refuse } from '@comity/core';
import { kindOfRecipient } from './kinds.ts';

/** Offices that one file may be sealed to. */
export const MAX_RECIPIENTS = 64;
/** Bytes of the longest header that is read: 64 hybrid stanzas are about 104 KiB. */
export const MAX_HEADER_BYTES: number = 128 * 1024;

/** Whether these may be sealed to together. Refuses `recipient-unknown` with the place of the first that is missing, too many, repeated or of another kind than the first. */
export function checkRecipients(recipients: readonly string[]): Result<undefined> {
  const unfit = firstUnfit(recipients);
  return unfit === undefined ? ok(undefined) : refuse('recipient-unknown', `recipients.${unfit}`);
}

function firstUnfit(recipients: readonly string[]): number | undefined {
  if (recipients.length === 0 || recipients.length > MAX_RECIPIENTS) return Math.min(recipients.length, MAX_RECIPIENTS);
  const kind = kindOfRecipient(recipients[0] ?? '');
  const unfit = (recipient: string, i: number): boolean =>
    kind === undefined || kindOfRecipient(recipient) !== kind || recipients.indexOf(recipient) !== i;
  const at = recipients.findIndex(unfit);
  return at < 0 ? undefined : at;
}
