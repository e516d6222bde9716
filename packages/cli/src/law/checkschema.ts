import { readFile } from 'node:fs/promises';
import { ok, type Result, refuse } from '@comity/core';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';

export type SchemaCheck = (json: unknown, file: string) => Result<unknown>;

/** Prepares the check of a JSON Schema (2020-12). What it refuses names the file, the place in it, and what is expected there. */
export async function schemaCheck(schemaFile: string): Promise<SchemaCheck> {
  const schema: object = JSON.parse(await readFile(schemaFile, 'utf8'));
  const validate = new Ajv2020({ allErrors: false, strict: true, allowUnionTypes: true }).compile(schema);
  return (json, file) => {
    if (validate(json)) return ok(json);
    const [error] = validate.errors ?? [];
    return refuse('pack-invalid', `${file}${error?.instancePath ?? ''}`, { reason: sentenceOf(error) });
  };
}

function sentenceOf(error: ErrorObject | undefined): string {
  if (error === undefined) return 'schema';
  const extra = Object.values(error.params).filter((value) => typeof value === 'string' || Array.isArray(value));
  return `${error.message ?? error.keyword}${extra.length > 0 ? `: ${extra.join(', ')}` : ''}`;
}
