/** A webhook on its way through the bus to a queue: with the example rule to a queue, as the CDK synthesizes it. */
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { webhookFrom } from '../../clients/consumer/consumer.ts';
import type { Template } from '../../local/cloudformation/template.ts';
import { only, theTemplate } from '../infra/given-template.ts';
import { anActiveEndpoint, aRuntime, bearer, deliver, type World } from '../support/given.ts';

let world: World;
let sqs: SQSClient;

/** The resources of the example rule, added to those of the app. */
async function withExampleRule(): Promise<(template: Template) => Template> {
  const { template } = await theTemplate('queueRule');
  const added = Object.entries(template.Resources).filter(([id]) => id.startsWith('ExampleRules'));
  return ({ Resources, ...rest }) => ({ ...rest, Resources: { ...Resources, ...Object.fromEntries(added) } });
}

beforeAll(async () => {
  world = await aRuntime({ transformTemplate: await withExampleRule() });
  const { url: endpoint, region, administrator: credentials } = world.runtime.aws;
  sqs = new SQSClient({ endpoint, region, credentials });
});
afterAll(async () => {
  sqs.destroy();
  await world.end();
});

/** The queue of the rule, and its dead-letter queue. */
const urls = () => {
  const of = (part: string) => only(Object.entries(world.runtime.queues).filter(([id]) => id.includes(part)))[1];
  return { queue: of('RulesQueue'), dead: of('RulesDeadLetters') };
};

async function receive(QueueUrl = urls().queue): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 }),
  );
  return Messages;
}

const bodiesOf = (messages: readonly Message[]) => messages.map(({ Body = '' }) => JSON.parse(Body));

test('a webhook is received from the queue as it is on the bus, and is gone when it was deleted', async () => {
  const { url, token, name } = await anActiveEndpoint(world);
  const sent = await deliver(url, {
    headers: { ...bearer(token), 'content-type': 'application/json' },
    body: '{"order": 1.0}',
  });
  expect(sent.status).toBe(202);
  const messages = await receive();
  expect(bodiesOf(messages)).toEqual([
    expect.objectContaining({
      source: `hooklatch.${name}`,
      'detail-type': 'webhook',
      detail: expect.objectContaining({ id: sent.json()['id'], connection: name, data: { order: 1 } }),
    }),
  ]);
  // The sender's number is as it was sent.
  expect(only(messages).Body).toContain('"data":{"order": 1.0}');
  const webhook = webhookFrom(only(messages));
  expect([webhook.id, String(await webhook.bytes())]).toEqual([sent.json()['id'], '{"order": 1.0}']);
  await sqs.send(new DeleteMessageCommand({ QueueUrl: urls().queue, ReceiptHandle: only(messages).ReceiptHandle }));
  const asked = new GetQueueAttributesCommand({ QueueUrl: urls().queue, AttributeNames: ['All'] });
  const { Attributes } = await sqs.send(asked);
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    MessageRetentionPeriod: '1209600',
    VisibilityTimeout: '60',
  });
});

test('a webhook that five consumers failed on is in the dead-letter queue after the next receive', async () => {
  const { url, token } = await anActiveEndpoint(world);
  const sent = await deliver(url, { headers: bearer(token), body: '{}' });
  const ids = async (queue: string) => bodiesOf(await receive(queue)).map(({ detail }) => detail.id);
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    expect(await ids(urls().queue)).toEqual([sent.json()['id']]);
    world.clock.ahead += 60_000;
  }
  const last = new ReceiveMessageCommand({ QueueUrl: urls().queue });
  expect((await sqs.send(last)).Messages).toBeUndefined();
  expect(await ids(urls().dead)).toEqual([sent.json()['id']]);
});
