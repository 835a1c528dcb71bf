/** A hold: how many events wait, and how far their release is. */
import Alert from '@cloudscape-design/components/alert';
import { JobProgress } from '../events/job-progress.tsx';
import { runningRelease } from '../events/job-status.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { text } from '../text.ts';
import type { Connection } from './connection-record.ts';

/** Says that an endpoint is held. It stands above every tab, because events and rejections look otherwise then. */
export function HoldNotice({ endpoint }: Pick<Connection, 'endpoint'>) {
  if (!endpoint?.held) return null;
  const { status, heldCount, heldCountComplete } = endpoint;
  return <Alert type="warning">{text.hold.held(status === 'active', heldCount, heldCountComplete === true)}</Alert>;
}

/** How far a release is. */
export function ReleasePanel({ name, version }: Pick<Connection, 'name' | 'version'>) {
  const { data } = useRead(
    // The version changes with a release, so the panel sees a release that began here at once.
    ['releases', name, version],
    (api) => api.call('GET /v1/connections/{name}/replays', { params: { name }, query: { limit: '5' } }),
    { everyMs: refreshMs.release },
  );
  const release = data && runningRelease(data.items);
  return release ? <JobProgress name={name} id={release.id} label={text.hold.releasing} /> : null;
}
