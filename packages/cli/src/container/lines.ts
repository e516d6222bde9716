import type { ContainerReport } from '@comity/formats/container';
import { say, sayContainer } from '../words.ts';

/** What checking a container found, in words: the verdict, what it rests on, and each finding as a sentence. */
export function reportLines(report: ContainerReport): readonly string[] {
  return [sayContainer(`container.verdict.${report.verdict}`), ...findingLines(report), ...contentLines(report)];
}

/** What a container holds and who signed it. */
export function contentLines({ files, signatures, stamps, items }: ContainerReport): readonly string[] {
  return [
    '',
    ...signatures.flatMap(signatureLines),
    ...stamps.map(({ name, at = '', by }) => say('container.line.stamp', { name, at, by: nameOf(by) })),
    ...(items === undefined ? [] : [say('container.line.items', { count: items.count, case: items.case, root: items.root })]),
    '',
    ...files.map(
      (file) =>
        `  ${say(`container.state.${file.state}`).padEnd(12)} ${String(file.size).padStart(12)}  ${file.sha256.slice(0, 16)}  ${file.name}`,
    ),
  ];
}

function findingLines({ findings }: ContainerReport): readonly string[] {
  if (findings.length === 0) return [];
  return [
    '',
    ...findings.map(({ code, about, values }) => {
      return `  ${sayContainer(`container.finding.${code}`, { ...values, why: whyOf(values), about })}`;
    }),
  ];
}

/** Why a signature does not hold, or what is wrong with a form that was let pass. */
function whyOf({ fault, form }: Readonly<Record<string, string>>): string {
  if (fault !== undefined) return sayContainer(`container.signature.${fault}`);
  return form === undefined ? '' : sayContainer(`container.fault.${form}`);
}

function signatureLines({ name, by, at = '', stamp, covers, holds }: ContainerReport['signatures'][number]): readonly string[] {
  if (!holds || by === undefined) return [say('container.line.broken', { name })];
  return [
    say('container.line.signed', { name, at, by: nameOf(by), count: covers.length }),
    say('container.line.certificate', {
      trust: say(`container.trust.${by.trust}`),
      from: by.from.slice(0, 10),
      until: by.until.slice(0, 10),
      fingerprint: by.fingerprint,
    }),
    ...(stamp === undefined ? [] : [say('container.line.stamp', { name, at: stamp.at ?? '', by: nameOf(stamp.by) })]),
  ];
}

function nameOf(by: ContainerReport['signatures'][number]['by']): string {
  if (by === undefined) return '?';
  return [by.commonName, by.organisation, by.country].filter((part) => part !== '').join(', ');
}
