/** What is still to come of a delivery. */
import { liveStates } from '../../../shared/deliveries/dispatch/delivery-states.ts';
import type { RoutedDelivery } from '../../../shared/deliveries/dispatch/delivery-view.ts';

export type DeliveryStatus = RoutedDelivery['status'];

/** Whether an attempt is still to come. */
export const isUnfinished = ({ status }: { status: DeliveryStatus }): boolean =>
  status === 'queued' || liveStates.some((each) => each === status);

/** Whether somebody can ask for an attempt now. What is queued has no record yet. */
export const canBeAsked = ({ status }: { status: DeliveryStatus }): boolean =>
  liveStates.some((each) => each === status);
