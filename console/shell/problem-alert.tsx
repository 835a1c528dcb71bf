/** An error of the API in words, with the id by which its logs can be searched. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { ApiError } from '../../shared/api/api-error.ts';
import { text } from '../text.ts';
import { withButtons } from './route-buttons.ts';

function detailOf(error: unknown): string {
  if (error instanceof ApiError && error.status === 412) return text.problem.changed;
  return error instanceof Error ? withButtons(error.message) : String(error);
}

/** Shows nothing if there is no error. @param retry repeats what failed */
export function ProblemAlert({ error, retry }: { error: unknown; retry?: () => void }) {
  if (!error) return null;
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  return (
    <Alert
      type="error"
      header={text.problem.title}
      action={retry && <Button onClick={retry}>{text.problem.retry}</Button>}
    >
      {detailOf(error)}
      {requestId && (
        <Box variant="small" display="block">
          {text.problem.requestId}: {requestId}
        </Box>
      )}
    </Alert>
  );
}
