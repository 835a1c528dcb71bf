/** The reasons why a replay of many events skips events. */
import * as z from 'zod/mini';

/** `held`: its release publishes it. `test`: an operator's test made it. `expired`: it is gone by now. */
const skipReasons = ['held', 'test', 'expired'] as const;
export type SkipReason = (typeof skipReasons)[number];

/** The number of skipped events by reason. */
export const skipsSchema = z.partialRecord(z.enum(skipReasons), z.int());
