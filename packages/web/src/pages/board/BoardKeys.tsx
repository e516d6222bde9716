import { KeysButton } from '../../keys/KeysButton.tsx';
import { stepFocus, useShortcuts } from '../../keys/useShortcuts.ts';

const LINES = [
  [['j', '↓'], 'keys.down'],
  [['k', '↑'], 'keys.up'],
  [['Enter'], 'keys.enter'],
  [['?'], 'keys.help'],
] as const;

/** The board by keys: from order to order, Enter opens. */
export function BoardKeys() {
  useShortcuts({
    j: () => stepFocus('.board .sentence', 1),
    k: () => stepFocus('.board .sentence', -1),
    arrowdown: () => stepFocus('.board .sentence', 1, true),
    arrowup: () => stepFocus('.board .sentence', -1, true),
  });
  return <KeysButton lines={LINES} />;
}
