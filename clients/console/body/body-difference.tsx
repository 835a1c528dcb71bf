/** What differs between the body of an event and that of the one of its type before it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import { bytesOf, exactTextOf } from '../events/body-bytes.ts';
import type { EventAnswer } from '../events/event-reads.ts';
import { neighbourOf } from '../events/neighbours.ts';
import { useSend } from '../session/queries.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { bodyText } from './body-text.ts';
import { workOn } from './body-work.ts';
import type { Comparison, JsonDifference } from './json-difference.ts';
import { madeVisible } from './visible-text.ts';

const words = bodyText.difference;

const code = (json: string | undefined) =>
  json === undefined ? undefined : <Box variant="code">{madeVisible(json)}</Box>;

const columns: TableProps.ColumnDefinition<JsonDifference>[] = [
  {
    id: 'path',
    header: words.path,
    isRowHeader: true,
    minWidth: 140,
    cell: ({ path }) => <Box variant="code">{path === '' ? words.whole : madeVisible(path)}</Box>,
  },
  { id: 'kind', header: words.kind, minWidth: 90, cell: ({ kind }) => words.kinds[kind] },
  { id: 'before', header: words.before, minWidth: 140, cell: ({ before }) => code(before) },
  { id: 'after', header: words.after, minWidth: 140, cell: ({ after }) => code(after) },
];

/** What was compared with, and what came of it. */
interface Compared {
  /** The id of the earlier event. Undefined if there is none. */
  earlier: string | undefined;
  /** Undefined if the two can't be compared. */
  comparison: Comparison | undefined;
}

const textIn = (event: Pick<EventAnswer, 'body' | 'bodyBase64'>): string | undefined => {
  const bytes = bytesOf(event);
  return bytes && exactTextOf(bytes);
};

/** Compares the text of this event with that of an earlier one. */
async function compare(before: EventAnswer, text: string): Promise<Comparison | undefined> {
  const earlier = textIn(before);
  if (earlier === undefined) return undefined;
  const work = workOn(text);
  try {
    return await work.compare(earlier);
  } finally {
    work.end();
  }
}

function Result({ name, compared: { earlier, comparison } }: { name: string; compared: Compared }) {
  if (earlier === undefined) return words.none;
  const link = <PageLink to={`/connections/${name}/events/${earlier}`}>{earlier}</PageLink>;
  if (!comparison)
    return (
      <Box>
        {words.notCompared} {link}
      </Box>
    );
  const { differences, more } = comparison;
  if (differences.length === 0)
    return (
      <Box>
        {words.equal} {link}
      </Box>
    );
  return (
    <SpaceBetween size="xs">
      <Box>
        {words.comparedWith} {link}
      </Box>
      <FittingTable<JsonDifference>
        narrow={narrowWindow.short}
        items={differences}
        columnDefinitions={columns}
        variant="embedded"
        contentDensity="compact"
        ariaLabels={{ tableLabel: words.title }}
      />
      {more > 0 && <Box>{words.more(more)}</Box>}
    </SpaceBetween>
  );
}

/** Nothing for a body that is no object and no list of JSON. */
export function BodyDifference({ name, event }: { name: string; event: EventAnswer }) {
  const { body, bodyBase64 } = event;
  // A large text comes as its bytes too.
  const isJsonLike = useMemo(
    () =>
      /^\ufeff?\s*[{[]/.test(
        textIn({ ...(body !== undefined && { body }), ...(bodyBase64 !== undefined && { bodyBase64 }) }) ?? '',
      ),
    [body, bodyBase64],
  );
  const { mutate, isPending, error, data } = useSend(async (api): Promise<Compared> => {
    const earlier = await neighbourOf(api, name, event, 'older', event.type);
    if (!earlier) return { earlier: undefined, comparison: undefined };
    const before = await api.call('GET /v1/connections/{name}/events/{id}', { params: { name, id: earlier.id } });
    return { earlier: earlier.id, comparison: await compare(before, textIn(event) ?? '') };
  });
  if (!isJsonLike) return undefined;
  return (
    <Section
      title={words.title}
      description={words.about}
      actions={
        <Button loading={isPending} onClick={() => mutate()}>
          {words.compare}
        </Button>
      }
    >
      {error ? <ProblemAlert error={error} /> : data && <Result name={name} compared={data} />}
    </Section>
  );
}
