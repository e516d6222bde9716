import { type Directory, isZone } from '@comity/core';
import type { Procedure, Setting } from '@comity/procedure';
import { partyOf } from './scene.ts';

/** A procedure with the calendars of the parties of a directory. */
export function settingOf(directory: Directory, procedure: Procedure): Setting {
  return {
    procedure,
    calendarOf: (id) => {
      const party = partyOf(directory, id);
      const holidays = party === undefined ? undefined : procedure.holidays[party.country];
      const zone = isZone(party?.zone) ? party.zone : 'UTC';
      return { zone, holidays: holidays ?? [], holidaysKnown: holidays !== undefined };
    },
  };
}
