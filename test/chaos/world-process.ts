/**
 * A local runtime in a separate process. Its parent injects faults over IPC and ends it by a kill. Arguments: the
 * assembly, the data folder, the file for all log lines of the functions, and how many milliseconds its clock is ahead.
 */
import { appendFileSync } from 'node:fs';
import type { InjectedFault, PermittedCall } from '../../local/aws/injected-fault.ts';
import { startRuntime } from '../../local/runtime.ts';
import { readBootstrapToken } from '../../local/start/bootstrap-token.ts';

/** The parent's commands. Counts refer to calls to the services from now on. */
export type Command =
  | { do: 'fault'; service: string; kind: InjectedFault; calls: number }
  | { do: 'refuse entries'; calls: number; forGood: boolean }
  | { do: 'full disk'; calls: number }
  | { do: 'kill'; what: 'process' | 'function'; after: number }
  | { do: 'step clock'; seconds: number }
  | { do: 'heal' };
/** The parent's requests, which it waits for. */
export type Request = { id: number } & ({ do: 'wake'; functionPrefix: string } | { do: 'settle' });

export interface Ready {
  url: string;
  admin: string;
  tables: Record<string, string>;
  buckets: Record<string, string>;
  aws: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
}
export interface Answered {
  answered: number;
  error?: string;
}
export type Told = { ready: Ready } | Answered;

const [assembly = '', dataDir = '', logFile = '', ahead = '0'] = process.argv.slice(2);
const tell = (told: Told): void => void process.send?.(told);

let faults: { service: string; kind: InjectedFault; calls: number }[] = [];
let refusedEntries: { calls: number; code: string }[] = [];
let callsOnFullDisk = 0;
let kills: { what: 'process' | 'function'; after: number }[] = [];
const skew = new Float64Array(new SharedArrayBuffer(8)).fill(Number(ahead));
const now = () => new Date(Date.now() + (skew[0] ?? 0));

const isWrite = (operation: string): boolean => /^(Put|Update|Delete|BatchWrite|Create)/.test(operation);

function chooseFault({ service, operation }: PermittedCall): InjectedFault | undefined {
  if (callsOnFullDisk > 0 && isWrite(operation)) {
    callsOnFullDisk -= 1;
    return 'error-before';
  }
  const fault = faults.find((each) => each.service === service && each.calls > 0);
  if (fault) fault.calls -= 1;
  return fault?.kind;
}

const functionOf = (name: string) => Object.values(runtime.functions).find((fn) => fn.name === name);

/** Counts down to a kill. `principal` is the function that makes this call. */
function countDown(principal: string): void {
  for (const kill of kills) kill.after -= 1;
  const due = kills.filter(({ after }) => after < 0);
  kills = kills.filter(({ after }) => after >= 0);
  for (const { what } of due) {
    if (what === 'process') process.kill(process.pid, 'SIGKILL');
    else void functionOf(principal)?.crash();
  }
}

const runtime = await startRuntime({
  assembly,
  dataDir,
  now,
  skew,
  // Enough instances to race with each other. Each further one costs a start.
  maxInstances: 2,
  schedules: false,
  fault: chooseFault,
  failEntry: () => {
    const refused = refusedEntries.find(({ calls }) => calls > 0);
    if (refused) refused.calls -= 1;
    return refused && { ErrorCode: refused.code, ErrorMessage: 'This failure was asked for by a test.' };
  },
  onCall: ({ principal }) => countDown(principal),
  onLog: (name, line) => appendFileSync(logFile, `${name} ${line}\n`),
});

const commands: { [K in Command['do']]: (command: Command & { do: K }) => void } = {
  fault: ({ service, kind, calls }) => faults.push({ service, kind, calls }),
  'refuse entries': ({ calls, forGood }) =>
    refusedEntries.push({ calls, code: forGood ? 'InvalidArgument' : 'InternalFailure' }),
  'full disk': ({ calls }) => {
    callsOnFullDisk += calls;
  },
  kill: ({ what, after }) => kills.push({ what, after }),
  'step clock': ({ seconds }) => {
    skew[0] = (skew[0] ?? 0) + seconds * 1000;
  },
  heal: () => {
    faults = [];
    kills = [];
    refusedEntries = [];
    callsOnFullDisk = 0;
  },
};

process.on('message', (message: Command | Request) => {
  if ('id' in message) {
    const work = message.do === 'wake' ? runtime.runSchedule('EveryMinute', message.functionPrefix) : runtime.settled();
    work.then(
      () => tell({ answered: message.id }),
      (error) => tell({ answered: message.id, error: String(error) }),
    );
  } else {
    (commands[message.do] as (command: Command) => void)(message);
  }
});
process.on('disconnect', () => process.exit(1));

tell({
  ready: {
    url: runtime.url,
    admin: (await readBootstrapToken(runtime)) ?? '',
    tables: runtime.tables,
    buckets: runtime.buckets,
    aws: { endpoint: runtime.aws.url, region: runtime.aws.region, credentials: runtime.aws.administrator },
  },
});
