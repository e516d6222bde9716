import { expect, test } from 'vitest';
import { NOTICE_LANGUAGES } from './document.ts';
import { noticePageWords } from './notice-page-words.ts';

test.each(NOTICE_LANGUAGES)('%s: the page around a notice has every word, and says where the number goes', (language) => {
  const words = noticePageWords(language);
  expect(Object.keys(words)).toEqual(Object.keys(noticePageWords('en')));
  expect(Object.values(words).filter((word) => word.trim() === '')).toEqual([]);
  expect(words.done).toContain('{number}');
});
