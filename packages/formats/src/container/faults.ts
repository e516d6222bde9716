import { type Refusal, type Result, refuse } from '@comity/core';

/**
 * What can be wrong with the form of a container, so that it is not read at all. The words stand in the catalogues of this package
 * under `container.fault.<name>`; a test counts them in every language.
 */
export const FAULTS = [
  // the archive
  'not-zip',
  'truncated',
  'prepended-data',
  'trailing-data',
  'hidden-data',
  'several-ends',
  'several-disks',
  'too-many-entries',
  'too-large',
  'too-compressed',
  // one entry
  'header-mismatch',
  'overlap',
  'encrypted',
  'symlink',
  'method-unsupported',
  'crc-mismatch',
  'size-mismatch',
  // names
  'name-empty',
  'name-too-long',
  'name-not-utf8',
  'name-control',
  'name-absolute',
  'name-parent',
  'name-backslash',
  'name-drive',
  'name-device',
  'name-twice',
  'name-collides',
  // the container
  'mimetype-not-first',
  'mimetype-not-stored',
  'mimetype-wrong',
  'xml-doctype',
  'xml-invalid',
  'manifest-missing',
  'manifest-invalid',
  'items-invalid',
] as const;

export type Fault = (typeof FAULTS)[number];

/** A refusal `container-invalid` that names the fault, and the entry (or the offset) where it was found. */
export function fault(name: Fault, where = ''): Result<never> {
  return refuse('container-invalid', where === '' ? undefined : where, { fault: name });
}

/** Ends a stream of an entry's bytes that turn out to be other than the archive says: what was given before it must not be used. */
export class ContainerFailure extends Error {
  readonly refusal: Refusal;

  constructor(name: Fault, where: string) {
    super(`container-invalid: ${name}`);
    this.refusal = { code: 'container-invalid', field: where, values: { fault: name } };
  }
}
