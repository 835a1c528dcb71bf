/** How a delivery stands, and how a destination is, each with its colour. */
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { deliveryText } from '../delivery-text.ts';
import type { Health } from './delivery-reads.ts';
import { type DeliveryStatus, isUnfinished } from './unfinished.ts';

const ends: Partial<Record<DeliveryStatus, StatusIndicatorProps.Type>> = {
  delivered: 'success',
  failed: 'error',
  given_up: 'error',
};

const lookOf = (status: DeliveryStatus): Pick<StatusIndicatorProps, 'type' | 'colorOverride'> =>
  isUnfinished({ status }) ? { type: 'pending', colorOverride: 'yellow' } : { type: ends[status] ?? 'stopped' };

export const DeliveryStatusLabel = ({ status }: { status: DeliveryStatus }) => (
  <span className="words">
    <StatusIndicator {...lookOf(status)}>{deliveryText.statuses[status]}</StatusIndicator>
  </span>
);

/** The icon of a status alone, with the destination in its name. */
export function DeliveryDot({ status, destination }: { status: DeliveryStatus; destination: string }) {
  const name = `${destination}: ${deliveryText.statuses[status]}`;
  return (
    <span title={name}>
      <StatusIndicator {...lookOf(status)} iconAriaLabel={name} />
    </span>
  );
}

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
