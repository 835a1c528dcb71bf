/** Says what a page waits for. */
import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';

export const Loading = ({ children }: { children: string }) => (
  <Box padding="l" textAlign="center">
    <StatusIndicator type="loading">{children}</StatusIndicator>
  </Box>
);
