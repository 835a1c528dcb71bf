/** A hold: how many events wait, and how far their release is. */
import Alert from '@cloudscape-design/components/alert';
import { useState } from 'react';
import { JobProgress } from '../events/job-progress.tsx';
import { runningRelease } from '../events/job-status.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { text } from '../text.ts';
import type { ConnectionAnswer } from './connection-record.ts';

/** Says that an endpoint is held. It stands above every tab, because events and rejections look otherwise then. */
export function HoldNotice({ endpoint }: Pick<ConnectionAnswer, 'endpoint'>) {
  if (!endpoint?.held) return null;
  const { status, heldCount, heldCountComplete } = endpoint;
  return <Alert type="warning">{text.hold.held(status === 'active', heldCount, heldCountComplete === true)}</Alert>;
}

/** How far a release is. It stays when the release has ended, and then says how many events were published. */
export function ReleasePanel({ name, version }: Pick<ConnectionAnswer, 'name' | 'version'>) {
  const { data } = useRead(
    // The version changes with a release, so the panel sees a release that began here at once.
    ['releases', name, version],
    (api) => api.call('GET /v1/connections/{name}/replays', { params: { name }, query: { limit: '5' } }),
    { everyMs: refreshMs.release },
  );
  const running = data && runningRelease(data.items)?.id;
  const [shown, setShown] = useState(running);
  if (running !== undefined && running !== shown) setShown(running);
  const id = running ?? shown;
  return id === undefined ? null : <JobProgress name={name} id={id} label={text.hold.releasing} />;
}
