/** How fast a destination may be sent requests. */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';

const maxPerSecond = 1000;
const maxPerMinute = 60 * maxPerSecond;

const upTo = (max: number) => z.int().check(z.minimum(1), z.maximum(max));

export const destinationRateSchema = /* @__PURE__ */ schema(() =>
  z.union(
    [z.strictObject({ perSecond: upTo(maxPerSecond) }), z.strictObject({ perMinute: upTo(maxPerMinute) })],
    `must be {"perSecond": n} with n from 1 to ${maxPerSecond}, or {"perMinute": n} with n from 1 to ${maxPerMinute}`,
  ),
);
export type DestinationRate = z.infer<typeof destinationRateSchema>;

/** Requests a second. */
export const perSecondOf = (rate: DestinationRate): number =>
  'perSecond' in rate ? rate.perSecond : rate.perMinute / 60;
