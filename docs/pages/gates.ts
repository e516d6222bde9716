import { join } from 'node:path';
import type { GatePack, GateStep } from '@comity/assess';
import { loadLaw } from '@comity/node/law';
import { cited, head, ROOT, table } from './page.ts';

const KIND = {
  stop: 'stops when this is known to be so',
  need: 'stops unless this is known to be so',
  give: 'answers',
} as const;

/** The gates as compiled, step by step. */
export function gates(): string {
  const { packs } = loadLaw(join(ROOT, 'law', 'packs')).gates;
  return [
    head('Gates', '`law/gates`'),
    'Who may order what, what may happen next, and until when. **No gate is reviewed by counsel unless this page says so.**',
    'The steps of a gate are asked in their order; the first that stops decides, and all that stop are named. What is not known stops a step that needs it, and is named;',
    'a finding that nobody stated is named beside the answer. The gate of the desk is asked first on every route.',
    '',
    ...packs.flatMap(section),
  ].join('\n');
}

function section(pack: GatePack): readonly string[] {
  const { gate, title, instruments, steps, clocks, forecast, findings, reviewed } = pack;
  const who = reviewed.by.length === 0 ? 'Not reviewed.' : `Reviewed by ${reviewed.by.join(', ')}.`;
  return [
    `## ${gate}`,
    '',
    `${title}. Routes: ${instruments.map((name) => `\`${name}\``).join(', ')}. ${who}`,
    '',
    table(['step', 'says', 'kind', 'answer', 'where it stands', 'ground'], steps.map(stepRow)),
    '',
    ...(clocks.length === 0
      ? []
      : [
          table(
            ['due', 'where it stands'],
            clocks.map(({ due, cite }) => [`\`${due}\``, cited(cite)]),
          ),
          '',
        ]),
    ...(findings.length === 0 ? [] : [`Findings: ${findings.map((name) => `\`${name}\``).join(', ')}.`, '']),
    ...(forecast.length === 0
      ? []
      : [
          'Foretold of drafts:',
          '',
          table(
            ['what', 'by', 'ground', 'halts without a reason', 'where it stands'],
            forecast.map(({ says, by, ground = '', halts, cite }) => [says, by, ground, halts ? 'yes' : '', cited(cite)]),
          ),
          '',
        ]),
  ];
}

function stepRow(step: GateStep): readonly string[] {
  const { id, says, kind, decision, cite, ground = '' } = step;
  return [`\`${id}\``, says, KIND[kind], `\`${decision}\``, cited(cite), ground === '' ? '' : `\`${ground}\``];
}
