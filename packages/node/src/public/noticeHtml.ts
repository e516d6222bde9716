import {
  NOTICE_LANGUAGES,
  type NoticeDocument,
  type NoticeLanguage,
  noticeDigest,
  noticePageWords,
  noticePrint,
  noticeWords,
} from '@comity/formats/letters';
import { COMPLAINT_ABOUT, COMPLAINT_WANTS, type FoundNotice } from '../app/complain.ts';
import { sha256 } from '../keys/crypto.ts';
import { type Html, html } from './html.ts';

/** What every page says around its content. */
interface Page {
  readonly language: NoticeLanguage;
  readonly title: string;
  readonly band: string | undefined;
}

const STYLE = html`<style>
body{font:1.0625rem/1.6 "Noto Sans","Noto Sans Arabic","Noto Nastaliq Urdu","Noto Sans Devanagari","Noto Sans CJK SC",system-ui,sans-serif;color:#16191f;background:#fcfcfa;margin:0}
main{max-inline-size:40rem;margin-inline:auto;padding:1.5rem 1rem 3rem}
.band{background:#f6e4b4;padding:.5rem 1rem;text-align:center;font-weight:600}
h1{font-size:1.75rem;line-height:1.3}h2{font-size:1.25rem;margin-block:2rem .5rem}
dt{color:#485061;margin-block-start:.75rem}dd{margin:0;overflow-wrap:anywhere}
code{font-family:ui-monospace,Menlo,"DejaVu Sans Mono",monospace}
label{display:block;font-weight:600;margin-block-start:1rem}
input,select,textarea,button{font:inherit;min-block-size:44px;box-sizing:border-box;inline-size:100%;padding:.5rem;border:1px solid #7d8694;border-radius:3px;background:#fff;color:inherit}
button{inline-size:auto;background:#17365f;color:#fff;border-color:#17365f;padding-inline:1.25rem;margin-block-start:1.25rem;font-weight:600}
.problem{border-inline-start:4px solid #9d1720;padding-inline-start:1rem}.done{border-inline-start:4px solid #17603a;padding-inline-start:1rem;font-size:1.25rem}
.quiet{color:#485061}nav a{display:inline-block;min-block-size:44px;line-height:44px;margin-inline-end:1rem}
:focus-visible{outline:2px solid #17365f;outline-offset:2px}
@media(prefers-color-scheme:dark){body{background:#12151a;color:#eceef2}dt,.quiet{color:#b5bcc9}input,select,textarea{background:#191d24}a{color:#9dc0f5}button{background:#9dc0f5;color:#12151a;border-color:#9dc0f5}.band{color:#16191f}:focus-visible{outline-color:#9dc0f5}}
@media print{form,nav{display:none}}
</style>`;

function page({ language, title, band }: Page, body: Html): string {
  const { lang, dir } = noticeWords(language);
  return `<!doctype html>${
    html`<html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title}</title>${STYLE}</head><body>${band === undefined ? undefined : html`<p class="band">${band}</p>`}<main>${body}</main></body></html>`
      .html
  }`;
}

/** Where a person keys the code of a letter. `code` is one that was not found. */
export function lookUpPage(about: {
  readonly language: NoticeLanguage;
  readonly sandbox: boolean;
  readonly code?: string;
}): string {
  const { language, sandbox, code } = about;
  const t = noticePageWords(language);
  return page(
    { language, title: t.title, band: sandbox ? noticeWords(language).texts['band.sandbox'] : undefined },
    html`<h1>${t.title}</h1>${code === undefined ? undefined : html`<p class="problem" role="alert">${t.unknown}</p>`}
<form method="get" action="/notice"><input type="hidden" name="lang" value="${language}"><label for="code">${t.enter}</label><input id="code" name="code" dir="ltr" autocomplete="off" spellcheck="false" required value="${code ?? ''}"><button type="submit">${t.look}</button></form>
${languages(language, '/notice')}`,
  );
}

/** A letter, as whoever has its code may read it, and the form for a complaint about it. Name and address of the person are left out: whoever reads this knows them. */
export function noticePage(
  found: FoundNotice,
  about: {
    readonly code: string;
    readonly language: NoticeLanguage;
    readonly name: string;
    readonly sandbox: boolean;
    readonly number?: string;
    readonly empty?: boolean;
  },
): string {
  const { code, language, sandbox, number } = about;
  const t = noticePageWords(language);
  const words = noticeWords(language).texts;
  const told = found.document === undefined ? undefined : letter({ ...found.document, language });
  return page(
    { language, title: words.title, band: sandbox ? words['band.sandbox'] : undefined },
    html`<h1>${words.title}</h1><p>${words.lead}</p>
${number === undefined ? undefined : html`<div role="status"><p class="done">${t.done.replace('{number}', number)}</p><p>${t['done.next']}</p></div>`}
${told ?? html`<dl><dt>${words['label.authority']}</dt><dd>${about.name}</dd><dt>${words['label.ordered']}</dt><dd>${found.on}</dd></dl>`}
${number === undefined ? complaintForm(code, language, about.empty === true) : undefined}
${languages(language, `/notice/${code}`)}`,
  );
}

/** The sections of the letter, without the first, which is whom it is addressed to. */
function letter(document: NoticeDocument): Html {
  const [, ...sections] = noticePrint(document, noticeDigest(document, sha256)).sections;
  return html`${sections.map((section) => {
    const heading = section.heading === '' ? undefined : html`<h2>${section.heading}</h2>`;
    if (section.kind === 'pairs')
      return html`<section>${heading}<dl>${section.rows.map(({ label, lines }) => html`<dt>${label}</dt>${lines.map((line) => html`<dd>${lineOf(line)}</dd>`)}`)}</dl></section>`;
    return section.kind === 'text'
      ? html`<section>${heading}${section.lines.map((line) => html`<p>${lineOf(line)}</p>`)}</section>`
      : html``;
  })}`;
}

function lineOf({ text, style }: { readonly text: string; readonly style: string }): Html {
  if (style === 'code' || style === 'digest') return html`<code dir="ltr">${text}</code>`;
  return style === 'strong' ? html`<strong><bdi>${text}</bdi></strong>` : html`<bdi>${text}</bdi>`;
}

function complaintForm(code: string, language: NoticeLanguage, empty: boolean): Html {
  const t = noticePageWords(language);
  const choices = (
    name: 'about' | 'want',
    values: readonly (typeof COMPLAINT_ABOUT)[number][] | readonly (typeof COMPLAINT_WANTS)[number][],
  ): Html =>
    html`<label for="${name}">${t[name]}</label><select id="${name}" name="${name}" required><option value=""></option>${values.map((value) => html`<option value="${value}">${t[`${name}.${value}` as keyof typeof t]}</option>`)}</select>`;
  return html`<section><h2 id="complaint">${t.complaint}</h2><p>${t['complaint.lead']}</p>${empty ? html`<p class="problem" role="alert">${t.empty}</p>` : undefined}
<form method="post" action="/notice/${code}/complaints"><input type="hidden" name="lang" value="${language}">
${choices('about', COMPLAINT_ABOUT)}
<label for="text">${t.text}</label><textarea id="text" name="text" rows="5" maxlength="4000" required></textarea>
${choices('want', COMPLAINT_WANTS)}
<label for="name">${t.name} <span class="quiet">(${t.optional})</span></label><input id="name" name="name" maxlength="200" autocomplete="name">
<label for="reach">${t.reach} <span class="quiet">(${t.optional})</span></label><input id="reach" name="reach" maxlength="200">
<button type="submit">${t.send}</button></form></section>`;
}

function languages(language: NoticeLanguage, path: string): Html {
  return html`<nav aria-label="${noticePageWords(language).language}">${NOTICE_LANGUAGES.map((one) => {
    const name = new Intl.DisplayNames(one, { type: 'language' }).of(one) ?? one;
    return one === language
      ? html`<strong lang="${one}">${name}</strong> `
      : html`<a href="${path}?lang=${one}" lang="${one}" hreflang="${one}">${name}</a> `;
  })}</nav>`;
}
