/** A hold: how many events wait, and how far their release is. */
import Alert from '@cloudscape-design/components/alert';
import { JobProgress } from '../events/job-progress.tsx';
import { runningRelease } from '../events/job-status.ts';
import { useRead } from '../session/queries.tsx';
import { text } from '../text.ts';
import type { Connection } from './connection-record.ts';

/** The time between two looks for a release that began elsewhere, in ms. */
const refreshMs = 15_000;

export function HoldPanel({ record }: { record: Connection }) {
  const { name, endpoint, version } = record;
  const { data } = useRead(
    // The version changes with a release, so the panel sees a release that began here at once.
    ['releases', name, version],
    (api) => api.call('GET /v1/connections/{name}/replays', { params: { name }, query: { limit: '5' } }),
    { everyMs: refreshMs },
  );
  if (endpoint?.held) {
    return <Alert type="warning">{text.hold.held(endpoint.heldCount, endpoint.heldCountComplete === true)}</Alert>;
  }
  const release = data && runningRelease(data.items);
  return release ? <JobProgress name={name} id={release.id} label={text.hold.releasing} /> : null;
}
