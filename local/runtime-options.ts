/** What a start of the local runtime may be told. */
import type { HttpResponse } from './api-gateway/integration-response.ts';
import type { HttpRequest } from './api-gateway/payload-v2.ts';
import type { LocalAwsOptions } from './aws/local-aws.ts';
import type { Template } from './cloudformation/template.ts';
import type { ForwardOptions } from './forward/forwarder.ts';

export interface RuntimeOptions
  extends Pick<
    LocalAwsOptions,
    'dataDir' | 'onCall' | 'failEntry' | 'maxCallBytes' | 'fault' | 'hidesRow' | 'invokeRetryDelays' | 'now' | 'wait'
  > {
  /**
   * The folder of a synthesized cloud assembly, or a function that makes it. The function is called once the folder is
   * locked and the port is open.
   */
  assembly: string | (() => Promise<string>);
  /** The name of the stack to run, if the assembly has several. */
  stack?: string | undefined;
  /** Resources that are left out: logical ids, or paths of constructs. */
  without?: readonly string[];
  host?: string;
  /** 0 (the default) picks a free port. */
  port?: number;
  /** The command that the user started, for advice about its options. Default: npm start. */
  command?: string;
  /** Answers a request in place of the API, or returns undefined. For what the assembly does not have yet. */
  answerFirst?: (request: HttpRequest) => HttpResponse | undefined;
  /** Receives a line for each slow step of the start. */
  onStage?: (line: string) => void;
  onLog?: (functionName: string, line: string) => void;
  /** Receives each event that a bus accepted, in EventBridge's form, as one line of JSON. */
  onEvent?: (envelopeLine: string) => void;
  /** The URL to which each event that a bus accepted is posted. */
  forward?: ForwardOptions;
  /** Whether schedules fire by themselves. Default: true. */
  schedules?: boolean;
  /** Changes the template before it runs. For tests of missing parts. */
  transformTemplate?: (template: Template) => Template;
  /**
   * The number of milliseconds by which the functions' clock is ahead of the machine's clock, in shared memory. For
   * tests.
   */
  skew?: Float64Array;
  /** Redirects the functions' requests to these hosts. Every other host except this machine is blocked. For tests. */
  hosts?: Readonly<Record<string, string>>;
  /** The number of instances of each function that may run at once. Default: 8. */
  maxInstances?: number;
  /** The account's quota: the calls of all functions together that may run at once; more are throttled. Default: no limit. For tests. */
  concurrentExecutions?: number;
}
