/** Times as a person types and reads them, in a time zone behind UTC and in one ahead of it. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { isoOf, typedTimeOf } from '../../../../clients/console/events/local-time.ts';
import { stopClock } from './given-clock.ts';
import { loadConsole, openConsole, type Parts } from './given-console.ts';
import { aJob, anEvent, eventsOf, shop } from './given-records.ts';

const zones = [
  {
    zone: 'America/St_Johns',
    called: 'America/St_Johns',
    winter: '2026-11-26T13:00:00.000Z',
    summer: '2026-07-01T12:00:00.000Z',
    clock: '2026-11-26T08:30',
    shown: 'Nov 25, 2026, 11:45:00.123 PM GMT-3:30',
    ends: 'Dec 26, 2026, 6:30:00 AM GMT-3:30',
  },
  {
    zone: 'Asia/Kathmandu',
    // As V8 writes it.
    called: 'Asia/Katmandu',
    winter: '2026-11-26T03:45:00.000Z',
    summer: '2026-07-01T03:45:00.000Z',
    clock: '2026-11-26T17:45',
    shown: 'Nov 26, 2026, 9:00:00.123 AM GMT+5:45',
    ends: 'Dec 26, 2026, 3:45:00 PM GMT+5:45',
  },
];

/** The zone of all other tests, in which their console was loaded. */
const here = 'America/St_Johns';
// The form of exact times is made when the console is loaded.
setTimeZone('Asia/Kathmandu');
const consoleIn: Record<string, Parts | undefined> = { 'Asia/Kathmandu': await loadConsole('Asia/Kathmandu') };
setTimeZone(here);

afterEach(() => setTimeZone(here));

describe.each(zones)('in $zone', ({ zone, called, winter, summer, clock, shown, ends }) => {
  test('a time that is typed is the time there, in winter and in summer', () => {
    setTimeZone(zone);
    expect(['2026-11-26T09:30', ' 2026-11-26 09:30:00 '].map(isoOf)).toEqual([winter, winter]);
    expect(isoOf('2026-07-01T09:30')).toBe(summer);
  });

  test('a time is suggested as it is typed there', () => {
    setTimeZone(zone);
    expect(typedTimeOf(new Date('2026-11-26T12:00:00.000Z'))).toBe(clock);
  });

  test('a replay is of the times there', async () => {
    setTimeZone(zone);
    stopClock('2026-11-26T13:00:00.000Z');
    const app = await openConsole('/connections/shop/events', {
      'GET /v1/connections/{name}': shop(),
      'GET /v1/connections/{name}/events': eventsOf([]),
      'POST /v1/connections/{name}/replays': { id: 'job-1', from: winter, to: winter, count: 12 },
      'GET /v1/connections/{name}/replays/{id}': aJob(),
    });
    // An hour ago.
    await app.press('button', 'Replay many', {
      dialog: 'Replay many events',
      shows: [clock, `A time like 2026-11-26T09:30, in the time zone ${called}.`],
    });
    await app.enter('From', '2026-11-26T09:30');
    await app.enter('To', '2026-07-01T09:30');
    await app.pressOnce('button', 'Count first', {
      sent: [
        `POST /v1/connections/shop/replays {"from":"${winter}","to":"${summer}","ratePerSecond":50,"dryRun":true}`,
      ],
    });
  });

  test('an exact time is shown as it is there', async () => {
    setTimeZone(zone);
    const app = await openConsole(
      '/connections/shop/events/evt_1',
      {
        'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', { receivedAt: '2026-11-26T03:15:00.123Z' }),
      },
      consoleIn[zone],
    );
    await app.shows(shown);
    await app.shows(ends);
  });
});
