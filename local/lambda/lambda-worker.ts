/**
 * The entry of a worker thread that runs one instance of a function. The worker loads the bundle once and then handles
 * one call at a time.
 */
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { consoleLevels, functionError, isLogged, type LogLevel, logLine } from './lambda-log.ts';

export interface InstanceOptions {
  functionName: string;
  functionArn: string;
  memorySize: number;
  logLevel: LogLevel;
  /** The folder of the code, the handler's file in it, and the name of the handler's export. */
  folder: string;
  file: string;
  exportName: string;
  /**
   * The number of milliseconds by which the instance's clock is ahead of the machine's clock, in shared memory. For
   * tests.
   */
  skew?: Float64Array;
  /**
   * Redirects requests to these hosts, for example to a test's server. Every other host except this machine is blocked.
   */
  hosts?: Readonly<Record<string, string>>;
}

/** A call. Only JSON text crosses the thread's border, as on AWS. */
export interface InstanceCall {
  requestId: string;
  payload: string;
  /** The time at which the instance is ended, in milliseconds since 1970. */
  deadline: number;
}

export type InstanceMessage =
  | { kind: 'ready' }
  | { kind: 'log'; line: string }
  | { kind: 'answer'; payload: string }
  | { kind: 'error'; errorType: string; errorMessage: string };

type Handler = (event: unknown, context: unknown) => unknown;

const options = workerData as InstanceOptions;
const port = parentPort;
if (!port) throw new Error('lambda-worker.ts runs in a worker thread only');
const own = createRequire(import.meta.url);
// The cache belongs to the runtime. The function must not see the variable.
delete process.env['NODE_COMPILE_CACHE'];
/** Deadlines use the machine's clock, whatever clock the function reads. */
const machineNow = Date.now;
let requestId: string | undefined;

const send = (message: InstanceMessage): void => port.postMessage(message);

for (const [method, level] of Object.entries(consoleLevels)) {
  console[method as keyof typeof consoleLevels] = (...values: unknown[]) => {
    if (isLogged(level, options.logLevel)) send({ kind: 'log', line: logLine(level, requestId, values, new Date()) });
  };
}

/**
 * Isolates the function's code as on AWS: no `node_modules` of a project, and no package.json that turns its scripts
 * into modules. A bundle that needs one of these must fail here as it does on AWS. The SDK is available, because
 * Lambda's Node.js includes it.
 */
function isolateModules(folder: string): void {
  const root = `${pathToFileURL(folder).href}/`;
  registerHooks({
    resolve: (specifier, context, next) => {
      if (!context.parentURL?.startsWith(root)) return next(specifier, context);
      if (/^@(aws-sdk|smithy)\//.test(specifier)) {
        return { url: pathToFileURL(own.resolve(specifier)).href, shortCircuit: true };
      }
      const resolved = next(specifier, context);
      if (/^(node:|data:)/.test(resolved.url) || resolved.url.startsWith(root)) return resolved;
      throw Object.assign(new Error(`Cannot find module '${specifier}'`), { code: 'MODULE_NOT_FOUND' });
    },
    load: (url, context, next) =>
      next(url, url.startsWith(root) && url.endsWith('.js') ? { ...context, format: 'commonjs' } : context),
  });
}

/** Redirects requests of `fetch` for these host names to other servers. The rest of a request stays as it is. */
function redirectFetch(hosts: Readonly<Record<string, string>>): void {
  const reach = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const origin = hosts[url.host];
    if (origin !== undefined) return reach(`${origin}${url.pathname}${url.search}`, init);
    if (url.hostname === '127.0.0.1') return reach(input, init);
    throw new TypeError(`fetch failed: ${url.host} is shut`);
  };
}

/**
 * Replaces the function's clock by one that tests can move. Every other use of Date stays as it is. `now` is replaced in the class itself,
 * so that the proxy needs nothing for it.
 */
function shiftClock(skew: Float64Array): void {
  const now = (): number => machineNow() + (skew[0] ?? 0);
  Date.now = now;
  globalThis.Date = new Proxy(Date, {
    construct: (machine, args, target) => Reflect.construct(machine, args.length === 0 ? [now()] : args, target),
  });
}

async function load(): Promise<Handler> {
  isolateModules(options.folder);
  if (options.skew) shiftClock(options.skew);
  if (options.hosts) redirectFetch(options.hosts);
  const module = options.file.endsWith('.mjs')
    ? await import(pathToFileURL(options.file).href)
    : createRequire(options.file)(options.file);
  const handler: unknown = module[options.exportName];
  if (typeof handler !== 'function') {
    const error = new Error(`${options.exportName} is undefined or not exported`);
    throw Object.assign(error, { name: 'Runtime.HandlerNotFound' });
  }
  return handler as Handler;
}

async function run(handler: Handler, call: InstanceCall): Promise<void> {
  requestId = call.requestId;
  try {
    const result = await handler(JSON.parse(call.payload), handlerContext(call));
    send({ kind: 'answer', payload: JSON.stringify(result) ?? 'null' });
  } catch (thrown) {
    reportFailure(thrown);
  }
}

function reportFailure(thrown: unknown): void {
  const error = functionError(thrown);
  send({ kind: 'log', line: logLine('ERROR', requestId, [error], new Date()) });
  send({ kind: 'error', errorType: error.errorType, errorMessage: error.errorMessage });
}

function handlerContext(call: InstanceCall): Record<string, unknown> {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: options.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: options.functionArn,
    memoryLimitInMB: String(options.memorySize),
    awsRequestId: call.requestId,
    logGroupName: `/aws/lambda/${options.functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, call.deadline - machineNow()),
  };
}

try {
  const handler = await load();
  port.on('message', (call: InstanceCall) => void run(handler, call));
  send({ kind: 'ready' });
} catch (thrown) {
  reportFailure(thrown);
}
