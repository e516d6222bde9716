import { fromBase64, ok, type Result, toBase64, utf8 } from '@comity/core';
import { fault } from './faults.ts';
import { readXml, type XmlElement, xmlText } from './xml.ts';

/** A file that a manifest speaks of. */
export interface Referenced {
  /** Name of the entry. */
  readonly name: string;
  readonly mediaType?: string;
  readonly sha256: Uint8Array;
}

/** An ASiCManifest: which signature or time stamp covers which files (ETSI EN 319 162-1 annex A.4). */
export interface AsicManifest {
  /** Name of the entry with the signature or time stamp over this manifest. */
  readonly signature: string;
  readonly signatureType: string;
  readonly files: readonly Referenced[];
}

export const CMS_TYPE = 'application/pkcs7-signature';
export const STAMP_TYPE = 'application/vnd.etsi.timestamp-token';

const ASIC = 'http://uri.etsi.org/02918/v1.2.1#';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** Writes an ASiCManifest (EN 319 162-1, A.4): a SHA-256 digest of every file. */
export function asicManifestBytes({ signature, signatureType, files }: AsicManifest): Uint8Array {
  const references = files.map(({ name, mediaType, sha256 }) => {
    const type = mediaType === undefined ? '' : ` MimeType="${xmlText(mediaType)}"`;
    return [
      `  <asic:DataObjectReference URI="${xmlText(uriOf(name))}"${type}>`,
      `    <ds:DigestMethod Algorithm="${SHA256}"/>`,
      `    <ds:DigestValue>${toBase64(sha256)}</ds:DigestValue>`,
      '  </asic:DataObjectReference>',
    ].join('\n');
  });
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<asic:ASiCManifest xmlns:asic="${ASIC}" xmlns:ds="${DS}">`,
    `  <asic:SigReference URI="${xmlText(uriOf(signature))}" MimeType="${xmlText(signatureType)}"/>`,
    ...references,
    '</asic:ASiCManifest>',
  ];
  return utf8(`${lines.join('\n')}\n`);
}

/** Reads an ASiCManifest. Refuses `manifest-invalid` for what does not follow A.4 or uses another digest than SHA-256, and what readXml refuses. */
export function readAsicManifest(bytes: Uint8Array, where: string): Result<AsicManifest> {
  const root = readXml(bytes, where);
  if (!root.ok) return root;
  const { space, name, children } = root.value;
  if (space !== ASIC || name !== 'ASiCManifest') return fault('manifest-invalid', where);
  const signatures = children.filter((child) => child.space === ASIC && child.name === 'SigReference');
  const references = children.filter((child) => child.space === ASIC && child.name === 'DataObjectReference');
  const uri = nameOf(signatures[0]?.attributes['URI']);
  const files = references.map(referenced).filter((file) => file !== undefined);
  const whole = signatures.length === 1 && references.length > 0 && files.length === references.length;
  const once = new Set(files.map((file) => file.name)).size === files.length;
  if (uri === undefined || !whole || !once) return fault('manifest-invalid', where);
  return ok({ signature: uri, signatureType: signatures[0]?.attributes['MimeType'] ?? '', files });
}

function referenced({ attributes, children }: XmlElement): Referenced | undefined {
  const name = nameOf(attributes['URI']);
  const method = children.find((child) => child.space === DS && child.name === 'DigestMethod');
  const value = children.find((child) => child.space === DS && child.name === 'DigestValue');
  if (name === undefined || method?.attributes['Algorithm'] !== SHA256 || value === undefined) return undefined;
  const mediaType = attributes['MimeType'];
  try {
    const sha256 = fromBase64(value.text.replace(/[ \t\r\n]/g, ''));
    return sha256.length === 32 ? { name, sha256, ...(mediaType === undefined ? {} : { mediaType }) } : undefined;
  } catch {
    // fromBase64 throws on all that is not base64.
    return undefined;
  }
}

/** The name of an entry as a relative URI (RFC 3986). */
function uriOf(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}

function nameOf(uri: string | undefined): string | undefined {
  // A scheme, a host, a query or a fragment would lead out of the container.
  if (uri === undefined || uri === '' || /^[A-Za-z][\w+.-]*:|^\/\/|[?#]/.test(uri)) return undefined;
  try {
    return decodeURIComponent(uri.replace(/^\//, ''));
  } catch {
    // decodeURIComponent throws on a broken escape.
    return undefined;
  }
}
