import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Loading } from '../../things/Loading.tsx';
import { saveFile } from '../../things/saveFile.ts';
import { useWords } from '../../words/useWords.ts';
import { ImageView } from './ImageView.tsx';
import { kindOf, type ViewKind } from './kindOf.ts';
import { MailView } from './MailView.tsx';
import type { Opened } from './openDelivery.ts';
import type { DeliveredFile } from './readDelivered.ts';
import { TableView } from './TableView.tsx';
import { TextView } from './TextView.tsx';

/** Bytes by which the kind of a file is known. */
const HEAD_BYTES = 4096;
const MB = 1024 * 1024;
/** Bytes of a file that come into the page, by how it is shown. */
const SHOWN_BYTES: Readonly<Record<ViewKind, number>> = { table: 8 * MB, text: 2 * MB, mail: 32 * MB, image: 64 * MB, other: 0 };

interface Props {
  readonly file: DeliveredFile;
  readonly read: Opened['read'];
  readonly mark: string;
  readonly download: boolean;
}

/** What a viewer is given: the beginning of a file, and whether that is all of it. */
export interface Shown {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly whole: boolean;
  readonly mark: string;
}

/** One file, shown as what its bytes are. */
export function FileView({ file, read, mark, download }: Props) {
  const { t } = useWords();
  const loaded = useQuery({
    queryKey: ['opened', file.name, read],
    queryFn: async () => {
      const kind = kindOf(file, await read(file.name, HEAD_BYTES));
      const bytes = kind === 'other' ? new Uint8Array() : await read(file.name, SHOWN_BYTES[kind]);
      return { kind, bytes, whole: bytes.length === file.size };
    },
    // What was opened is shown by this page alone; it is not kept anywhere.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (loaded.data === undefined) return <Loading />;
  const { kind, bytes, whole } = loaded.data;
  const save = async (): Promise<void> =>
    saveFile(new Blob([await read(file.name, file.size)]), file.name.split('/').at(-1) ?? file.name);
  return (
    <>
      <View kind={kind} shown={{ bytes, whole, mark }} />
      {download && (
        <p className="actions no-print">
          <Button variant="default" onClick={() => void save()}>
            {t('open.download')}
          </Button>
        </p>
      )}
    </>
  );
}

function View({ kind, shown }: { readonly kind: ViewKind; readonly shown: Shown }) {
  const { t } = useWords();
  if (kind === 'table') return <TableView {...shown} />;
  if (kind === 'text') return <TextView {...shown} />;
  if (kind === 'mail') return <MailView {...shown} />;
  return kind === 'image' ? <ImageView {...shown} /> : <p>{t('open.other')}</p>;
}
