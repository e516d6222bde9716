import { expect, test } from 'vitest';
import { imageSize } from './imageSize.ts';
import { imageType, kindOf } from './kindOf.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const from = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
/** The smallest pictures of each format, 1 or 2 by 1 pixels. */
const PNG = from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAD0lEQVR4AQEEAPv/AP8AAAD/AQEC9lM0AAAAAElFTkSuQmCC');
const GIF = from('R0lGODlhAgABAIAAAP8AAAAA/yH5BAAAAAAALAAAAAACAAEAAAICBAoAOw==');
const JPEG = from('/9j/4AAQSkZJRgABAQEASABIAAD/wAARCAABAAIDASIAAhEBAxEB');
const WEBP = from('UklGRh4AAABXRUJQVlA4TBEAAAAvAQAAAAfQ//73v/+BiOh/AAA=');

test.each([
  ['a table', { name: 'a.csv', mediaType: 'text/csv' }, bytes('a,b\n1,2'), 'table'],
  ['a table by its name', { name: 'a.CSV', mediaType: 'application/octet-stream' }, bytes('a,b'), 'table'],
  ['text', { name: 'a', mediaType: 'application/json' }, bytes('{}'), 'text'],
  ['mail', { name: 'a', mediaType: 'message/rfc822; charset=x' }, bytes('From: a'), 'mail'],
  ['a mailbox', { name: 'a.mbox', mediaType: '' }, bytes('From a'), 'mail'],
  ['a picture that says it is text', { name: 'a.txt', mediaType: 'text/plain' }, PNG, 'image'],
  ['bytes that say they are a picture', { name: 'a.png', mediaType: 'image/png' }, Uint8Array.of(1, 0, 2), 'other'],
  ['a drawing with scripts in it', { name: 'a.svg', mediaType: 'image/svg+xml' }, bytes('<svg onload="x()"/>'), 'text'],
  ['nothing', { name: 'a.txt', mediaType: 'text/plain' }, bytes(''), 'text'],
])('%s is shown as what its bytes are', (_, file, head, kind) => {
  expect(kindOf(file, head)).toBe(kind);
});

test.each([
  ['image/png', PNG, { width: 2, height: 1 }],
  ['image/gif', GIF, { width: 2, height: 1 }],
  ['image/jpeg', JPEG, { width: 2, height: 1 }],
  ['image/webp', WEBP, { width: 2, height: 1 }],
])('%s tells its size without being decoded', (type, file, size) => {
  expect(imageType(file)).toBe(type);
  expect(imageSize(file, type)).toEqual(size);
  expect(imageSize(file.subarray(0, 8), type)).toBeUndefined();
});
