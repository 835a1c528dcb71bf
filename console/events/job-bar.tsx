/** The bar of a job, and the button that cancels it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type Progress, percentOf } from './job-status.ts';

const statusOf = ({ state }: Progress) => (state === 'done' ? 'success' : state === 'failed' ? 'error' : 'in-progress');

interface JobBarProps {
  job: Progress;
  label: string;
  /** The state and the numbers in words. */
  said: string;
  cancelLabel: string;
  /** What is said beside the button. */
  goesOn: string;
  isCancelling: boolean;
  /** Undefined if nobody can cancel it now. */
  cancel: (() => void) | undefined;
}

export function JobBar({ job, label, said, cancelLabel, goesOn, isCancelling, cancel }: JobBarProps) {
  const status = statusOf(job);
  return (
    <SpaceBetween size="s">
      <ProgressBar
        label={label}
        value={percentOf(job)}
        status={status}
        resultText={said}
        {...(status === 'in-progress' && { additionalInfo: said })}
      />
      {cancel && (
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <Button formAction="none" loading={isCancelling} onClick={cancel}>
            {cancelLabel}
          </Button>
          <Box color="text-body-secondary">{goesOn}</Box>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
