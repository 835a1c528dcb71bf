/** A small server in place of the services that `operators reset` and `redrive` call. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface FakeAws {
  /** Variables for the AWS SDK: the endpoint, credentials of the caller, and a region. */
  env: Record<string, string>;
  /** `action name`, of each call. The name is that of the stack, the table, the bucket or the function. */
  calls: string[];
  /** The roster in the table, as JSON. */
  roster: string | undefined;
  /** How many of the next writes another operator wins. */
  lostWrites: number;
  /** The objects of every bucket: key → content. */
  objects: Map<string, string>;
  close(): void;
}

/** Logical id → type and name. */
export type FakeStack = Readonly<Record<string, readonly [type: string, name: string]>>;

type Answer = [status: number, text: string];
const result = (action: string, content: string): Answer => [
  200,
  `<${action}Response><${action}Result>${content}</${action}Result></${action}Response>`,
];
const refused = (status: number, code: string, message: string): Answer => [
  status,
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
];

/** CloudFormation lists two resources on each page. */
function pageOf(stack: FakeStack, token: string | null): string {
  const from = Number(token ?? 0);
  const members = Object.entries(stack)
    .slice(from, from + 2)
    .map(
      ([id, [type, name]]) =>
        `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${name}</PhysicalResourceId><ResourceType>${type}</ResourceType></member>`,
    );
  const next = from + 2 < Object.keys(stack).length ? `<NextToken>${from + 2}</NextToken>` : '';
  return `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>${next}`;
}

function queried(query: URLSearchParams, stacks: Readonly<Record<string, FakeStack>>): Answer {
  const action = query.get('Action') ?? '';
  if (action === 'GetCallerIdentity')
    return result(action, '<Arn>arn:aws:sts::111111111111:assumed-role/oncall/ada</Arn>');
  const name = query.get('StackName') ?? '';
  const stack = stacks[name];
  if (name === 'denied') return refused(403, 'AccessDenied', 'ada is not authorized');
  return stack
    ? result(action, pageOf(stack, query.get('NextToken')))
    : refused(400, 'ValidationError', `Stack with id ${name} does not exist`);
}

function dynamodb(fake: FakeAws, action: string, { Item }: { Item?: { record: { S: string } } }): Answer {
  if (action === 'GetItem')
    return [200, JSON.stringify(fake.roster === undefined ? {} : { Item: { record: { S: fake.roster } } })];
  if (fake.lostWrites-- > 0)
    return [400, '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}'];
  fake.roster = Item?.record.S;
  return [200, '{}'];
}

const xmlText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function s3(fake: FakeAws, method: string, { pathname, searchParams }: URL): Answer {
  const [, bucket = '', ...path] = pathname.split('/').map(decodeURIComponent);
  const key = path.join('/');
  fake.calls.push(`${method} ${bucket} ${key || (searchParams.get('prefix') ?? '')}`.trimEnd());
  if (key === '') {
    const keys = [...fake.objects.keys()].filter((each) => each.startsWith(searchParams.get('prefix') ?? ''));
    const contents = keys.map((each) => `<Contents><Key>${xmlText(each)}</Key></Contents>`).join('');
    return [200, `<ListBucketResult><KeyCount>${keys.length}</KeyCount>${contents}</ListBucketResult>`];
  }
  const content = fake.objects.get(key) ?? '';
  if (method === 'DELETE') fake.objects.delete(key);
  return [200, method === 'GET' ? content : ''];
}

/** Starts the server. @param stacks those of the account, by name */
export async function aFakeAws(stacks: Readonly<Record<string, FakeStack>>): Promise<FakeAws> {
  const fake: FakeAws = {
    env: {},
    calls: [],
    roster: undefined,
    lostWrites: 0,
    objects: new Map(),
    close: () => undefined,
  };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const [, action = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    const answer = ([status, content]: Answer, type: string) =>
      response.writeHead(status, { 'content-type': type }).end(content);
    if (action !== '') {
      const input = JSON.parse(body);
      fake.calls.push(`${action} ${input.TableName}`);
      answer(dynamodb(fake, action, input), 'application/x-amz-json-1.0');
    } else if (request.url?.endsWith('/invocations')) {
      fake.calls.push(`Invoke ${request.url.split('/').at(-2)}`);
      answer([200, 'null'], 'application/json');
    } else if (request.method !== 'POST') {
      answer(
        s3(fake, request.method ?? '', new URL(request.url ?? '', fake.env['AWS_ENDPOINT_URL'])),
        'application/xml',
      );
    } else {
      const query = new URLSearchParams(body);
      fake.calls.push(`${query.get('Action')} ${query.get('StackName') ?? ''}`.trimEnd());
      answer(queried(query, stacks), 'text/xml');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ACCESS_KEY_ID: 'AKIACALLER',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  fake.close = () => {
    server.close();
    // The SDK keeps its connections open.
    server.closeAllConnections();
  };
  return fake;
}

/** Sets variables, or removes those that are undefined, until the function that this returns is called. */
export function withVariables(env: Readonly<Record<string, string | undefined>>): () => void {
  const set = (values: Readonly<Record<string, string | undefined>>) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  const before = Object.fromEntries(Object.keys(env).map((name) => [name, process.env[name]]));
  set(env);
  return () => set(before);
}
