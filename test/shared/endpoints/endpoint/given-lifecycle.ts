/** Operators' verbs and senders' deliveries through the real functions, with tables and secrets in memory. */

import { originCheck } from '../../../../shared/endpoints/credential/request-origin.ts';
import type { SecretStore, SecretValue } from '../../../../shared/endpoints/credential/secret-store.ts';
import { tokenDigest } from '../../../../shared/endpoints/credential/token.ts';
import { type Connection, newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import { settingsOf } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { verifyProofs } from '../../../../shared/events/arrival/arrival-verification.ts';
import type { Handover } from '../../../../shared/events/arrival/handover.ts';
import { authorizeRequest } from '../../../../shared/events/arrival/request-authorization.ts';
import { variables } from '../../../../shared/ground/aws/environment.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';
import { aStateTable } from './given-state-table.ts';

// The imported files create clients when they are loaded. The tests use none of them.
process.env['SECRET_TAGS'] ??= '[]';
for (const name of variables) process.env[name] ??= '1';
const { apiEndpoint } = await import('../../../../functions/api-endpoint.ts');
const { storeDeliveredSecret } = await import('../../../../functions/store-delivered-secret.ts');
const { authorize } = await import('../../../../functions/authorize.ts');
const { ingest } = await import('../../../../functions/ingest.ts');

export const publicUrl = 'https://hooks.example.com';
export const began = new Date('2026-03-01T12:00:00.000Z');

/** Secrets in memory: `<ARN> <version id>` → value. */
export function secretStoreIn(values: Map<string, SecretValue>): SecretStore {
  const keyOf = (secret: string, id: string) => `${secret} ${id}`;
  const arnOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;
  return {
    async read(secret, id) {
      const value = values.get(keyOf(secret, id));
      if (value) return value;
      throw new Error('there is no such version');
    },
    async create(name, id, value) {
      values.set(keyOf(arnOf(name), id), value);
      return arnOf(name);
    },
    async putPending(secret, id, value) {
      values.set(keyOf(secret, id), value);
    },
    markCurrent: async () => undefined,
  };
}

/** The outcome of a delivery. */
export interface Arrival {
  /** Whether the credential was accepted as a token by any policy. */
  isBearer: boolean;
  /** Whether the delivery was accepted, and by which policy. */
  verifiedBy: string | undefined;
}

/** A connection with its operator and its sender. */
export function aLifecycle(provider = 'generic', name = 'orders') {
  const records = new Map<string, string>();
  const values = new Map<string, SecretValue>();
  const store = aStateTable(records);
  const secretStore = secretStoreIn(values);
  const clock = { now: began };
  const deps = { store, secretStore, publicUrl, secretPrefix: 'hooklatch-dev', log: () => undefined };
  const events = { list: async () => ({ events: [], cursor: undefined }) as never };
  const usage = { lastUse: async () => ({ tokens: new Map(), lastEventAt: null, handshakes: undefined }) };
  const countHeld = async () => ({ count: 0, complete: true });
  const routes = apiEndpoint({ ...deps, events, usage, countHeld });
  const shake = storeDeliveredSecret({ ...deps, now: () => clock.now });
  // The store in memory has it at once.
  void store.openConnection(
    newConnection({ name, provider, description: '' }, 'c1', { by: 'op_1', now: clock.now }),
    'r0',
  );
  const record = async (): Promise<Connection> => {
    const connection = await store.readConnection(name);
    if (!connection) throw new Error('the connection is gone');
    return connection;
  };

  /** Performs a verb. @returns the problem's code if it was refused */
  async function operate(
    route: keyof typeof routes,
    body: object = {},
    ifVersion?: number,
  ): Promise<string | undefined> {
    const actor = { id: 'op_1', name: 'op', role: 'connection_admin' } as const;
    const call = { params: { name }, actor, query: {}, body, ifVersion, requestId: 'r1', now: clock.now };
    try {
      await routes[route](call as never);
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }

  /** Lets the sender deliver a secret. @returns the reason if it was refused */
  async function deliverSecret(value: string): Promise<string | null> {
    const { endpoint } = await record();
    const windowId = endpoint?.handshake?.window?.id ?? 'none';
    const came = { connection: { id: 'c1', name }, endpointId: endpoint?.id ?? '', windowId };
    return (await shake({ ...came, value, sourceIp: '192.0.2.1', requestId: 'r2' })).refused;
  }

  const readValue = (secret: string, id: string) => secretStore.read(secret, id);
  const reading = {
    readConnection: store.readConnection,
    readDigest: async (secret: string, id: string) => tokenDigest((await readValue(secret, id)).token),
    readSigningSecret: async (secret: string, id: string) => {
      const { token, signingSecret = token } = await readValue(secret, id);
      return signingSecret;
    },
    certificate: async () => 'certificate_refused' as const,
    publicUrl,
    countRejection: async () => undefined,
    now: () => clock.now,
    log: () => undefined,
  };
  const ask = authorize({ ...reading, originOf: originCheck([]) });
  const take = ingest({
    ...reading,
    append: async () => 'stored' as never,
    putBody: async () => undefined,
    countDuplicate: async () => undefined,
    countHandshake: async () => undefined,
    deliverSecret: async () => undefined,
    confirm: async () => undefined,
    newId: () => 'evt_1',
  });

  /** The answer of the public URL: the authorizer, then ingest. */
  async function receive({ method, headers, url, body }: Signable): Promise<{ status: number; body: string }> {
    const { endpoint } = await record();
    const event = {
      headers,
      rawQueryString: new URL(url).search.slice(1),
      pathParameters: { connection: name, endpointId: endpoint?.id },
      requestContext: { http: { method, sourceIp: '192.0.2.1' }, requestId: 'r4' },
      body: body.toString('utf8'),
      isBase64Encoded: false,
    };
    const { isAuthorized, context } = await ask(event as never);
    if (!isAuthorized) return { status: 403, body: '' };
    const requestContext = { ...event.requestContext, authorizer: { lambda: JSON.parse(JSON.stringify(context)) } };
    const answer = await take({ ...event, requestContext } as never);
    return { status: answer.statusCode ?? 0, body: answer.body ?? '' };
  }

  async function arrive(request: Signable): Promise<Arrival> {
    const connection = await record();
    const { search } = new URL(request.url);
    const delivery = { method: request.method, headers: request.headers, rawQueryString: search.slice(1) };
    const came = { ...delivery, rest: undefined, sourceIp: '192.0.2.1' };
    const verdict = await authorizeRequest(
      { ...came, connection: name, endpointId: connection.endpoint?.id },
      { ...reading, readConnection: async () => connection },
    );
    if (!verdict.admitted) return { isBearer: false, verifiedBy: undefined };
    const { handover } = verdict;
    const proof = await verifyProofs(
      handover,
      settingsOf(connection),
      { ...came, requestId: 'r3', body: request.body },
      reading,
    );
    const verifiedBy = 'reason' in proof ? undefined : proof.verifiedBy;
    return { isBearer: verifiedBy === 'token' || isTokenIn(handover), verifiedBy };
  }

  return {
    name,
    clock,
    records,
    values,
    store,
    secretStore,
    deps,
    routes,
    record,
    operate,
    deliverSecret,
    arrive,
    receive,
  };
}
export type Lifecycle = ReturnType<typeof aLifecycle>;

const isTokenIn = ({ tokenVerified, earlier }: Handover): boolean =>
  tokenVerified !== null || (earlier !== undefined && earlier.tokenVerified !== null);
