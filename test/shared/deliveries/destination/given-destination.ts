/** Destinations through the function of the API, with the table and the secrets in memory. */

import { type Destination, isFinished } from '../../../../shared/deliveries/destination/destination.ts';
import type { DestinationValue } from '../../../../shared/deliveries/destination/destination-value.ts';
import { accessTokens } from '../../../../shared/deliveries/destination/oauth-token.ts';
import { variables } from '../../../../shared/ground/aws/environment.ts';
import type { OutboundLimits } from '../../../../shared/ground/outbound/exchange.ts';
import type {
  OutboundRequest,
  OutboundResult,
  SendOutbound,
} from '../../../../shared/ground/outbound/outbound-request.ts';
import { anOperator } from '../../../functions/given-operator.ts';
import { aMoment } from '../../../support/a-moment.ts';
import { aState, portsOn, type State } from '../route/given-routes.ts';
import { theSecrets } from './given-destination-secrets.ts';

// The module makes its clients when it is loaded. No test here uses them.
process.env['OWN_URLS'] = 'https://hooks.example.com';
process.env['ALLOW_PRIVATE'] = '';
process.env['SECRET_TAGS'] = '[]';
for (const name of variables) process.env[name] ??= 'unused';
const { apiDestinations } = await import('../../../../functions/api-destinations.ts');

/** What a function does before each call of the table or of the secret store. It may throw. */
export type BeforeCall = (call: string) => void;

/** Calls `before` at each call of an object's functions. */
const watched = <T extends object>(object: T, before: BeforeCall): T =>
  Object.fromEntries(
    Object.entries(object).map(([name, call]) => [
      name,
      async (...args: unknown[]) => {
        await aMoment();
        before(name);
        return call(...args);
      },
    ]),
  ) as T;

export const answered = (status: number, body = ''): OutboundResult => ({
  outcome: 'answered',
  status,
  headers: {},
  body: Buffer.from(body),
  isWhole: true,
  leftOut: [],
});

/** The API of a deployment. `sent` has the requests to destinations, each of which gets `result`. */
export function aWorld({ before = () => undefined, state = aState() }: { before?: BeforeCall; state?: State } = {}) {
  const table = state.destinations;
  const { secrets, store } = theSecrets();
  const sent: (OutboundRequest & OutboundLimits)[] = [];
  const lines: unknown[] = [];
  const given = { result: answered(200), results: [] as OutboundResult[] };
  const pages: unknown[] = [];
  const tested: Destination[] = [];
  let ids = 0;
  let ms = 1000;
  const ports = portsOn(state);
  const clock = () => ms;
  const send: SendOutbound = async (request, limits) => {
    sent.push({ ...request, ...limits });
    ms += 12.4;
    return given.results.shift() ?? given.result;
  };
  const operator = anOperator(
    apiDestinations({
      ...ports,
      destinations: watched(ports.destinations, before),
      destinationSecrets: watched(store, before),
      history: {
        async list(id, page) {
          pages.push([id, page]);
          const line = {
            version: 2,
            verb: 'create' as const,
            by: 'op_1',
            at: '2026-03-01T12:00:00.000Z',
            requestId: 'r1',
          };
          return { lines: [line], next: page.from === undefined ? '000000001|' : undefined };
        },
      },
      secretPrefix: 'hooklatch/dev',
      newDestinationId: () => `dst_${++ids}`,
      noteTest: async (destination) => void tested.push(destination),
      newMessageId: () => 'test_1',
      whyUrlRefused: (url) => (url.startsWith('https://') ? undefined : 'the URL does not begin with https://'),
      send,
      getToken: accessTokens({ send, clock }),
      clock,
      log: (line, level = 'info') => lines.push({ level, ...line }),
    }),
  );
  const shop = { name: 'shop' };
  return {
    ...operator,
    /** Time goes by. */
    later: (more: number) => {
      ms += more;
    },
    table,
    secrets,
    sent,
    given,
    pages,
    tested,
    warnings: lines,
    create: (body: object = {}) =>
      operator.ask('POST /v1/destinations', { body: { ...shop, url: 'https://shop.example.com/in/box', ...body } }),
    edit: (body: object, more: object = {}) =>
      operator.ask('PATCH /v1/destinations/{name}', { params: shop, body, ...more }),
    show: () => operator.ask('GET /v1/destinations/{name}', { params: shop }),
    reveal: () => operator.ask('GET /v1/destinations/{name}/secret', { params: shop }),
    rotate: (body: object = {}) => operator.ask('POST /v1/destinations/{name}/secret/rotate', { params: shop, body }),
    pause: () => operator.ask('POST /v1/destinations/{name}/pause', { params: shop, body: {} }),
    resume: () => operator.ask('POST /v1/destinations/{name}/resume', { params: shop, body: {} }),
    remove: (more: object = {}) => operator.ask('DELETE /v1/destinations/{name}', { params: shop, ...more }),
    test: () => operator.ask('POST /v1/destinations/{name}/test', { params: shop, body: {} }),
    /** The live value of the destination `shop`. */
    live(): DestinationValue | undefined {
      const record = table.records.get('shop');
      return isFinished(record) ? secrets.get(record.secret)?.versions.get(record.valueId) : undefined;
    },
  };
}
