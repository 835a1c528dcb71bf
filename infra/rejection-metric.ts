import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';

/**
 * Counts the refused webhooks of a function by their reason, from its log. The Journal's counts may lack some, and have
 * none of an unknown connection; this one is exact. A challenge is no refusal: the sender comes again.
 */
export function countRejections(fn: HooklatchFunction, stage: Stage): void {
  new MetricFilter(fn, 'Refusals', {
    logGroup: fn.handler.logGroup,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.message.outcome', '=', 'refused'),
      FilterPattern.stringValue('$.message.reason', '!=', 'challenged'),
    ),
    metricNamespace: `Hooklatch/${stage}`,
    metricName: 'Refused',
    metricValue: '1',
    dimensions: { reason: '$.message.reason' },
  });
}
