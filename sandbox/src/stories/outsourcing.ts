import type { Alternatives } from '@comity/assess';
import type { Facts } from '@comity/core';
import words from '@comity/core/desk-messages/en.json' with { type: 'json' };
import lawWords from '@comity/core/law-messages/en.json' with { type: 'json' };
import type { CountriesView, PreviewView } from '@comity/node/api';
import type { Sandbox } from '../sandbox.ts';
import { Actor } from './actor.ts';
import { settled, type Told } from './cooperation.ts';
import type { Teller } from './teller.ts';
import { sendTwin } from './twin.ts';
import { openDelivery } from './unseal.ts';

const HOSPITAL = 'us-hospital';

interface Card {
  readonly id: string;
  readonly country: string;
  readonly facts: Facts | null;
}

interface Cards {
  readonly parties: readonly Card[];
  readonly datasets: readonly { readonly dataset: string; readonly facts: Facts | null }[];
}

interface Assessed {
  readonly assessment: {
    readonly verdict: string;
    readonly regimes: Readonly<
      Record<
        string,
        {
          readonly verdict: string;
          readonly because: readonly { readonly cite: string; readonly says: string }[];
          readonly duties: readonly { readonly duty: string }[];
        }
      >
    >;
  };
}

/** A hospital asks where its claims may be analysed: not in China, in India under conditions, in Puerto Rico with what remains. The data go there, and end; whoever only writes queries gets a synthetic twin. */
export async function outsourcing(sandbox: Pick<Sandbox, 'orgs'>, tell: Teller): Promise<Told> {
  const owner = await Actor.signIn(sandbox, HOSPITAL, 'owner-1');
  const counsel = await Actor.signIn(sandbox, HOSPITAL, 'counsel-1');
  const engineer = await Actor.signIn(sandbox, HOSPITAL, 'engineer-1');
  const vendor = await Actor.signIn(sandbox, 'pr-vendor', 'manager-1');
  const id = await askFor(owner, tell);
  await assessAll(owner, id, tell);
  await agree({ owner, vendor }, id, tell);
  await release({ engineer, counsel }, id, tell);
  await useAndEnd({ owner, counsel, engineer, vendor }, id, tell);
  await sendTwin(sandbox, { engineer, counsel }, tell);
  return { case: id, holders: [owner, vendor] };
}

export async function askFor(owner: Actor, tell: Teller): Promise<string> {
  tell.say('outsourcing.ask');
  const id = await owner.open({
    procedure: 'outsourcing.engagement',
    type: 'ask',
    data: {
      seats: { client: HOSPITAL },
      items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
      purpose: 'cost-analysis',
      retentionUntil: '2027-03-31T00:00:00.000Z',
    },
    sections: {
      datasets: { d1: { type: 'dataset', value: 'claims' } },
      need: { text: 'Find out which procedures cost more than the region pays elsewhere.' },
    },
  });
  tell.act('person.owner', 'outsourcing.asked');
  return id;
}

const OWED: Readonly<Record<string, unknown>> = words;

/** A duty of the vocabulary in words. */
function owed(duty: string): string {
  const text = OWED[`owed.${duty}`];
  return typeof text === 'string' ? text.charAt(0).toLowerCase() + text.slice(1) : duty;
}

export async function assessAll(owner: Actor, id: string, tell: Teller): Promise<void> {
  const cards = await owner.get<Cards>('/api/parties');
  const dataset = cards.datasets.find((card) => card.dataset === 'claims')?.facts ?? {};
  const on = new Date().toISOString().slice(0, 10);
  for (const [party, expected] of [
    ['cn-vendor', 'prohibited'],
    ['in-vendor', 'conditional'],
    ['pr-vendor', 'conditional'],
  ] as const) {
    const card = cards.parties.find((candidate) => candidate.id === party);
    const facts = { ...dataset, ...card?.facts };
    const { assessment } = await owner.post<Assessed>('/api/assess', { facts, on });
    const regimes = Object.entries(assessment.regimes).filter(([, regime]) => regime.verdict === assessment.verdict);
    const reasons = regimes.flatMap(([, regime]) => regime.because.map((reason) => `${reason.says} (${reason.cite})`));
    const duties = [...new Set(Object.values(assessment.regimes).flatMap((regime) => regime.duties.map((duty) => duty.duty)))];
    tell.say(`outsourcing.verdict.${assessment.verdict}`, {
      country: card?.country ?? '',
      reasons: reasons.slice(0, 4).join('\n    '),
      duties: duties.map(owed).join('; '),
    });
    if (assessment.verdict !== expected) throw new Error(`${party}: ${assessment.verdict}, expected ${expected}`);
    await owner.act(id, { type: 'assess', sections: { assessment: { facts, party, country: card?.country ?? '' } } });
    tell.act('person.owner', 'outsourcing.assessed', { party, verdict: assessment.verdict });
    if (expected === 'prohibited') await lookElsewhere(owner, { facts, on }, tell);
  }
}

/** Not this way, but this way: what would make it lawful, and where it is. Whoever asks takes for granted that an importer elsewhere is no covered person. */
async function lookElsewhere(
  owner: Actor,
  question: { readonly facts: Facts; readonly on: string },
  tell: Teller,
): Promise<void> {
  const asked = { ...question, elsewhere: { 'importer.covered_person_attested': false, 'importer.ownership.concern_share': 0 } };
  const { sets } = await owner.post<Alternatives>('/api/assess/alternatives', asked);
  const ways = sets.slice(0, 4).map(({ changes }) => changes.map((change) => changeText(change, tell)).join('; '));
  tell.say('outsourcing.instead', { ways: ways.join('\n    ') });
  const { countries } = await owner.post<CountriesView>('/api/assess/everywhere', asked);
  const open = countries.filter(({ verdict }) => verdict === 'free' || verdict === 'conditional').map(({ country }) => country);
  if (!open.includes('PR')) throw new Error('Puerto Rico is not among the places where the data may go');
  tell.say('outsourcing.where', { open: open.length, all: countries.length });
}

const LAW: Readonly<Record<string, unknown>> = lawWords;
/** So many places that do as well are named; the others are counted. */
const NAMED = 6;
const PLACES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** A word of the vocabulary as people read it; without one, as the vocabulary writes it. */
function word(key: string, written: unknown): string {
  const text = LAW[key];
  return typeof text === 'string' ? text : String(written);
}

function changeText({ fact, value, countries }: Alternatives['sets'][number]['changes'][number], tell: Teller): string {
  if (countries === undefined)
    return tell.text('outsourcing.way', { fact: word(`fact.${fact}`, fact), value: word(`value.${value}`, value) });
  const named = countries
    .slice(0, NAMED)
    .map((code) => PLACES.of(code))
    .join(', ');
  const more = countries.length - NAMED;
  return more > 0 ? tell.text('outsourcing.places', { named, more }) : tell.text('outsourcing.place', { named });
}

export async function agree(
  { owner, vendor }: { readonly owner: Actor; readonly vendor: Actor },
  id: string,
  tell: Teller,
): Promise<void> {
  tell.say('outsourcing.agree');
  await owner.act(id, {
    type: 'choose',
    data: { party: 'pr-vendor', seats: { vendor: 'pr-vendor' } },
    sections: { duties: { list: ['written_agreement', 'risk_analysis_location', 'return_or_destroy'] } },
  });
  tell.act('person.owner', 'outsourcing.choose');
  await vendor.until(id, 'agree');
  await vendor.act(id, {
    type: 'agree',
    data: { storedIn: 'PR', destructionMethod: 'ciphertext-deleted' },
    sections: {
      answers: {
        stored: 'One encrypted volume in San Juan.',
        managed: 'Two named analysts, both sign every opening.',
        destroyed: 'All copies deleted and certified within thirty days of the end.',
        agreement: 'Business associate agreement signed.',
      },
    },
  });
  tell.act('person.vendor', 'outsourcing.agreed');
}

export async function release(
  { engineer, counsel }: { readonly engineer: Actor; readonly counsel: Actor },
  id: string,
  tell: Teller,
): Promise<void> {
  tell.say('outsourcing.release');
  await engineer.read(id);
  const preview = await engineer.post<PreviewView>(`/api/cases/${id}/items/d1/preview`);
  tell.say('cooperation.preview', {
    total: preview.rowsTotal,
    kept: preview.rowsKept,
    columns: preview.columnsKept.length,
    dropped: preview.columnsDropped.length,
  });
  await engineer.act(id, {
    type: 'minimise',
    data: { decisions: [{ item: 'd1', choice: 'minimise', preview: preview.previewDigest }] },
  });
  tell.act('person.engineer', 'outsourcing.minimise');
  await counsel.until(id, 'approve');
  await counsel.act(id, {
    type: 'approve',
    data: { decisions: [{ item: 'd1', choice: 'approve' }], dutiesMet: true },
    sections: {
      reasons: { text: 'Agreement signed, risk analysis of 12 November covers San Juan, no direct identifiers leave.' },
    },
  });
  tell.act('person.counsel', 'outsourcing.approve');
  await engineer.until(id, 'deliver');
  await engineer.act(id, { type: 'deliver', data: { decisions: [{ item: 'd1', choice: 'deliver' }] } });
  tell.act('person.engineer', 'outsourcing.deliver');
}

interface Everyone {
  readonly owner: Actor;
  readonly counsel: Actor;
  readonly engineer: Actor;
  readonly vendor: Actor;
}

async function useAndEnd({ owner, counsel, engineer, vendor }: Everyone, id: string, tell: Teller): Promise<void> {
  tell.say('outsourcing.use');
  await vendor.until(id, 'open');
  const opened = await openDelivery(vendor, { case: id, item: 'd1' });
  await vendor.act(id, {
    type: 'open',
    data: { decisions: [{ item: 'd1', choice: 'open', plaintext: opened.digest }] },
    sections: { reason: { text: 'Cost analysis, first run.' } },
  });
  tell.act('person.vendor', 'outsourcing.open', { rows: opened.rows });
  tell.say('outsourcing.end');
  await owner.until(id, 'end');
  await owner.act(id, { type: 'end' });
  tell.act('person.owner', 'outsourcing.ended');
  await untilEnded(vendor, id);
  await vendor.act(id, {
    type: 'destroy',
    data: { decisions: [{ item: 'd1', choice: 'destroy' }] },
    sections: { reason: { text: 'The project ended.' } },
  });
  tell.act('person.vendor', 'outsourcing.destroy');
  await engineer.until(id, 'destroy-source');
  await engineer.act(id, { type: 'destroy-source', data: { decisions: [{ item: 'd1', choice: 'destroy' }] } });
  tell.act('person.engineer', 'outsourcing.destroy-source');
  await counsel.until(id, 'validate-destruction');
  const certificate = (await counsel.read(id)).items.find((item) => item.item.id === 'd1')?.decisions['copy'];
  await counsel.act(id, {
    type: 'validate-destruction',
    data: { decisions: [{ item: 'd1', choice: 'validate', ciphertext: String(certificate?.['ciphertext']) }] },
  });
  tell.act('person.counsel', 'outsourcing.confirm');
  await owner.until(id, 'close');
  await owner.act(id, { type: 'close' });
  tell.act('person.owner', 'outsourcing.close');
  await settled([owner, vendor], id);
}

async function untilEnded(vendor: Actor, id: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await vendor.read(id)).tracks['engagement'] === 'ended') return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the end of the project did not reach the vendor');
}
