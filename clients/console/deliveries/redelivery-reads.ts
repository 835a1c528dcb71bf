/** Redeliveries of many to a destination. */
import { type RedeliverableState, redeliverableStates } from '../../../shared/deliveries/dispatch/delivery-states.ts';
import type { ApiAnswer, ApiBody } from '../../../shared/operators/api/api-client.ts';
import { isOpen } from '../events/job-status.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import type { ListedDelivery } from './delivery-reads.ts';

export type Redelivery = ApiAnswer<'GET /v1/destinations/{name}/redeliveries/{id}'>;
export type RedeliveryBody = ApiBody<'POST /v1/destinations/{name}/redeliveries'>;
export type RedeliveryPlan = Exclude<ApiAnswer<'POST /v1/destinations/{name}/redeliveries'>, { id: string }>;

export const isRedeliverable = (status: string | undefined): status is RedeliverableState =>
  redeliverableStates.some((each) => each === status);

/** When the event of the oldest of these came that can be sent again. Undefined if none can. */
export const oldestOf = (listed: readonly ListedDelivery[]): string | undefined =>
  listed
    .filter(({ status }) => isRedeliverable(status))
    .map(({ receivedAt }) => receivedAt)
    .sort()[0];

/** The redelivery that has not ended. A destination has at most one. */
export const useOpenRedelivery = (name: string) => {
  const { data, refetch } = useRead(
    ['redeliveries', name],
    (api) => api.call('GET /v1/destinations/{name}/redeliveries', { params: { name }, query: { limit: '50' } }),
    { everyMs: refreshMs.release },
  );
  return { open: data?.items.find(isOpen), refetch };
};

export const useRedelivery = (name: string, id: string) =>
  useRead(
    ['redelivery', name, id],
    (api) => api.call('GET /v1/destinations/{name}/redeliveries/{id}', { params: { name, id } }),
    { everyMs: (last) => (last && !isOpen(last) ? false : refreshMs.job) },
  );
