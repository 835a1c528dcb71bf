/**
 * Waits until everything that is due now has run. A stand-in that awaits it before it notes a call shows whether its caller waits: a
 * caller that goes on at once is finished before the call is noted.
 */
export { setImmediate as aMoment } from 'node:timers/promises';
