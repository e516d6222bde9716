import { expect, test } from 'vitest';
import { readMail } from './readMail.ts';
import { isMbox, messageAt, placesIn } from './readMbox.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const lines = (...all: readonly string[]): Uint8Array => bytes(all.join('\r\n'));

test('a plain message shows its headers, unfolded and decoded, and its text', () => {
  const mail = readMail(
    lines(
      'From: =?utf-8?q?Marta_Duarte?= <m@skymail.example>',
      'Subject: =?UTF-8?B?w6F0YQ==?=',
      ' =?utf-8?q?=C3=A9?= folded',
      'X-Mailer: no',
      '',
      'Hello,',
      'bye',
    ),
  );
  expect(mail.headers).toEqual([
    ['from', 'Marta Duarte <m@skymail.example>'],
    ['subject', 'átaé folded'],
  ]);
  expect([mail.text, mail.isHtml, mail.attachments]).toEqual(['Hello,\r\nbye', false, []]);
});

test('of alternatives the plain text is shown, of attachments only what they are', () => {
  const mail = readMail(
    lines(
      'Content-Type: multipart/mixed; boundary="out"',
      '',
      '--out',
      'Content-Type: multipart/alternative; boundary=in',
      '',
      '--in',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<img src="https://tracker.example/x.png">',
      '--in',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'caf=E9 =',
      'noir',
      '--in--',
      '--out',
      'Content-Type: image/png; name="a.png"',
      'Content-Disposition: attachment; filename="=?utf-8?q?=C3=A9.png?="',
      'Content-Transfer-Encoding: base64',
      '',
      'AAECAw==',
      '--out--',
    ),
  );
  expect([mail.text, mail.isHtml]).toEqual(['café noir', false]);
  expect(mail.attachments).toEqual([
    { name: '', type: 'text/html', size: 41 },
    { name: 'é.png', type: 'image/png', size: 4 },
  ]);
});

test('a message that is HTML alone is shown as it is written', () => {
  const mail = readMail(lines('Content-Type: text/html', '', '<b onclick="x()">hi</b>'));
  expect([mail.text, mail.isHtml]).toEqual(['<b onclick="x()">hi</b>', true]);
});

test.each([
  ['nothing', ''],
  ['no headers', '\r\njust text'],
  ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=x\r\n\r\ntext'],
  ['a boundary that is empty', 'Content-Type: multipart/mixed; boundary=""\r\n\r\ntext'],
  [
    'parts in parts without end',
    `Content-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n'.repeat(500)}`,
  ],
  ['an unknown charset', 'Content-Type: text/plain; charset=klingon\r\n\r\ntext'],
  ['broken base64', 'Content-Transfer-Encoding: base64\r\n\r\n=A=B!C'],
])('a message with %s is shown as far as it can be read', (_, text) => {
  expect(readMail(bytes(text)).attachments.length).toBeLessThan(201);
});

test('a mailbox gives its messages, quoted lines unquoted', () => {
  const box = bytes('From a@x Thu\nSubject: 1\n\n>From here\n>>From there\nFrom the middle\n\nFrom b@x Fri\nSubject: 2\n\ntwo\n');
  expect(isMbox(box)).toBe(true);
  const mails = placesIn(box).map((place) => readMail(messageAt(box, place)));
  expect(mails.map((mail) => [mail.headers[0]?.[1], mail.text])).toEqual([
    ['1', 'From here\n>From there\nFrom the middle\n\n'],
    ['2', 'two\n'],
  ]);
  expect(isMbox(bytes('Subject: 1\n\n'))).toBe(false);
  expect(placesIn(bytes(''))).toEqual([]);
});
