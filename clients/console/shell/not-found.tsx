import Header from '@cloudscape-design/components/header';
import { text } from '../text.ts';
import { ConnectionsButton } from './page-link.tsx';
import { useTitle } from './use-title.ts';

export function NotFound() {
  useTitle(text.shell.notFound);
  return (
    <Header variant="h1" description={text.shell.notFoundNext} actions={<ConnectionsButton />}>
      {text.shell.notFound}
    </Header>
  );
}
