import { createHash } from 'node:crypto';
import { canonicalJson } from '@comity/core';

/** One compiled file and its line in the index. */
export interface Artefact {
  readonly id: string;
  readonly kind: 'vocabulary' | 'pack' | 'gate' | 'procedure';
  readonly version: number;
  readonly reviewed: boolean;
  readonly json: unknown;
}

/** The bytes of a compiled file: canonical JSON, which is what is hashed, and a line end, which is not. */
export function artefactText(artefact: Artefact): string {
  return `${canonicalJson(artefact.json)}\n`;
}

/** The index: which files there are, exactly. One entry a line, so that a change shows as one line. */
export function indexText(artefacts: readonly Artefact[]): string {
  const lines = artefacts.map(({ id, kind, version, reviewed, json }) => {
    const digest = createHash('sha256').update(canonicalJson(json)).digest('hex');
    return canonicalJson({ id, kind, version, sha256: digest, reviewed });
  });
  return `[\n${lines.join(',\n')}\n]\n`;
}
