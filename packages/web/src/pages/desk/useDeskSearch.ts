import { useSearch } from '@tanstack/react-router';
import type { DeskSide } from '../../api/queries.ts';

/** What of the desk is asked for, as it stands in the address. */
export function useDeskSearch(): { readonly show?: DeskSide | 'all'; readonly procedure?: string; readonly seat?: string } {
  return useSearch({
    strict: false,
    select: ({ show, procedure, seat }) => ({
      ...(show === undefined ? {} : { show }),
      ...(procedure === undefined ? {} : { procedure }),
      ...(seat === undefined ? {} : { seat }),
    }),
    structuralSharing: true,
  });
}
