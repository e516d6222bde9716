import type { Facts } from '@comity/core';
import { describe, expect, test } from 'vitest';
import { alternatives } from './alternatives.ts';
import { assess } from './assess.ts';
import { acrossCountries } from './countries.ts';
import { decisionRecord, replay } from './record.ts';
import { committedLaw, sha256 } from './testing/law.ts';

const law = committedLaw(['eu.gdpr', 'us.dsp', 'us.hipaa']);
const ON = '2026-11-22';

/** A US hospital's claims of 50,000 patients, for a vendor that serves its customers. */
const claims: Facts = {
  'exporter.country': 'US',
  'exporter.kind': 'company',
  'exporter.sectors': ['healthcare'],
  'exporter.roles': ['covered_entity'],
  'exporter.targets': [],
  'data.categories': ['personal', 'health', 'identifiers'],
  'data.identifiers': ['name', 'postal_address', 'account_number', 'dates'],
  'data.form': 'clear',
  'data.subjects.residence': ['US'],
  'data.us_people_12m.health': 50_000,
  'data.us_people_12m.identifiers': 50_000,
  'flow.access': 'send',
  transaction: 'vendor_agreement',
  relationship: 'vendor',
  purpose: 'service_delivery',
  'purpose.necessity_attested': [],
  'purpose.federal_grant': 'none',
  'purpose.evasion_attested': false,
  'onward.to': ['none'],
  'onward.countries': [],
  'onward.directed_attested': false,
  'procedure.approvals': [],
  'importer.kind': 'company',
  'importer.roles': ['processor'],
};
const china: Facts = { ...claims, 'importer.country': 'CN', 'importer.location': 'CN' };
const india: Facts = {
  ...claims,
  'importer.country': 'IN',
  'importer.location': 'IN',
  'importer.covered_person_attested': false,
};
const puertoRico: Facts = { ...claims, 'importer.country': 'PR', 'importer.location': 'PR', 'importer.designations': [] };

function dutiesOf(facts: Facts): readonly string[] {
  return Object.values(assess(law, { facts, on: ON }).regimes).flatMap((regime) => regime.duties.map((duty) => duty.duty));
}

describe('claims of 50,000 patients of a US hospital', () => {
  test('to a vendor in China only under the prescribed security requirements', () => {
    const open = assess(law, { facts: china, on: ON });
    expect(open.verdict).toBe('conditional');
    expect(dutiesOf(china)).toEqual(
      expect.arrayContaining([
        'cisa_security_requirements',
        'compliance_programme',
        'audit',
        'written_agreement',
        'risk_analysis_location',
      ]),
    );
  });

  test('own controls instead of them are no way out, and the reason is named', () => {
    const { verdict, regimes } = assess(law, { facts: { ...china, safeguards: ['alternative_controls'] }, on: ON });
    expect(verdict).toBe('prohibited');
    expect(regimes['us.dsp']?.because).toMatchObject([{ rule: 'us.dsp.401', cite: '28 CFR 202.401', verdict: 'prohibited' }]);
    expect(regimes['us.hipaa']?.verdict).toBe('conditional');
  });

  test('to a vendor in India that is no covered person: the health rules alone', () => {
    const { verdict, regimes } = assess(law, { facts: india, on: ON });
    expect(verdict).toBe('conditional');
    expect(regimes['us.dsp']?.verdict).toBe('free');
    expect(dutiesOf(india)).toContain('risk_analysis_location');
  });

  test('to a vendor in Puerto Rico: fewer duties than in India', () => {
    expect(assess(law, { facts: puertoRico, on: ON }).verdict).toBe('conditional');
    const home = dutiesOf(puertoRico);
    expect(dutiesOf(india)).toEqual(expect.arrayContaining([...home]));
    expect(home.length).toBeLessThan(dutiesOf(india).length);
  });

  test('a vendor of whom nothing is known is not sent to', () => {
    const { verdict, missing } = assess(law, {
      facts: { ...claims, 'importer.country': 'IN', 'importer.location': 'IN' },
      on: ON,
    });
    expect(verdict).toBe('undecided');
    // The attestation is not asked for: the plain facts would settle it.
    expect(missing).toEqual(['importer.designations', 'importer.headquarters', 'importer.ownership.concern_share']);
  });

  test('the licence that is not yet asked for is an authority to ask, not a promise to keep', () => {
    const unasked = Object.fromEntries(
      Object.entries({ ...china, safeguards: ['alternative_controls'] }).filter(([name]) => name !== 'procedure.approvals'),
    );
    expect(assess(law, { facts: unasked, on: ON }).verdict).toBe('authorisation');
  });

  test('before the Data Security Program only the health rules spoke, and the answer said how long it would hold', () => {
    const before = assess(law, { facts: { ...china, safeguards: ['alternative_controls'] }, on: '2025-04-07' });
    expect([before.verdict, before.lawfulUntil]).toEqual(['conditional', '2025-04-08']);
  });

  test('a fact that expires ends the answer', () => {
    const { lawfulUntil } = assess(law, { facts: india, on: ON, expires: { 'importer.covered_person_attested': '2027-05-01' } });
    expect(lawfulUntil).toBe('2027-05-01');
  });

  test('regimes nobody wrote a pack for are named, never taken for free', () => {
    const { notAssessed } = assess(law, { facts: china, on: ON });
    expect(notAssessed).toContain('cn.pipl');
    expect(notAssessed).not.toContain('vn.pdpl');
    expect(notAssessed).not.toContain('us.dsp');
  });

  test('a country whose own law no pack covers is named, and on the map too', () => {
    const nigeria = { ...china, 'exporter.country': 'NG' };
    expect(assess(committedLaw(), { facts: nigeria, on: ON }).countriesNotAssessed).toEqual(['NG']);
    const [ng, pr] = acrossCountries(committedLaw(), { facts: china, on: ON }, ['NG', 'PR']);
    expect([ng?.assessed, pr?.assessed]).toEqual([false, true]);
  });

  test('no pack is shown as reviewed while nobody has reviewed it', () => {
    expect(assess(law, { facts: china, on: ON }).packs.map((pack) => pack.reviewed)).toEqual([false, false, false]);
  });
});

describe('what else could be done', () => {
  const stuck: Facts = { ...china, safeguards: ['alternative_controls'] };
  const question = { facts: stuck, on: ON, elsewhere: { 'importer.covered_person_attested': false } };

  test('each suggested set works, and none of its parts alone does', () => {
    const { sets } = alternatives(law, question);
    expect(sets.length).toBeGreaterThan(2);
    expect(sets.map((set) => set.cost)).toEqual([...sets.map((set) => set.cost)].sort((a, b) => a - b));
    for (const set of sets) expect(['free', 'conditional']).toContain(set.verdict);
    for (const a of sets)
      for (const b of sets) if (a !== b) expect(a.changes.every((change) => b.changes.includes(change))).toBe(false);
  });

  test('the prescribed requirements, synthetic data and another country are among them; encryption and de-identification are not', () => {
    const single = alternatives(law, question)
      .sets.filter((set) => set.changes.length === 1)
      .map((set) => set.changes[0]);
    const places = single.flatMap((change) => change?.countries ?? []);
    expect(single).toContainEqual({ fact: 'safeguards', value: 'cisa_security_requirements' });
    expect(single).toContainEqual({ fact: 'data.form', value: 'synthetic' });
    for (const country of ['US', 'PR', 'IN']) expect(places).toContain(country);
    expect(places).not.toContain('HK');
    expect(single).not.toContainEqual({ fact: 'data.form', value: 'deidentified' });
  });

  test('the map shows countries of concern closed and the others open to a vendor that is no covered person', () => {
    const map = acrossCountries(law, question, ['CN', 'HK', 'RU', 'IN', 'MX', 'PR', 'US', 'TW']);
    expect(map.map(({ country, verdict }) => `${country} ${verdict}`)).toEqual([
      'CN prohibited',
      'HK prohibited',
      'RU prohibited',
      'IN conditional',
      'MX conditional',
      'PR conditional',
      'US conditional',
      'TW conditional',
    ]);
    expect(map[0]?.because).toEqual(['us.dsp']);
  });
});

describe('the record of a decision', () => {
  const assessment = assess(law, { facts: india, on: ON });
  const record = decisionRecord(assessment, india, sha256);

  test('is replayed to the same bytes', () => {
    expect(replay(record, { facts: india }, law)).toEqual({ same: true });
  });

  test('shows altered facts and an altered verdict', () => {
    expect(replay(record, { facts: china }, law)).toMatchObject({
      same: false,
      differs: expect.arrayContaining(['factsSha256', 'sha256']),
    });
    expect(replay({ ...record, verdict: 'free' }, { facts: india }, law)).toEqual({ same: false, differs: ['verdict'] });
  });

  test('shows that other packs were used', () => {
    expect(replay(record, { facts: india }, committedLaw(['us.hipaa']))).toMatchObject({
      same: false,
      differs: expect.arrayContaining(['packs', 'regimes']),
    });
  });

  test('holds no fact in clear', () => {
    expect(JSON.stringify(record)).not.toContain('50000');
  });
});
