/** A small server in place of STS and CloudFormation, which answer in XML, and of Lambda and SQS. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeAws {
  /** Variables for the AWS SDK: the endpoint, credentials of the caller, and a region. */
  env: Record<string, string>;
  /** `region action name`, of each call. The name is that of the stack or the role. */
  calls: string[];
  close(): void;
}

export interface FakeAccount {
  account?: string;
  /** The deployed templates by the name of their stack. A text is sent as it is. */
  stacks?: Record<string, object | string>;
  /** The roles that the caller may use. */
  roles?: readonly string[];
  /** Whether the caller's own credentials may read templates. Default: true. */
  mayRead?: boolean;
  /** The executions that the account allows at once. Without it, the caller may not ask. */
  executions?: number;
  /** The messages that wait in the queues of a stack, by logical id. The caller may not ask about any other queue. */
  queues?: Readonly<Record<string, number>>;
}

/** The access keys of the caller, and of each role. */
const keys = { caller: 'AKIACALLER', role: 'ASIAROLE' };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const result = (action: string, content: string): [number, string] => [
  200,
  `<${action}Response><${action}Result>${content}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`,
];
const refused = (status: number, code: string, message: string): [number, string] => [
  status,
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
];

function answerTo(
  query: URLSearchParams,
  { key, url }: { key: string; url: string },
  { account = '123456789012', ...given }: FakeAccount,
): [number, string] {
  const { stacks = {}, roles = [], mayRead = true, queues = {} } = given;
  const action = query.get('Action') ?? '';
  if (action === 'GetCallerIdentity')
    return result(action, `<Arn>arn:aws:iam::${account}:user/me</Arn><UserId>U</UserId><Account>${account}</Account>`);
  if (action === 'AssumeRole') {
    if (!roles.includes(query.get('RoleArn') ?? '')) return refused(403, 'AccessDenied', 'not authorized');
    return result(
      action,
      `<Credentials><AccessKeyId>${keys.role}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`,
    );
  }
  if (action === 'DescribeStackResource') {
    const id = query.get('LogicalResourceId') ?? '';
    if (!(id in queues)) return refused(403, 'AccessDenied', 'not authorized to perform DescribeStackResource');
    const detail = `<LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${url}/${id}</PhysicalResourceId>`;
    return result(action, `<StackResourceDetail>${detail}</StackResourceDetail>`);
  }
  const template = stacks[query.get('StackName') ?? ''];
  if (key === keys.caller && !mayRead) return refused(403, 'AccessDenied', 'not authorized to perform GetTemplate');
  if (template === undefined)
    return refused(400, 'ValidationError', `Stack with id ${query.get('StackName')} does not exist`);
  const body = typeof template === 'string' ? template : JSON.stringify(template);
  return result(action, `<TemplateBody>${escaped(body)}</TemplateBody>`);
}

/** The answer of Lambda about the account. */
function answerQuota(response: ServerResponse, { executions }: FakeAccount): void {
  const AccountLimit = { ConcurrentExecutions: executions, UnreservedConcurrentExecutions: executions };
  if (executions !== undefined) response.end(JSON.stringify({ AccountLimit }));
  else response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' }).end('{"Message":"not authorized"}');
}

/** The answer of SQS about a queue. All its messages are hidden, because somebody has just received them. */
function answerQueue(response: ServerResponse, body: string, { queues = {} }: FakeAccount): void {
  const id = String(JSON.parse(body).QueueUrl).split('/').at(-1) ?? '';
  const attributes = { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesDelayed: '0' };
  const Attributes = { ...attributes, ApproximateNumberOfMessagesNotVisible: String(queues[id]) };
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify({ Attributes }));
}

/** Starts the server. */
export async function aFakeAws(given: FakeAccount): Promise<FakeAws> {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const target = request.headers['x-amz-target'];
    const query = new URLSearchParams(target === undefined ? body : '');
    const [, key = '', region = ''] =
      /Credential=(\w+)\/\d+\/([\w-]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const action = query.get('Action') ?? target ?? 'GetAccountSettings';
    calls.push(`${region} ${action} ${query.get('StackName') ?? query.get('RoleArn') ?? ''}`.trimEnd());
    if (target !== undefined) return answerQueue(response, body, given);
    if (request.url?.includes('/account-settings')) return answerQuota(response, given);
    const [status, text] = answerTo(query, { key, url: `http://${request.headers.host}` }, given);
    response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-central-1',
      AWS_MAX_ATTEMPTS: '1',
      AWS_ACCESS_KEY_ID: keys.caller,
      AWS_SECRET_ACCESS_KEY: 'secret',
    },
    calls,
    close() {
      server.close();
      // The SDK keeps its connections open.
      server.closeAllConnections();
    },
  };
}
