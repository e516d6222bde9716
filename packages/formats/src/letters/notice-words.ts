import ar from '../../messages/notice/ar.json' with { type: 'json' };
import en from '../../messages/notice/en.json' with { type: 'json' };
import es from '../../messages/notice/es.json' with { type: 'json' };
import fr from '../../messages/notice/fr.json' with { type: 'json' };
import hi from '../../messages/notice/hi.json' with { type: 'json' };
import pt from '../../messages/notice/pt.json' with { type: 'json' };
import ru from '../../messages/notice/ru.json' with { type: 'json' };
import sw from '../../messages/notice/sw.json' with { type: 'json' };
import ur from '../../messages/notice/ur.json' with { type: 'json' };
import zh from '../../messages/notice/zh.json' with { type: 'json' };
import type { NoticeLanguage } from './document.ts';

export type NoticeWordKey = keyof typeof en.texts;

/** The words of the notice in one language. */
export interface NoticeWords {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly texts: Readonly<Record<NoticeWordKey, string>>;
}

const FILES = { en, fr, es, pt, ar, ru, zh, hi, sw, ur } as const satisfies Readonly<
  Record<NoticeLanguage, { readonly lang: string; readonly dir: string; readonly texts: Readonly<Record<NoticeWordKey, string>> }>
>;

/** The words of a language. */
export function noticeWords(language: NoticeLanguage): NoticeWords {
  const { lang, dir, texts } = FILES[language];
  return { lang, dir: dir === 'rtl' ? 'rtl' : 'ltr', texts };
}
