import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assess, compileLaw, loadPack, runExamples, toContractLine, type Vocabulary, validateFacts } from '@comity/assess';
import { sha256 } from '@comity/node/keys';
import { schemaCheck } from './checkschema.ts';
import { compileVocabularies, readChecked, vocabularyOf } from './compilepacks.ts';

// node packages/cli/src/law/try.ts PACK...: reads the named packs alone, runs their examples and cases, and says everything that is wrong. Writes nothing.
const lawDir = join(import.meta.dirname, '..', '..', '..', '..', 'law');
const read = await compileVocabularies(lawDir);
if (!read.ok) throw new Error(JSON.stringify(read.refusal));
const vocabularies = read.value.map(({ vocabulary }) => vocabulary);
const check = await schemaCheck(join(lawDir, 'schema', 'pack.schema.json'));
for (const id of process.argv.slice(2)) await tryPack(id, vocabularies);

async function tryPack(id: string, known: readonly Vocabulary[]): Promise<void> {
  const json = await readChecked(join(lawDir, 'regimes', `${id}.yaml`), check);
  if (!json.ok) return say(id, JSON.stringify(json.refusal));
  const vocabulary = vocabularyOf(json.value, known);
  if (vocabulary === undefined) return say(id, 'unknown vocabulary');
  const pack = loadPack(json.value, vocabulary);
  if (!pack.ok) return say(id, JSON.stringify(pack.refusal));
  const failures = runExamples(pack.value, vocabulary);
  for (const one of failures) say(id, `example "${one.example}" of ${one.rule}: expected ${one.expected}, found ${one.found}`);
  const law = compileLaw(vocabulary, [pack.value], sha256);
  const file = join(lawDir, 'cases', `${pack.value.regime}.jsonl`);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  let failed = 0;
  for (const line of lines) {
    const one = JSON.parse(line);
    const facts = validateFacts(vocabulary, one.facts);
    const answer = facts.ok ? toContractLine(one.id, assess(law, { facts: facts.value, on: one.on })) : undefined;
    const found = answer?.regimes[pack.value.regime];
    const got = one.expect.fact === undefined ? found?.verdict : answer?.derived[one.expect.fact];
    const wanted = one.expect.fact === undefined ? [one.expect.verdict, ...(one.also_accept ?? [])] : [one.expect.value];
    const lost = (one.expect.missing ?? []).filter((name: string) => !found?.missing.includes(name));
    const undone = (one.expect.duties ?? []).filter((name: string) => !found?.duties.includes(name));
    if (wanted.includes(got) && lost.length === 0 && undone.length === 0) continue;
    failed += 1;
    say(
      id,
      `case ${one.id} (${one.trust}): expected ${wanted.join('|')} ${JSON.stringify(one.expect.basis)}, found ${facts.ok ? got : JSON.stringify(facts.refusal)} missing [${found?.missing ?? ''}] duties [${found?.duties ?? ''}] not asked [${lost}] not owed [${undone}]`,
    );
  }
  say(id, `${pack.value.rules.length} rules, ${failures.length} examples failed, ${failed} of ${lines.length} cases failed`);
}

function say(id: string, text: string): void {
  process.stdout.write(`${id}: ${text}\n`);
}
