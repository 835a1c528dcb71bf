import { defaultDispatchConcurrency } from './deploy-settings/capacity.ts';
import type { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';
import type { Transform } from './transform.ts';

/** What attempts at deliveries need. */
export interface AttemptRights
  extends Pick<
    SharedResources,
    'state' | 'events' | 'bodies' | 'secrets' | 'deliveries' | 'deliveryQueues' | 'journal'
  > {
  transform: Transform;
  /** The URLs at which this deployment is reached. Nothing is sent there. */
  ownUrls: readonly string[];
  /** Ranges of private addresses at which destinations may be. */
  allowPrivate: readonly string[];
  /** How many batches are handled at the same time. With fewer than usual, all together evaluate one transform at a time. */
  dispatchConcurrency: number;
}

/** Allows a function to attempt deliveries: to read what is sent and where to, and to write what came of it. */
export function grantAttempts(
  fn: HooklatchFunction,
  { state, events, bodies, secrets, deliveries, journal, transform, ...settings }: AttemptRights,
): void {
  state.grantReadRouting(fn);
  events.grantGet(fn);
  bodies.grantGet(fn);
  secrets.grantReadDestinations(fn);
  deliveries.grantChange(fn);
  transform.grantInvoke(fn);
  // The right to count attempts.
  journal.grant(fn, { UpdateItem: ['sent', 'active'] });
  const { ownUrls, allowPrivate, dispatchConcurrency } = settings;
  if (dispatchConcurrency < defaultDispatchConcurrency) fn.setVariable('ONE_TRANSFORM', 'true');
  fn.setVariable('OWN_URLS', ownUrls.join(','));
  if (allowPrivate.length > 0) fn.setVariable('ALLOW_PRIVATE', allowPrivate.join(','));
}
