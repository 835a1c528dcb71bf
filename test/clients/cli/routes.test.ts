/** The commands for routes: what each sends, and what it prints. */
import { describe, expect, test } from '@jest/globals';
import { type Asked, aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const at = '/v1/connections/orders/routes';
/** By it, `set` sees whether a stack manages the connection. */
const look = { method: 'GET', path: '/v1/connections/orders' };
const list = {
  version: 7,
  mode: 'first',
  rules: [
    { id: 'paid', when: { type: ['order.paid'] }, transform: 'data', to: 'shop' },
    { id: 'rest', to: 'books' },
  ],
};

async function run(args: string[], answer: object = list, stdin = '{}') {
  const asked: Asked[] = [];
  const { fetch } = aDeployment((one) => {
    asked.push(one);
    return answered(answer);
  });
  return { ...(await hooklatch(['routes', ...args], { env, fetch, stdin })), asked };
}

/** The cells of a table. */
const cellsIn = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));

describe('get', () => {
  test('shows the rules in their order, and what the mode means', async () => {
    const { code, out, err, asked } = await run(['get', 'orders']);
    expect([code, asked]).toMatchObject([0, [{ method: 'GET', path: at }]]);
    expect(cellsIn(out)).toEqual([
      ['RULE', 'WHEN', 'TRANSFORM', 'TO'],
      ['paid', '{"type":["order.paid"]}', 'data', 'shop'],
      ['rest', 'every event', 'books'],
    ]);
    expect(err).toContain('An event goes by the first rule that matches.');
    expect((await run(['get', 'orders'], { ...list, mode: 'all' })).err).toContain('by each rule that matches.');
  });

  test('with --json prints what set takes, at the version that it was read', async () => {
    const { out, err } = await run(['get', 'orders', '--json']);
    expect([JSON.parse(out), err]).toEqual([list, '']);
    const { asked } = await run(['set', 'orders', '--file', '-'], list, out);
    const { version: _, ...body } = list;
    expect(asked).toMatchObject([look, { method: 'PUT', path: at, body, ifMatch: '"7"' }]);
  });
});

describe('set', () => {
  test('sends a list without a version as it is', async () => {
    const { asked, code, err } = await run(['set', 'orders', '--file', '-'], list, '{"rules": []}');
    expect([code, asked]).toMatchObject([0, [look, { method: 'PUT', path: at, query: {}, body: { rules: [] } }]]);
    expect(err).toContain('To test them on an event: hooklatch routes test orders --event EVENT_ID');
  });

  test('says that there are none any more', async () => {
    const none = { version: 8, mode: 'all', rules: [] };
    expect((await run(['set', 'orders', '--file', '-'], none)).err).toContain('orders has no routes now.');
  });

  test('needs a file', async () => {
    const { code, asked } = await run(['set', 'orders']);
    expect([code, asked]).toEqual([2, []]);
  });
});

describe('test', () => {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, bytes: 14, body: '{"amount": 30}' };
  const rule = (id: string, more: object) => ({ id, to: 'shop', verdict: 'match', ...more });
  const unsent = (reason: string, more: object = {}) => rule(reason, { unsent: { reason, ...more } });

  test('shows what comes of each rule', async () => {
    const rules = [
      rule('sent', { sent }),
      rule('bare', { sent: { ...sent, headers: {} } }),
      rule('differs', { verdict: 'no_match', mismatch: '/data/amount' }),
      rule('lists', { verdict: 'no_match' }),
      rule('much', { verdict: 'over_budget' }),
      rule('later', { verdict: 'not_reached' }),
      unsent('empty'),
      unsent('error', { message: 'wrong', position: 4 }),
      unsent('error', { message: 'wrong' }),
      unsent('killed'),
      unsent('throttled'),
      unsent('too_large'),
      unsent('destination_gone'),
      unsent('no_time'),
    ];
    const { code, out, err } = await run(['test', 'orders', '--event', 'evt_1'], { mode: 'all', rules });
    expect(code).toBe(0);
    expect(cellsIn(out)).toEqual([
      ['RULE', 'TO', 'RESULT', 'DETAIL'],
      ['sent', 'shop', 'matches', '14 bytes application/json'],
      ['bare', 'shop', 'matches', '14 bytes'],
      ['differs', 'shop', 'does not match', 'differs at /data/amount'],
      ['lists', 'shop', 'does not match', 'no element of a list meets all conditions'],
      ['much', 'shop', 'too much work'],
      ['later', 'shop', 'not reached'],
      ['empty', 'shop', 'matches', 'nothing: the expression selects nothing'],
      ['error', 'shop', 'matches', 'nothing: the expression failed: wrong (at character 4)'],
      ['error', 'shop', 'matches', 'nothing: the expression failed: wrong'],
      ['killed', 'shop', 'matches', 'nothing: the expression took too much time or memory'],
      ['throttled', 'shop', 'matches', 'unknown: there was no capacity to evaluate the expression; test again'],
      ['too_large', 'shop', 'matches', 'nothing: the event is too large for an expression'],
      ['destination_gone', 'shop', 'matches', 'nothing: the destination was deleted'],
      ['no_time', 'shop', 'matches', 'unknown: the test took too long; test fewer rules'],
    ]);
    expect(err).toContain('To see what would be sent: --json');
  });

  test('names the paths of an expression at which the event has nothing', async () => {
    const rules = [rule('named', { sent, emptyPaths: ['data.repositry', 'data.\u001b[2J'] }), rule('whole', { sent })];
    const { err } = await run(['test', 'orders', '--event', 'evt_1'], { mode: 'all', rules });
    expect(err).toContain('For the expression of named, the event has nothing at: data.repositry, data.');
    expect(err).not.toContain('\u001b[2J');
    expect(err).not.toContain('whole');
  });

  test.each([
    [{ masked: true }, 'The body holds a token, which destinations get masked.'],
    [{ split: true }, 'The bus splits this event'],
    [{ bodyWithheld: 'only an admin sees it' }, 'only an admin sees it'],
    [{}, 'orders has no routes.'],
  ])('with %j says so', async (more, text) => {
    const { err } = await run(['test', 'orders', '--event', 'evt_1'], { mode: 'all', rules: [], ...more });
    expect(err).toContain(text);
  });

  test.each([[['test', 'orders']], [['test', 'orders', '--event', 'evt_1', '--file', '-']]])(
    '%j sends nothing, and says what is missing',
    async (args) => {
      const { code, err, asked } = await run(args);
      expect([code, asked]).toEqual([2, []]);
      expect(err).toContain('Say which event: either --event or --file.');
    },
  );
});
