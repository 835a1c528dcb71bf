import type { LocalAws } from '../aws/local-aws.ts';
import type { Wait } from '../eventbridge/abortable-wait.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';

export interface MappingsOptions {
  /** By ARN. */
  functions: ReadonlyMap<string, LambdaFunction>;
  aws: Pick<LocalAws, 'stream' | 'queue' | 'putObject' | 'region'>;
  /** The names of the buckets that can be on-failure destinations. */
  buckets: readonly string[];
  /** The number of instances of each function that may run at once. */
  maxInstances: number;
  onLog: (functionName: string, line: string) => void;
  now: () => Date;
  wait: Wait;
}
