import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { memoOf, type Transfer } from '../../api/law.ts';
import { Problem } from '../../things/Problem.tsx';
import { saveFile } from '../../things/saveFile.ts';
import { printLanguageOf } from '../../words/language.ts';
import { useWords } from '../../words/useWords.ts';

/** The answer on paper, for somebody who must stand behind it. */
export function Memo({ transfer }: { readonly transfer: Transfer }) {
  const { t, language } = useWords();
  const memo = useMutation({
    mutationFn: () => memoOf(transfer, printLanguageOf(language)),
    onSuccess: (blob) => saveFile(blob, `memo-${transfer.on}.pdf`),
  });
  return (
    <section className="section no-print" aria-labelledby="memo">
      <h2 id="memo">{t('memo.title')}</h2>
      <p>{t('memo.lead')}</p>
      <Problem error={memo.error} />
      <Button variant="default" loading={memo.isPending} onClick={() => memo.mutate()}>
        {t('memo.save')}
      </Button>
    </section>
  );
}
