import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import type { RejectionCount } from '../../../../shared/events/arrival/rejection.ts';
import { silentSince } from '../../../../shared/events/arrival/silence.ts';
import { minuteOf } from '../../../../shared/ground/base/time.ts';
import {
  type Alert,
  type AlertFinding,
  alertNoticeOf,
  alertOnceTold,
  nextAlert,
  oldTokenOf,
  openAlerts,
  rejectingIn,
  rejectionsFrom,
  thresholdsOf,
} from '../../../../shared/operators/journal/alert.ts';
import { tokenGuard } from '../../endpoints/endpoint/given-record.ts';

const noon = Date.parse('2026-01-31T12:00:00.000Z');
const minute = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const subject = { connectionId: 'con_1', connection: 'orders', version: 7 };

test('the open alerts of a connection are its own that have begun', () => {
  const alertOf = (connectionId: string, kind: Alert['kind'], state: 'began' | 'ended'): Alert => ({
    ...{ connectionId, kind, told: true, triedAt: iso(noon) },
    detail: { connection: 'orders', state, at: iso(noon), since: iso(noon - 1), threshold: { days: 90 } },
  });
  const alerts = [
    alertOf('con_1', 'token_old', 'began'),
    alertOf('con_1', 'silent', 'ended'),
    alertOf('con_2', 'silent', 'began'),
  ];
  expect(openAlerts('con_1', alerts)).toEqual([{ kind: 'token_old', since: iso(noon - 1), threshold: { days: 90 } }]);
});

test('there is no old token without an endpoint, without a token, or without a limit', () => {
  const tokens = [{ id: 't1', createdAt: iso(noon - 86_400_000), createdBy: 'op_1' }];
  const aConnection = (endpoint: object | null) => ({ endpoint }) as Connection;
  const found = (endpoint: object | null, days?: number) => oldTokenOf(aConnection(endpoint), days, new Date(noon));
  expect([found(null, 1), found({ tokens: [] }, 1), found({ tokens })]).toEqual([undefined, undefined, undefined]);
  expect(found({ tokens }, 1)).toEqual({
    isReached: true,
    about: { since: iso(noon - 86_400_000), threshold: { days: 1 } },
  });
});

test('the age of a token is that of the current one, not that of the previous one in its grace', () => {
  const token = (createdAt: number) => ({ id: `t${createdAt}`, createdAt: iso(createdAt), createdBy: 'op_1' });
  const connection = { endpoint: { tokens: [token(noon - minute), token(noon - 86_400_000)] } } as Connection;
  expect(oldTokenOf(connection, 1, new Date(noon))?.isReached).toBe(false);
});

/** What a run finds, and how it ends: it crashes before it sends the notice (`untold`) or before it marks the notice as sent
 * (`unmarked`), or it completes (`well`). */
interface Watch {
  minutes: number;
  finding: AlertFinding | undefined;
  fate: 'untold' | 'unmarked' | 'well';
}

const findings = (kind: Alert['kind']): fc.Arbitrary<AlertFinding> =>
  fc.record({
    isReached: fc.boolean(),
    about:
      kind === 'refusing'
        ? fc.constant({ since: iso(noon), threshold: { count: 3, minutes: 5 }, reasons: { token_unknown: 4 } })
        : fc.record({
            since: fc.constant(iso(noon)),
            threshold: fc.constant({ minutes: 5 }),
            lastEventAt: fc.constantFrom(null, iso(noon), iso(noon + minute), iso(noon + 2 * minute)),
          }),
  });

const watchesOf = (kind: Alert['kind']): fc.Arbitrary<Watch[]> =>
  fc.array(
    fc.record({
      minutes: fc.integer({ min: 0, max: 10 }),
      finding: fc.option(findings(kind), { nil: undefined }),
      fate: fc.constantFrom('untold', 'unmarked', 'well', 'well', 'well'),
    }),
    { size: 'max', maxLength: 30 },
  );

/** Simulates runs one after another. @returns the notices that were sent, and the stored alert at the end */
function run(kind: Alert['kind'], watches: Watch[]): { told: string[]; known: Alert | undefined } {
  const told: string[] = [];
  let known: Alert | undefined;
  let now = noon;
  for (const { minutes, finding, fate } of watches) {
    now += minutes * minute;
    const next = nextAlert(kind, subject, { known, finding }, new Date(now));
    if (!next) continue;
    known = next;
    if (fate === 'untold') continue;
    told.push(alertNoticeOf(next).Detail);
    if (fate === 'well') known = alertOnceTold(next);
  }
  return { told, known };
}

/** Leaves out notices that were repeated word for word. */
const withoutRepeats = (told: string[]): Alert['detail'][] =>
  told.filter((each, at) => each !== told[at - 1]).map((each) => JSON.parse(each));

describe.each(['refusing', 'silent'] as const)('an alert of the kind %s', (kind) => {
  test('begins and ends in turn, for any findings and even if a run crashes', () => {
    fc.assert(
      fc.property(watchesOf(kind), (watches) => {
        const details = withoutRepeats(run(kind, watches).told);
        expect(details.map(({ state }) => state)).toEqual(details.map((_, at) => (at % 2 === 0 ? 'began' : 'ended')));
        for (const [at, { since, threshold, because }] of details.entries()) {
          expect(because === undefined).toBe(at % 2 === 0);
          // An end repeats what its beginning, the notice before it, says.
          expect(details[at - (at % 2)]).toMatchObject({ since, threshold });
        }
      }),
    );
  });

  test('sends its notice as soon as a run completes, however many runs crashed before', () => {
    const reached = findings(kind).map((finding) => ({ ...finding, isReached: true }));
    fc.assert(
      fc.property(watchesOf(kind), reached, (watches, finding) => {
        const well = { minutes: 5, fate: 'well' as const };
        // First any open alert ends. Then one begins and stays.
        const unwatched = [1, 2, 3].map(() => ({ ...well, finding: undefined }));
        const before = run(kind, [...watches, ...unwatched]);
        expect([before.known, withoutRepeats(before.told).length % 2]).toEqual([undefined, 0]);
        const { told, known } = run(kind, [...watches, ...unwatched, { ...well, finding }, { ...well, finding }]);
        expect([known?.told, told.length]).toEqual([true, before.told.length + 1]);
      }),
    );
  });

  test('is left to the run that is sending its notice, until that run must have crashed', () => {
    const about = { since: iso(noon), threshold: { minutes: 5 } };
    const finding = { isReached: true, about };
    const at = (minutes: number) => new Date(noon + minutes * minute);
    const known = nextAlert(kind, subject, { known: undefined, finding }, at(0));
    expect(nextAlert(kind, subject, { known, finding: undefined }, at(3.9))).toBeUndefined();
    expect(nextAlert(kind, subject, { known, finding: undefined }, at(4))).toEqual({ ...known, triedAt: iso(+at(4)) });
  });

  test('ends as unwatched if its endpoint is not active any more or its setting is removed', () => {
    const finding = { isReached: true, about: { since: iso(noon), threshold: { minutes: 5 } } };
    const began = nextAlert(kind, subject, { known: undefined, finding }, new Date(noon));
    expect(began).toBeDefined();
    const known = began && alertOnceTold(began);
    const ended = nextAlert(kind, { ...subject, version: 8 }, { known, finding: undefined }, new Date(noon + minute));
    const detail = {
      connection: 'orders',
      version: 8,
      state: 'ended',
      at: '2026-01-31T12:01:00.000Z',
      because: 'unwatched',
      since: '2026-01-31T12:00:00.000Z',
      threshold: { minutes: 5 },
    };
    expect(ended).toEqual({ connectionId: 'con_1', kind, told: false, triedAt: '2026-01-31T12:01:00.000Z', detail });
    const { Detail, ...notice } = alertNoticeOf(ended as Alert);
    expect(notice).toEqual({
      Source: 'hooklatch',
      DetailType: `endpoint.${kind}`,
      Time: new Date('2026-01-31T12:01:00.000Z'),
    });
    expect(JSON.parse(Detail)).toEqual(detail);
  });
});

describe('rejections', () => {
  /** Times of refused requests within half an hour, in ms, and the minutes between runs. Some runs are late. */
  const runs = fc.record({
    refused: fc.array(fc.integer({ min: 0, max: 30 * minute }), { size: 'max', maxLength: 20 }),
    threshold: fc.record({ count: fc.integer({ min: 1, max: 6 }), minutes: fc.integer({ min: 1, max: 12 }) }),
    gaps: fc.array(fc.integer({ min: 4 * minute, max: 6 * minute }), { minLength: 12, maxLength: 12 }),
  });

  /** The counts that a run reads from the Journal now. */
  function countsAt(refused: number[], from: Date, now: number): RejectionCount[] {
    const past = refused.filter((ms) => ms <= now - noon).map((ms) => minuteOf(new Date(noon + ms)));
    return past
      .filter((each) => each >= minuteOf(from))
      .map((each) => ({ minute: each, reason: 'token_unknown', count: 1 }));
  }

  test('are found by a run if and only if one span of minutes has enough of them', () => {
    fc.assert(
      fc.property(runs, ({ refused, threshold, gaps }) => {
        let now = noon;
        const found = gaps.map((gap) => {
          now += gap;
          const counts = countsAt(refused, rejectionsFrom(threshold, new Date(now)), now);
          return rejectingIn(counts, threshold, new Date(now)).isReached;
        });
        const minutes = refused.map((ms) => Math.floor(ms / minute));
        const enough = minutes.some(
          (first) =>
            minutes.filter((each) => each >= first && each < first + threshold.minutes).length >= threshold.count,
        );
        expect(found.includes(true)).toBe(enough);
      }),
    );
  });

  // A run looks at every span that ended in the last six minutes, because the run before can be that long ago.
  test.each<[minutes: number, from: string, first: string, tooEarly: string]>([
    [1, '2026-01-31T11:54:00.000Z', '2026-01-31T11:54', '2026-01-31T11:53'],
    [5, '2026-01-31T11:50:00.000Z', '2026-01-31T11:50', '2026-01-31T11:49'],
    [60, '2026-01-31T10:55:00.000Z', '2026-01-31T10:55', '2026-01-31T10:54'],
  ])('count in spans of %d minutes if they came at %s or later', (minutes, from, first, tooEarly) => {
    const threshold = { count: 2, minutes };
    const isReachedWith = (at: string) => {
      // The last minute of the earliest span.
      const last = minutes === 1 ? at : '2026-01-31T11:54';
      const counts = [at, last].map((each) => ({ minute: each, reason: 'token_unknown' as const, count: 1 }));
      return rejectingIn(counts, threshold, new Date(noon)).isReached;
    };
    expect(rejectionsFrom(threshold, new Date(noon)).toISOString()).toBe(from);
    expect([isReachedWith(first), isReachedWith(tooEarly)]).toEqual([true, false]);
  });

  test('end their alert as soon as they no longer reach the threshold', () => {
    const of = (count: number, now: number) => {
      const counts = [{ minute: '2026-01-31T12:00', reason: 'token_unknown' as const, count }];
      return rejectingIn(counts, { count: 2, minutes: 1 }, new Date(now));
    };
    const began = nextAlert('refusing', subject, { known: undefined, finding: of(2, noon) }, new Date(noon));
    const known = began && alertOnceTold(began);
    expect(known).toBeDefined();
    const minutesLater = (minutes: number) => noon + minutes * minute;
    const next = (minutes: number) =>
      nextAlert('refusing', subject, { known, finding: of(2, minutesLater(minutes)) }, new Date(minutesLater(minutes)));
    expect(next(6)).toBeUndefined();
    expect(next(7)?.detail).toMatchObject({ state: 'ended', because: 'recovered', since: '2026-01-31T12:00:00.000Z' });
  });

  test('are reported from the newest of the worst spans', () => {
    const counts = ['2026-01-31T11:59', '2026-01-31T11:56'].map((each) => ({
      minute: each,
      reason: 'token_unknown' as const,
      count: 1,
    }));
    const { about } = rejectingIn(counts, { count: 1, minutes: 1 }, new Date(noon));
    expect(about.since).toBe('2026-01-31T11:59:00.000Z');
  });

  // The Journal is read from the newest to the oldest minute.
  test('are reported since their first minute in whatever order they are read', () => {
    const counts = ['2026-01-31T12:00', '2026-01-31T11:57', '2026-01-31T11:58'].map((each) => ({
      minute: each,
      reason: 'token_unknown' as const,
      count: 1,
    }));
    const { about } = rejectingIn(counts, { count: 3, minutes: 5 }, new Date(noon));
    expect(about.since).toBe('2026-01-31T11:57:00.000Z');
  });

  test('are reported with their reasons and first minute, without the rejections of an inactive endpoint', () => {
    const of = (at: string, reason: RejectionCount['reason'], count: number) => ({ minute: at, reason, count });
    const counts = [
      of('2026-01-31T11:58', 'endpoint_inactive', 100),
      of('2026-01-31T11:59', 'token_unknown', 2),
      of('2026-01-31T12:00', 'token_unknown', 1),
      of('2026-01-31T12:00', 'token_missing', 1),
    ];
    const found = rejectingIn(counts, { count: 4, minutes: 5 }, new Date(noon));
    expect(found).toEqual({
      isReached: true,
      about: {
        since: '2026-01-31T11:59:00.000Z',
        threshold: { count: 4, minutes: 5 },
        reasons: { token_unknown: 3, token_missing: 1 },
      },
    });
    expect(rejectingIn(counts, { count: 5, minutes: 5 }, new Date(noon)).isReached).toBe(false);
  });
});

describe('a silence', () => {
  test('is never found before its threshold, and at most a minute after it', () => {
    const events = fc.array(fc.integer({ min: 0, max: 60 * minute }));
    const changed = fc.integer({ min: 0, max: 60 * minute });
    const silent = fc.integer({ min: 5, max: 60 });
    const found = { reached: 0, overdue: 0 };
    fc.assert(
      fc.property(
        events,
        changed,
        silent,
        fc.integer({ min: 0, max: 60 * minute }),
        (ms, changedMs, minutes, after) => {
          const last = Math.max(...ms, 0);
          const now = noon + Math.max(last, changedMs) + after;
          // Only the first event of a minute is noted.
          const noted = ms.filter((each) => Math.floor(each / minute) === Math.floor(last / minute));
          const lastEventAt = ms.length === 0 ? null : iso(noon + Math.min(...noted));
          const { isReached } = silentSince(lastEventAt, iso(noon + changedMs), { minutes }, new Date(now));
          const quiet = now - noon - Math.max(changedMs, ms.length === 0 ? 0 : last);
          const isOverdue = quiet >= (minutes + 1) * minute;
          found.reached += isReached ? 1 : 0;
          found.overdue += isOverdue ? 1 : 0;
          expect(isReached && quiet < minutes * minute).toBe(false);
          expect(isOverdue && !isReached).toBe(false);
        },
      ),
    );
    expect(Math.min(found.reached, found.overdue)).toBeGreaterThan(0);
  });

  test('ends with the next event, and not with a change of the record', () => {
    const at = (minutes: number) => new Date(noon + minutes * minute);
    const find = (lastEventAt: string | null, changed: number, now: number) =>
      silentSince(lastEventAt, iso(+at(changed)), { minutes: 5 }, at(now));
    const began = nextAlert('silent', subject, { known: undefined, finding: find(null, 0, 5) }, at(5));
    const known = began && alertOnceTold(began);
    expect(nextAlert('silent', subject, { known, finding: find(null, 9, 10) }, at(10))).toBeUndefined();
    const lastEventAt = iso(+at(10));
    expect(nextAlert('silent', subject, { known, finding: find(lastEventAt, 9, 10) }, at(10))?.detail).toEqual({
      connection: 'orders',
      version: 7,
      state: 'ended',
      since: iso(noon),
      at: iso(+at(10)),
      threshold: { minutes: 5 },
      because: 'recovered',
      lastEventAt,
    });
  });
});

test('a silence that nothing watches any more ends with its last event', () => {
  const about = { since: iso(noon), threshold: { minutes: 5 }, lastEventAt: iso(noon - minute) };
  const began = nextAlert('silent', subject, { known: undefined, finding: { isReached: true, about } }, new Date(noon));
  const known = began && alertOnceTold(began);
  const ended = nextAlert('silent', subject, { known, finding: undefined }, new Date(noon + minute));
  expect(ended?.detail).toMatchObject({ because: 'unwatched', lastEventAt: '2026-01-31T11:59:00.000Z' });
});

describe('the thresholds of a connection', () => {
  const alerts = { silence: { minutes: 30 } };
  const at = iso(noon);
  const thresholdsWith = (endpoint: { status: 'active' | 'inactive'; settings: NamedSettings } | null) =>
    thresholdsOf({
      id: 'con_1',
      name: 'orders',
      provider: 'generic',
      description: '',
      version: 7,
      createdAt: at,
      updatedAt: at,
      updatedBy: 'op_1',
      entry: { verb: 'activate', by: 'op_1', at, from: 'configured', to: 'active' },
      endpoint: endpoint && { id: '0123456789abcdefghijkl', guard: tokenGuard, tokens: [], ...endpoint },
    });

  test('are those of its active endpoint', () => {
    expect(thresholdsWith({ status: 'active', settings: { alerts } })).toEqual({ silence: { minutes: 30 } });
  });

  test.each([
    ['an inactive endpoint', { status: 'inactive' as const, settings: { alerts } }],
    ['an endpoint without alerts', { status: 'active' as const, settings: {} }],
    ['no endpoint', null],
  ])('are empty for %s', (_, endpoint) => {
    expect(thresholdsWith(endpoint)).toEqual({});
  });
});
