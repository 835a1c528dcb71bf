/** Greets the first webhook when it comes, and explains the first one that is refused. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef, useState } from 'react';
import { pollInterval } from '../poll-interval.ts';
import { readRejections, totalsOf } from '../rejections/rejection-totals.ts';
import { reasonText } from '../rejections/sample-text.ts';
import { useRead } from '../session/queries.tsx';
import { texts } from '../shell/answer-words.ts';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { setupText } from './setup-text.ts';

/** The newest event that a sender sent. Read often at first, then more rarely. */
function useArrived(name: string) {
  const reads = useRef(0);
  const { data, error, refetch } = useRead(
    ['first webhook', name],
    async (api) => {
      reads.current += 1;
      const { items } = await api.call('GET /v1/connections/{name}/events', {
        params: { name },
        query: { limit: '10' },
      });
      return items.find(({ test }) => test !== true) ?? null;
    },
    { everyMs: (arrived) => (arrived ? false : pollInterval(reads.current)) },
  );
  return { arrived: data, error, refetch };
}

/** Why webhooks were refused since the page began, the most frequent reason first. */
function useRefused(name: string, isOver: boolean) {
  const [since] = useState(() => new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString());
  const reads = useRef(0);
  const { data } = useRead(
    ['first refusals', name, since],
    async (api) => {
      reads.current += 1;
      return totalsOf(await readRejections(api, name, since));
    },
    { everyMs: () => (isOver ? false : pollInterval(reads.current)) },
  );
  return data?.[0];
}

export function FirstWebhook({ name }: { name: string }) {
  const { arrived, error, refetch } = useArrived(name);
  const refused = useRefused(name, arrived != null);
  const path = `/connections/${name}`;
  return (
    <LiveRegion>
      <SpaceBetween size="s">
        {arrived ? (
          <Alert type="success" header={setupText.came(arrived.type)}>
            <PageLink to={`${path}/events/${arrived.id}`}>{setupText.show}</PageLink>
          </Alert>
        ) : error ? (
          <ProblemAlert error={error} title={setupText.notRead} retry={refetch} />
        ) : (
          <Box color="text-status-inactive">{setupText.waiting}</Box>
        )}
        {!arrived && refused && (
          <Alert type="warning" header={setupText.refused(reasonText(refused.reason), refused.count)}>
            <SpaceBetween size="xs">
              <div>{texts.rejection(refused)}</div>
              {refused.samples.map((sample) => (
                <Box key={sample.cause}>{texts.sample(sample)}</Box>
              ))}
              <PageLink to={`${path}/rejections`}>{setupText.rejections}</PageLink>
            </SpaceBetween>
          </Alert>
        )}
      </SpaceBetween>
    </LiveRegion>
  );
}
