import { CODES } from '@comity/core';
import { head, table, wordsOf } from './page.ts';

/** Every refusal: its status, what it says, what to do next. Throws when one has no words. */
export function errors(): string {
  const words = wordsOf('packages/core/error-messages/en.json');
  const say = (key: string): string => {
    const text = words(key);
    if (text === undefined) throw new Error(`packages/core/error-messages/en.json has no ${key}`);
    return text;
  };
  const rows = Object.entries(CODES).map(([code, status]) => [
    `\`${code}\``,
    String(status),
    say(`error.${code}`),
    say(`error.${code}.next`),
  ]);
  return [
    head('Errors', '`packages/core/src/codes.ts` and `packages/core/error-messages/en.json`'),
    'The closed list of refusals. The API answers each as problem details (RFC 9457) with its `code`; `field` names what must change.',
    '',
    table(['code', 'status', 'what it says', 'what to do next'], rows),
    '',
  ].join('\n');
}
