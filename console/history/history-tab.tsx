/** Who did what with a connection. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { ruleChangesText } from '../../shared/api/rule-changes-text.ts';
import { absoluteTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { useSession } from '../session/session.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { settingWord } from '../shell/field-words.ts';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { statusText, text } from '../text.ts';
import { finishedChanges } from './finished-changes.ts';

type Line = ApiAnswer<'GET /v1/connections/{name}/history'>['items'][number];

/** `rotateToken` as words. */
const verbText = (verb: string): string =>
  verb.charAt(0).toUpperCase() + verb.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** What a line is about, besides its verb: the event or the replay, or the settings or the rules that changed. */
function Detail({
  name,
  line: { of, settings, rules, eventsFrom, eventsTo, eventType, eventCount },
}: {
  name: string;
  line: Line;
}) {
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
  return from === to ? statusText[to] : `${statusText[from]} → ${statusText[to]}`;
};

const columnsOf = (name: string): TableProps.ColumnDefinition<Line>[] => [
  { id: 'at', header: text.history.at, minWidth: 150, cell: ({ at }) => absoluteTime(at) },
  { id: 'by', header: text.history.by, cell: ({ by }) => <OperatorName id={by} /> },
  {
    id: 'verb',
    header: text.history.verb,
    isRowHeader: true,
    cell: ({ verb, step }) => `${verbText(verb)}${step ? ` (${text.history.steps[step]})` : ''}`,
  },
  {
    id: 'detail',
    header: text.history.detail,
    minWidth: 150,
    cell: (line) => <Detail name={name} line={line} />,
  },
  { id: 'status', header: text.history.status, minWidth: 150, cell: statusOf },
  { id: 'requestId', header: text.history.requestId, cell: ({ requestId }) => requestId },
];

export default function HistoryTab({ name }: { name: string }) {
  const { api } = useSession();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } =
    useInfiniteQuery({
      queryKey: ['history', name],
      initialPageParam: undefined as string | undefined,
      queryFn: ({ pageParam }) =>
        api.call('GET /v1/connections/{name}/history', {
          params: { name },
          query: { limit: '50', ...(pageParam && { cursor: pageParam }) },
        }),
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    });
  return (
    <SpaceBetween size="m">
      {!data && <ProblemAlert error={error} retry={refetch} />}
      {isFetchNextPageError && <ProblemAlert error={error} />}
      <Table<Line>
        items={finishedChanges(data?.pages.flatMap(({ items }) => items) ?? [])}
        columnDefinitions={columnsOf(name)}
        loading={!data && !error}
        loadingText={text.history.loading}
        trackBy={({ version, at, of }) => version?.toString() ?? `${at} ${of}`}
        wrapLines
        header={<Header variant="h2">{text.history.title}</Header>}
        empty={<EmptyState title={text.history.none} next={text.history.noneNext} error={data ? undefined : error} />}
        footer={
          hasNextPage && (
            <Box textAlign="center">
              <Button loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
                {text.history.older}
              </Button>
            </Box>
          )
        }
      />
    </SpaceBetween>
  );
}
