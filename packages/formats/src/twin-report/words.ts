import ar from '../../messages/twin-report/ar.json' with { type: 'json' };
import en from '../../messages/twin-report/en.json' with { type: 'json' };
import es from '../../messages/twin-report/es.json' with { type: 'json' };
import fr from '../../messages/twin-report/fr.json' with { type: 'json' };
import hi from '../../messages/twin-report/hi.json' with { type: 'json' };
import pt from '../../messages/twin-report/pt.json' with { type: 'json' };
import ru from '../../messages/twin-report/ru.json' with { type: 'json' };
import sw from '../../messages/twin-report/sw.json' with { type: 'json' };
import ur from '../../messages/twin-report/ur.json' with { type: 'json' };
import zh from '../../messages/twin-report/zh.json' with { type: 'json' };
import type { ReportedName, ReportLanguage } from './document.ts';

export type ReportWordKey = keyof typeof en.texts;
type Values = Readonly<Record<string, string | number>>;

const FILES = { en, fr, es, pt, ar, ru, zh, hi, sw, ur } as const satisfies Readonly<
  Record<ReportLanguage, { readonly lang: string; readonly dir: string; readonly texts: Readonly<Record<ReportWordKey, string>> }>
>;

/** What the report says and how it writes numbers in one language. */
export interface ReportWords {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly say: (key: ReportWordKey, values?: Values) => string;
  readonly number: (value: number, digits?: number) => string;
  /** A share as percent, without its sign. */
  readonly percent: (share: number) => string;
  readonly nameOf: (named: ReportedName) => string;
}

/** Marks of direction, which some languages put beside signs. The template keeps a number behind the minus sign (not the hyphen) in its order. */
const MARKS = /\p{Cf}/gu;

/** The words of a language. Digits are those that every reader of a table knows; a text without a placeholder's value shows its name: that is a bug. */
export function reportWords(language: ReportLanguage): ReportWords {
  const { lang, dir, texts } = FILES[language];
  const locale = `${language === 'en' ? 'en-GB' : language}-u-nu-latn`;
  const number = (value: number, digits = 0): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: 0 })
      .format(value)
      .replace(MARKS, '')
      .replace('-', '−');
  const say = (key: ReportWordKey, values: Values = {}): string =>
    texts[key].replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
  return {
    lang,
    dir: dir === 'rtl' ? 'rtl' : 'ltr',
    say,
    number,
    percent: (share) => number(share * 100, 1),
    nameOf: (named) => {
      if ('only' in named) return say(`bar.${named.only}`);
      return 'value' in named ? named.value : say('bar.span', { from: named.from, until: named.until });
    },
  };
}
