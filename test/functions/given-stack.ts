/** A stack with one connection: sends the requests that CloudFormation sends, in its order, also when a deployment fails. */
import { variable } from '../../shared/aws/environment.ts';
import type { SecretValue } from '../../shared/credential/secret-store.ts';
import type { StateTable } from '../../shared/endpoint/state-table.ts';
import { publicUrl, secretStoreIn } from '../shared/endpoint/given-lifecycle.ts';
import { aMoment } from '../support/a-moment.ts';

// The module makes its clients when it is loaded. No test here uses them.
process.env[variable.secretTags] ??= '[]';
for (const name of Object.values(variable)) process.env[name] ??= '1';
const { manageConnection } = await import('../../functions/manage-connection.ts');

export const stackId =
  'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/0a1b2c3d-1111-2222-3333-444455556666';
const responseUrl = 'https://cloudformation.example.com/answer?X-Amz-Signature=signed-by-aws';

/** An answer, as CloudFormation reads it. */
export interface Answer {
  Status: 'SUCCESS' | 'FAILED';
  PhysicalResourceId: string;
  Reason?: string;
  Data?: { Url: string; TokenSecretArn: string };
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

export interface StackOptions {
  logicalId?: string;
  /** Text of the secrets that the template may name, by ARN. */
  sources?: Record<string, string>;
  values?: Map<string, SecretValue>;
  /** Called before each attempt to read one of these secrets. */
  onRead?(): void;
  /** The status with which CloudFormation answers each PUT. */
  putStatus?(): number;
}

let requests = 0;

/** The resource of one stack on this table. */
export function aStackResource(store: StateTable, options: StackOptions = {}) {
  const { logicalId = 'Orders', sources = {}, values = new Map(), putStatus = () => 200 } = options;
  const lines: object[] = [];
  const waits: number[] = [];
  const puts: { url: string; method: string; contentType: string | undefined; body: string }[] = [];
  const handle = manageConnection({
    store,
    secretStore: secretStoreIn(values),
    secretPrefix: 'hooklatch/dev',
    publicUrl,
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
    now: () => new Date('2026-03-01T12:00:00.000Z'),
    log: (line, level = 'info') => lines.push({ level, ...line }),
  });

  /** Sends an event to the function. @returns the last answer */
  async function invoke(event: object): Promise<Answer> {
    await handle(event);
    return JSON.parse(puts.at(-1)?.body ?? '{}');
  }

  const eventOf = (RequestType: string, ResourceProperties: Properties, more: object = {}) => ({
    RequestType,
    ResponseURL: responseUrl,
    StackId: stackId,
    LogicalResourceId: logicalId,
    RequestId: `request-${++requests}`,
    ResourceType: 'Custom::HooklatchConnection',
    ResourceProperties,
    ...more,
  });

  return { invoke, eventOf, lines, waits, puts, values };
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
