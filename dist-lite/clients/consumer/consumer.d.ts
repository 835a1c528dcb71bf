/** What the package exports as `hooklatch/consumer`: webhooks for the code that handles them. */
export type { BodyLocation, ReadBody } from './body-object.ts';
export { NotAWebhook } from './bus-event.ts';
export { type BatchAnswer, type HandleWebhooksOptions, handleWebhooks, type InvocationContext, type WebhookHandler, type WebhookMiddleware, webhook, } from './handle-webhooks.ts';
export { type NotVerifiableCause, type VerifyOptions, verify, type WebhookVerdict } from './verify.ts';
export { type ItemOfDelivery, type Webhook, type WebhookOptions, webhookFrom } from './webhook.ts';
export { BodyMissing, BytesNotExact, type NotExactReason } from './webhook-body.ts';
