/** Who did what with a connection. */
import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { ruleChangesText } from '../../../shared/operators/api/rule-changes-text.ts';
import { absoluteTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { settingWord } from '../shell/field-words.ts';
import { PageLink } from '../shell/page-link.tsx';
import { statusNames, text } from '../text.ts';
import { finishedChanges } from './finished-changes.ts';
import { PagedHistory } from './history-table.tsx';
import { verbText } from './verb-text.ts';

type Line = ApiAnswer<'GET /v1/connections/{name}/history'>['items'][number];

/** What a line is about, besides its verb: the event or the replay, or the settings or the rules that changed. Undefined if it is about nothing more. */
function detailOf(name: string, { of, settings, rules, eventsFrom, eventsTo, eventType, eventCount }: Line): ReactNode {
  if (of?.startsWith('evt_')) return <PageLink to={`/connections/${name}/events/${of}`}>{of}</PageLink>;
  if (rules) return ruleChangesText(rules);
  if (of === undefined) return settings?.map(settingWord).join(', ');
  if (eventsFrom === undefined || eventsTo === undefined) return of;
  return (
    <>
      {text.history.replayOf(absoluteTime(eventsFrom), absoluteTime(eventsTo), eventType, eventCount)}
      <Box variant="small" display="block">
        {of}
      </Box>
    </>
  );
}

const statusOf = ({ from, to }: Line): string => {
  if (!from || !to) return '';
  return from === to ? statusNames[to] : `${statusNames[from]} → ${statusNames[to]}`;
};

/** Who did it, and by which program: a claim of the client. */
const Author = ({ by, via }: Pick<Line, 'by' | 'via'>) => (
  <>
    <OperatorName id={by} />
    {via && (
      <Box variant="small" display="block">
        {text.history.via(via)}
      </Box>
    )}
  </>
);

const columnsOf = (name: string): TableProps.ColumnDefinition<Line>[] => [
  { id: 'at', header: text.history.at, minWidth: 140, cell: ({ at }) => absoluteTime(at) },
  { id: 'by', header: text.history.by, cell: (line) => <Author {...line} /> },
  {
    id: 'verb',
    header: text.history.verb,
    isRowHeader: true,
    cell: ({ verb, step, real }) => {
      const more = step ? text.history.steps[step] : real && text.history.real;
      return `${verbText(verb)}${more ? ` (${more})` : ''}`;
    },
  },
  {
    id: 'detail',
    header: text.history.detail,
    minWidth: 150,
    cell: (line) => detailOf(name, line),
  },
  { id: 'status', header: text.history.status, minWidth: 140, cell: statusOf },
  { id: 'requestId', header: text.history.requestId, cell: ({ requestId }) => requestId },
];

export function HistoryTab({ name }: { name: string }) {
  return (
    <PagedHistory<Line>
      queryKey={['history', name]}
      readPage={(api, query) => api.call('GET /v1/connections/{name}/history', { params: { name }, query })}
      columns={columnsOf(name)}
      trackBy={({ version, at, of }) => version?.toString() ?? `${at} ${of}`}
      noneNext={text.history.noneNext}
      shown={finishedChanges}
    />
  );
}
