import { toHex } from '@comity/core';
import { sha256 } from '@noble/hashes/sha2.js';
import { OWN_NAMES, PRINT_LANGUAGES, printLanguageOf } from '../words/language.ts';
import { element } from './element.ts';
import { form } from './form.ts';
import { type Checked, resultOf } from './result.ts';
import { type Running, startCheck } from './run.ts';
import { firstLanguage, language, say, speak } from './words.ts';

/** What the person has chosen and what came of it. */
export interface Desk {
  file: File | undefined;
  trust: string;
  running: Running | undefined;
  checked: Checked | undefined;
  /** The check was ended before it could answer, or failed. */
  broken: 'stopped' | 'failed' | undefined;
}

/** Builds the page. In: its own script, for the worker. */
export function showPage(script: string): void {
  const desk: Desk = { file: undefined, trust: '', running: undefined, checked: undefined, broken: undefined };
  const draw = (): void => render(desk, { draw, run: () => void run(desk, script, draw) });
  // A file that falls beside the field would replace the page.
  for (const event of ['dragover', 'drop']) document.addEventListener(event, (dropped) => dropped.preventDefault());
  followScheme();
  speak(firstLanguage());
  draw();
}

/** The colours are those of the desks, which name their scheme on the root. */
function followScheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = (): void => {
    document.documentElement.dataset['mantineColorScheme'] = dark.matches ? 'dark' : 'light';
  };
  dark.addEventListener('change', follow);
  follow();
}

/** What the parts of the page can make happen. */
export interface Doing {
  readonly draw: () => void;
  readonly run: () => void;
}

function render(desk: Desk, doing: Doing): void {
  const main = element(
    'main',
    { id: 'main' },
    element('h1', {}, say('verify.title')),
    element('p', {}, say('offline.lead')),
    form(desk, doing),
    element('div', { id: 'outcome', tabindex: '-1' }, ...outcome(desk)),
  );
  const foot = element('footer', {}, element('p', { class: 'small quiet' }, say('offline.foot')));
  document.body.replaceChildren(header(doing), main, foot);
}

function header({ draw }: Doing): HTMLElement {
  const choices = PRINT_LANGUAGES.map((one) => {
    const option = element('option', { value: one, lang: one }, OWN_NAMES[one]);
    option.selected = one === language();
    return option;
  });
  const select = element('select', { 'aria-label': say('offline.language') }, ...choices);
  select.addEventListener('change', () => {
    speak(printLanguageOf(select.value));
    draw();
    document.querySelector('select')?.focus();
  });
  return element('header', {}, element('strong', {}, 'Comity'), element('span', { class: 'quiet' }, say('offline.mark')), select);
}

function outcome({ running, checked, broken }: Desk): readonly Node[] {
  if (running !== undefined) return [element('p', { role: 'status' }, say('offline.busy'))];
  if (broken !== undefined)
    return [element('p', { role: 'alert' }, say(broken === 'stopped' ? 'offline.stopped' : 'offline.failed'))];
  return checked === undefined ? [] : resultOf(checked);
}

async function run(desk: Desk, script: string, draw: () => void): Promise<void> {
  const { file, trust } = desk;
  if (file === undefined) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const fingerprint = toHex(sha256(bytes));
  const running = startCheck(script, { bytes, trust });
  Object.assign(desk, { running, checked: undefined, broken: undefined });
  draw();
  const answer = await running.answer;
  if (desk.running !== running) return;
  desk.running = undefined;
  if (answer.kind === 'failed') desk.broken = 'failed';
  else desk.checked = { answer, file: file.name, fingerprint, at: new Date().toISOString() };
  draw();
  document.getElementById('outcome')?.focus();
}
