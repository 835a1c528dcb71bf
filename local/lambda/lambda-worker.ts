/** One instance of a function: the entry of a worker thread. It loads the bundle once and then answers call by call. */
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { consoleLevels, functionError, isLogged, type LogLevel, logLine } from './lambda-log.ts';

export interface InstanceOptions {
  functionName: string;
  functionArn: string;
  memorySize: number;
  logLevel: LogLevel;
  /** The folder of the code, and in it the file of the handler with the name that it exports. */
  folder: string;
  file: string;
  exportName: string;
  /** How many milliseconds the clock of instances is ahead of the machine's, in shared memory; for tests. */
  skew?: Float64Array;
  /** Where the requests to these hosts go in their stead, such as a server of a test; all other hosts but this machine are shut. */
  hosts?: Readonly<Record<string, string>>;
}

/** A call; what crosses the thread's border is JSON text, as it is on AWS. */
export interface InstanceCall {
  requestId: string;
  payload: string;
  /** Milliseconds since 1970 at which the instance is ended. */
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
// It is the runtime's, not the function's.
delete process.env['NODE_COMPILE_CACHE'];
/** A deadline is the machine's, whatever clock the function reads. */
const machineNow = Date.now;
let requestId: string | undefined;

const send = (message: InstanceMessage): void => port.postMessage(message);

for (const [method, level] of Object.entries(consoleLevels)) {
  console[method as keyof typeof consoleLevels] = (...values: unknown[]) => {
    if (isLogged(level, options.logLevel)) send({ kind: 'log', line: logLine(level, requestId, values, new Date()) });
  };
}

/**
 * On AWS there is nothing around a function's code: no `node_modules` of a project and no package.json that makes its
 * scripts modules. A bundle that needs either must fail here too. The SDK is part of Lambda's Node.js.
 */
function isolate(folder: string): void {
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

/** Lets `fetch` reach other servers than it names. What stands behind a name and its certificate is all that differs. */
function divert(hosts: Readonly<Record<string, string>>): void {
  const reach = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const origin = hosts[url.host];
    if (origin !== undefined) return reach(`${origin}${url.pathname}${url.search}`, init);
    if (url.hostname === '127.0.0.1') return reach(input, init);
    throw new TypeError(`fetch failed: ${url.host} is shut`);
  };
}

/** Lets the code of the function read a clock that can be stepped; every other use of a date stays as it is. */
function shiftClock(skew: Float64Array): void {
  const now = (): number => machineNow() + (skew[0] ?? 0);
  globalThis.Date = new Proxy(Date, {
    construct: (machine, args, target) => Reflect.construct(machine, args.length === 0 ? [now()] : args, target),
    get: (machine, key) => (key === 'now' ? now : Reflect.get(machine, key)),
  });
}

async function load(): Promise<Handler> {
  isolate(options.folder);
  if (options.skew) shiftClock(options.skew);
  if (options.hosts) divert(options.hosts);
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
    fail(thrown);
  }
}

function fail(thrown: unknown): void {
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
  fail(thrown);
}
