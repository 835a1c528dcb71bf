/** What differs between the body of an event and that of the one of its type before it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import type { EventAnswer } from '../events/event-reads.ts';
import { neighbourOf } from '../events/neighbours.ts';
import { useSend } from '../session/queries.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { bodyText } from './body-text.ts';
import { compareWith, DifferenceTable, exactBodyOf } from './difference-table.tsx';
import type { Comparison } from './json-difference.ts';

const words = bodyText.difference;

/** What was compared with, and what came of it. */
interface Compared {
  /** The id of the earlier event. Undefined if there is none. */
  earlier: string | undefined;
  /** Undefined if the two can't be compared. */
  comparison: Comparison | undefined;
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
  if (comparison.differences.length === 0)
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
      <DifferenceTable comparison={comparison} before={words.before} after={words.after} />
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
        exactBodyOf({ ...(body !== undefined && { body }), ...(bodyBase64 !== undefined && { bodyBase64 }) }) ?? '',
      ),
    [body, bodyBase64],
  );
  const { mutate, isPending, error, data } = useSend(async (api): Promise<Compared> => {
    const earlier = await neighbourOf(api, name, event, 'older', event.type);
    if (!earlier) return { earlier: undefined, comparison: undefined };
    const before = await api.call('GET /v1/connections/{name}/events/{id}', { params: { name, id: earlier.id } });
    return { earlier: earlier.id, comparison: await compareWith(before, exactBodyOf(event) ?? '') };
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
