import type { GateView } from '@comity/node/api';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { foretold, type GateAsk } from '../../api/gate.ts';

const NOTHING: GateAsk = { facts: {}, items: [] };

/** What the gates say of a draft, a moment after the last change; nothing while there is no draft, or no gate knows its route. */
export function useForecast(wanted: GateAsk | undefined): { readonly view: GateView | undefined; readonly failed: boolean } {
  const [settled] = useDebouncedValue(JSON.stringify(wanted ?? NOTHING), 300);
  // Written by the line above.
  const asked = JSON.parse(settled) as GateAsk;
  const { data, isError } = useQuery({
    ...foretold(asked),
    enabled: wanted !== undefined && asked.facts['order.action'] !== undefined,
  });
  return { view: wanted === undefined ? undefined : data, failed: isError };
}
