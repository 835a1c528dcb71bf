import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';
import { logMetric } from './log-metric.ts';

/**
 * Counts a function's rejections by reason, from its log. This metric is exact. The Journal's counts may lack some
 * rejections, and include none of unknown connections. A challenge is not a rejection: the sender repeats the request
 * with its credentials.
 */
export function countRejections(fn: HooklatchFunction, stage: Stage): void {
  logMetric(fn, 'Refusals', {
    stage,
    metricName: 'Refused',
    logGroup: fn.handler.logGroup,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.message.outcome', '=', 'refused'),
      FilterPattern.stringValue('$.message.reason', '!=', 'challenged'),
    ),
    metricValue: '1',
    dimensions: { reason: '$.message.reason' },
  });
}
