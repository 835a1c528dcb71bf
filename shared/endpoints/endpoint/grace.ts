/** Limits of the grace, in which the previous token is still accepted after a rotation. */
import { secondsPerDay } from '../../ground/base/time.ts';

/** The longest grace: 30 days, in seconds. */
export const maxGraceSeconds = 30 * secondsPerDay;
/** The default grace of a rotation: a day, in seconds. */
export const defaultGraceSeconds = secondsPerDay;
