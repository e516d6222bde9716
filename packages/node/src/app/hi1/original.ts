import { fromUtf8, isJsonObject } from '@comity/core';
import { type Hi1Message, readMessage, readMessageJson } from '@comity/formats/hi1';
import { originalOf } from '../../store/imports.ts';
import type { House } from '../house.ts';

/** The message that an import was, JSON or a compact JWS of it: it was checked when it came. Undefined once it was erased, or where the import is none. */
export async function originalMessage(house: House, importId: string): Promise<Hi1Message | undefined> {
  const bytes = await originalOf(house.db, importId, house.subjects);
  if (bytes === undefined) return undefined;
  const direct = readMessage(bytes);
  if (direct.ok) return direct.value.message;
  const [, payload] = fromUtf8(bytes).trim().split('.');
  const json: unknown = payload === undefined ? undefined : JSON.parse(Buffer.from(payload, 'base64url').toString());
  const read = isJsonObject(json) ? readMessageJson(json) : undefined;
  return read?.ok === true ? read.value.message : undefined;
}
