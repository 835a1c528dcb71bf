/** The bar of a job, and the button that cancels it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { useSend } from '../session/queries.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { percentOf, type ShownProgress } from './job-status.ts';

const statusOf = ({ state }: ShownProgress) =>
  state === 'done' ? 'success' : state === 'failed' ? 'error' : 'in-progress';

interface JobBarProps {
  job: ShownProgress;
  label: string;
  /** The state and the numbers in words. */
  said: string;
  /** What the button says, and what is said beside it. */
  words: Record<'cancel' | 'goesOn', string>;
  /** Undefined if nobody can cancel it now. */
  cancel: ((api: ApiClient) => Promise<unknown>) | undefined;
  whenCancelled: () => unknown;
}

export function JobBar({ job, label, said, words, cancel, whenCancelled }: JobBarProps) {
  const status = statusOf(job);
  const { mutate, isPending, error } = useSend(async (api) => cancel?.(api), whenCancelled);
  return (
    <SpaceBetween size="s">
      <ProblemAlert error={error} />
      <ProgressBar
        label={label}
        value={percentOf(job)}
        status={status}
        resultText={said}
        {...(status === 'in-progress' && { additionalInfo: said })}
      />
      {cancel && (
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <Button formAction="none" loading={isPending} onClick={() => mutate()}>
            {words.cancel}
          </Button>
          <Box color="text-body-secondary">{words.goesOn}</Box>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
