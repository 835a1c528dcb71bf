/** Who changed a destination, or saw its secret. */
import type { TableProps } from '@cloudscape-design/components/table';
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { HistoryTable } from '../history/history-table.tsx';
import { verbText } from '../history/verb-text.ts';
import { absoluteTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { settingWord } from '../shell/field-words.ts';
import { text } from '../text.ts';

type Line = ApiAnswer<'GET /v1/destinations/{name}/history'>['items'][number];

/** A setting as the form of a destination calls it. */
const wordOf = (setting: string): string => (setting === 'auth' ? text.destination.credentials : settingWord(setting));

const columns: TableProps.ColumnDefinition<Line>[] = [
  { id: 'at', header: text.history.at, minWidth: 150, cell: ({ at }) => absoluteTime(at) },
  { id: 'by', header: text.history.by, cell: ({ by }) => <OperatorName id={by} /> },
  { id: 'verb', header: text.history.verb, isRowHeader: true, cell: ({ verb }) => verbText(verb) },
  {
    id: 'detail',
    header: text.history.detail,
    minWidth: 150,
    cell: ({ settings = [] }) => settings.map(wordOf).join(', '),
  },
  { id: 'requestId', header: text.history.requestId, cell: ({ requestId }) => requestId },
];

export default function DestinationHistory({ name }: { name: string }) {
  return (
    <HistoryTable<Line>
      queryKey={['destination history', name]}
      readPage={(api, query) => api.call('GET /v1/destinations/{name}/history', { params: { name }, query })}
      columns={columns}
      trackBy={({ version }) => `${version}`}
      noneNext={text.destination.history.noneNext}
    />
  );
}
