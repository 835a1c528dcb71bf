import Alert from '@cloudscape-design/components/alert';
import { text } from '../text.ts';
import { ConnectionsButton } from './page-link.tsx';
import { useTitle } from './use-title.ts';

export function NotFound() {
  useTitle(text.shell.notFound);
  return (
    <Alert type="info" header={text.shell.notFound} action={<ConnectionsButton />}>
      {text.shell.notFoundNext}
    </Alert>
  );
}
