import { useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { useEnter } from '../signin/useEnter.ts';

/** Signs in whoever the address names; only a sandbox allows that. */
export function Enter() {
  const { t } = useWords();
  const person = useParams({ strict: false, select: (params) => params.person });
  const enter = useEnter();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || person === undefined) return;
    begun.current = true;
    enter.mutate({ person });
  }, [enter, person]);
  return enter.error === null ? <Loading what={t('signin.entering')} /> : <Problem error={enter.error} />;
}
