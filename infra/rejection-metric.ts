import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from './deploy-settings/stage.ts';
import { logMetric } from './log-metric.ts';

/**
 * Counts rejections by reason, from the log of the functions that refuse senders. This metric is exact. The Journal's counts may lack
 * some rejections, and include none of unknown connections. A challenge is not a rejection: the sender repeats the request with its
 * credentials.
 */
export function countRejections(scope: Construct, stage: Stage, log: ILogGroup): void {
  logMetric(scope, 'Refusals', {
    stage,
    metricName: 'Refused',
    logGroup: log,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.message.outcome', '=', 'refused'),
      FilterPattern.stringValue('$.message.reason', '!=', 'challenged'),
    ),
    metricValue: '1',
    dimensions: { reason: '$.message.reason' },
  });
}
