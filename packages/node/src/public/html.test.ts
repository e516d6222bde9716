import { expect, test } from 'vitest';
import { html } from './html.ts';

test('whatever is put into a page is text, never markup; what was made here stays as it was made', () => {
  const hostile = `"><script>alert('x')</script>`;
  const made = html`<a title="${hostile}">${hostile}</a>`.html;
  expect(made).not.toContain('<script');
  expect(made).not.toContain('""');
  expect(html`<p>${html`<b>${'a & b'}</b>`}</p>`.html).toBe('<p><b>a &amp; b</b></p>');
  expect(html`${['<', html`<br>`]}${undefined}${0}`.html).toBe('&lt;<br>0');
});
