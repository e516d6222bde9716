import { Button, Checkbox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useWords, type WordKey } from '../words/useWords.ts';
import { shortcutsOn, switchShortcuts } from './useShortcuts.ts';
import './keys.css';

/** A key, or several that do the same, and what it does. */
export type KeyLine = readonly [keys: readonly string[], says: WordKey];

interface Props {
  readonly lines: readonly KeyLine[];
  readonly onClose: () => void;
}

/** Which keys this page knows, and the switch by which those of one letter are put out of use. */
export default function KeysHelp({ lines, onClose }: Props) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(shortcutsOn);
  useEffect(() => dialog.current?.showModal(), []);
  const change = (to: boolean): void => {
    switchShortcuts(to);
    setOn(to);
  };
  return (
    <dialog ref={dialog} className="keys" aria-labelledby="keys" onClose={onClose}>
      <h2 id="keys">{t('keys.title')}</h2>
      <dl className="facts">
        {lines.map(([keys, says]) => (
          <div key={says} style={{ display: 'contents' }}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(says)}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        label={t('keys.switch')}
        description={t('keys.switch.help')}
        checked={on}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      <Button onClick={onClose}>{t('keys.close')}</Button>
    </dialog>
  );
}
