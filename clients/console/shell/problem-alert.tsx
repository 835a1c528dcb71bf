/** An error of the API in words, with what to do, and the id by which the logs can be searched. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { text } from '../text.ts';
import { texts } from './answer-words.ts';
import { ConnectionsButton } from './page-link.tsx';

function detailOf(error: unknown): string {
  if (error instanceof ApiError) return texts.problem(error);
  return error instanceof Error ? error.message : String(error);
}

interface ProblemAlertProps {
  error: unknown;
  /** What did not work, or could not be loaded, where the place alone does not say it. */
  title?: string;
  /** Reads again what could not be read. */
  retry?: () => void;
  /** The button's words. */
  retryLabel?: string;
  /** The way on from what is not there. */
  way?: ReactNode;
}

/** Shows nothing if there is no error. */
export function ProblemAlert({
  error,
  title,
  retry,
  retryLabel = text.problem.retry,
  way = <ConnectionsButton />,
}: ProblemAlertProps) {
  if (!error) return null;
  const { requestId, status } = error instanceof ApiError ? error : {};
  // What is not there is not there the next time either.
  const isMissing = status === 404 && retry !== undefined;
  const again = retry && (
    <Button formAction="none" onClick={retry}>
      {retryLabel}
    </Button>
  );
  return (
    <Alert
      type="error"
      header={isMissing ? text.problem.notFound : (title ?? (retry ? text.problem.loadTitle : text.problem.title))}
      action={isMissing ? way : again}
    >
      {detailOf(error)}
      {requestId && (
        <Box variant="small" display="block">
          {`${text.problem.requestId}: ${requestId}. ${text.problem.requestIdNote}`}
        </Box>
      )}
    </Alert>
  );
}
