import { ofProvider } from "./of-provider.js";
/**
 * The event of a webhook of Stripe. Its `type` tells what `data.object` is. The types are those of the API's version that the installed
 * package knows; the version of the event is its `api_version`.
 * @throws WrongProvider if the webhook is not of Stripe
 */
export const stripeEvent = async (webhook) => ofProvider(webhook, 'stripe').json();
