/** What a replay would publish, before it begins: how many events, the oldest of them, what it leaves out, and why it can't begin yet. */
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { jobsText } from '../jobs/jobs-text.ts';
import { exactTime } from '../relative-time.ts';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { text } from '../text.ts';
import { GoesTo } from './goes-to.tsx';

export type ReplayPlan = Exclude<ApiAnswer<'POST /v1/connections/{name}/replays'>, { id: string }>;
type Sample = ReplayPlan['sample'][number];

const { plan: words, still } = jobsText;

const columns: TableProps.ColumnDefinition<Sample>[] = [
  { id: 'received', header: text.events.time, isRowHeader: true, cell: ({ receivedAt }) => exactTime(receivedAt) },
  { id: 'type', header: text.events.type, cell: ({ type }) => type },
  { id: 'id', header: text.events.id, cell: ({ id }) => id },
];

/** What is left out, by reason. */
const leftOut = ({ held = 0, test = 0, expired = 0 }: ReplayPlan['skippedBecause']): string[] => [
  ...(held > 0 ? [still.held(held)] : []),
  ...(test > 0 ? [words.tests(test)] : []),
  ...(expired > 0 ? [words.expired(expired)] : []),
];

/** Whether a replay would do anything. */
export const isWorthIt = ({ count, skipped, complete }: ReplayPlan): boolean => !complete || count > skipped;

export function PlannedReplay({ name, plan }: { name: string; plan: ReplayPlan }) {
  const { count, skipped, complete, sample, skippedBecause } = plan;
  return (
    <SpaceBetween size="s">
      <div>{text.replays.found(count - skipped, complete)}</div>
      {isWorthIt(plan) && <GoesTo name={name} />}
      {sample.length > 0 && (
        <>
          <div>{words.oldest}</div>
          <FittingTable<Sample>
            narrow={narrowWindow.short}
            items={sample}
            columnDefinitions={columns}
            variant="embedded"
            contentDensity="compact"
            trackBy="id"
            wrapLines
          />
        </>
      )}
      {leftOut(skippedBecause).map((each) => (
        <div key={each}>{each}</div>
      ))}
      {!isWorthIt(plan) && <div>{count > 0 ? words.nothing : words.noneNext}</div>}
    </SpaceBetween>
  );
}
