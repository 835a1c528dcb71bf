/** Whether a destination gets deliveries. */
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { text } from '../text.ts';
import type { Destination } from './destination-record.ts';

export const DestinationStatus = ({ status }: Pick<Destination, 'status'>) => (
  <StatusIndicator type={status === 'active' ? 'success' : 'stopped'}>
    {text.destinations.statuses[status]}
  </StatusIndicator>
);
