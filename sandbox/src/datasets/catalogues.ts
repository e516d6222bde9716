import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue, ColumnRule, DatasetEntry, DropReason } from '@comity/prepare';
import type { DatasetFiles } from './build.ts';

const ZIP3 = join(import.meta.dirname, '..', '..', '..', 'law', 'lists', 'us.zip3.json');
// Parser: a file of this repository.
const { fewPeople, noResidents } = JSON.parse(readFileSync(ZIP3, 'utf8')) as {
  readonly fewPeople: Readonly<Record<string, number>>;
  readonly noResidents: readonly string[];
};

/** Three-digit ZIP areas of 20,000 people or fewer, 45 CFR 164.514(b)(2)(i)(B), by the dated list that comes with the program. */
export const RESTRICTED_ZIP3: readonly string[] = [...Object.keys(fewPeople), ...noResidents].sort();

/** The catalogues of the sandbox's holders, over the files that buildDatasets made. */
export interface Catalogues {
  /** Who holds an account (Reg. (EU) 2023/1543 art. 3(9)), who had an address at a time (art. 3(10)), who connected when and from where (3(11)), what was written (3(12)). */
  readonly provider: Catalogue;
  /** Transfers that a bank gave to a prosecution. */
  readonly bank: Catalogue;
  /** The projection of claims for an analysis of their costs. */
  readonly claims: Catalogue;
}

const kept = (...names: readonly string[]): readonly ColumnRule[] =>
  names.map((name) => ({ name, keep: true, reason: 'in-category' }));
const needed = (...names: readonly string[]): readonly ColumnRule[] =>
  names.map((name) => ({ name, keep: true, reason: 'needed-for-purpose' }));
const dropped = (reason: DropReason, ...names: readonly string[]): readonly ColumnRule[] =>
  names.map((name) => ({ name, keep: false, reason }));

export function cataloguesFor(files: DatasetFiles): Catalogues {
  return {
    provider: [
      accounts(files.accounts),
      identification(files.connections),
      connections(files.connections),
      messages(files.messages),
    ],
    bank: [transfers(files.transfers)],
    claims: [claimsForCosts(files.claims)],
  };
}

function accounts(path: string): DatasetEntry {
  return {
    dataset: 'accounts',
    path,
    format: 'parquet',
    category: 'subscriber',
    identifiers: { email: 'email', phone: 'phone', user_id: 'account_id' },
    columns: [
      ...kept('account_id', 'email', 'name', 'phone', 'created', 'country', 'recovery_email'),
      ...dropped('payment-data', 'payment_last4'),
      ...dropped('free-text', 'notes'),
    ],
  };
}

const LOG = { format: 'parquet', period: 'at', zone: 'UTC' } as const;

function identification(path: string): DatasetEntry {
  return {
    ...LOG,
    dataset: 'connections',
    path,
    category: 'identification',
    identifiers: { email: 'account_email', ip_address: 'client_ip', user_id: 'account_id' },
    columns: [
      ...kept('at', 'account_id', 'account_email', 'client_ip', 'client_port'),
      ...dropped('outside-category', 'protocol', 'bytes_up', 'bytes_down', 'user_agent', 'device_id'),
      ...dropped('free-text', 'session_note'),
    ],
  };
}

function connections(path: string): DatasetEntry {
  return {
    ...LOG,
    dataset: 'connections',
    path,
    category: 'traffic',
    identifiers: { email: 'account_email', ip_address: 'client_ip', user_id: 'account_id' },
    columns: [
      ...kept('at', 'account_id', 'account_email', 'client_ip', 'client_port', 'protocol', 'bytes_up', 'bytes_down', 'device_id'),
      ...dropped('not-needed', 'user_agent'),
      ...dropped('free-text', 'session_note'),
    ],
  };
}

function messages(path: string): DatasetEntry {
  return {
    ...LOG,
    dataset: 'messages',
    path,
    category: 'content',
    identifiers: { email: 'account_email', user_id: 'account_id' },
    columns: kept('at', 'account_id', 'account_email', 'to_email', 'subject', 'body', 'message_id'),
  };
}

function transfers(path: string): DatasetEntry {
  return {
    ...LOG,
    dataset: 'transfers',
    path,
    category: 'traffic',
    identifiers: { user_id: 'from_account' },
    columns: [
      ...kept('at', 'from_account', 'to_account', 'amount', 'currency', 'reference'),
      ...dropped('not-needed', 'channel'),
    ],
  };
}

function claimsForCosts(path: string): DatasetEntry {
  return {
    dataset: 'claims',
    path,
    format: 'parquet',
    category: 'records',
    identifiers: {},
    columns: [
      { name: 'mrn', keep: true, reason: 'needed-for-purpose', transform: { op: 'token' } },
      { name: 'birth_date', keep: true, reason: 'needed-for-purpose', transform: { op: 'ageTop90' } },
      ...needed('sex', 'state'),
      { name: 'zip', keep: true, reason: 'needed-for-purpose', transform: { op: 'zip3' } },
      ...needed('diagnosis', 'procedure_code'),
      { name: 'service_date', keep: true, reason: 'needed-for-purpose', transform: { op: 'year' } },
      ...needed('amount_usd'),
      ...dropped('direct-identifier', 'claim_id', 'patient_name', 'street', 'city', 'phone'),
      ...dropped('other-person', 'physician'),
      ...dropped('free-text', 'note'),
    ],
  };
}
