import ar from '../../messages/notice-page/ar.json' with { type: 'json' };
import en from '../../messages/notice-page/en.json' with { type: 'json' };
import es from '../../messages/notice-page/es.json' with { type: 'json' };
import fr from '../../messages/notice-page/fr.json' with { type: 'json' };
import hi from '../../messages/notice-page/hi.json' with { type: 'json' };
import pt from '../../messages/notice-page/pt.json' with { type: 'json' };
import ru from '../../messages/notice-page/ru.json' with { type: 'json' };
import sw from '../../messages/notice-page/sw.json' with { type: 'json' };
import ur from '../../messages/notice-page/ur.json' with { type: 'json' };
import zh from '../../messages/notice-page/zh.json' with { type: 'json' };
import type { NoticeLanguage } from './document.ts';

export type NoticePageKey = keyof typeof en.texts;

const FILES: Readonly<Record<NoticeLanguage, { readonly texts: Readonly<Record<NoticePageKey, string>> }>> = {
  en,
  fr,
  es,
  pt,
  ar,
  ru,
  zh,
  hi,
  sw,
  ur,
};

/** The words around a notice on the public page: looking it up, and complaining. Drafts that nobody has reviewed. */
export function noticePageWords(language: NoticeLanguage): Readonly<Record<NoticePageKey, string>> {
  return FILES[language].texts;
}
