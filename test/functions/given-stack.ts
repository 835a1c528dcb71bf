/**
 * A stack with one connection, or one destination: sends the requests that CloudFormation sends, in its order, also when a deployment
 * fails.
 */

import type { CheckTransform } from '../../shared/deliveries/transform/transform.ts';
import type { SecretValue } from '../../shared/endpoints/credential/secret-store.ts';
import type { StateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { theSecrets } from '../shared/deliveries/destination/given-destination-secrets.ts';
import { aDestinationTable } from '../shared/deliveries/destination/given-destination-table.ts';
import { aRouteStore } from '../shared/deliveries/route/given-route-store.ts';
import { publicUrl, secretStoreIn } from '../shared/endpoints/endpoint/given-lifecycle.ts';
import { aMoment } from '../support/a-moment.ts';

// The module makes its clients when it is loaded. No test here uses them.
process.env['SECRET_TAGS'] ??= '[]';
for (const name of variables) process.env[name] ??= '1';
const { manageConnection } = await import('../../functions/manage-connection.ts');

export const stackId =
  'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/0a1b2c3d-1111-2222-3333-444455556666';
const responseUrl = 'https://cloudformation.example.com/answer?X-Amz-Signature=signed-by-aws';

/** An answer, as CloudFormation reads it. */
export interface Answer {
  Status: 'SUCCESS' | 'FAILED';
  PhysicalResourceId: string;
  Reason?: string;
  Data?: { Url: string; TokenSecretArn: string; SecretArn: string };
}

type Properties = Record<string, unknown>;

/** The properties of the connection `orders`, with these changes. */
export const propertiesOf = (changes: Properties = {}): Properties => ({
  ServiceToken: 'arn:aws:lambda:eu-central-1:123456789012:function:manage-connection',
  ServiceTimeout: '600',
  Name: 'orders',
  Provider: 'generic',
  Settings: '{}',
  Status: 'active',
  Token: 'generate',
  Adopt: 'false',
  ...changes,
});

/** The properties of the destination `shop`, with these settings and changes. */
export const destinationPropertiesOf = (settings: object = {}, changes: Properties = {}): Properties => ({
  ServiceToken: 'arn:aws:lambda:eu-central-1:123456789012:function:manage-connection',
  ServiceTimeout: '600',
  Name: 'shop',
  Settings: JSON.stringify({ url: 'https://shop.example.com/in', ...settings }),
  Adopt: 'false',
  ...changes,
});

/** What destinations and routes need, in memory. */
export const aRoutingState = () => ({ ...aRouteStore(), destinations: aDestinationTable(), ...theSecrets() });
export type RoutingState = ReturnType<typeof aRoutingState>;

export interface StackOptions {
  type?: 'Custom::HooklatchConnection' | 'Custom::HooklatchDestination';
  routing?: RoutingState;
  /** What is wrong with the expression of a rule. */
  checkTransform?: CheckTransform;
  logicalId?: string;
  /** Text of the secrets that the template may name, by ARN. */
  sources?: Record<string, string>;
  values?: Map<string, SecretValue>;
  /** Called before each attempt to read one of these secrets. */
  onRead?(): void;
  /** The status with which CloudFormation answers each PUT. */
  putStatus?(): number;
  /** For each request: after how many calls the function is killed. The same request then arrives again. By default never. */
  killedAfter?(): number | undefined;
}

/** A function that may be killed: from then on, none of its calls does anything. */
function aKillable() {
  let left = Number.POSITIVE_INFINITY;
  let isKilled = false;

  /** The same functions, of which none does anything once the function is killed. */
  const guarded = <T extends object>(ports: T): T =>
    Object.fromEntries(
      Object.entries(ports).map(([name, port]) => {
        if (typeof port !== 'function') return [name, port];
        const call = async (...args: unknown[]) => {
          isKilled ||= left <= 0;
          if (isKilled) throw new Error('the function was killed');
          left -= 1;
          return port(...args);
        };
        return [name, call];
      }),
    ) as T;

  /** Runs the function, and once more if it is killed. */
  async function run(work: () => Promise<void>, after = Number.POSITIVE_INFINITY): Promise<void> {
    [left, isKilled] = [after, false];
    await work().catch((error) => {
      if (!isKilled) throw error;
    });
    if (isKilled) await run(work);
  }
  return { guarded, run };
}

let requests = 0;

/** The resource of one stack on this table. */
export function aStackResource(store: StateTable, options: StackOptions = {}) {
  const { logicalId = 'Orders', sources = {}, values = new Map(), putStatus = () => 200 } = options;
  const { type = 'Custom::HooklatchConnection', routing = aRoutingState() } = options;
  const { destinations, store: destinationSecrets, readRoutes, putRoutes, routeUse } = routing;
  const lines: object[] = [];
  const waits: number[] = [];
  const puts: { url: string; method: string; contentType: string | undefined; body: string }[] = [];
  const { guarded, run } = aKillable();
  const outside: Pick<Parameters<typeof manageConnection>[0], 'readSource' | 'fetch' | 'wait'> = {
    async readSource(arn) {
      options.onRead?.();
      const text = sources[arn];
      if (text === undefined) throw Object.assign(new Error(`no access to ${arn}`), { name: 'AccessDeniedException' });
      return text;
    },
    fetch: async (url, { method = '', body, headers } = {}) => {
      const contentType = (headers as Record<string, string>)['content-type'];
      puts.push({ url: String(url), method, contentType, body: String(body) });
      return new Response(null, { status: putStatus() });
    },
    async wait(ms) {
      await aMoment();
      waits.push(ms);
    },
  };
  const handle = manageConnection({
    store: guarded(store),
    destinations: guarded(destinations),
    destinationSecrets: guarded(destinationSecrets),
    routeUse: guarded(routeUse),
    secretStore: guarded(secretStoreIn(values)),
    ...guarded({ readRoutes, putRoutes, ...outside }),
    checkTransform: options.checkTransform ?? (async () => undefined),
    whyUrlRefused: (url) => (url.startsWith('https://') ? undefined : 'the URL does not begin with https://'),
    secretPrefix: 'hooklatch/dev',
    publicUrl,
    now: () => new Date('2026-03-01T12:00:00.000Z'),
    log: (line, level = 'info') => lines.push({ level, ...line }),
  });

  /** Sends an event to the function. @returns the last answer */
  async function invoke(event: object): Promise<Answer> {
    await run(() => handle(event), options.killedAfter?.());
    return JSON.parse(puts.at(-1)?.body ?? '{}');
  }

  const eventOf = (RequestType: string, ResourceProperties: Properties, more: object = {}) => ({
    RequestType,
    ResponseURL: responseUrl,
    StackId: stackId,
    LogicalResourceId: logicalId,
    RequestId: `request-${++requests}`,
    ResourceType: type,
    ResourceProperties,
    ...more,
  });

  return { invoke, eventOf, lines, waits, puts, values, routing };
}
type StackResourceSteps = ReturnType<typeof aStackResource>;

/** The resource as CloudFormation knows it. */
interface Deployed {
  physicalId: string;
  properties: Properties;
}

/** Deploys a template with this resource, and removes the resource. CloudFormation rolls back what fails. */
export function aDeployment({ invoke, eventOf }: StackResourceSteps) {
  let deployed: Deployed | undefined;

  const remove = (physicalId: string, properties: Properties) =>
    invoke(eventOf('Delete', properties, { PhysicalResourceId: physicalId }));

  async function create(properties: Properties, othersFail: boolean): Promise<Answer> {
    const answer = await invoke(eventOf('Create', properties));
    const { PhysicalResourceId: physicalId } = answer;
    if (answer.Status === 'FAILED' || othersFail) await remove(physicalId, properties);
    else deployed = { physicalId, properties };
    return answer;
  }

  const sendUpdate = (physicalId: string, properties: Properties, old: Properties) =>
    invoke(eventOf('Update', properties, { PhysicalResourceId: physicalId, OldResourceProperties: old }));

  async function update(before: Deployed, properties: Properties, othersFail: boolean): Promise<Answer> {
    const answer = await sendUpdate(before.physicalId, properties, before.properties);
    const isFailed = answer.Status === 'FAILED';
    // The physical id of a failed answer does not count.
    const physicalId = isFailed ? before.physicalId : answer.PhysicalResourceId;
    if (!isFailed && !othersFail) {
      if (physicalId !== before.physicalId) await remove(before.physicalId, before.properties);
      deployed = { physicalId, properties };
      return answer;
    }
    const back = await sendUpdate(physicalId, before.properties, properties);
    if (back.Status === 'FAILED') throw new Error(`UPDATE_ROLLBACK_FAILED: ${back.Reason}`);
    if (back.PhysicalResourceId !== physicalId) await remove(physicalId, properties);
    deployed = { physicalId: back.PhysicalResourceId, properties: before.properties };
    return answer;
  }

  return {
    deployed: () => deployed,

    /** Creates or updates the resource. @param othersFail whether another resource of the stack then fails */
    async deploy(properties: Properties, othersFail = false): Promise<Answer | undefined> {
      if (!deployed) return create(properties, othersFail);
      return JSON.stringify(deployed.properties) === JSON.stringify(properties)
        ? undefined
        : update(deployed, properties, othersFail);
    },

    async removeResource(): Promise<Answer | undefined> {
      const before = deployed;
      if (!before) return undefined;
      const answer = await remove(before.physicalId, before.properties);
      if (answer.Status === 'SUCCESS') deployed = undefined;
      return answer;
    },
  };
}
