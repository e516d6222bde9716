import { Button, PasswordInput, Radio, Textarea } from '@mantine/core';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/PasswordInput.css';
import { type ReactNode, useState } from 'react';
import { PURPOSES } from '../../things/purposes.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';

/** What is said before a delivery is opened or passed on. */
export interface Asked {
  readonly passphrase: string;
  readonly purpose: string;
  /** Empty where no reason is asked for. */
  readonly reason: string;
}

interface Props {
  readonly lead: string;
  readonly consequence: string;
  readonly submit: string;
  /** Whether a reason in words is asked for, besides the purpose. */
  readonly withReason: boolean;
  /** False while something that only this form asks for is missing. */
  readonly ready?: boolean;
  /** Fields that only this form has. */
  readonly children?: ReactNode;
  readonly busy: boolean;
  readonly step: string | undefined;
  readonly onAsk: (asked: Asked) => void;
}

/** Why, and the office's passphrase: neither leaves this machine but for the purpose. */
export function OpenForm({ lead, consequence, submit, withReason, ready = true, children, busy, step, onAsk }: Props) {
  const { t, term } = useWords();
  const { sandbox } = useOwn();
  const [passphrase, setPassphrase] = useState('');
  const [reason, setReason] = useState('');
  const [purpose, setPurpose] = useState<string>();
  const incomplete = !ready || passphrase === '' || purpose === undefined || (withReason && reason.trim() === '');
  return (
    <form
      className="stack reading"
      onSubmit={(event) => {
        event.preventDefault();
        if (purpose !== undefined) onAsk({ passphrase, purpose, reason: reason.trim() });
      }}
    >
      <p>{lead}</p>
      <Radio.Group value={purpose ?? null} onChange={setPurpose} label={t('gate.label')} name="purpose" className="radios">
        {PURPOSES.map((one) => (
          <Radio key={one} value={one} label={term(`purpose.${one}`)} mt="xs" />
        ))}
      </Radio.Group>
      {withReason && (
        <Textarea
          label={t('open.reason')}
          description={t('open.reason.help')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          rows={3}
          dir="auto"
          required
        />
      )}
      {children}
      <PasswordInput
        label={t('open.passphrase')}
        description={sandbox ? t('open.passphrase.sandbox') : t('open.passphrase.help')}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('open.passphrase.show') }}
        required
      />
      <p className="consequence">{consequence}</p>
      <Button type="submit" loading={busy} disabled={incomplete}>
        {submit}
      </Button>
      <p role="status">{busy && step !== undefined && term(`step.${step}`)}</p>
    </form>
  );
}
