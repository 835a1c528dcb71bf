/** Who changed a destination, saw its secret, or redelivered many. */

import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { deliveryText } from '../delivery-text.ts';
import { PagedHistory } from '../history/history-table.tsx';
import { verbText } from '../history/verb-text.ts';
import { absoluteTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { settingWord } from '../shell/field-words.ts';
import { text } from '../text.ts';

type Line = ApiAnswer<'GET /v1/destinations/{name}/history'>['items'][number];

/** A setting as the form of a destination calls it. */
const wordOf = (setting: string): string => (setting === 'auth' ? text.destination.credentials : settingWord(setting));

/** What a line is about, besides its verb: the settings that changed, or the deliveries that were sent again. */
function detailOf({ settings = [], of, eventsFrom, eventsTo, statuses = [], ...line }: Line): ReactNode {
  if (of === undefined) return settings.map(wordOf).join(', ');
  if (eventsFrom === undefined || eventsTo === undefined) return of;
  const { redelivery, statuses: words } = deliveryText;
  const more = [
    ...(line.connection === undefined ? [] : [redelivery.ofConnection(line.connection)]),
    ...(line.rule === undefined ? [] : [redelivery.ofRule(line.rule)]),
  ];
  const named = statuses.map((status) => words[status].toLowerCase()).join(', ');
  return (
    <>
      {redelivery.of(absoluteTime(eventsFrom), absoluteTime(eventsTo), named, more, line.deliveryCount)}
      <Box variant="small" display="block">
        {of}
      </Box>
    </>
  );
}

const columns: TableProps.ColumnDefinition<Line>[] = [
  { id: 'at', header: text.history.at, minWidth: 150, cell: ({ at }) => absoluteTime(at) },
  { id: 'by', header: text.history.by, cell: ({ by }) => <OperatorName id={by} /> },
  { id: 'verb', header: text.history.verb, isRowHeader: true, cell: ({ verb }) => verbText(verb) },
  {
    id: 'detail',
    header: text.history.detail,
    minWidth: 150,
    cell: detailOf,
  },
  { id: 'requestId', header: text.history.requestId, cell: ({ requestId }) => requestId },
];

export function DestinationHistoryTab({ name }: { name: string }) {
  return (
    <PagedHistory<Line>
      queryKey={['destination history', name]}
      readPage={(api, query) => api.call('GET /v1/destinations/{name}/history', { params: { name }, query })}
      columns={columns}
      trackBy={({ version, at, of, verb }) => version?.toString() ?? `${at} ${of} ${verb}`}
      noneNext={text.destination.history.noneNext}
    />
  );
}
