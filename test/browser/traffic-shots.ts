/** Pictures of charts and tables of traffic, with a day of it. */
import { answerWith, fail, type Shot } from './shot.ts';

const hourMs = 3_600_000;

/** A day with a night, a burst, an hour of refusals, and some counts that are not exact. */
function busyDay(): object {
  const last = Math.floor(Date.now() / hourMs) * hourMs;
  const items = Array.from({ length: 24 }, (_, hour) => {
    const isBad = hour === 15;
    return {
      at: new Date(last - (23 - hour) * hourMs).toISOString(),
      accepted: hour < 6 ? 0 : 12_000 + hour * 1_731 * (hour % 3),
      duplicates: hour % 5 === 0 ? 41 : 0,
      conflicts: hour === 9 ? 2 : 0,
      refused: isBad
        ? { signature_mismatch: 8_120, rate_limited: 377, token_missing: 3 }
        : hour % 4 === 0
          ? { token_missing: 7 }
          : {},
      published: hour < 6 ? 0 : 12_000,
      givenUp: hour === 20 ? 3 : 0,
      ...(isBad && { inexact: ['refused', 'accepted'] }),
    };
  });
  return { items };
}

const now = () => new Date().toISOString();
const ofDay = (route: Parameters<NonNullable<Shot['answer']>>[0]) =>
  answerWith(busyDay(), { 'hooklatch-as-of': now() })(route);

export const trafficShots: Shot[] = [
  {
    name: 'traffic, a busy day',
    path: '/connections/code/traffic',
    reads: /\/connections\/code\/stats/,
    answer: ofDay,
    says: 'may be too low',
  },
  {
    name: 'traffic, a bar',
    path: '/connections/code/traffic',
    reads: /\/connections\/code\/stats/,
    answer: ofDay,
    act: async (page) => {
      await page.getByRole('application').first().focus();
      for (const key of ['ArrowLeft', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
      await page.getByRole('link', { name: /accepted/ }).waitFor();
    },
  },
  {
    name: 'traffic, a busy day as a table',
    path: '/connections/code/traffic#as=table',
    reads: /\/connections\/code\/stats/,
    answer: ofDay,
    says: 'so far',
  },
  {
    name: 'overview, a busy day',
    path: '/overview',
    reads: /\/v1\/(connections\/code\/)?stats\?by=hour/,
    answer: ofDay,
    says: 'may be too low',
  },
  {
    name: 'overview, partly read',
    path: '/overview',
    reads: /\/v1\/destinations\?/,
    answer: fail,
    says: 'Not everything could be read',
  },
  { name: 'overview, 7 days', path: '/overview#range=7d', says: 'Counted until' },
];
