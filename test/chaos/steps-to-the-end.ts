/**
 * The steps of the clock, in seconds, after which every replay job of a world has ended if nothing is wrong. The runner is
 * woken after each step.
 *
 * A job may wait for any time that the clock has shown: the end of its range, or the end of a lease. A plan can step the clock
 * back, and then these times are in the future. So the first step also brings the clock to the furthest time that it has shown.
 * There are always three steps, so a job that never ends is found.
 *
 * A release ends when a pass that starts two minutes after the first finds nothing. A replay begins 15 seconds after its range ends.
 * @param world its clock's present and furthest lead, in milliseconds
 */
export function stepsToTheEnd({ skew, furthestSkew }: { skew: number; furthestSkew: number }): number[] {
  const behind = Math.max(0, furthestSkew - skew) / 1000;
  return [behind + secondsPerPass, secondsPerPass, secondsPerPass];
}

const secondsPerPass = 150;
