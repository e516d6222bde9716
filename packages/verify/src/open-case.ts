import { type Act, actDigest, type Json, ok, type Result, refuse, type Sha256 } from '@comity/core';
import { type Folded, fold, loadProcedure, type Procedure, type Setting } from '@comity/procedure';
import { type CaseFile, parseCaseFile } from './casefile.ts';
import { settingOf } from './setting.ts';

/** A case file as somebody reads it who needs its content, not a verdict on it. */
export interface OpenCase {
  readonly file: CaseFile;
  readonly procedure: Procedure;
  readonly setting: Setting;
  readonly folded: Folded;
  /** Every act by its digest, in the order of the file. */
  readonly acts: readonly { readonly digest: string; readonly act: Act }[];
}

/**
 * Opens a case file: its acts, and the case as the procedure makes it of them. Nothing is verified: signatures, proofs and receipts are for `verifyCase`, and whoever makes something of a file
 * asks it first. Refuses `case-file-invalid` and what `loadProcedure` refuses.
 */
export function openCaseFile(content: unknown, sha256: Sha256): Result<OpenCase> {
  const file = parseCaseFile(content);
  if (!file.ok) return file;
  const loaded = loadProcedure(file.value.procedure);
  if (!loaded.ok) return refuse('case-file-invalid', 'procedure');
  const procedure = loaded.value;
  const acts = file.value.acts.map((act) => ({ digest: actDigest(act.body, sha256), act }));
  const setting = settingOf(file.value.directory.directory, procedure);
  const folded = fold(
    setting,
    acts.map(({ act }) => act.body),
    sha256,
  );
  return ok({ file: file.value, procedure, setting, folded, acts });
}

/** The value of a section of the first act that has it, where this copy of the case may show it. */
export function sectionOf({ acts }: Pick<OpenCase, 'acts'>, name: string): Json | undefined {
  return acts.find(({ act }) => act.openings[name] !== undefined)?.act.openings[name]?.value;
}
