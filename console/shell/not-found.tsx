import Box from '@cloudscape-design/components/box';
import { text } from '../text.ts';

export const NotFound = () => (
  <Box variant="h1" padding="l">
    {text.shell.notFound}
  </Box>
);
