import { useWords } from '../words/useWords.ts';
import './sandboxband.css';

/** Says on every page and every print that nothing here is real. */
export function SandboxBand() {
  const { t } = useWords();
  return (
    <div className="band" role="note">
      <span>{t('band.sandbox')}</span>
    </div>
  );
}
