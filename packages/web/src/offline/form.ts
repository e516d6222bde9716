import { element } from './element.ts';
import type { Desk, Doing } from './page.ts';
import { say } from './words.ts';

/** The two things to choose, and the button. */
export function form(desk: Desk, doing: Doing): HTMLElement {
  const made = element('form', { class: 'no-print' }, fileField(desk, doing), trustField(desk, doing), actions(desk, doing));
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    doing.run();
  });
  return made;
}

function fileField(desk: Desk, { draw }: Doing): HTMLElement {
  const input = element('input', {
    type: 'file',
    id: 'file',
    accept: '.comity,.tlog-proof,.json',
    'aria-describedby': 'file-help',
  });
  // After a change of language the choice is only remembered here.
  input.required = desk.file === undefined;
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    forget(desk);
    desk.file = file;
    draw();
    document.getElementById('file')?.focus();
  };
  input.addEventListener('change', () => take(input.files?.[0]));
  const help = desk.file === undefined ? say('offline.drop') : say('verify.chosen', { name: desk.file.name });
  return droppable(
    take,
    element('h2', {}, say('offline.file')),
    hint('file-help', help),
    chooser(input, say(desk.file === undefined ? 'offline.choose' : 'offline.choose-other')),
  );
}

function trustField(desk: Desk, { draw }: Doing): HTMLElement {
  const area = element('textarea', { id: 'trust', rows: '4', dir: 'ltr', spellcheck: 'false', 'aria-describedby': 'trust-help' });
  area.value = desk.trust;
  area.required = true;
  area.addEventListener('input', () => {
    desk.trust = area.value;
  });
  const input = element('input', { type: 'file', id: 'trust-file', accept: '.json,.txt,.policy' });
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    forget(desk);
    desk.trust = await file.text();
    draw();
    document.getElementById('trust')?.focus();
  };
  input.addEventListener('change', () => void take(input.files?.[0]));
  return droppable(
    (file) => void take(file),
    element('h2', {}, element('label', { for: 'trust' }, say('offline.trust'))),
    hint('trust-help', say('offline.trust.help')),
    area,
    chooser(input, say('offline.trust.file')),
  );
}

function actions(desk: Desk, { draw }: Doing): HTMLElement {
  const { running } = desk;
  if (running === undefined) return element('p', {}, element('button', { class: 'button', type: 'submit' }, say('verify.run')));
  const stop = element('button', { class: 'button', type: 'button' }, say('offline.stop'));
  stop.addEventListener('click', () => {
    running.stop();
    Object.assign(desk, { running: undefined, broken: 'stopped' });
    draw();
  });
  return element('p', {}, stop);
}

/** What was said of another file is not left standing beside a new one. */
function forget(desk: Desk): void {
  desk.running?.stop();
  Object.assign(desk, { running: undefined, checked: undefined, broken: undefined });
}

function droppable(take: (file: File | undefined) => void, ...children: readonly Node[]): HTMLElement {
  const field = element('div', { class: 'drop' }, ...children);
  field.addEventListener('drop', (event) => take(event.dataTransfer?.files[0]));
  return field;
}

/** A file input behind words of ours: a browser's own speak its language, and forget the file when the page is drawn again. */
function chooser(input: HTMLInputElement, words: string): HTMLElement {
  input.classList.add('unseen');
  return element('span', { class: 'chooser' }, input, element('label', { for: input.id, class: 'button quiet-button' }, words));
}

function hint(id: string, text: string): HTMLElement {
  return element('p', { id, class: 'small quiet' }, text);
}
