/** How a delivery stands, and how a destination is, each with its colour. */
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { deliveryText } from '../delivery-text.ts';
import { type DeliveryStatus, type Health, isUnfinished } from './delivery-reads.ts';

const ends: Partial<Record<DeliveryStatus, StatusIndicatorProps.Type>> = {
  delivered: 'success',
  failed: 'error',
  given_up: 'error',
};

export const DeliveryStatusLabel = ({ status }: { status: DeliveryStatus }) => (
  <span className="words">
    {isUnfinished({ status }) ? (
      <StatusIndicator type="pending" colorOverride="yellow">
        {deliveryText.statuses[status]}
      </StatusIndicator>
    ) : (
      <StatusIndicator type={ends[status] ?? 'stopped'}>{deliveryText.statuses[status]}</StatusIndicator>
    )}
  </span>
);

const healthTypes: Record<Health['state'], StatusIndicatorProps.Type> = {
  well: 'success',
  slow: 'warning',
  recovering: 'warning',
  failing: 'error',
  paused: 'stopped',
};

/** A destination that is well may have a delivery that fails. */
export const HealthLabel = ({ state, alone }: Pick<Health, 'state' | 'alone'>) =>
  state === 'well' && alone ? (
    <StatusIndicator type="warning">{deliveryText.health.aloneInList(alone.count)}</StatusIndicator>
  ) : (
    <StatusIndicator type={healthTypes[state]}>{deliveryText.healths[state].word}</StatusIndicator>
  );
