import type { HooklatchFunction } from '../function.ts';
import { addAlarm, counted } from './alarm.ts';

/**
 * Rings when a function failed.
 * @param impact what breaks for people, as a sentence
 */
export function alarmOnFunctionErrors(fn: HooklatchFunction, impact: string): void {
  addAlarm(fn, 'Failing', {
    alarmDescription: `${impact} See why in the log of ${fn.node.id}.`,
    metric: fn.handler.metricErrors(counted),
  });
}
