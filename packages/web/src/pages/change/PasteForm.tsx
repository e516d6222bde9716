import { FileInput, Textarea } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly text: string;
  readonly wrong: boolean;
  readonly onText: (text: string) => void;
}

/** A whole pack instead of single changes: pasted, or from a file. It is only read. */
export function PasteForm({ text, wrong, onText }: Props) {
  const { t } = useWords();
  return (
    <details className="paste" open={text !== ''}>
      <summary>{t('change.paste')}</summary>
      <FileInput
        label={t('change.file')}
        accept="application/json,.json"
        value={null}
        onChange={(file) => void file?.text().then(onText)}
      />
      <Textarea
        label={t('change.text')}
        description={t('change.text.help')}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        error={wrong ? t('change.text.wrong') : undefined}
        minRows={4}
        maxRows={16}
        autosize
        spellCheck={false}
        dir="ltr"
      />
    </details>
  );
}
