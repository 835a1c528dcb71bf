import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Status } from '../../shared/endpoint/lifecycle.ts';
import { statusText } from '../text.ts';

const types: Record<Status, StatusIndicatorProps.Type> = {
  unconfigured: 'pending',
  configured: 'pending',
  active: 'success',
  inactive: 'stopped',
};

export const StatusLabel = ({ status }: { status: Status }) => (
  <StatusIndicator type={types[status]}>{statusText[status]}</StatusIndicator>
);
