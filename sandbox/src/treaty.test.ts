import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256, signatureChecks } from '@comity/node/keys';
import { type CaseFile, verifyCase } from '@comity/verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, type Sandbox } from './sandbox.ts';
import { delivered, each, ended, minimised, opened, people, stand } from './stories/steps.ts';
import { ORDER, testSandbox } from './testing.ts';

const TREATY = 'treaty.example';
const own = mkdtempSync(join(tmpdir(), 'comity-treaty-'));
let sandbox: Sandbox;

/** What the guide tells somebody to do who has a treaty of their own: copy the example, build the law. */
function modelled(packs: string): void {
  const law = join(own, 'law');
  cpSync(join(ROOT, 'law'), law, { recursive: true });
  cpSync(join(ROOT, 'docs', 'examples', `${TREATY}.yaml`), join(law, 'procedures', `${TREATY}.yaml`));
  const built = spawnSync(process.execPath, [join(ROOT, 'packages', 'cli', 'src', 'law', 'main.ts'), '--dir', law], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(built.stderr || built.stdout);
  cpSync(join(law, 'packs'), packs, { recursive: true });
}

const seat = (name: string) => [{ procedure: TREATY, seat: name }];

beforeAll(async () => {
  sandbox = await testSandbox({
    only: ORDER,
    changeLaw: modelled,
    powers: { 'pt-prosecution': seat('requesting'), 'pt-court': seat('court'), 'ie-skymail': seat('requested') },
  });
}, 60_000);

afterAll(async () => {
  await sandbox?.stop();
  rmSync(own, { recursive: true, force: true });
});

describe('a treaty that somebody modelled', () => {
  it('runs from the request to the end of every copy without a line of code, and is verified offline', async () => {
    const { investigator, prosecutor, judge, analyst, reviewer } = await people(sandbox, {
      investigator: ['pt-prosecution', 'investigator-1'],
      prosecutor: ['pt-prosecution', 'prosecutor-1'],
      judge: ['pt-court', 'judge-1'],
      analyst: ['ie-skymail', 'analyst-1'],
      reviewer: ['ie-skymail', 'reviewer-1'],
    });
    const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
    const identifier = { type: 'email', value: 'm.duarte@skymail.example' };
    const id = await investigator.open({
      procedure: TREATY,
      type: 'draft',
      data: {
        seats: { requesting: 'pt-prosecution', court: 'pt-court', requested: 'ie-skymail' },
        items: [
          { id: 't1', identifierType: 'email', category: 'subscriber' },
          { id: 't2', identifierType: 'email', category: 'traffic', period, zone: 'Europe/Lisbon' },
        ],
        purpose: 'criminal-investigation',
        retentionUntil: '2027-06-30T00:00:00.000Z',
      },
      sections: { identifiers: { t1: identifier, t2: identifier }, facts: { text: 'Made up, like the treaty.' } },
    });
    await prosecutor.act(id, { type: 'send' });
    await minimised(analyst, { case: id, items: ['t1'] });
    expect(
      await analyst.tries(id, {
        type: 'refuse',
        data: each(['t2'], 'refuse', { ground: 'mla.dual-criminality' }),
        sections: { reasons: { text: 'x' } },
      }),
    ).toBe('item-not-open');
    await judge.until(id, 'give-leave');
    await judge.act(id, { type: 'give-leave', data: each(['t2'], 'give') });
    await analyst.reaches(id, stand(['t2'], 'leave', ['given']));
    await minimised(analyst, { case: id, items: ['t2'] });
    await delivered(reviewer, { case: id, items: ['t1', 't2'] });
    expect(await opened(prosecutor, { case: id, item: 't2', why: 'To see when the account was used.' })).toBeGreaterThan(30);
    expect((await analyst.read(id)).clocks.map((clock) => [clock.id, clock.cite.ref])).toContainEqual([
      'answer',
      'Treaty of the example, art. 6',
    ]);
    await prosecutor.act(id, { type: 'inform-person' });
    await ended({ asks: prosecutor, gives: reviewer }, { case: id, items: ['t1', 't2'] }, 'The proceedings ended.');
    await prosecutor.until(id, 'close');
    await prosecutor.act(id, { type: 'close' });
    const file = await prosecutor.get<CaseFile>(`/api/cases/${id}/proof`);
    const report = verifyCase(
      file,
      { v: 1, env: 'sandbox', directoryKey: sandbox.directoryKey },
      { sha256, checks: signatureChecks },
    );
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('by-the-book');
  }, 60_000);
});
