import { among, drawn } from './sql.ts';

export const TRANSFERS = 60_000;
/** The account of the joint team's story, and every how many transfers one is from it. */
export const STORY_BANK_ACCOUNT = { id: 'ES-ACC-004711', every: 250, offset: 3 } as const;

const account = (column: number): string => `printf('ES-ACC-%06d', 1 + ${drawn('i', column)} % 9000)`;
const REFERENCES = ['invoice', 'rent', 'loan', 'salary', 'goods', 'donation', 'return', 'fee'];

/** Transfers that a bank gave to the prosecution in Madrid: invented accounts, which no IBAN could be. */
export function transfersSql(): string {
  const from = `CASE WHEN i % ${STORY_BANK_ACCOUNT.every} = ${STORY_BANK_ACCOUNT.offset} THEN '${STORY_BANK_ACCOUNT.id}' ELSE ${account(41)} END`;
  const to = `CASE WHEN i % ${STORY_BANK_ACCOUNT.every} = ${STORY_BANK_ACCOUNT.offset} THEN printf('ES-ACC-%06d', 100 + ${drawn('i', 42)} % 9) ELSE ${account(43)} END`;
  return `SELECT TIMESTAMPTZ '2026-01-01 00:00:00Z' + to_seconds(i * 460 + ${drawn('i', 44)} % 400) AS "at",
    ${from} AS from_account, ${to} AS to_account, (${drawn('i', 45)} % 900000) / 100.0 AS amount, 'EUR' AS currency,
    ${among(REFERENCES, 'i', 46)} AS reference, ${among(['branch', 'web', 'app'], 'i', 47)} AS channel
    FROM (SELECT range::BIGINT AS i FROM range(${TRANSFERS})) ORDER BY 1`;
}
