/** What the package exports as `hooklatch/consumer`: webhooks for the code that handles them. */
export { NotAWebhook } from "./bus-event.js";
export { handleWebhooks, webhook, } from "./handle-webhooks.js";
export { verify } from "./verify.js";
export { webhookFrom } from "./webhook.js";
export { BodyMissing, BytesNotExact } from "./webhook-body.js";
