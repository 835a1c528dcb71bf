/** What a search ends with if an event is missing: that the webhook was refused, when and why. One text for every client. */

import type { RefusedInTime } from '../../events/arrival/refused-in-time.ts';
import { printable } from '../../ground/base/printable.ts';
import { rejectionKeptSeconds } from '../../ground/statistics/refused-count.ts';
import type { ApiClient } from './api-client.ts';

const key = 'GET /v1/connections/{name}/rejections';

/** When webhooks with this delivery id were refused, and why, the newest first. A deployment of an earlier version does not know. */
export async function refusalsOfDelivery(
  api: Pick<ApiClient, 'call'>,
  name: string,
  deliveryId: string,
  now: Date,
): Promise<string[]> {
  const query = { deliveryId, from: new Date(now.getTime() - rejectionKeptSeconds * 1_000).toISOString() };
  const { items, backTo } = await api.call(key, { params: { name }, query });
  // An earlier version leaves the filter out, and lists others.
  const own = items.filter(({ deliveryIds }) => deliveryIds?.includes(deliveryId.slice(0, 128)));
  const lines = own.map(({ minute, explanation }) => `It was refused at ${minute}: ${explanation}`);
  if (lines.length > 0 || backTo === undefined) return lines;
  return [`Whether it was refused before ${backTo} is not known: since then too many were.`];
}

/** What was refused in the time of a search, for people: first what has the wanted text, then how many there were. */
export function refusedTexts({ count, whileInactive, atLeast, from, withText }: RefusedInTime): string[] {
  if (count === 0) return [];
  const inactive = whileInactive === 0 ? '' : `, ${whileInactive} of them while the endpoint was not active`;
  return [
    ...withText.map(
      ({ minute, deliveryId, explanation }) => `“${printable(deliveryId)}” was refused at ${minute}: ${explanation}`,
    ),
    `${atLeast ? 'At least ' : ''}${count} refused since ${from}${inactive}. Their bodies are not kept, so they are not searched.`,
  ];
}
