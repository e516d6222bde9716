import { loadProcedure } from '@comity/procedure';
import type { LoadedLaw, LoadedProcedure } from './app/house.ts';
import type { Database } from './store/database.ts';
import { allTexts, keepTexts } from './store/lawTexts.ts';

/** Adds to the law as loaded every text that was applied here before, and keeps today's for tomorrow: a change of law orphans no case and no old decision. */
export async function withArchive(db: Database, law: LoadedLaw): Promise<LoadedLaw> {
  const procedures = [...law.procedures.values()].map(({ sha256, text }) => ({ sha256, text, kind: 'procedure' as const }));
  const texts = [...law.texts].map(([sha256, text]) => ({ sha256, text, kind: 'law' as const }));
  await keepTexts(db, [...procedures, ...texts]);
  const kept = await allTexts(db);
  const archive = kept
    .filter(({ kind }) => kind === 'procedure')
    .flatMap(({ sha256, text }) => {
      // Today's were read a moment ago.
      const today = law.archive.get(sha256);
      return today === undefined ? readAgain(sha256, text) : [today];
    });
  return {
    ...law,
    archive: new Map(archive.map((loaded) => [loaded.sha256, loaded])),
    texts: new Map(kept.filter(({ kind }) => kind === 'law').map(({ sha256, text }) => [sha256, text])),
  };
}

/** A procedure of earlier days; one that today's interpreter cannot read any more leaves its cases readable by an older node only. */
function readAgain(sha256: string, text: string): readonly LoadedProcedure[] {
  const loaded = loadProcedure(JSON.parse(text));
  return loaded.ok ? [{ procedure: loaded.value, sha256, text }] : [];
}
