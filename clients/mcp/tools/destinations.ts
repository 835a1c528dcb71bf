import * as z from 'zod';
import { deliveryStates } from '../../../shared/deliveries/dispatch/delivery-states.ts';
import { redactTokens } from '../../../shared/endpoints/credential/redaction.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { observeDestinations } from '../../../shared/operators/api/destination-reads.ts';
import type { Fence } from '../fence.ts';
import { fenced, given, listQuery, nextCursor, page } from '../fields.ts';
import { defineTool, ownRead, strangersRead, toolAnswerSchema } from '../tool.ts';

const destination = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,47}$/)
  .describe('The name of a destination.');
const deliveryId = z
  .string()
  .regex(/^dlv_[A-Za-z0-9_-]{1,200}$/)
  .describe('The id of a delivery, such as dlv_….');

const wrongShape = z.strictObject({ at: z.string(), what: fenced });

const healthShape = z.strictObject({
  state: z
    .enum(['well', 'slow', 'recovering', 'failing', 'paused'])
    .describe('failing: attempts fail, and none has succeeded since.'),
  since: z.string().optional(),
  wrong: wrongShape.optional().describe('What went wrong with the oldest delivery that waits.'),
  nextAttemptAt: z.string().optional(),
  blockedUntil: z.string().optional().describe('Until then it asked for nothing.'),
  lastFailing: z.strictObject({ from: z.string(), until: z.string() }).optional(),
  alone: z
    .strictObject({ count: z.int(), id: z.string(), since: z.string(), attempts: z.int(), wrong: wrongShape })
    .optional()
    .describe('Deliveries that fail although others succeed. The id is of the oldest.'),
  givenUpAt: z.string().optional().describe('When the newest event came whose delivery was given up.'),
  waiting: z
    .strictObject({ count: z.int(), isMore: z.boolean(), oldest: z.string().optional() })
    .optional()
    .describe('Absent if this server shows some connections alone.'),
});

type Health = ApiAnswer<'GET /v1/destinations/{name}/health'>;
type Wrong = NonNullable<Health['wrong']>;

/** What went wrong can have words of the receiver, such as the names in its certificate. */
const wrongOf = ({ at, what }: Wrong, fence: Fence) => ({ at, what: fence.text(redactTokens(what)) });

const healthOf = (health: Health, fence: Fence) => ({
  ...{ state: health.state, since: health.since, nextAttemptAt: health.nextAttemptAt },
  wrong: health.wrong && wrongOf(health.wrong, fence),
  ...{ blockedUntil: health.blockedUntil, lastFailing: health.lastFailing, givenUpAt: health.givenUpAt },
  alone: health.alone && {
    ...{ count: health.alone.count, id: health.alone.id, since: health.alone.since, attempts: health.alone.attempts },
    wrong: wrongOf(health.alone.wrong, fence),
  },
  waiting: health.waiting,
});

const listDestinations = defineTool({
  name: 'list_destinations',
  mode: 'read',
  title: 'List destinations',
  description:
    'Lists the destinations by name, each with how it is: whether it fails and since when, what went wrong, how much waits, and the next attempt. Begin here if webhooks were accepted and did not arrive.',
  annotations: ownRead,
  input: z.strictObject(page),
  output: toolAnswerSchema({
    items: z.array(z.strictObject({ name: z.string(), health: healthShape })),
    nextCursor,
  }),
  async run(args, { api, fence }) {
    const list = await api.call('GET /v1/destinations', { query: listQuery(args) });
    const { observed } = await observeDestinations(api, list.items, list.items.length);
    return {
      items: observed.map(({ destination: { name }, health }) => ({ name, health: healthOf(health, fence) })),
      nextCursor: list.nextCursor,
    };
  },
});

const getDestination = defineTool({
  name: 'get_destination',
  mode: 'read',
  title: 'Read a destination',
  description:
    'Reads one destination and how it is: its settings, whether it fails and why, how much waits. Shows no secret, and of its URL the origin alone.',
  annotations: ownRead,
  input: z.strictObject({ destination }),
  output: toolAnswerSchema({
    id: z.string(),
    name: z.string(),
    origin: fenced.describe('Of its URL. Nobody but an admin sees the rest.'),
    method: z.string(),
    status: z.string(),
    pausedSince: z.string().optional(),
    timeoutSeconds: z.number(),
    giveUpAfterHours: z.number(),
    managed: z.boolean().describe('Whether a stack or a file manages it.'),
    health: healthShape,
  }),
  async run({ destination: name }, { api, fence }) {
    const [view, health] = await Promise.all([
      api.call('GET /v1/destinations/{name}', { params: { name } }),
      api.call('GET /v1/destinations/{name}/health', { params: { name } }),
    ]);
    const { id, origin, method, status, pausedSince, timeoutSeconds, giveUpAfterHours, managedBy } = view;
    return {
      ...{ id, name, origin: fence.text(origin), method, status, pausedSince, timeoutSeconds, giveUpAfterHours },
      managed: managedBy !== undefined,
      health: healthOf(health, fence),
    };
  },
});

const attemptShape = {
  at: z.string(),
  ms: z.int(),
  outcome: z.string(),
  status: z.int().optional(),
  cause: fenced.optional(),
  answer: fenced.optional().describe('The beginning of what the receiver answered. Only for an admin.'),
};

const deliveryShape = {
  id: z.string(),
  event: z.string(),
  connection: z.string(),
  receivedAt: z.string(),
  rule: z.string(),
  destination: z.string(),
  replay: z.int().optional(),
  test: z.boolean().optional(),
  status: z.enum(deliveryStates),
  reason: z.string().optional(),
  cause: fenced.optional(),
  attempts: z.int(),
  redelivered: z.strictObject({ times: z.int(), by: z.string().optional() }).optional(),
  asked: z.strictObject({ by: z.string(), at: z.string() }).optional().describe('Who asked last for an attempt now.'),
  nextAttemptAt: z.string().optional().describe('Absent if it has ended, or if its destination is paused.'),
  last: z.strictObject(attemptShape).optional(),
};

type Delivery = ApiAnswer<'GET /v1/destinations/{name}/deliveries'>['items'][number];
type Attempt = NonNullable<Delivery['last']>;
interface Shown {
  fence: Fence;
  noBodies: boolean;
}

/** What a receiver answered is text of others, and can have parts of the body. */
const attemptOf = ({ at, ms, outcome, status, cause, answer }: Attempt, { fence, noBodies }: Shown) => ({
  ...{ at, ms, outcome, status, cause: fence.optional(cause && redactTokens(cause)) },
  answer: noBodies ? undefined : fence.optional(answer && redactTokens(answer)),
});

const deliveryOf = (delivery: Delivery, shown: Shown) => {
  const { id, event, connection, receivedAt, rule, destination: name, replay, test, status, reason } = delivery;
  const { cause, attempts, redelivered, asked, nextAttemptAt, last } = delivery;
  return {
    ...{ id, event, connection, receivedAt, rule, destination: name, replay, test, status, reason },
    // What an expression failed at can be a value of the body.
    cause:
      shown.noBodies && reason === 'transform_error' ? undefined : shown.fence.optional(cause && redactTokens(cause)),
    ...{ attempts, redelivered, asked, nextAttemptAt, last: last && attemptOf(last, shown) },
  };
};

const listDeliveries = defineTool({
  name: 'list_deliveries',
  mode: 'read',
  title: 'List deliveries',
  description:
    'Lists the deliveries to a destination, those of the newest events first: the event, the connection, the status, how often it was attempted, what came of the last attempt, and when the next is due. No id of an event is needed.',
  annotations: strangersRead,
  input: z.strictObject({
    destination,
    ...page,
    status: z
      .enum(deliveryStates)
      .optional()
      .describe('Only those in this state. For delivered a page looks through about 14,000, and can be short.'),
  }),
  output: toolAnswerSchema({ items: z.array(z.strictObject(deliveryShape)), nextCursor }),
  async run({ destination: name, status, ...wanted }, { api, fence, noBodies }) {
    const list = await api.call('GET /v1/destinations/{name}/deliveries', {
      params: { name },
      query: { ...listQuery(wanted), ...given({ status }) },
    });
    return {
      items: list.items.map((each) => deliveryOf(each, { fence, noBodies })),
      nextCursor: list.nextCursor,
    };
  },
});

const getDelivery = defineTool({
  name: 'get_delivery',
  mode: 'read',
  title: 'Read a delivery',
  description: 'Reads one delivery with all its attempts: when each began, how long it took, and what came back.',
  annotations: strangersRead,
  input: z.strictObject({ delivery: deliveryId }),
  output: toolAnswerSchema({
    ...deliveryShape,
    history: z.array(z.strictObject({ ...attemptShape, attempt: z.int() })),
  }),
  async run({ delivery: id }, { api, fence, noBodies }) {
    const delivery = await api.call('GET /v1/deliveries/{id}', { params: { id } });
    const shown = { fence, noBodies };
    return {
      ...deliveryOf(delivery, shown),
      history: delivery.history.map((each) => ({ ...attemptOf(each, shown), attempt: each.attempt })),
    };
  },
});

export const destinationTools = [listDestinations, getDestination, listDeliveries, getDelivery];
