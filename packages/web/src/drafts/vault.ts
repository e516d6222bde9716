import { fromBase64, fromUtf8, toBase64, utf8 } from '@comity/core';

const DATABASE = 'comity';
const STORE = 'keys';
const KEY = 'drafts';
const NONCE_BYTES = 12;

/**
 * Drafts on this computer: AES-256-GCM under a key that never leaves the browser's key store (not even this script can read it), the
 * ciphertext in localStorage. Whoever copies the profile's files without that store reads nothing.
 */
export async function keepDraft(name: string, draft: unknown): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const plain = new Uint8Array(utf8(JSON.stringify(draft)));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: new Uint8Array(utf8(name)) },
    await draftKey(),
    plain,
  );
  localStorage.setItem(placeOf(name), `${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`);
}

/** A draft, or undefined when there is none or it cannot be read any more. */
export async function findDraft(name: string): Promise<unknown> {
  const [iv, sealed] = localStorage.getItem(placeOf(name))?.split('.') ?? [];
  if (iv === undefined || sealed === undefined) return undefined;
  const opened = await crypto.subtle
    .decrypt(
      { name: 'AES-GCM', iv: new Uint8Array(fromBase64(iv)), additionalData: new Uint8Array(utf8(name)) },
      await draftKey(),
      new Uint8Array(fromBase64(sealed)),
    )
    // The key store was cleared, or the text was changed: a draft that cannot be opened is no draft.
    .catch(() => undefined);
  return opened === undefined ? undefined : JSON.parse(fromUtf8(new Uint8Array(opened)));
}

/** Forgets a draft. */
export function dropDraft(name: string): void {
  localStorage.removeItem(placeOf(name));
}

function placeOf(name: string): string {
  return `comity.draft.${name}`;
}

let known: Promise<CryptoKey> | undefined;

function draftKey(): Promise<CryptoKey> {
  known ??= findKey();
  return known;
}

async function findKey(): Promise<CryptoKey> {
  const database = await open();
  const kept: unknown = await done(database.transaction(STORE).objectStore(STORE).get(KEY));
  if (kept instanceof CryptoKey) return kept;
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await done(database.transaction(STORE, 'readwrite').objectStore(STORE).put(fresh, KEY));
  return fresh;
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
