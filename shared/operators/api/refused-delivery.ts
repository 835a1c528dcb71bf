/** What a search for a delivery id ends with if no event has it: that the webhook was refused, when and why. One text for every client. */
import type { ApiClient } from './api-client.ts';

const key = 'GET /v1/connections/{name}/rejections';

/** Refusals are kept for 30 days. */
const keptMs = 30 * 86_400_000;

/** When webhooks with this delivery id were refused, and why, the newest first. A deployment of an earlier version does not know. */
export async function refusalsOfDelivery(
  api: Pick<ApiClient, 'call'>,
  name: string,
  deliveryId: string,
  now: Date,
): Promise<string[]> {
  const query = { deliveryId, from: new Date(now.getTime() - keptMs).toISOString() };
  const { items } = await api.call(key, { params: { name }, query });
  // An earlier version leaves the filter out, and lists others.
  const own = items.filter(({ deliveryIds }) => deliveryIds?.includes(deliveryId.slice(0, 128)));
  return own.map(({ minute, explanation }) => `It was refused at ${minute}: ${explanation}`);
}
