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
export function HealthLabel({
  state,
  alone,
  isShort = false,
}: Pick<Health, 'state' | 'alone'> & { isShort?: boolean }) {
  const { word, meaning } = deliveryText.healths[state];
  if (state === 'well' && alone)
    return <StatusIndicator type="warning">{deliveryText.health.aloneInList(alone.count)}</StatusIndicator>;
  return (
    <StatusIndicator type={healthTypes[state]}>
      {isShort || meaning === '' ? word : `${word}: ${meaning}`}
    </StatusIndicator>
  );
}
