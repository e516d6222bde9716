import { COUNTRIES, FIRST_NAMES, LAST_NAMES, PROTOCOLS, USER_AGENTS } from './names.ts';
import { among, drawn, list } from './sql.ts';

export const ACCOUNTS = 20_000;
export const CONNECTIONS = 1_000_000;

/** The two accounts of the cooperation story: number of the account, and every how many connections one is theirs. */
export const STORY_ACCOUNTS = [
  { number: 4711, email: 'm.duarte@skymail.example', name: 'Marta Duarte', country: 'PT', every: 2_500, offset: 17 },
  { number: 8822, email: 'r.silva@skymail.example', name: 'Rui Silva', country: 'PT', every: 3_200, offset: 41 },
] as const;

const EMAIL = `lower(${among(FIRST_NAMES, 'n', 1)}) || '.' || lower(${among(LAST_NAMES, 'n', 2)}) || n || '@skymail.example'`;
const NAME = `${among(FIRST_NAMES, 'n', 1)} || ' ' || ${among(LAST_NAMES, 'n', 2)}`;

function storyCase(field: 'email' | 'name' | 'country', otherwise: string): string {
  const cases = STORY_ACCOUNTS.map((account) => `WHEN ${account.number} THEN '${account[field]}'`).join(' ');
  return `CASE n ${cases} ELSE ${otherwise} END`;
}

/** Numbers that the regulators of the United Kingdom, France and North America keep for fiction. */
const PHONE = `CASE ${drawn('n', 3)} % 4
  WHEN 0 THEN printf('+44 7700 900%03d', ${drawn('n', 4)} % 1000)
  WHEN 1 THEN printf('+33 6 39 98 %02d %02d', ${drawn('n', 5)} % 100, ${drawn('n', 6)} % 100)
  WHEN 2 THEN printf('+1 202 555 01%02d', ${drawn('n', 7)} % 100)
  END`;

/** The provider's customers. */
export function accountsSql(): string {
  const created = `TIMESTAMPTZ '2015-01-01 00:00:00Z' + to_seconds(${drawn('n', 8)} % 340000000)`;
  const notes = `CASE ${drawn('n', 11)} % 40 WHEN 0 THEN 'Called about a lost password; gave ' || ${PHONE} || ' to call back.' WHEN 1 THEN 'Wants invoices on paper.' END`;
  return `SELECT printf('SM-%06d', n) AS account_id, ${storyCase('email', EMAIL)} AS email, ${storyCase('name', NAME)} AS name,
    ${PHONE} AS phone, ${created} AS created, ${storyCase('country', among(COUNTRIES, 'n', 9))} AS country,
    CASE WHEN ${drawn('n', 10)} % 3 > 0 THEN lower(${among(LAST_NAMES, 'n', 2)}) || n || '@post.example' END AS recovery_email,
    printf('%04d', ${drawn('n', 12)} % 10000) AS payment_last4, ${notes} AS notes
    FROM (SELECT range::BIGINT AS n FROM range(1, ${ACCOUNTS + 1}))`;
}

/** Who connects: few connect often, most seldom. */
function whoConnects(): string {
  const story = STORY_ACCOUNTS.map(({ number, every, offset }) => `WHEN i % ${every} = ${offset} THEN ${number}`).join(' ');
  const seldomToOften = `1 + CAST(floor(${ACCOUNTS} * pow((${drawn('i', 20)} % 1000003) / 1000003.0, 2)) AS BIGINT)`;
  return `CASE ${story} ELSE ${seldomToOften} END`;
}

/** Addresses that RFC 5737, RFC 3849 and RFC 6598 keep for documentation and shared use. */
const ADDRESS = `CASE ${drawn('i', 21)} % 10
  WHEN 0 THEN '203.0.113.' || (${drawn('i', 22)} % 254 + 1)
  WHEN 1 THEN '198.51.100.' || (n % 254 + 1)
  WHEN 2 THEN '192.0.2.' || (n * 7 % 254 + 1)
  WHEN 3 THEN printf('2001:db8:%x:%x::%x', n, n % 251, ${drawn('i', 23)} % 4 + 1)
  ELSE printf('100.%d.%d.%d', 64 + n % 64, n // 64 % 256, n // 7 % 254 + 1) END`;

/** The provider's connection log of 2026-01-01 to 2026-11-20, in the order of time, one row every 27.993 seconds, up to ten seconds late. */
export function connectionsSql(): string {
  const at = `TIMESTAMPTZ '2026-01-01 00:00:00Z' + to_milliseconds(i * 27993 + 10000 + ${drawn('i', 24)} % 10000)`;
  const note = `CASE WHEN ${drawn('i', 25)} % 500 = 0 THEN 'retry after time-out' END`;
  return `SELECT ${at} AS "at", a.account_id, a.email AS account_email, ${ADDRESS} AS client_ip,
    CAST(1024 + ${drawn('i', 26)} % 64000 AS INTEGER) AS client_port, ${list(PROTOCOLS)}[1 + ${drawn('i', 27)} % ${PROTOCOLS.length}] AS protocol,
    ${drawn('i', 28)} % 200000 AS bytes_up, ${drawn('i', 29)} % 4000000 AS bytes_down,
    ${list(USER_AGENTS)}[1 + (n + ${drawn('i', 30)} % 2) % ${USER_AGENTS.length}] AS user_agent,
    printf('dev-%06x-%d', n * 2654435 % 16777216, ${drawn('i', 31)} % 2) AS device_id, ${note} AS session_note
    FROM (SELECT i, ${whoConnects()} AS n FROM (SELECT range::BIGINT AS i FROM range(${CONNECTIONS})))
    JOIN accounts a ON a.rowid + 1 = n ORDER BY i`;
}

export const MESSAGES = 40_000;

/** What customers wrote to each other: who, to whom, when, about what. */
export function messagesSql(): string {
  const story = STORY_ACCOUNTS.map(({ number }, index) => `WHEN i % 400 = ${index * 7 + 5} THEN ${number}`).join(' ');
  const writer = `CASE ${story} ELSE 1 + ${drawn('i', 51)} % ${ACCOUNTS} END`;
  const other = `CASE WHEN i % 400 < 20 THEN 100 + ${drawn('i', 52)} % 12 ELSE 1 + ${drawn('i', 53)} % ${ACCOUNTS} END`;
  const subjects = ['invoice', 'meeting', 'the transfer', 'documents', 'as agreed', 'question', 'thanks', 'tomorrow'];
  return `SELECT TIMESTAMPTZ '2026-01-01 00:00:00Z' + to_seconds(i * 690 + ${drawn('i', 54)} % 600) AS "at",
    a.account_id, a.email AS account_email, b.email AS to_email, ${among(subjects, 'i', 55)} AS subject,
    'Please see what we spoke of on ' || strftime(TIMESTAMP '2026-01-01' + to_days(CAST(${drawn('i', 56)} % 300 AS INTEGER)), '%d %B') || '.' AS body,
    printf('msg-%08x', ${drawn('i', 57)}) AS message_id
    FROM (SELECT i, ${writer} AS n, ${other} AS m FROM (SELECT range::BIGINT AS i FROM range(${MESSAGES})))
    JOIN accounts a ON a.rowid + 1 = n JOIN accounts b ON b.rowid + 1 = m ORDER BY i`;
}
