import type { CaseView } from '@comity/node/api';
import { TextInput } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { FindingForm, type Picked } from './FindingForm.tsx';
import { FlowsTool } from './FlowsTool.tsx';
import { JoinTool } from './JoinTool.tsx';
import { LinksTool } from './LinksTool.tsx';
import type { Looking } from './OpenMany.tsx';
import { SearchTool } from './SearchTool.tsx';
import { TimelineTool } from './TimelineTool.tsx';
import { type Bench, TOOLS, type ToolName, useNoted } from './tools.ts';

const SHOWN = { search: SearchTool, timeline: TimelineTool, links: LinksTool, flows: FlowsTool, join: JoinTool } as const;
const NOTHING: Picked = { rows: [] };

/** The ways to look, one at a time; above them the reason, which every look needs; below what a person keeps of it. */
export function Workbench({ view, looking }: { readonly view: CaseView; readonly looking: Looking }) {
  const { t } = useWords();
  const tool = useSearch({ strict: false, select: (search): ToolName => search.tool ?? 'search' });
  const [reason, setReason] = useState('');
  const [picked, setPicked] = useState<Picked>(NOTHING);
  const noted = useNoted(view.id, { purpose: looking.purpose, reason });
  const bench: Bench = {
    view,
    tables: looking.tables,
    ask: noted.ask,
    busy: noted.busy,
    ready: reason.trim().length > 2,
    picked,
    onPick: setPicked,
  };
  const Tool = SHOWN[tool];
  return (
    <>
      <Opened looking={looking} view={view} />
      <TextInput
        label={t('look.reason')}
        description={t('look.reason.help')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        dir="auto"
        className="reading no-print"
        required
      />
      <p className="small quiet" role="status">
        {noted.index !== undefined && t('look.noted', { index: noted.index })}
      </p>
      <Problem error={noted.error} kept />
      <nav className="row tools no-print" aria-label={t('look.tools')}>
        {TOOLS.map((name) => (
          <Link
            key={name}
            to="/cases/$id/look"
            params={{ id: view.id }}
            search={{ tool: name }}
            replace
            {...(name === tool ? { 'aria-current': 'true' } : {})}
          >
            {t(`look.tool.${name}`)}
          </Link>
        ))}
      </nav>
      <Tool key={tool} {...bench} />
      <FindingForm view={view} tables={looking.tables} picked={picked} onKept={() => setPicked(NOTHING)} />
    </>
  );
}

function Opened({ looking, view }: { readonly looking: Looking; readonly view: CaseView }) {
  const { t } = useWords();
  const phrase = useItemPhrase();
  return (
    <ul className="small">
      {looking.tables.map((table) => {
        const item = view.items.find((one) => one.item.id === table.item);
        return (
          <li key={`${table.item} ${table.file}`}>
            {item === undefined ? table.item : phrase(item)}:{' '}
            {t('look.table', { rows: table.rows.length, columns: table.columns.length })} {!table.whole && t('look.part')}
          </li>
        );
      })}
    </ul>
  );
}
