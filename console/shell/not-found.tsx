import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { text } from '../text.ts';
import { ConnectionsButton } from './page-link.tsx';
import { useTitle } from './use-title.ts';

export function NotFound() {
  useTitle(text.shell.notFound);
  return (
    <SpaceBetween size="m">
      <Header variant="h1">{text.shell.notFound}</Header>
      <Box>{text.shell.notFoundNext}</Box>
      <ConnectionsButton />
    </SpaceBetween>
  );
}
