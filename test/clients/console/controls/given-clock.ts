/** The clock of a test: the real one, one that stands, or one that the test moves. */
import { jest } from '@jest/globals';

/** The real one, whatever the clock of the test is. */
const { setTimeout } = globalThis;

/** What goes on without a clock. */
const clockless = [
  ...(['nextTick', 'hrtime', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['requestAnimationFrame', 'cancelAnimationFrame', 'requestIdleCallback', 'cancelIdleCallback'] as const),
] as const;
const timers = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;

let isOwn = false;

/** Stops the clock of a test at this time. Everything else goes on. */
export function stopClock(now: string): void {
  jest.useFakeTimers({ now: Date.parse(now), doNotFake: [...clockless, ...timers] });
}

/** Starts a clock at this time. What waits for a time waits for this clock, and only `passes` moves it. */
export function ownClock(now: string): void {
  jest.useFakeTimers({ now: Date.parse(now), doNotFake: [...clockless] });
  isOwn = true;
}

export function useRealClock(): void {
  jest.useRealTimers();
  isOwn = false;
}

/** Lets everything go on that waits for nothing but its turn. @param ms by the real clock */
export async function aTurn(ms = 0): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** The same, with what is due by a clock that the test moves. */
export async function aTurnWithTimers(ms = 0): Promise<void> {
  await aTurn(ms);
  if (isOwn) await jest.advanceTimersByTimeAsync(0);
}
