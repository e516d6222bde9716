import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What a test may have the service do instead of what it should. */
export interface Faults {
  /** Answers this status to requests whose method and query fit. */
  status?: { readonly of: (request: { readonly method: string; readonly url: URL }) => boolean; readonly code: number };
  /** Breaks off an object after so many bytes. */
  breakAfter?: number;
  /** Keeps every version although it says that it was removed. */
  locked?: boolean;
}

interface Stored {
  readonly id: string;
  readonly bytes: Buffer;
  readonly deleted: boolean;
  readonly at: number;
}

const SECRET = 'secret/of+the.tests';

/** A small S3 service in this process, with versions and uploads in parts. It checks each signature by its own arithmetic (AWS Signature Version 4). */
export class S3Server {
  readonly faults: Faults = {};
  readonly objects = new Map<string, Stored[]>();
  readonly uploads = new Map<string, { readonly key: string; readonly at: number; readonly parts: Map<number, Buffer> }>();
  readonly #server: Server;
  readonly #versioned: boolean;

  constructor(versioned: boolean) {
    this.#versioned = versioned;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async start(): Promise<{
    readonly endpoint: string;
    readonly bucket: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  }> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const address = this.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'vault',
      region: 'eu-test-1',
      accessKeyId: 'AKTEST',
      secretAccessKey: SECRET,
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** Bytes of everything that the service still holds, every version of it. */
  held(): Buffer {
    const parts = [...this.uploads.values()].flatMap((upload) => [...upload.parts.values()]);
    return Buffer.concat([...[...this.objects.values()].flat().map(({ bytes }) => bytes), ...parts]);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { status, body = '', headers = {} } = this.#replyTo(request, Buffer.concat(chunks));
    const { breakAfter } = this.faults;
    const breaks = breakAfter !== undefined && typeof body !== 'string' && request.method === 'GET' && body.length > breakAfter;
    response.writeHead(status, { 'content-length': body.length, ...headers });
    if (breaks) response.write(body.subarray(0, breakAfter), () => response.destroy());
    else response.end(request.method === 'HEAD' ? undefined : body);
  }

  #replyTo(request: IncomingMessage, body: Buffer): Reply {
    const url = new URL(request.url ?? '', 'http://localhost');
    const method = request.method ?? '';
    const { status } = this.faults;
    if (status?.of({ method, url }) === true) return { status: status.code };
    if (!isSigned(request, body)) return { status: 403 };
    const key = decodeURIComponent(url.pathname.replace(/^\/vault\/?/, ''));
    if (key === '') return url.searchParams.has('uploads') ? this.#openUploads(url) : this.#list(url);
    if (url.searchParams.has('uploads') || url.searchParams.has('uploadId')) return this.#upload({ method, url, key, body });
    if (method === 'PUT') return this.#put(key, body);
    if (method === 'DELETE') return this.#delete(key, url.searchParams.get('versionId'));
    return this.#get({ range: request.headers.range ?? '', version: url.searchParams.get('versionId'), key });
  }

  #put(key: string, bytes: Buffer): Reply {
    const made = { id: this.#versioned ? randomUUID() : 'null', bytes, deleted: false, at: Date.now() };
    this.objects.set(key, this.#versioned ? [...(this.objects.get(key) ?? []), made] : [made]);
    return { status: 200, headers: { etag: tagOf(bytes) } };
  }

  #delete(key: string, version: string | null): Reply {
    if (this.faults.locked === true) return { status: 204 };
    const known = this.objects.get(key) ?? [];
    const marker = { id: randomUUID(), bytes: Buffer.alloc(0), deleted: true, at: Date.now() };
    const unnamed = this.#versioned ? [...known, marker] : [];
    const left = version === null ? unnamed : known.filter(({ id }) => id !== version);
    if (left.length === 0) this.objects.delete(key);
    else this.objects.set(key, left);
    return { status: 204 };
  }

  #get({ range, version, key }: { readonly range: string; readonly version: string | null; readonly key: string }): Reply {
    const known = this.objects.get(key) ?? [];
    const found = version === null ? known.at(-1) : known.find(({ id }) => id === version);
    if (found === undefined || found.deleted) return { status: 404 };
    const from = Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0);
    if (from >= found.bytes.length && from > 0) return { status: 416 };
    return { status: from > 0 ? 206 : 200, body: found.bytes.subarray(from), headers: { etag: tagOf(found.bytes) } };
  }

  #openUploads(url: URL): Reply {
    const prefix = url.searchParams.get('prefix') ?? '';
    const open = [...this.uploads].filter(([, { key }]) => key.startsWith(prefix));
    const items = open.map(
      ([id, { key, at }]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${iso(at)}</Initiated></Upload>`,
    );
    return { status: 200, body: `<ListMultipartUploadsResult>${items.join('')}</ListMultipartUploadsResult>` };
  }

  /** Pages of one, so that whoever asks has to turn them. */
  #list({ searchParams }: URL): Reply {
    const prefix = searchParams.get('prefix') ?? '';
    const all = [...this.objects].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
    const versions = all.flatMap(([key, stored]) =>
      stored.map((one) => ({ ...one, key, tag: one.deleted ? 'DeleteMarker' : 'Version' })),
    );
    const latest = all.flatMap(([key, stored]) => stored.slice(-1).map((one) => ({ ...one, key, tag: 'Contents' })));
    const listed = searchParams.has('versions') ? versions : latest.filter(({ deleted }) => !deleted);
    const start = Number(searchParams.get('continuation-token') ?? searchParams.get('version-id-marker') ?? 0);
    const items = listed
      .slice(start, start + 1)
      .map(
        ({ tag, key, id, at }) =>
          `<${tag}><Key>${key}</Key><VersionId>${id}</VersionId><LastModified>${iso(at)}</LastModified></${tag}>`,
      );
    const more = start + 1 < listed.length;
    const next = `<NextContinuationToken>${start + 1}</NextContinuationToken><NextKeyMarker>x</NextKeyMarker><NextVersionIdMarker>${start + 1}</NextVersionIdMarker>`;
    return { status: 200, body: `<Result><IsTruncated>${more}</IsTruncated>${more ? next : ''}${items.join('')}</Result>` };
  }

  #upload(ask: { readonly method: string; readonly url: URL; readonly key: string; readonly body: Buffer }): Reply {
    const { method, url, key, body } = ask;
    const id = url.searchParams.get('uploadId');
    if (id === null) {
      const made = randomUUID();
      this.uploads.set(made, { key, at: Date.now(), parts: new Map() });
      return { status: 200, body: `<Result><UploadId>${made}</UploadId></Result>` };
    }
    const upload = this.uploads.get(id);
    if (upload === undefined) return { status: 404 };
    if (method === 'POST') return this.#join(id, body);
    if (method === 'DELETE') this.uploads.delete(id);
    else upload.parts.set(Number(url.searchParams.get('partNumber')), body);
    return { status: method === 'DELETE' ? 204 : 200, headers: { etag: tagOf(body) } };
  }

  #join(id: string, list: Buffer): Reply {
    const upload = this.uploads.get(id);
    const named = [...list.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]*)<\/ETag>/g)];
    const parts = named.map(([, number]) => upload?.parts.get(Number(number)) ?? Buffer.alloc(0));
    const fits = named.every(([, , tag = ''], i) => tag.replaceAll('&quot;', '"') === tagOf(parts[i] ?? Buffer.alloc(0)));
    // S3: every part but the last one has 5 MiB at least.
    if (!fits || parts.slice(0, -1).some(({ length }) => length < 5 << 20)) return { status: 400 };
    this.uploads.delete(id);
    this.#put(upload?.key ?? '', Buffer.concat(parts));
    return { status: 200, body: '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>' };
  }
}

interface Reply {
  readonly status: number;
  readonly body?: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
}

const tagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`;
const iso = (at: number): string => new Date(at).toISOString();
const hash = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** AWS Signature Version 4 of a request, over the headers that it says, and the SHA-256 of its body. */
function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const header = request.headers.authorization ?? '';
  const [, date = '', region = '', names = '', given = ''] =
    /^AWS4-HMAC-SHA256 Credential=AKTEST\/(\d{8})\/([a-z0-9-]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/.exec(
      header,
    ) ?? [];
  const payload = String(request.headers['x-amz-content-sha256']);
  if (payload !== hash(body) || !names.split(';').includes('x-amz-content-sha256')) return false;
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const sorted = query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .sort()
    .join('&');
  const headers = names
    .split(';')
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
    .join('');
  const canonical = [request.method, path, sorted, headers, names, payload].join('\n');
  const scope = `${date}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, hash(canonical)].join('\n');
  const key = ['s3', 'aws4_request'].reduce((k, part) => hmac(k, part), hmac(hmac(`AWS4${SECRET}`, date), region));
  return hmac(key, text).toString('hex') === given;
}
