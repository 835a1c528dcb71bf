/** The types of senders. The compiler checks them, when it checks this file. */
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { webhookFrom } from '../../../clients/consumer/consumer.ts';
import { githubPayload } from '../../../clients/consumer/github.ts';
import { stripeEvent } from '../../../clients/consumer/stripe.ts';
import { aLine } from './given-message.ts';

const definitions = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string;
  examples: object[];
}[];
const exampleOf = (wanted: string, action?: string): string =>
  JSON.stringify(
    definitions
      .find(({ name }) => name === wanted)
      ?.examples.find((each) => action === undefined || (each as { action?: string }).action === action),
  );

const aWebhook = (provider: string, type: string, body: string) =>
  webhookFrom(JSON.parse(aLine(body, { provider, type })));

describe('a payload of GitHub', () => {
  test('has the type of its event', async () => {
    const push = await githubPayload(aWebhook('github', 'push', exampleOf('push')), 'push');
    const ref: string = push.ref;
    // @ts-expect-error a push has no pull request
    const none = push.pull_request;
    expect([ref, none]).toEqual(['refs/tags/simple-tag', undefined]);
  });

  test('has its action, which tells the payloads of an event apart', async () => {
    const webhook = aWebhook('github', 'pull_request', exampleOf('pull_request', 'closed'));
    const pull = await githubPayload(webhook, 'pull_request');
    const action: 'opened' | 'closed' | string = pull.action;
    expect(action).toBe('closed');
    // @ts-expect-error GitHub has no such event
    await expect(githubPayload(webhook, 'pull_requests')).rejects.toThrow('is the event pull_request, and not');
  });

  test('is of no other sender and of no other event', async () => {
    await expect(githubPayload(aWebhook('gitlab', 'push', '{}'), 'push')).rejects.toMatchObject({
      name: 'WrongProvider',
      message: `evt_${'0'.repeat(26)} is a webhook of the provider gitlab, and not of github.`,
    });
    await expect(githubPayload(aWebhook('github', 'push', '{}'), 'issues')).rejects.toMatchObject({
      name: 'WrongEvent',
      message: `evt_${'0'.repeat(26)} is the event push, and not issues.`,
    });
  });
});

describe('an event of Stripe', () => {
  const event = { id: 'evt_1', object: 'event', type: 'charge.succeeded', data: { object: { amount: 100 } } };

  test('has the type of its object', async () => {
    const found = await stripeEvent(aWebhook('stripe', event.type, JSON.stringify(event)));
    const amount: number | undefined = found.type === 'charge.succeeded' ? found.data.object.amount : undefined;
    expect([found.id, amount]).toEqual(['evt_1', 100]);
  });

  test('is of no other sender', async () => {
    await expect(stripeEvent(aWebhook('github', 'push', '{}'))).rejects.toThrow('and not of stripe.');
  });
});
