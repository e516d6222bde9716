import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { ScanClass } from '@comity/prepare';

export interface Labelled {
  readonly labels: readonly (readonly string[])[];
  readonly seconds: number;
  readonly version: string;
}

/** The classes that both sides know by values alone, and what Presidio calls them. */
export const BOTH: Readonly<Partial<Record<ScanClass, string>>> = {
  email: 'EMAIL_ADDRESS',
  phone: 'PHONE_NUMBER',
  'card-number': 'CREDIT_CARD',
  iban: 'IBAN_CODE',
  'ip-address': 'IP_ADDRESS',
  'mac-address': 'MAC_ADDRESS',
  url: 'URL',
  date: 'DATE_TIME',
  'us-ssn': 'US_SSN',
  'us-npi': 'US_NPI',
  'us-mbi': 'US_MBI',
  'es-dni': 'ES_NIF',
  'it-codice-fiscale': 'IT_FISCAL_CODE',
  'pl-pesel': 'PL_PESEL',
  'in-aadhaar': 'IN_AADHAAR',
  'in-pan': 'IN_PAN',
  'de-idnr': 'DE_TAX_ID',
  'de-kvnr': 'DE_HEALTH_INSURANCE',
};

/** What Presidio's pattern recognisers say of columns; undefined where no Python with it is named. */
export function labelByPresidio(columns: readonly (readonly string[])[]): Labelled | undefined {
  const python = process.env['PRESIDIO_PYTHON'];
  if (python === undefined) return undefined;
  const script = join(import.meta.dirname, '..', '..', 'peers', 'presidio', 'label.py');
  const done = spawnSync(python, [script], { input: JSON.stringify({ columns }), encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`Presidio did not run: ${done.stderr.slice(-500)}`);
  // Parser: our own script's answer.
  return JSON.parse(done.stdout) as Labelled;
}
