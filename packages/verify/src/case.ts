import { digestJson } from '@comity/core';
import { type Folded, fold, loadProcedure, type Procedure, readableSections, type Setting, sharesOf } from '@comity/procedure';
import { type Finding, finding } from './report.ts';
import type { KnownAct, Scene } from './scene.ts';
import { settingOf } from './setting.ts';

/** The case as the procedure makes it of the sound acts. */
export interface ReadCase {
  readonly procedure: Procedure;
  readonly setting: Setting;
  readonly folded: Folded;
  /** The sound acts that count, in the order in which they were judged. */
  readonly counted: readonly KnownAct[];
}

/** Folds the case under the procedure of the file, if that is the procedure that the acts were signed under. */
export function readCase(scene: Scene): { readonly read?: ReadCase; readonly findings: readonly Finding[] } {
  const sha256 = digestJson(scene.file.procedure, scene.sha256);
  const sound = scene.acts.filter((act) => act.sound);
  const strangers = sound.filter((act) => act.body.procedure.sha256 !== sha256);
  if (sound.length > 0 && strangers.length === sound.length)
    return { findings: [finding('procedure-swapped', {}, { given: sha256, signed: sound[0]?.body.procedure.sha256 ?? '' })] };
  const loaded = loadProcedure(scene.file.procedure);
  if (!loaded.ok) return { findings: [finding('procedure-unreadable', {}, { field: loaded.refusal.field ?? '' })] };
  const procedure = loaded.value;
  const others = sound.filter(({ body }) => !strangers.some((act) => act.body === body) && !namesIt(procedure, body.procedure));
  const findings = [...strangers, ...others].map(({ digest, body }) =>
    finding('act-procedure', { act: digest, party: body.by.party }, { type: body.type, party: body.by.party }),
  );
  const setting = settingOf(scene.directory, procedure);
  const judged = sound.filter((act) => !strangers.includes(act) && !others.includes(act));
  const folded = fold(
    setting,
    judged.map((act) => act.body),
    scene.sha256,
  );
  const counted = folded.acts.flatMap(({ digest, verdict }) => {
    const act = judged.find((candidate) => candidate.digest === digest);
    return verdict === 'counted' && act !== undefined ? [act] : [];
  });
  return { read: { procedure, setting, folded, counted }, findings };
}

function namesIt(procedure: Procedure, ref: { readonly id: string; readonly version: number }): boolean {
  return procedure.id === ref.id && procedure.version === ref.version;
}

/** Whether the procedure has an act of this type, made by one party, sent to another. */
export function sharedWith(
  { setting, folded }: ReadCase,
  act: { readonly type: string; readonly maker: string; readonly party: string },
): boolean {
  return sharesOf(setting, folded.state, { type: act.type, by: { party: act.maker } }).includes(act.party);
}

/** Whether a party may read a section of an act of a type. */
export function mayRead(
  { setting, folded }: ReadCase,
  ask: { readonly type: string; readonly party: string; readonly section: string },
): boolean {
  return readableSections(setting, folded.state, ask).includes(ask.section);
}
