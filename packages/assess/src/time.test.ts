import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import { decide } from './decide.ts';
import { decisionRecord, replay } from './record.ts';
import { sha256 } from './testing/law.ts';
import { lawOf, packOf, ruleOf } from './testing/packs.ts';

const facts = { 'exporter.country': 'US' };
const when = { 'exporter.country': 'US' };

describe('three days: of the event, of the decision, of the packs', () => {
  const reaching = ruleOf('x', 'prohibition', when, { force: { from: '2024-01-01' }, enacted: '2025-06-01' });
  const law = lawOf(packOf('us.glba', [reaching]));

  test('law that reaches back applies to earlier events once it is made, and is not known to decisions taken before', () => {
    expect(decide(law, { facts, on: '2024-03-01' }).verdict).toBe('prohibited');
    expect(decide(law, { facts, on: '2024-03-01', decided: '2025-06-01' }).verdict).toBe('prohibited');
    expect(decide(law, { facts, on: '2024-03-01', decided: '2025-05-31' }).verdict).toBe('free');
    expect(decide(law, { facts, on: '2023-12-31', decided: '2026-01-01' }).verdict).toBe('free');
  });

  test('a record of such a decision is replayed as it was taken', () => {
    const assessment = assess(law, { facts, on: '2024-03-01', decided: '2025-05-31' });
    const record = decisionRecord(assessment, facts, sha256);
    expect([record.verdict, record.decided]).toEqual(['free', '2025-05-31']);
    expect(replay(record, { facts }, law)).toEqual({ same: true });
  });

  test('an answer names the first later day on which it changes, also when a rule ends', () => {
    const ending = lawOf(
      packOf('us.glba', [ruleOf('x', 'prohibition', when, { force: { from: '2020-01-01', until: '2027-01-01' } })]),
    );
    expect(assess(ending, { facts, on: '2026-01-01' }).lawfulUntil).toBe('2027-01-01');
    expect(assess(ending, { facts, on: '2027-01-01' }).lawfulUntil).toBeNull();
  });
});

describe('how well the law behind an answer was confirmed', () => {
  const sources = {
    text: { what: 'the Act', how: 'official', read: '2026-11-26' },
    blog: { what: 'a note', how: 'secondary', read: '2026-11-26' },
    memory: { what: 'from memory', how: 'unconfirmed' },
  };
  const cited = (source: string) => ({ cite: { ref: 'art. 1', source } });
  const lawWith = (...rules: readonly object[]) => lawOf(packOf('us.glba', rules, { sources }));

  test('one sound prohibition is enough, whatever else is from memory', () => {
    const law = lawWith(ruleOf('a', 'prohibition', when, cited('memory')), ruleOf('b', 'prohibition', when, cited('text')));
    expect(assess(law, { facts, on: '2026-01-01' }).confirmed).toBe('official');
  });

  test('that a transfer may go rests on the weakest of what could have stopped it', () => {
    const duty = ruleOf('a', 'duty', when, { ...cited('blog'), duties: [{ do: 'document' }] });
    const law = lawWith(duty, ruleOf('b', 'duty', when, { ...cited('text'), duties: [{ do: 'audit' }] }));
    expect(assess(law, { facts, on: '2026-01-01' })).toMatchObject({ verdict: 'conditional', confirmed: 'secondary' });
  });

  test('a rule is no better confirmed than the words it uses, nor an exemption than the rule it lifts', () => {
    const define = { word: { cite: { ref: 'art. 2', source: 'memory' }, when } };
    const law = lawOf(packOf('us.glba', [ruleOf('a', 'prohibition', { use: 'word' }, cited('text'))], { sources, define }));
    expect(assess(law, { facts, on: '2026-01-01' }).confirmed).toBe('unconfirmed');
    const lifted = { id: 'b', kind: 'exemption', says: 'lifted', force: { from: '2020-01-01' }, when, ...cited('memory') };
    const free = lawWith(ruleOf('a', 'prohibition', when, { ...cited('text'), unless: [lifted] }));
    expect(assess(free, { facts, on: '2026-01-01' })).toMatchObject({ verdict: 'free', confirmed: 'unconfirmed' });
  });

  test('a rule that names no source is not confirmed', () => {
    expect(assess(lawWith(ruleOf('a', 'prohibition', when)), { facts, on: '2026-01-01' }).confirmed).toBe('unconfirmed');
  });
});

describe('what only an authority may allow', () => {
  const held = {
    id: 'held',
    kind: 'basis',
    cite: 'licence',
    says: 'a licence',
    force: { from: '2020-01-01' },
    when: { 'procedure.approvals': { has: ['ear_licence'] } },
    duties: [{ do: 'audit' }],
  };
  const law = lawOf(packOf('us.ear', [ruleOf('x', 'reserved', when, { unless: [held] })]));

  test('waits for the authority whether or not anybody has asked it, and goes once it has said yes', () => {
    expect(decide(law, { facts, on: '2026-01-01' }).verdict).toBe('authorisation');
    expect(decide(law, { facts: { ...facts, 'procedure.approvals': [] }, on: '2026-01-01' }).verdict).toBe('authorisation');
    expect(decide(law, { facts: { ...facts, 'procedure.approvals': ['ear_licence'] }, on: '2026-01-01' }).verdict).toBe(
      'conditional',
    );
  });
});
