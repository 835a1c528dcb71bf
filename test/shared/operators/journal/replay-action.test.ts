import { describe, expect, test } from '@jest/globals';
import { newRelease, newReplay } from '../../../../shared/events/event/replay-job.ts';
import { actionsOn, eventReplayIn } from '../../../../shared/operators/journal/replay-action.ts';

describe('the replay of an event in the stream', () => {
  const event = { id: { S: 'evt_1' }, connectionId: { S: 'c1' } };
  const by = (operator: string, replays: number) => ({
    ...event,
    replays: { N: String(replays) },
    replayedBy: { S: operator },
    replayedAt: { S: '2026-03-01T12:00:00.000Z' },
  });
  const read = (OldImage: object | undefined, NewImage: object | undefined) =>
    eventReplayIn({ dynamodb: { ...(OldImage && { OldImage }), ...(NewImage && { NewImage }) } } as never);

  test.each([
    ['the first', event, by('op_1', 1), 1, 'op_1'],
    ['a later one', by('op_1', 1), by('op_2', 2), 2, 'op_2'],
    ['one after that of a job', { ...event, replays: { N: '3' } }, by('op_2', 4), 4, 'op_2'],
  ])('is %s', (_, before, after, turn, operator) => {
    expect(read(before, after)).toEqual({
      connectionId: 'c1',
      turn,
      action: { verb: 'replayEvent', by: operator, at: '2026-03-01T12:00:00.000Z', of: 'evt_1' },
    });
  });

  test.each([
    ['a new event', undefined, event],
    ['the release of an event that was replayed', { ...by('op_1', 1), held: { S: 'h1' } }, by('op_1', 1)],
    ['the replay of a job', by('op_1', 1), { ...event, replays: { N: '2' }, replayRun: { S: 'run_1' } }],
    ['the end of an event', by('op_1', 1), undefined],
    ['a record that lacks all but the operator', undefined, { replayedBy: { S: 'op_1' } }],
  ])('is not %s', (_, before, after) => {
    expect(read(before, after)).toBeUndefined();
  });
});

describe('what operators did with a job', () => {
  const at = '2026-03-01T12:00:00.000Z';
  const plan = {
    id: 'run_1',
    connection: 'orders',
    connectionId: 'c1',
    from: at,
    to: at,
    rate: 1,
    count: 1,
    startedAt: at,
  };
  const events = { eventsFrom: at, eventsTo: at };
  const startedWith = (more: object) => ({
    connectionId: 'c1',
    turn: 0,
    action: { verb: 'startReplay', by: 'op_1', at, of: 'run_1', ...events, ...more },
  });
  const started = startedWith({ eventCount: 1 });
  const asked = { by: 'op_2', at: '2026-03-01T12:05:00.000Z' };

  test.each([
    ['is that it was started', newReplay({ ...plan, by: 'op_1' }), [started]],
    [
      'is which type of events it is of',
      newReplay({ ...plan, by: 'op_1', type: 'push' }),
      [startedWith({ eventType: 'push', eventCount: 1 })],
    ],
    [
      'has no count of more events than are counted',
      newReplay({ ...plan, by: 'op_1', count: null }),
      [startedWith({})],
    ],
    [
      'is that it was cancelled too',
      { ...newReplay({ ...plan, by: 'op_1' }), cancelled: asked },
      [started, { connectionId: 'c1', turn: 1, action: { verb: 'cancelReplay', ...asked, of: 'run_1' } }],
    ],
    [
      'is by which program it was started',
      newReplay({ ...plan, by: 'op_1', via: 'mcp' }),
      [startedWith({ via: 'mcp', eventCount: 1 })],
    ],
    ['is not known of a job of an earlier version', newReplay(plan), []],
    [
      'is in the record of the connection if it is a release',
      newRelease(
        { connection: 'orders', connectionId: 'c1', holdId: 'h1', since: at, releasedAt: at, by: 'op_1' },
        new Date(at),
      ),
      [],
    ],
  ])('%s', (_, job, actions) => {
    expect(actionsOn(job)).toEqual(actions);
  });
});
