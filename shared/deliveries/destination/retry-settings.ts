/** When a delivery to a destination is attempted again, and after which answers, where that differs from the usual. */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';

/** The most waits, and how long one may be, in seconds. */
const maxWaits = 20;
const minWait = 5;
const maxWait = 12 * 60 * 60;
/** The last wait repeats until a delivery is given up, so it can't be as short as the others, in seconds. */
const minLastWait = 5 * 60;

/** The waits before the second attempt, the third and so on, in seconds. The last one repeats. */
export const scheduleSchema = /* @__PURE__ */ schema(() =>
  z.array(z.int().check(z.minimum(minWait), z.maximum(maxWait))).check(
    z.minLength(1),
    z.maxLength(maxWaits),
    z.refine((waits) => (waits.at(-1) ?? minLastWait) >= minLastWait, {
      error: `must end with a wait of at least ${minLastWait} seconds, because the last one repeats`,
    }),
  ),
);

/** The most statuses in a list. */
const maxStatuses = 20;

/** The answers after which a delivery is attempted again: statuses such as `503`, and all of a class such as `5xx`. */
export const retryOnSchema = /* @__PURE__ */ schema(() =>
  z
    .array(
      z.string().check(
        z.regex(/^[345](\d\d|xx)$/, 'must be a status from 300, such as 503, or one of 3xx, 4xx and 5xx'),
        z.refine((status) => status !== '410', { error: 'cannot be 410, which always ends a delivery' }),
      ),
    )
    .check(z.minLength(1), z.maxLength(maxStatuses)),
);

/**
 * Whether a delivery is attempted again after an answer. It always is if there was none, or a 429: who sends that asks for it.
 * @param retryOn the list of the destination; without one, each failure is tried again
 */
export function isRetried(retryOn: readonly string[] | undefined, status: number | undefined): boolean {
  if (retryOn === undefined || status === undefined || status === 429) return true;
  return retryOn.includes(`${status}`) || retryOn.includes(`${Math.floor(status / 100)}xx`);
}

const secondsOf = { s: 1, m: 60, h: 60 * 60 } as const;

/** The waits of a text such as `30s, 5m, 1h`, in seconds. Undefined if it is none. */
export function waitsIn(text: string): number[] | undefined {
  const waits = text.split(',').map((each) => {
    const [, digits, unit] = /^\s*(\d{1,6})\s*([smh])\s*$/.exec(each) ?? [];
    return digits === undefined ? Number.NaN : Number(digits) * secondsOf[unit as keyof typeof secondsOf];
  });
  return waits.some(Number.isNaN) ? undefined : waits;
}

/** Waits as a text that `waitsIn` reads. */
export const waitsText = (waits: readonly number[]): string =>
  waits
    .map((wait) => {
      if (wait % secondsOf.h === 0) return `${wait / secondsOf.h}h`;
      return wait % secondsOf.m === 0 ? `${wait / secondsOf.m}m` : `${wait}s`;
    })
    .join(', ');
