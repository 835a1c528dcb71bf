/** Replays many events: first the plan, with the oldest events, then the replay with its progress. */
import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { zoneHere } from '../charts/periods.ts';
import { jobsText } from '../jobs/jobs-text.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { text } from '../text.ts';
import type { EventFilter } from './event-request.ts';
import { JobDialog, type JobForm } from './job-dialog.tsx';
import { JobProgress } from './job-progress.tsx';
import { openReplay } from './job-status.ts';
import { errorsOf, fieldsFor, type ReplayFields, replayBodyOf } from './replay-fields.ts';
import { isWorthIt, PlannedReplay, type ReplayPlan } from './replay-plan.tsx';

const { plan: words } = jobsText;

function replayForm({ textField, timeField }: JobForm<ReplayFields>, filter: EventFilter) {
  const { replays } = text;
  const hasNoBeginning = filter.from === '' && filter.hours === '';
  const timeHint = replays.timeHint(zoneHere());
  return (
    <SpaceBetween size="s">
      <div>{replays.intro}</div>
      {filter.deliveryId !== '' && <Alert type="info">{words.oneDelivery}</Alert>}
      {timeField('from', replays.from, hasNoBeginning ? `${words.noBeginning} ${timeHint}` : timeHint)}
      {timeField('to', replays.to, replays.toHint)}
      {textField('type', replays.type, words.type)}
      {textField('rate', replays.rate)}
    </SpaceBetween>
  );
}

/** The replay of this connection that has not ended, and its id. A second one can't begin meanwhile. */
const useOpenReplay = (name: string) =>
  useRead(
    ['replays', name],
    (api) => api.call('GET /v1/connections/{name}/replays', { params: { name }, query: { limit: '50' } }),
    { everyMs: refreshMs.record },
  ).data?.items;

interface ReplayDialogProps {
  name: string;
  /** What the list is narrowed to. The replay begins with the same. */
  filter: EventFilter;
  close: () => void;
}

export function ReplayDialog({ name, filter, close }: ReplayDialogProps) {
  const inTheWay = openReplay(useOpenReplay(name) ?? []);
  return (
    <JobDialog<ReplayFields, ReplayPlan>
      words={text.replays}
      first={() => fieldsFor(filter, new Date())}
      errorsOf={errorsOf}
      ask={(api, fields, dryRun) =>
        api.call('POST /v1/connections/{name}/replays', { params: { name }, body: { ...replayBodyOf(fields), dryRun } })
      }
      cannotBegin={(plan) => !isWorthIt(plan) || inTheWay !== undefined}
      showForm={(form) => replayForm(form, filter)}
      showPlan={(plan) => <PlannedReplay name={name} plan={plan} />}
      belowPlan={
        inTheWay && (
          <SpaceBetween size="s">
            <Alert type="info">{words.runs}</Alert>
            <JobProgress name={name} id={inTheWay.id} />
          </SpaceBetween>
        )
      }
      showJob={(id) => <JobProgress name={name} id={id} />}
      close={close}
    />
  );
}
