/** What the package exports as `hooklatch/consumer/stripe`: Stripe's events, with the types of the package `stripe`. */
import type { Stripe } from 'stripe';
import type { Webhook } from './webhook.ts';
/**
 * The event of a webhook of Stripe. Its `type` tells what `data.object` is. The types are those of the API's version that the installed
 * package knows; the version of the event is its `api_version`.
 * @throws WrongProvider if the webhook is not of Stripe
 */
export declare const stripeEvent: (webhook: Webhook) => Promise<Stripe.Event>;
