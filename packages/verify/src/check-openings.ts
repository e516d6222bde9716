import { commitment, type Opening } from '@comity/core';
import { type Finding, finding } from './report.ts';
import type { KnownAct, Scene } from './scene.ts';

/** No procedure has more sections in an act; a hostile file may, and each is hashed. */
const MOST = 16;

/** Openings against the commitments that were signed, and the salts that keep them from being guessed. */
export function checkOpenings(scene: Scene): readonly Finding[] {
  return [...scene.acts.flatMap((act) => checkAct(scene, act)), ...checkSalts(scene), ...checkCommitments(scene)];
}

function checkAct({ sha256 }: Scene, { act, digest }: KnownAct): readonly Finding[] {
  const { body, openings } = act;
  const fits = (section: string, opening: Opening): boolean => body.sections[section] === commitment(section, opening, sha256);
  const all = Object.entries(openings);
  const wrong = all.filter(([section, opening]) => !fits(section, opening));
  return wrong.map(([section, opening]) => {
    const values = { type: body.type, section };
    // What somebody did to it: the opening of another section, or the right value under the salt of another; else altered.
    const other = Object.keys(body.sections)
      .slice(0, MOST)
      .find((name) => name !== section && fits(name, opening));
    const salted = all
      .slice(0, MOST)
      .some(([name, { salt }]) => name !== section && fits(section, { salt, value: opening.value }));
    const code = other !== undefined ? 'section-renamed' : salted ? 'salts-swapped' : 'section-altered';
    return finding(code, { act: digest, party: body.by.party }, other === undefined ? values : { ...values, other });
  });
}

/** A salt that was used before lets whoever knows one value tell whether another is the same. */
function checkSalts({ acts }: Scene): readonly Finding[] {
  const used = new Set<string>();
  return acts.flatMap(({ act: { body, openings }, digest }) =>
    Object.entries(openings).flatMap(([section, { salt }]) => {
      const again = used.has(salt);
      used.add(salt);
      return again
        ? [finding('salt-repeated', { act: digest, party: body.by.party }, { type: body.type, section, party: body.by.party })]
        : [];
    }),
  );
}

/** One commitment twice in a log: one value under one salt. */
function checkCommitments({ logs }: Scene): readonly Finding[] {
  return logs.flatMap(({ party, entries }) => {
    const used = new Set<string>();
    return entries.flatMap(({ origin, index, entry }) => {
      const again = (entry._sd ?? []).some((digest) => used.has(digest));
      for (const digest of entry._sd ?? []) used.add(digest);
      const about = { party, log: origin, index: String(index) };
      return again ? [finding('salt-repeated', about, { type: entry.t, section: '_sd', party })] : [];
    });
  });
}
