import type { GateView } from '@comity/node/api';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { foretold } from '../../api/gate.ts';
import { gateAskOf } from './gateAsk.ts';
import type { OrderDraft } from './order.ts';

/** What the gates say of the draft, a moment after the last change. */
export function useForecast(
  draft: OrderDraft,
  ready: boolean,
): { readonly view: GateView | undefined; readonly failed: boolean } {
  const [settled] = useDebouncedValue(draft, 300);
  const { data, isError } = useQuery({ ...foretold(gateAskOf(settled)), enabled: ready });
  return { view: data, failed: isError };
}
