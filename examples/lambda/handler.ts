/** Handles the webhooks of GitHub and Stripe, each of them once. */
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { handleWebhooks, type Webhook } from 'hooklatch/consumer';
import { githubPayload } from 'hooklatch/consumer/github';
import { once } from 'hooklatch/consumer/once';
import { stripeEvent } from 'hooklatch/consumer/stripe';

async function handlePush(webhook: Webhook): Promise<void> {
  const { ref, commits, repository } = await githubPayload(webhook, 'push');
  console.log(`${repository.full_name}: ${commits.length} commits on ${ref} (${webhook.id})`);
}

async function handlePayment(webhook: Webhook): Promise<void> {
  const event = await stripeEvent(webhook);
  if (event.type !== 'invoice.paid') return;
  const { id, amount_paid: amount, currency } = event.data.object;
  console.log(`Invoice ${id}: ${amount} ${currency} were paid (${webhook.id})`);
}

/** What is thrown here fails this webhook alone: its message comes again, and after five times it is in the queue of failures. */
async function handle(webhook: Webhook): Promise<void> {
  if (webhook.provider === 'github') await handlePush(webhook);
  else await handlePayment(webhook);
}

const persistenceStore = new DynamoDBPersistenceLayer({ tableName: process.env['HANDLED_TABLE'] ?? '' });
export const handler = handleWebhooks(once(handle, { persistenceStore }));
