/** What a table shows without rows: that there are none and what to do, or that nobody knows, because they could not be read. */
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { text } from '../text.ts';

interface EmptyStateProps {
  title: string;
  next: string;
  /** Why the rows could not be read. */
  error?: unknown;
  children?: ReactNode;
}

export const EmptyState = ({ title, next, error, children }: EmptyStateProps) => (
  <Box textAlign="center" padding="m">
    {error ? (
      <Box color="text-body-secondary">{text.problem.notLoaded}</Box>
    ) : (
      <SpaceBetween size="s">
        <div>
          <b>{title}</b>
          <Box variant="p">{next}</Box>
        </div>
        {children}
      </SpaceBetween>
    )}
  </Box>
);
