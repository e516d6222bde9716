import { DIAGNOSES, FIRST_NAMES, LAST_NAMES, PLACES, STREETS } from './names.ts';
import { among, drawn, list } from './sql.ts';

export const CLAIMS = 50_000;
export const PATIENTS = 12_000;

const place = (index: number): string =>
  `${list(PLACES.map((one) => one[index] ?? ''))}[1 + ${drawn('p // 2', 42)} % ${PLACES.length}]`;
const seldom = (row: string, column: number, count: number): string =>
  `1 + CAST(floor(${count} * pow((${drawn(row, column)} % 1000003) / 1000003.0, 2)) AS BIGINT)`;

/** Two patients in a row live in one household. Born 1929 to 2023: some are over ninety. */
function patientsSql(): string {
  return `SELECT p, printf('MRN%07d', p * 37 % 9999991) AS mrn,
    ${among(FIRST_NAMES, 'p', 40)} || ' ' || ${list(LAST_NAMES)}[1 + ${drawn('p // 2', 41)} % ${LAST_NAMES.length}] AS patient_name,
    DATE '1929-01-01' + CAST(${drawn('p', 43)} % 34600 AS INTEGER) AS birth_date, CASE WHEN ${drawn('p', 44)} % 2 = 0 THEN 'F' ELSE 'M' END AS sex,
    (1 + ${drawn('p // 2', 45)} % 900) || ' ' || ${list(STREETS)}[1 + ${drawn('p // 2', 46)} % ${STREETS.length}] || ' Street' AS street,
    ${place(0)} AS city, ${place(1)} AS state, ${place(2)} || printf('%02d', ${drawn('p // 2', 47)} % 100) AS zip,
    printf('+1 %d 555 01%02d', 202 + ${drawn('p', 48)} % 700, ${drawn('p', 49)} % 100) AS phone
    FROM (SELECT range::BIGINT AS p FROM range(1, ${PATIENTS + 1}))`;
}

/** The hospital's claims of 2024 to 2026: every patient has one, some have many. Free text sometimes names people, as free text does. */
export function claimsSql(): string {
  const who = `CASE WHEN i < ${PATIENTS} THEN i + 1 ELSE ${seldom('i', 50, PATIENTS)} END`;
  const dearness = `(1 + ${drawn('i', 54)} % 100000 / 10000.0)`;
  const note = `CASE ${drawn('i', 56)} % 6
    WHEN 0 THEN patient_name || ' asks to be called at ' || phone || '.'
    WHEN 1 THEN 'Follow-up in ' || (1 + ${drawn('i', 57)} % 12) || ' weeks; daughter ' || ${among(FIRST_NAMES, 'i', 58)} || ' drives.'
    WHEN 2 THEN 'Tolerated well.' END`;
  return `SELECT printf('CL%08d', 10000000 + i) AS claim_id, mrn, patient_name, birth_date, sex, street, city, state, zip, phone,
    ${list(DIAGNOSES)}[${seldom('i', 51, DIAGNOSES.length)}] AS diagnosis, printf('P%04d', 1000 + ${drawn('i', 52)} % 400) AS procedure_code,
    DATE '2024-01-01' + CAST(${drawn('i', 53)} % 1050 AS INTEGER) AS service_date,
    CAST(round(40 * ${dearness} * ${dearness} * (1 + ${drawn('i', 55)} % 7 // 6 * 9), 2) AS DECIMAL(10, 2)) AS amount_usd,
    'Dr ' || ${among(LAST_NAMES, '(i % 300)', 59)} AS physician, ${note} AS note
    FROM (SELECT i, ${who} AS p FROM (SELECT range::BIGINT AS i FROM range(${CLAIMS}))) JOIN (${patientsSql()}) USING (p) ORDER BY i`;
}
