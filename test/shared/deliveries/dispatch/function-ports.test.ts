/** What attempts deliveries, as the environment of its function asks for it. AWS is a server that is asked for one thing after another. */
import { expect, test } from '@jest/globals';
import { attemptPort } from '../../../../shared/deliveries/dispatch/function-ports.ts';
import { eventItemOf } from '../../../../shared/events/event/event-item.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';
import { type GivenAnswer, givenHttpServer, type ReceivedRequest } from '../../given-http-server.ts';
import { aDestination, aJob, eventId, receivedAt } from './given-delivery.ts';

const { received, answer, url } = givenHttpServer();

Object.assign(process.env, {
  EVENTS_TABLE: 'events',
  STATE_TABLE: 'state',
  DELIVERIES_TABLE: 'deliveries',
  TRANSFORM_FUNCTION: 'transform',
  BODIES_BUCKET: 'bodies',
  OWN_URLS: 'https://hooks.example.com',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'fake',
  AWS_SECRET_ACCESS_KEY: 'fake',
});

const json = (body: object): GivenAnswer => ({ body: JSON.stringify(body) });

/** The first second of 2100: the functions have the clock of the machine. */
const expiresAt = 4_102_444_800;

/** The event, as DynamoDB has it in an answer. */
const item = eventItemOf(aStoredEvent({}, { id: eventId, receivedAt, expiresAt }), 4);
const inJson = Object.entries(item).map(([name, value]) => [
  name,
  'B' in value ? { B: Buffer.from(value.B).toString('base64') } : value,
]);
const routes = {
  mode: 'all',
  rules: [{ id: 'to-orders', transform: 'data.missing', to: { id: 'dst_1', name: 'orders' } }],
};

const theEvent = json({ Item: Object.fromEntries(inJson) });
const theRoutes = json({ Item: { record: { S: JSON.stringify(routes) } } });
const nothing = json({});
const emptyResult = json({ kind: 'empty' });

const nameOf = ({ path, headers, body }: ReceivedRequest): string =>
  path === '/'
    ? `${headers['x-amz-target']?.split('.')[1]} ${JSON.parse(body).TableName}`
    : `call ${path.split('/')[3]}`;

const read = ['GetItem events', 'GetItem state'];

test.each([
  ['takes no turn', '', [], [...read, 'call transform']],
  [
    'takes the turn of all functions if its deployment asks for that, and then looks at it again to give it back',
    'true',
    [nothing, nothing],
    [...read, 'GetItem deliveries', 'PutItem deliveries', 'call transform', 'GetItem deliveries'],
  ],
])('an evaluation %s', async (_, oneTransform, turn, asked) => {
  process.env['AWS_ENDPOINT_URL'] = url();
  process.env['ONE_TRANSFORM'] = oneTransform;
  answer(theEvent, theRoutes, ...turn, emptyResult, nothing);
  expect(await attemptPort()(aJob({ expiresAt }), aDestination(), () => true)).toEqual({
    kind: 'cancelled',
    reason: 'transform_empty',
  });
  expect(received.map(nameOf)).toEqual(asked);
});
