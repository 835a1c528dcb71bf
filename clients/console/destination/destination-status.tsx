/** What an operator set: whether a destination is paused. How it is, its health says. */
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { text } from '../text.ts';
import type { DestinationAnswer } from './destination-record.ts';

export const DestinationStatus = ({ status }: Pick<DestinationAnswer, 'status'>) =>
  status === 'active' ? (
    text.destinations.statuses.active
  ) : (
    <StatusIndicator type="stopped">{text.destinations.statuses.paused}</StatusIndicator>
  );
