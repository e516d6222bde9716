import { AwsClient } from 'aws4fetch';
import { sha256Hex } from '../keys/crypto.ts';

/** A bucket of an S3 service, and the keys of who may use it. */
export interface S3Place {
  /** Address of the service; the bucket is the first part of the path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The service does not answer, or not as it should. What it said is left out: it may quote a request. */
export class VaultUnreachable extends Error {
  constructor(what: string) {
    super(`the vault's S3 service: ${what}`);
  }
}

/** The service takes no more. */
export class VaultFull extends Error {}

/** One version of an object, or a marker that it was deleted. */
export interface Version {
  readonly key: string;
  readonly id: string;
}

interface Ask {
  readonly method?: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that are an answer besides 200 to 299. */
  readonly also?: readonly number[];
}

/** Tries of one request before the service counts as unreachable. */
const RETRIES = 3;
const FULL = [507, 413];
/** A service that does not have a call: so say different ones. */
const UNKNOWN_CALL = [405, 501];

/** The few S3 calls that a vault needs: signed with AWS Signature Version 4, path style, each body with its SHA-256, so that the service refuses one that was altered on the way. */
export class S3Client {
  readonly #aws: AwsClient;
  readonly #base: string;

  constructor({ endpoint, bucket, region, accessKeyId, secretAccessKey, sessionToken }: S3Place) {
    const session = sessionToken === undefined ? {} : { sessionToken };
    this.#aws = new AwsClient({ accessKeyId, secretAccessKey, ...session, service: 's3', region, retries: RETRIES });
    this.#base = `${endpoint.replace(/\/$/, '')}/${bucket}`;
  }

  async put(key: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
    await drain(await this.#ask({ method: 'PUT', key, body }));
  }

  /** An object from a byte on; undefined when it is not there. */
  async get(key: string, from = 0, version?: string): Promise<Response | undefined> {
    const headers = from === 0 ? {} : { range: `bytes=${from}-` };
    const query = version === undefined ? {} : { versionId: version };
    const answer = await this.#ask({ key, headers, query, also: [404, 416] });
    if (answer.status < 300 && (from === 0 || answer.status === 206)) return answer;
    await drain(answer);
    if (answer.status < 300) throw new VaultUnreachable('it does not give a part of an object');
    return undefined;
  }

  async has(key: string): Promise<boolean> {
    const answer = await this.#ask({ method: 'HEAD', key, also: [404] });
    return answer.status !== 404;
  }

  async remove({ key, id }: Version): Promise<void> {
    const query = id === NO_VERSION ? {} : { versionId: id };
    await drain(await this.#ask({ method: 'DELETE', key, query, also: [404] }));
  }

  /** Every version of one object, delete markers among them. A service that knows no versions has one of each object at most. */
  async versionsOf(key: string): Promise<readonly Version[]> {
    const found: Version[] = [];
    for (let page: Readonly<Record<string, string>> = {}; ; ) {
      const text = await this.#text({ query: { versions: '', prefix: key, ...page }, also: UNKNOWN_CALL });
      if (text === undefined) return (await this.has(key)) ? [{ key, id: NO_VERSION }] : [];
      for (const [, body = ''] of text.matchAll(/<(?:Version|DeleteMarker)>([\s\S]*?)<\/(?:Version|DeleteMarker)>/g))
        found.push({ key: member(body, 'Key'), id: member(body, 'VersionId') });
      const [marker, version] = [member(text, 'NextKeyMarker'), member(text, 'NextVersionIdMarker')];
      if (member(text, 'IsTruncated') !== 'true' || marker === '') break;
      page = { 'key-marker': marker, ...(version === '' ? {} : { 'version-id-marker': version }) };
    }
    return found.filter((version) => version.key === key);
  }

  /** Keys that begin so, each with the milliseconds since 1970 of its last change. */
  async list(prefix: string): Promise<readonly { readonly key: string; readonly at: number }[]> {
    const found: { readonly key: string; readonly at: number }[] = [];
    for (let page: Readonly<Record<string, string>> = {}; ; ) {
      const text = await this.#known({ query: { 'list-type': '2', prefix, ...page } });
      for (const [, body = ''] of text.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g))
        found.push({ key: member(body, 'Key'), at: Date.parse(member(body, 'LastModified')) });
      const token = member(text, 'NextContinuationToken');
      if (member(text, 'IsTruncated') !== 'true' || token === '') return found;
      page = { 'continuation-token': token };
    }
  }

  async beginUpload(key: string): Promise<string> {
    const id = member(await this.#known({ method: 'POST', key, query: { uploads: '' } }), 'UploadId');
    if (id === '') throw new VaultUnreachable('it began no upload');
    return id;
  }

  /** Hands in a part; gives its ETag. */
  async putPart(
    key: string,
    part: { readonly upload: string; readonly number: number; readonly body: Uint8Array<ArrayBuffer> },
  ): Promise<string> {
    const query = { partNumber: String(part.number), uploadId: part.upload };
    const answer = await this.#ask({ method: 'PUT', key, query, body: part.body });
    await drain(answer);
    const tag = answer.headers.get('etag');
    if (tag === null) throw new VaultUnreachable('it took a part without a tag');
    return tag;
  }

  async endUpload(key: string, upload: string, tags: readonly string[]): Promise<void> {
    const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`);
    const body = bytesOf(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
    const text = await this.#known({ method: 'POST', key, query: { uploadId: upload }, body });
    // The service may begin to answer before it has put the parts together, and say afterwards that it could not.
    if (!text.includes('<CompleteMultipartUploadResult')) throw new VaultUnreachable('it did not put the parts together');
  }

  async dropUpload(key: string, upload: string): Promise<void> {
    await drain(await this.#ask({ method: 'DELETE', key, query: { uploadId: upload }, also: [404] }));
  }

  /** Uploads that were begun and not ended, of keys that begin so, with the time at which they began. */
  async openUploads(prefix: string): Promise<readonly { readonly key: string; readonly upload: string; readonly at: number }[]> {
    const text = (await this.#text({ query: { uploads: '', prefix }, also: UNKNOWN_CALL })) ?? '';
    return [...text.matchAll(/<Upload>([\s\S]*?)<\/Upload>/g)].map(([, body = '']) => ({
      ...{ key: member(body, 'Key'), upload: member(body, 'UploadId') },
      at: Date.parse(member(body, 'Initiated')),
    }));
  }

  async #known(ask: Ask): Promise<string> {
    return (await this.#text(ask)) ?? '';
  }

  /** What is answered; undefined for a call that the service does not have, where that is an answer. */
  async #text(ask: Ask): Promise<string | undefined> {
    const answer = await this.#ask(ask);
    try {
      const text = await answer.text();
      return answer.ok ? text : undefined;
    } catch {
      throw new VaultUnreachable('it broke off');
    }
  }

  async #ask({ method = 'GET', key = '', query = {}, body, headers = {}, also = [] }: Ask): Promise<Response> {
    const url = new URL(`${this.#base}${key === '' ? '' : `/${key}`}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const digest = { 'x-amz-content-sha256': sha256Hex(body ?? new Uint8Array()) };
    const answer = await this.#send(url, { method, headers: { ...headers, ...digest }, ...(body === undefined ? {} : { body }) });
    if (answer.ok || also.includes(answer.status)) return answer;
    await drain(answer);
    if (FULL.includes(answer.status)) throw new VaultFull();
    throw new VaultUnreachable(`it answered ${answer.status}`);
  }

  /** Sends a request again when its connection fails: none of them does more when it is done twice. What is answered is tried again by aws4fetch, where that helps. */
  async #send(url: URL, init: RequestInit): Promise<Response> {
    for (const pause of PAUSES) {
      try {
        return await this.#aws.fetch(url, init);
      } catch {
        await new Promise((done) => setTimeout(done, pause));
      }
    }
    throw new VaultUnreachable('it cannot be reached');
  }
}

/** Milliseconds after each failure. */
const PAUSES = [20, 200, 1000];

/** What S3 calls the version of an object in a bucket that keeps none. */
const NO_VERSION = 'null';

/** The text of an element that occurs once; empty when it is not there. Answers of S3 are flat and small, and what is read from them is only ever a key of ours or handed back. */
function member(xml: string, name: string): string {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text));
}

/** Reads an answer to its end, so that its connection can be used again. */
async function drain(answer: Response): Promise<void> {
  await answer.arrayBuffer().catch(() => undefined);
}
