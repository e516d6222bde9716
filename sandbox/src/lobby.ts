import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ORGANISATIONS } from './organisations.ts';

export interface Lobby {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

interface LobbyOptions {
  readonly host: string;
  readonly port: number;
  /** Contents of trust.json: the one key to trust beforehand. */
  readonly trust: string;
  readonly portOf: (index: number) => number;
}

const LANGUAGES = ['en', 'fr', 'ar'] as const;
type Words = Readonly<Record<string, string>>;

/** The sandbox's front door: who is here, with one click to sign in as anybody. Plain HTML, no script. */
export async function startLobby(options: LobbyOptions): Promise<Lobby> {
  const catalogues = new Map(LANGUAGES.map((language) => [language, readWords(language)]));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://lobby');
    if (url.pathname === '/trust.json')
      return void response
        .writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
        .end(options.trust);
    if (url.pathname !== '/') return void response.writeHead(404, { 'content-type': 'text/plain' }).end('404');
    const language = LANGUAGES.find((known) => known === url.searchParams.get('lang')) ?? 'en';
    const body = page(catalogues.get(language) ?? {}, { language, options });
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      })
      .end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        'code' in error && error.code === 'EADDRINUSE'
          ? new Error(`Port ${options.port} is taken by another program. Stop it, or start with --port.`)
          : error,
      ),
    );
    server.listen(options.port, options.host, resolve);
  });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${options.host}:${options.port}`, stop };
}

function readWords(language: string): Words {
  return JSON.parse(readFileSync(join(import.meta.dirname, '..', 'messages', `${language}.json`), 'utf8'));
}

interface Scene {
  readonly language: string;
  readonly options: LobbyOptions;
}

function page(words: Words, { language, options }: Scene): string {
  const say = (key: string): string => escapeHtml(words[key] ?? key);
  const rows = ORGANISATIONS.map((org, index) => {
    const people = org.people.map((person) => {
      const href = `http://${options.host}:${options.portOf(index)}/enter/${person.id}?lang=${language}`;
      return `<li><a href="${href}"><bdi>${escapeHtml(person.name)}</bdi></a> <span class="role">${person.roles.map((role) => say(`role.${role}`)).join(', ')}</span></li>`;
    });
    return `<tr><th scope="row"><bdi>${escapeHtml(org.name)}</bdi><span class="kind">${say(`kind.${org.kind}`)}</span></th><td>${say(`country.${org.country}`)}</td><td><ul>${people.join('')}</ul></td></tr>`;
  });
  const switches = LANGUAGES.map(
    (other) => `<a href="/?lang=${other}" lang="${other}"${other === language ? ' aria-current="true"' : ''}>${NAMES[other]}</a>`,
  ).join(' ');
  return `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say('title')}</title><style>${STYLE}</style></head>
<body><p class="band">${say('band')}</p><main><nav aria-label="${say('languages')}">${switches}</nav><h1>${say('heading')}</h1><p class="lead">${say('lead')}</p>
<h2>${say('try')}</h2><ol><li>${say('try.cooperation')}</li><li>${say('try.outsourcing')}</li><li>${say('try.story')} <code>npm run story -- cooperation</code></li></ol>
<h2>${say('who')}</h2><table><thead><tr><th scope="col">${say('organisation')}</th><th scope="col">${say('country')}</th><th scope="col">${say('enter')}</th></tr></thead><tbody>${rows.join('')}</tbody></table>
<p class="foot">${say('passphrase')} <code>sandbox</code> · ${say('trust')} <a href="/trust.json">trust.json</a></p></main></body></html>`;
}

const NAMES = { en: 'English', fr: 'Français', ar: 'العربية' } as const;

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const STYLE = `
:root{color-scheme:light dark;--ink:#16202c;--ground:#fcfcfb;--accent:#1d3f72;--line:#d5d9de;--soft:#51606f;--band:#f8ecc4;--hatch:#ecd48a}
@media (prefers-color-scheme:dark){:root{--ink:#e9ecef;--ground:#14181d;--accent:#9dbdf0;--line:#39424d;--soft:#a6b1bd;--band:#3a3118;--hatch:#56481f}}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 "Noto Sans","Noto Sans Arabic",system-ui,sans-serif}
.band{margin:0;padding:.5rem 1rem;font-weight:600;text-align:center;background:repeating-linear-gradient(135deg,var(--band) 0 10px,var(--hatch) 10px 20px);border-block-end:1px solid var(--line)}
main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 3rem}
nav{display:flex;gap:1rem;justify-content:flex-end}nav a[aria-current]{color:var(--ink);text-decoration:none;font-weight:600}
h1{font-size:28px;line-height:1.2;margin:.5rem 0}h2{font-size:20px;margin:2rem 0 .5rem}.lead{max-width:72ch}ol{max-width:72ch;padding-inline-start:1.2rem}
a{color:var(--accent)}a:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.6rem .75rem .6rem 0;border-block-end:1px solid var(--line)}thead th{color:var(--soft);font-size:14px}
tbody th{font-weight:600}.kind,.role{display:block;color:var(--soft);font-size:14px;font-weight:400}.role{display:inline}
ul{list-style:none;margin:0;padding:0}li{margin-block:.15rem}.foot{color:var(--soft);margin-block-start:2rem}
@media (max-width:600px){table,tbody,tr,td,tbody th{display:block;border:0;padding:0}thead{position:absolute;clip-path:inset(50%)}tr{border-block-end:1px solid var(--line);padding:.75rem 0}}
`;
