import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { addLogGroup } from './log-group.ts';

/** Who looks into a log: for what senders get, for what operators get, or for what answers no request. */
export type LogAudience = 'Senders' | 'Operators' | 'Background';

const senders: readonly string[] = ['authorize', 'ingest'];
const operators: readonly string[] = ['authorize-operator', 'serve-files'];

/** The audience of a function's log, by the name of its file in `functions/`. */
function audienceOf(name: string): LogAudience {
  if (senders.includes(name)) return 'Senders';
  return operators.includes(name) || name.startsWith('api-') ? 'Operators' : 'Background';
}

/**
 * The log group of an audience, which is made when it is first asked for. Each line of ours has the name of its function, and the name
 * of each stream begins with the date and the function, so one group of many functions is still read by function.
 */
export function logOf(gateway: Construct, audience: LogAudience): LogGroup {
  const id = `${audience}Log`;
  const made = gateway.node.tryFindChild(id);
  return made instanceof LogGroup ? made : addLogGroup(gateway, id);
}

/** The log group to which a function writes. */
export const logOfFunction = (gateway: Construct, name: string): LogGroup => logOf(gateway, audienceOf(name));
