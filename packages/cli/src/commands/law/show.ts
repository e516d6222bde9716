import { type LibraryPack, type LibraryRule, library } from '@comity/assess';
import { Command } from 'commander';
import { print, refuseWith } from '../../output.ts';
import { PACKS } from '../../places.ts';
import { lawsIn } from '../../transfer/read.ts';
import { say } from '../../words.ts';

interface Options {
  readonly law: string;
  readonly json?: boolean;
}

/** `comity law show`: one pack, or one rule of it, as a lawyer reads it. */
export function showCommand(): Command {
  return new Command('show')
    .description(say('law.show'))
    .argument('<id>', say('law.id'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--json', say('option.json'))
    .action((id: string, { law, json = false }: Options) => {
      const { assess, cooperation } = lawsIn(law);
      const packs = [...library(assess), ...library(cooperation)];
      const pack = packs.find((one) => one.id === id);
      const rule = packs.flatMap(({ rules }) => rules.flatMap(withInner)).find((one) => one.id === id);
      if (pack === undefined && rule === undefined) return refuseWith({ code: 'not-found', field: id }, { json });
      if (json) return print(JSON.stringify(pack ?? rule));
      for (const line of pack === undefined ? (rule === undefined ? [] : ruleLines(rule, '')) : packLines(pack)) print(line);
    });
}

function withInner(rule: LibraryRule): readonly LibraryRule[] {
  return [rule, ...rule.unless.flatMap(withInner)];
}

function packLines(pack: LibraryPack): readonly string[] {
  const { by, on, next } = pack.reviewed;
  return [
    `${pack.title} (${pack.id}, ${say('law.version', { version: pack.version })})`,
    by.length === 0 ? say('law.not-reviewed') : say('law.reviewed', { by: by.join(', '), on: on ?? '' }),
    ...(next === null ? [] : [say('law.next', { next })]),
    '',
    ...pack.rules.flatMap((rule) => [...ruleLines(rule, ''), '']),
    say('law.terms'),
    ...pack.terms.map(({ name, says, cite }) => `  ${name}: ${says} (${cite})`),
    '',
    say('law.sources'),
    ...pack.sources.map(({ what, how, where = '', read = '' }) =>
      `  ${say(`confirmed.${how}`)}: ${what} ${where} ${read}`.trimEnd(),
    ),
  ];
}

function ruleLines(rule: LibraryRule, indent: string): readonly string[] {
  const days =
    rule.until === undefined ? say('law.from', { from: rule.from }) : say('law.span', { from: rule.from, until: rule.until });
  return [
    `${indent}${rule.id} [${rule.kind}] ${days}`,
    `${indent}  ${rule.says}`,
    `${indent}  ${rule.cite}; ${say(`confirmed.${rule.confirmed}`)}${rule.url === undefined ? '' : `; ${rule.url}`}`,
    ...rule.unless.flatMap((exception) => ruleLines(exception, `${indent}    `)),
  ];
}
