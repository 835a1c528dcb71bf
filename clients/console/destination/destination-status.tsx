/** Whether a destination gets deliveries. */
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { text } from '../text.ts';
import type { DestinationAnswer } from './destination-record.ts';

export const DestinationStatus = ({ status }: Pick<DestinationAnswer, 'status'>) => (
  <StatusIndicator type={status === 'active' ? 'success' : 'stopped'}>
    {text.destinations.statuses[status]}
  </StatusIndicator>
);
