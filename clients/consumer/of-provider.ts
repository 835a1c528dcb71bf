/** The provider for which an entry has types. */
import type { Webhook } from './webhook.ts';

/** A webhook is of another provider than the code expects. */
export class WrongProvider extends Error {
  override name = 'WrongProvider';
}

/** @throws WrongProvider if the webhook is of another provider */
export function ofProvider(webhook: Webhook, provider: string): Webhook {
  if (webhook.provider === provider) return webhook;
  throw new WrongProvider(`${webhook.id} is a webhook of the provider ${webhook.provider}, and not of ${provider}.`);
}
