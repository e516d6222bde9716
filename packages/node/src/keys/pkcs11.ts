import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { DeviceFailed, type KeyDevice } from './device.ts';

/** A token behind a PKCS #11 module, and the pin of its user. */
export interface Pkcs11Place {
  /** Folder of the package pkcs11js, which the operator has installed: it is compiled for this machine, so it is no dependency of ours. */
  readonly binding: string;
  /** The module's library, such as `/usr/lib/softhsm/libsofthsm2.so`. */
  readonly module: string;
  /** Label of the token. */
  readonly token: string;
  readonly pin: string;
}

/** What of pkcs11js is used. Its constants and functions bear the names of PKCS #11. */
interface Binding {
  readonly PKCS11: new () => Pkcs11;
}

type Attribute = { readonly type: number; readonly value?: Buffer | number | string | boolean };

interface Pkcs11 {
  load(module: string): void;
  close(): void;
  C_Initialize(): void;
  C_Finalize(): void;
  C_GetSlotList(withToken: boolean): readonly Buffer[];
  C_GetTokenInfo(slot: Buffer): { readonly label: string };
  C_OpenSession(slot: Buffer, flags: number): Buffer;
  C_Login(session: Buffer, user: number, pin: string): void;
  C_FindObjectsInit(session: Buffer, template: readonly Attribute[]): void;
  C_FindObjects(session: Buffer, count: number): readonly Buffer[];
  C_FindObjectsFinal(session: Buffer): void;
  C_GetAttributeValue(session: Buffer, object: Buffer, template: readonly Attribute[]): readonly { readonly value: Buffer }[];
  C_SignInit(session: Buffer, mechanism: object, key: Buffer): void;
  C_Sign(session: Buffer, message: Buffer, out: Buffer): Buffer;
  C_EncryptInit(session: Buffer, mechanism: object, key: Buffer): void;
  C_Encrypt(session: Buffer, plain: Buffer, out: Buffer): Buffer;
  C_DecryptInit(session: Buffer, mechanism: object, key: Buffer): void;
  C_Decrypt(session: Buffer, wrapped: Buffer, out: Buffer): Buffer;
}

// PKCS #11 version 3.0, sections 3 and 6: object classes, attributes, mechanisms, flags.
const CKO = { public: 2, private: 3, secret: 4 } as const;
const CKA = { class: 0, label: 3, ecPoint: 0x181 } as const;
const CKM = { eddsa: 0x1057, aesGcm: 0x1087 } as const;
const CKF_SERIAL_SESSION = 4;
const CKU_USER = 1;
/** How pkcs11js knows the parameters of AES-GCM. */
const PARAMS_AES_GCM = 3;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** DER of an octet string of 32 bytes, in which a module gives the point of an Ed25519 key. */
const POINT_HEAD = Buffer.from([0x04, 0x20]);
/** A wrapped secret is some bytes: more than this is none. */
const MOST_SECRET = 4096;

/** Keys in a hardware module: an Ed25519 key pair (CKM_EDDSA) by the label of both halves, an AES key (CKM_AES_GCM) by its label. Throws DeviceFailed when the module cannot be used. */
export function pkcs11Device(place: Pkcs11Place): KeyDevice {
  const { lib, session } = open(place);
  const find = (kind: number, label: string): Buffer => objectIn(lib, session, { kind, label });
  return {
    publicKey: async (name) =>
      attempt(() => {
        const [point] = lib.C_GetAttributeValue(session, find(CKO.public, name), [{ type: CKA.ecPoint }]);
        return rawPoint(point?.value ?? Buffer.alloc(0));
      }),
    sign: async (name, message) =>
      attempt(() => {
        lib.C_SignInit(session, { mechanism: CKM.eddsa }, find(CKO.private, name));
        return new Uint8Array(lib.C_Sign(session, Buffer.from(message), Buffer.alloc(64)));
      }),
    wrap: async (name, secret) =>
      attempt(() => {
        const iv = randomBytes(NONCE_BYTES);
        lib.C_EncryptInit(session, gcm(iv), find(CKO.secret, name));
        const out = Buffer.alloc(secret.length + TAG_BYTES);
        return Buffer.concat([iv, lib.C_Encrypt(session, Buffer.from(secret), out)]).toString('base64url');
      }),
    unwrap: async (name, wrapped) =>
      attempt(() => {
        const bytes = Buffer.from(wrapped, 'base64url');
        if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.length > MOST_SECRET)
          throw new DeviceFailed('this is nothing wrapped');
        lib.C_DecryptInit(session, gcm(bytes.subarray(0, NONCE_BYTES)), find(CKO.secret, name));
        return new Uint8Array(lib.C_Decrypt(session, bytes.subarray(NONCE_BYTES), Buffer.alloc(bytes.length)));
      }),
    close: async () => {
      lib.C_Finalize();
      lib.close();
    },
  };
}

function open({ binding, module, token, pin }: Pkcs11Place): { readonly lib: Pkcs11; readonly session: Buffer } {
  return attempt(() => {
    // Parser: a package of the operator's, of which the calls above are used.
    const { PKCS11 } = createRequire(import.meta.url)(binding) as Binding;
    const lib = new PKCS11();
    lib.load(module);
    lib.C_Initialize();
    const slot = lib.C_GetSlotList(true).find((one) => lib.C_GetTokenInfo(one).label.replaceAll('\0', '').trim() === token);
    if (slot === undefined) throw new DeviceFailed(`it has no token ${token}`);
    const session = lib.C_OpenSession(slot, CKF_SERIAL_SESSION);
    lib.C_Login(session, CKU_USER, pin);
    return { lib, session };
  });
}

function objectIn(lib: Pkcs11, session: Buffer, { kind, label }: { readonly kind: number; readonly label: string }): Buffer {
  lib.C_FindObjectsInit(session, [
    { type: CKA.class, value: kind },
    { type: CKA.label, value: label },
  ]);
  const found = lib.C_FindObjects(session, 2);
  lib.C_FindObjectsFinal(session);
  const [only, second] = found;
  // Two of one name could be two keys.
  if (only === undefined || second !== undefined)
    throw new DeviceFailed(`it has ${found.length === 0 ? 'no key' : 'several keys'} of this name`);
  return only;
}

function gcm(iv: Buffer): object {
  return { mechanism: CKM.aesGcm, parameter: { type: PARAMS_AES_GCM, iv, ivBits: NONCE_BYTES * 8, tagBits: TAG_BYTES * 8 } };
}

/** Some modules give the 32 bytes bare, others as a DER octet string. */
function rawPoint(point: Buffer): Uint8Array {
  const raw = point.length === 34 && point.subarray(0, 2).equals(POINT_HEAD) ? point.subarray(2) : point;
  if (raw.length !== 32) throw new DeviceFailed('its key is not Ed25519');
  return new Uint8Array(raw);
}

/** What a module says is kept short: its messages name calls and codes. */
function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DeviceFailed) throw error;
    const [, code = 'it failed'] = /(CKR_[A-Z_]+)/.exec(error instanceof Error ? error.message : '') ?? [];
    throw new DeviceFailed(code);
  }
}
