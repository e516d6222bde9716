import * as asn1js from 'asn1js';

/** Reads one DER or BER value that fills the bytes exactly; undefined for all else. */
export function readDer(bytes: Uint8Array): asn1js.AsnType | undefined {
  const read = asn1js.fromBER(new Uint8Array(bytes).buffer);
  return read.offset === bytes.length ? read.result : undefined;
}

/** DER of a value. */
export function derOf(value: { readonly toBER: () => ArrayBuffer }): Uint8Array {
  return new Uint8Array(value.toBER());
}

/** Makes an object of the library out of DER; undefined when it is of another form, which the library says by throwing. */
export function parsedAs<T>(bytes: Uint8Array, make: (value: asn1js.AsnType) => T): T | undefined {
  const value = readDer(bytes);
  if (value === undefined) return undefined;
  try {
    return make(value);
  } catch {
    // The library throws for every departure from the schema, and has no other way to say it.
    return undefined;
  }
}

/** Bytes as the library wants them. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
