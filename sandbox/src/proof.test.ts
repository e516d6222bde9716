import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseView } from '@comity/node/api';
import type { ProofReport } from '@comity/verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './sandbox.ts';
import { Actor, RefusedByNode } from './stories/actor.ts';
import { ORDER, testSandbox } from './testing.ts';

const ORG = 'pt-prosecution';
const year = new Date().getUTCFullYear();
const origin = `${ORG}.sandbox.comity.example/log/${year}`;

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let investigator: Actor;
let caseId = '';
let act = '';

const DRAFT = {
  procedure: 'eu.epoc',
  type: 'draft',
  data: {
    seats: { issuing: ORG, validating: 'pt-court', enforcing: 'ie-authority', provider: 'ie-skymail' },
    items: [{ id: 'i1', identifierType: 'email', category: 'subscriber' }],
    purpose: 'criminal-investigation',
    maxPenaltyYears: 5,
    retentionUntil: '2027-06-30T00:00:00.000Z',
    offenceInIssuingState: true,
    personInIssuingState: false,
  },
  sections: {
    identifiers: { i1: { type: 'email', value: 'a@skymail.example' } },
    offence: { statute: 'x' },
    necessity: { text: 'y' },
  },
};

beforeAll(async () => {
  sandbox = await testSandbox({ only: ORDER });
  investigator = await Actor.signIn(sandbox, ORG, 'investigator-1');
  caseId = await investigator.open(DRAFT);
  act = (await investigator.get<CaseView>(`/api/cases/${caseId}`)).acts[0]?.digest ?? '';
});

afterAll(() => sandbox.stop());

const pathOf = (digest: string, of = caseId): string => `/api/cases/${of}/acts/${digest}/proof`;

async function textOf(path: string): Promise<string> {
  return Buffer.from(await investigator.bytes(path)).toString();
}

async function refusal(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
    return 'given';
  } catch (error) {
    if (error instanceof RefusedByNode) return error.problem.code;
    throw error;
  }
}

/** What `comity verify` says of a proof, run as a person runs it. */
function verify(proof: string, policy: string): { readonly code: number | null; readonly report: ProofReport } {
  const files = { proof: join(sandbox.dir, 'entry.tlog-proof'), policy: join(sandbox.dir, 'trust.policy') };
  writeFileSync(files.proof, proof);
  writeFileSync(files.policy, policy);
  const program = join(ROOT, 'packages', 'cli', 'src', 'main.ts');
  const args = [program, 'verify', files.proof, '--policy', files.policy, '--json'];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { code: status, report: JSON.parse(stdout) };
}

describe('the proof of an entry, as the node hands it out', () => {
  it('is verified with the policy that the node publishes, and nothing else: in the log, cosigned by every role', async () => {
    const { code, report } = verify(await textOf(pathOf(act)), await textOf('/public/policy'));
    expect([code, report.verdict, report.findings]).toEqual([0, 'by-the-book', []]);
    expect(report.entry).toMatchObject({ t: 'act.draft', act, case: caseId, role: 'investigator' });
    expect(report.origin).toBe(origin);
    expect(report.witnessed.map(({ name }) => name)).toEqual(expect.arrayContaining(['eu-overseer', 'nv-venue']));
    expect(report.witnessed.length).toBeGreaterThanOrEqual(3);
  });

  it('shows nothing of the case but its entry', async () => {
    const proof = await textOf(pathOf(act));
    const extra = Buffer.from(/^extra (.+)$/m.exec(proof)?.[1] ?? '', 'base64').toString();
    expect(Object.keys(JSON.parse(extra))).toEqual(['v', 'entry', 'disclosures']);
    const shown = Buffer.from(JSON.parse(extra).entry, 'base64').toString() + proof;
    expect(shown).not.toMatch(/skymail|identifiers|offence|Tavares/);
  });

  it('of a reading shows who read and why, by the commitment in the log, and nobody can be named in their place', async () => {
    const view = await investigator.get<CaseView>(`/api/cases/${caseId}`);
    const index = view.reads.find(({ item }) => item === null)?.index;
    const proof = await textOf(`/api/cases/${caseId}/reads/${year}/${index}/proof`);
    const policy = await textOf('/public/policy');
    const { code, report } = verify(proof, policy);
    expect([code, report.findings]).toEqual([0, []]);
    expect(JSON.stringify(report)).toContain('investigator-1');
    const line = /^extra (.+)$/m.exec(proof)?.[1] ?? '';
    const extra = JSON.parse(Buffer.from(line, 'base64').toString());
    const named = Buffer.from(extra.disclosures[0], 'base64url').toString().replace('investigator-1', 'prosecutor-1');
    const forged = { ...extra, disclosures: [Buffer.from(named).toString('base64url')] };
    const swapped = proof.replace(line, Buffer.from(JSON.stringify(forged)).toString('base64'));
    expect(verify(swapped, policy).code).toBe(2);
    expect(await refusal(investigator.bytes(`/api/cases/${caseId}/reads/${year}/999999/proof`))).toBe('not-found');
  });

  it('does not hold for another place, nor under the policy of another year or of another log', async () => {
    const [proof, policy] = [await textOf(pathOf(act)), await textOf('/public/policy')];
    const index = Number(/^index (\d+)$/m.exec(proof)?.[1]);
    expect(verify(proof.replace(/^index \d+$/m, `index ${index + 1}`), policy).code).toBe(2);
    expect(verify(proof, await textOf(`/public/policy?year=${year - 1}`)).report.findings).toMatchObject([
      { code: 'proof-log-unknown' },
    ]);
    const court = await Actor.signIn(sandbox, 'pt-court', 'judge-1');
    const other = Buffer.from(await court.bytes('/public/policy')).toString();
    expect(verify(proof, other).code).not.toBe(0);
  });

  it('is for whoever has stated a reason, and only for acts of that case', async () => {
    const prosecutor = await Actor.signIn(sandbox, ORG, 'prosecutor-1');
    expect(await refusal(prosecutor.bytes(pathOf(act)))).toBe('reason-required');
    await prosecutor.post(`/api/cases/${caseId}/reads`, { purpose: 'work' });
    expect(await refusal(prosecutor.bytes(pathOf(act)))).toBe('given');
    const second = await investigator.open(DRAFT);
    expect(await refusal(investigator.bytes(pathOf(act, second)))).toBe('not-found');
    expect(await refusal(investigator.bytes(pathOf('0'.repeat(64))))).toBe('not-found');
    expect(await refusal(investigator.bytes(pathOf('nothing')))).toBe('field-invalid');
  });
});

describe('the policy that a node publishes', () => {
  it('names its own log of the year that is asked for with both keys, and where to read it', async () => {
    const lines = (await textOf(`/public/policy?year=${year}`)).split('\n').filter((line) => line.startsWith('log '));
    expect(lines.map((line) => line.split('+')[0])).toEqual([`log ${origin}`, `log ${origin}`]);
    const url = lines[0]?.split(' ')[2] ?? '';
    expect(url).toMatch(new RegExp(`/public/log/${year}$`));
    expect((await fetch(`${url}/checkpoint`)).status).toBe(200);
    expect(await textOf('/public/policy')).toBe(await textOf(`/public/policy?year=${year}`));
  });
});
