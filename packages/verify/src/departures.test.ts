import type { JsonObject } from '@comity/core';
import type { Manifest } from '@comity/seal/manifest';
import { describe, expect, it } from 'vitest';
import type { CaseFile } from './casefile.ts';
import type { FindingCode, Report } from './report.ts';
import { actIn, edited, type Loose } from './testing/edit.ts';
import { type Changes, deliver, manifestFor, play } from './testing/engagement.ts';
import { functions } from './testing/keys.ts';
import { type Draft, digestOf, recipientOf, TRUST, World } from './testing/world.ts';
import { verifyCase } from './verify.ts';

const verify = (file: unknown): Report => verifyCase(file, TRUST, functions);
const codesOf = ({ findings }: Report): readonly FindingCode[] => [...new Set(findings.map(({ code }) => code))];
const asked = async (changes: Changes, until?: string): Promise<readonly FindingCode[]> =>
  codesOf(verify(await play(changes, until).file()));

/** Changes the one decision of a draft. */
function decision(draft: Draft, change: JsonObject): Draft {
  const [one] = (draft.data?.['decisions'] ?? []) as readonly JsonObject[];
  return { ...draft, data: { ...draft.data, decisions: [{ ...one, ...change }] } };
}

/** Changes the record of an assessing act, and what the act says of it. */
function record(draft: Draft, change: (section: Loose) => void): Draft {
  const section = JSON.parse(JSON.stringify(draft.sections?.['assessment'] ?? {}));
  change(section);
  return { ...draft, sections: { assessment: section } };
}

describe('what was done and logged, but not by the book', () => {
  it('an approval by whoever minimised', async () => {
    const world = play({ approve: (draft) => ({ ...draft, person: 'owner' }) }, 'approve');
    const report = verify(await world.file());
    expect(report.verdict).toBe('departures');
    expect(codesOf(report)).toEqual(['role-not-held', 'act-void']);
    expect(report.findings.at(-1)).toMatchObject({
      about: { act: digestOf(world.acts.at(-1)?.body ?? ({} as never)), party: 'hospital' },
      values: { refusal: 'act-by-asker', type: 'approve', person: 'owner' },
    });
  });

  it('an act in a role that the person does not hold', async () => {
    expect(await asked({ close: (draft) => ({ ...draft, person: 'engineer' }) })).toEqual(['role-not-held']);
  });

  it('an act from a seat without power', async () => {
    const world = play({}, 'close');
    const file = edited(await world.file(), () => undefined);
    const close = world.sign({
      party: 'stranger',
      person: 'clerk',
      role: 'vendor_manager',
      type: 'decline',
      body: (body) => ({ ...body, by: { ...body.by, seat: 'client' } }),
    });
    file.acts.push(JSON.parse(JSON.stringify(close)));
    expect(codesOf(verify(file))).toContain('power-not-held');
  });

  it('an act too early: a delivery before the approval', async () => {
    const codes = await asked({ approve: () => undefined }, 'deliver');
    expect(codes).toEqual(['act-void', 'item-not-approved']);
  });

  it('a delivery of what was struck', async () => {
    const strike = (draft: Draft): Draft => decision(draft, { choice: 'strike', ground: 'too-much' });
    expect(await asked({ approve: strike }, 'deliver')).toEqual(['act-void', 'item-not-approved']);
  });

  it('a section in the hands of somebody whom the procedure keeps it from', async () => {
    const report = verify(await play().file('vendor'));
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: 'section-leaked', values: { type: 'ask', party: 'vendor', section: 'need' } }),
    );
  });

  it('a duty whose time ran out', async () => {
    const world = play({}, 'end');
    world.tick(60 * 24 * 40);
    expect(codesOf(verify(await world.file()))).toEqual(['duty-maybe-overdue']);
    const known = playKnown({}, 'end');
    known.tick(60 * 24 * 40);
    expect(codesOf(verify(await known.file()))).toEqual(['duty-overdue']);
  });

  it('an answer after its time', async () => {
    const late = (draft: Draft, world: World): Draft => ({ ...draft, at: world.tick(60 * 24 * 40) });
    expect(await asked({ destroy: late })).toContain('done-maybe-late');
    expect(codesOf(verify(await playKnown({ destroy: late }).file()))).toContain('done-late');
  });

  it('an act that never reached those it is for', async () => {
    const world = play({ end: (draft) => ({ ...draft, shared: false }) }, 'end');
    expect(codesOf(verify(await world.file()))).toEqual([]);
    world.tick(60 * 24 * 2);
    expect(codesOf(verify(await world.file()))).toEqual(['act-not-shared']);
  });
});

/** The same engagement under a procedure that knows the vendor's public holidays. */
function playKnown(changes: Changes, until?: string): World {
  const world = new World();
  world.procedure = { ...world.procedure, holidays: { US: ['2026-11-26'] } };
  return play(changes, until, world);
}

describe('an assessment', () => {
  it('whose act says another verdict or another record', async () => {
    expect(await asked({ assess: (draft) => ({ ...draft, data: { ...draft.data, verdict: 'conditional' } }) })).toEqual([
      'assessment-misstated',
    ]);
    expect(await asked({ assess: (draft) => ({ ...draft, data: { ...draft.data, record: '0'.repeat(64) } }) })).toEqual([
      'assessment-misstated',
    ]);
  });

  it('that comes out differently when it is taken again', async () => {
    const changed = (draft: Draft): Draft => record(draft, (section) => (section.facts['importer.country'] = 'CN'));
    expect(await asked({ assess: changed })).toEqual(['assessment-differs']);
  });

  it('for another day', async () => {
    expect(await asked({ assess: (draft) => record(draft, (section) => (section.record.on = '2026-10-01')) })).toContain(
      'assessment-day',
    );
  });

  it('by another engine, or without facts', async () => {
    expect(await asked({ assess: (draft) => record(draft, (section) => (section.record.engine = 'other/9')) })).toEqual([
      'engine-unknown',
    ]);
    expect(await asked({ assess: (draft) => record(draft, (section) => (section.facts = 'none')) })).toEqual([
      'assessment-unreadable',
    ]);
  });

  it('that is withheld cannot be taken again', async () => {
    const file = edited(await play().file(), (f) => delete actIn(f, 'assess').openings.assessment);
    expect(codesOf(verify(file))).toEqual(['section-withheld']);
  });
});

/** The part of a manifest by which two of these offices must come together. */
function holders(parties: readonly string[] = ['vendor', 'authority']) {
  const list = parties.map((party, i) => ({
    ...{ party, keyId: `${party}#office`, recipient: recipientOf(party) },
    commitment: String(i).repeat(64),
  }));
  return { to: [], joint: { needed: 2, holders: list } };
}

/** What is found of a delivery's manifest where client and procedure let vendor and authority open together only. */
async function jointly(
  change: Partial<Manifest> | (() => undefined),
  rule: { readonly needed: number; readonly seats: readonly string[] } = { needed: 2, seats: ['vendor', 'subprocessor'] },
): Promise<readonly FindingCode[]> {
  const world = new World();
  const procedure: Loose = structuredClone(world.procedure);
  const { choose, deliver: delivering } = procedure.acts;
  procedure.seats.auditor = { roles: ['node'] };
  choose.assigns = ['vendor', 'subprocessor', 'auditor'];
  delivering.shares = rule.seats;
  delivering.sections.package = ['client', ...rule.seats];
  delivering.joint = rule;
  world.procedure = procedure;
  const played = play(
    {
      choose: (draft) => ({
        ...draft,
        data: { ...draft.data, seats: { vendor: 'vendor', subprocessor: 'authority', auditor: 'stranger' } },
      }),
      deliver: (_draft, at) => deliver({ ...manifestFor(at), ...(typeof change === 'function' ? {} : change) }),
    },
    'deliver',
    world,
  );
  return codesOf(verify(await played.file())).filter((code) => code.startsWith('manifest-'));
}

describe('a delivery', () => {
  const sealed = (change: (world: World) => Draft): Changes => ({ deliver: (_draft, world) => change(world) });

  it('whose manifest says something else than the acts', async () => {
    const rows = sealed((world) => {
      const manifest = manifestFor(world);
      return deliver({ ...manifest, minimisation: { ...manifest.minimisation, rowsKept: 9 } });
    });
    expect(await asked(rows)).toEqual(['manifest-contradicts']);
  });

  it('as one of a list that does not hold it, or under another procedure', async () => {
    const changed = (change: (manifest: Manifest) => Partial<Manifest>) =>
      asked(
        sealed((world) => {
          const manifest = manifestFor(world);
          return deliver({ ...manifest, ...change(manifest) });
        }),
      );
    for (const change of [{ root: '0'.repeat(64) }, { size: 2 }, { size: 2, index: 1, proof: ['0'.repeat(64)] }])
      expect(await changed(({ list }) => ({ list: { ...list, ...change } }))).toEqual(['manifest-contradicts']);
    expect(await changed(({ basis }) => ({ basis: { ...basis, procedure: '0'.repeat(64) } }))).toEqual(['manifest-contradicts']);
  });

  it('on a basis that is not in the case', async () => {
    const basis = sealed((world) =>
      deliver({ ...manifestFor(world), basis: { ...manifestFor(world).basis, order: '0'.repeat(64), approvals: [] } }),
    );
    expect(await asked(basis)).toEqual(['manifest-basis']);
  });

  it('sealed to somebody else', async () => {
    const to = [{ party: 'stranger', keyId: 'stranger#office', recipient: `age1${'x'.repeat(60)}` }];
    expect(await asked(sealed((world) => deliver({ ...manifestFor(world), to })))).toEqual(['manifest-recipient']);
  });

  it('that the procedure lets nobody open alone, sealed to one, for fewer, or not to exactly those offices', async () => {
    expect(await jointly(() => undefined)).toEqual(['manifest-not-joint']);
    expect(await jointly(holders())).toEqual([]);
    expect(await jointly(holders(['vendor', 'stranger']))).toEqual(['manifest-recipient', 'manifest-not-joint']);
    expect(await jointly(holders(['vendor', 'authority', 'stranger']))).toEqual(['manifest-recipient', 'manifest-not-joint']);
    const three = { needed: 3, seats: ['vendor', 'subprocessor', 'auditor'] };
    const all = holders(['vendor', 'authority', 'stranger']);
    expect(await jointly(all, three)).toEqual(['manifest-not-joint']);
    expect(await jointly({ to: [], joint: { ...all.joint, needed: 3 } }, three)).toEqual([]);
    expect(await jointly({ to: [], joint: { ...all.joint, needed: 3 } }, { ...three, needed: 2 })).toEqual([]);
    const swapped = holders().joint.holders.map((one, i) => (i === 0 ? { ...one, recipient: recipientOf('stranger') } : one));
    expect(await jointly({ to: [], joint: { needed: 2, holders: swapped } })).toEqual(['manifest-recipient']);
  });

  it('sealed jointly where it need not be: then its holders must be those who may have it', async () => {
    const plain = (parties: readonly string[]) =>
      asked(sealed((world) => deliver({ ...manifestFor(world), ...holders(parties) })));
    expect(await plain(['vendor', 'stranger'])).toEqual(['manifest-recipient']);
  });

  it('of which something else was received, opened or destroyed', async () => {
    const other = { ciphertext: '1'.repeat(64) };
    expect(await asked({ 'receive-delivery': (draft) => decision(draft, other) }, 'receive-delivery')).toEqual([
      'ciphertext-differs',
    ]);
    expect(await asked({ open: (draft) => decision(draft, { plaintext: '2'.repeat(64) }) })).toEqual(['plaintext-differs']);
    expect(await asked({ destroy: (draft) => decision(draft, other) })).toEqual(['ciphertext-differs', 'copy-not-destroyed']);
  });

  it('that the source did not destroy before the case was closed', async () => {
    const report = verify(await play({ 'destroy-source': () => undefined }).file());
    expect(codesOf(report)).toEqual(['act-void', 'copy-not-destroyed']);
    expect(report.findings.at(-1)?.about.party).toBe('hospital');
  });

  it('kept past its retention', async () => {
    const world = play({}, 'open');
    world.tick(60 * 24 * 200);
    expect(codesOf(verify(await world.file()))).toEqual(['kept-past-retention']);
  });

  it('kept though it was recalled, once the time to destroy it is over', async () => {
    const world = play({}, 'open');
    const recall = { party: 'hospital', person: 'counsel', role: 'counsel', type: 'recall' };
    const decisions = [{ item: 'd1', choice: 'recall', ground: 'recall.breach' }];
    world.act({ ...recall, data: { decisions }, sections: { reason: { text: 'it was shown to others' } } });
    expect(codesOf(verify(await world.file()))).toEqual([]);
    world.tick(60 * 24 * 29);
    expect(codesOf(verify(await world.file()))).toEqual([]);
    world.tick(60 * 24 * 2);
    expect(codesOf(verify(await world.file()))).toEqual(['kept-past-recall']);
  });

  it('kept by order of counsel is no departure, however long', async () => {
    const world = play({}, 'open');
    const decisions = [{ item: 'd1', choice: 'hold', ground: 'hold.litigation' }];
    const hold = { party: 'hospital', person: 'counsel', role: 'counsel', type: 'hold', data: { decisions } };
    world.act({ ...hold, sections: { reason: { text: 'a claim was filed' } } });
    world.tick(60 * 24 * 200);
    expect(codesOf(verify(await world.file()))).toEqual([]);
  });
});

describe('what is on its way', () => {
  it('is a gap when the file should have it, and nothing when the procedure keeps it back', async () => {
    const without = async (type: string): Promise<Report> => {
      const world = play({}, type);
      const file: CaseFile = await world.file('hospital');
      return verify(edited(file, (f) => f.acts.pop()));
    };
    expect(codesOf(await without('close'))).toEqual(['act-removed']);
    const world = play({ agree: (draft) => ({ ...draft, shared: false }) }, 'agree');
    expect(codesOf(verify(edited(await world.file(), (f) => f.acts.pop())))).toEqual(['act-missing']);
    const kept = play({ minimise: (draft) => ({ ...draft, shared: false }) }, 'minimise');
    const vendors = edited(await kept.file('vendor'), (f) => {
      f.acts.pop();
      for (const act of f.acts) for (const name of ['need', 'assessment']) delete act.openings[name];
    });
    expect(codesOf(verify(vendors))).toEqual([]);
  });
});
