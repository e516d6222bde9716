import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it, test } from 'vitest';
import { caseGraph, type ToldCase } from './graph.ts';

const folder = resolve(import.meta.dirname, '../../../../../shared/vectors/case-uco');
const present = existsSync(folder);
const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

const act = (type: string, digest: string, rest: Partial<ToldCase['acts'][number]> = {}): ToldCase['acts'][number] => ({
  ...{ type, digest, at: '2026-11-26T10:00:00.000Z', party: 'pt-prosecution', role: 'prosecutor', prev: [], items: [] },
  ...rest,
});
const TOLD: ToldCase = {
  case: 'case-1',
  procedure: 'eu.epoc',
  opened: '2026-11-26T10:00:00.000Z',
  closed: false,
  parties: [
    { id: 'pt-prosecution', name: 'Ministério Público' },
    { id: 'ie-skymail', name: 'Skymail Cloud Ltd' },
  ],
  items: ['i1', 'i2'],
  acts: [
    act('draft', 'a1'),
    act('issue', 'a2', { prev: ['a1'], cite: 'Reg. (EU) 2023/1543 art. 4(1)' }),
    act('deliver', 'a3', { prev: ['a2', 'elsewhere'], party: 'ie-skymail', role: 'reviewer', items: ['i2'] }),
  ],
  objects: [{ item: 'i2', sha256: 'cd'.repeat(32), size: 3, by: 'a3' }],
};
const graph = caseGraph(TOLD, sha256);
const nodes = graph['@graph'] as readonly (Record<string, unknown> & { readonly '@id': string; readonly '@type': string })[];
const ofType = (type: string) => nodes.filter((node) => node['@type'] === `case-investigation:${type}`);

test.skipIf(!present)(
  present ? 'every term of the graph is one of the ontology or of its published example' : 'skipped: vectors not present',
  () => {
    const ontology = readFileSync(resolve(folder, 'investigation.ttl'), 'utf8');
    const example = readFileSync(resolve(folder, 'forensic_lifecycle.json'), 'utf8');
    const terms = [...new Set(JSON.stringify(nodes).match(/(?<=")(?:case-investigation|uco-[a-z]+):\w+(?=")/g))];
    const own = terms.filter((term) => term.startsWith('case-investigation:'));
    expect(own.length).toBeGreaterThan(8);
    for (const term of own) expect(ontology).toMatch(new RegExp(`^investigation:${term.split(':')[1]}$`, 'm'));
    // UCO's own ontology is not among the vectors: what CASE's example does not use is listed here, as published graphs use it.
    const read = [
      'Organization',
      'startTime',
      'createdBy',
      'hasFacet',
      'FileFacet',
      'fileName',
      'sizeInBytes',
      'ContentDataFacet',
      'mimeType',
      'hash',
      'Hash',
      'hashMethod',
      'hashValue',
    ];
    const unknown = terms.filter(
      (term) => !own.includes(term) && !example.includes(`"${term}"`) && !read.includes(term.split(':')[1] ?? ''),
    );
    expect(unknown).toEqual([]);
  },
);

it('tells every act once, informed by those that it knew of, and who allowed what', () => {
  expect(ofType('InvestigativeAction').map((node) => node['uco-core:name'])).toEqual(['draft', 'issue', 'deliver']);
  const [, issue, deliver] = ofType('InvestigativeAction');
  expect(deliver?.['case-investigation:wasInformedBy']).toEqual([{ '@id': issue?.['@id'] }]);
  expect(ofType('Authorization').map((node) => node['case-investigation:authorizationIdentifier'])).toEqual([['a2']]);
  expect(ofType('ProvenanceRecord').map((node) => node['case-investigation:exhibitNumber'])).toEqual(['i1', 'i2']);
});

it('hangs together, is the same each time, and another case has other names', () => {
  const ids = nodes.map((node) => node['@id']);
  expect(new Set(ids).size).toBe(ids.length);
  const referred = [...JSON.stringify(nodes).matchAll(/\{"@id":"([^"]+)"\}/g)].map((match) => match[1] ?? '');
  for (const id of referred) expect(ids).toContain(id);
  expect(caseGraph(TOLD, sha256)).toEqual(graph);
  const other = caseGraph({ ...TOLD, case: 'case-2' }, sha256)['@graph'] as typeof nodes;
  expect(other.some((node) => ids.includes(node['@id']))).toBe(false);
});
