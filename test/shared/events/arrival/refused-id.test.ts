import { expect, test } from '@jest/globals';
import { presets } from '../../../../shared/endpoints/provider/presets.ts';
import type { Dedupe } from '../../../../shared/endpoints/settings/settings.ts';
import { idHeaders, refusedIdOf } from '../../../../shared/events/arrival/refused-id.ts';
import { rejectionReader } from '../../../../shared/events/arrival/rejection-reader.ts';
import { rejectionCounter } from '../../../../shared/events/arrival/rejection-table.ts';
import { givenJournal } from '../../operators/journal/given-journal.ts';

const { client, table, sent } = givenJournal();
const request = (headers: Record<string, string>) => ({ headers, rawQueryString: '', rest: undefined });

test('the headers are those in which a preset has its id', () => {
  const all = Object.values(presets).flatMap((preset) => {
    const { dedupe, otherIds = [] } = preset as { dedupe?: Dedupe; otherIds?: readonly Dedupe[] };
    return [...(dedupe ? [dedupe] : []), ...otherIds].flatMap((id) => (id.by === 'header' ? [id.name] : []));
  });
  expect(idHeaders.split(' ')).toEqual([...new Set(all)].sort());
});

const secret = 'a-token-that-was-adopted-0123456789';

test.each([
  ['of any sender', { 'x-github-delivery': 'd-1' }, 'd-1'],
  ['cut', { 'webhook-id': 'x'.repeat(200) }, 'x'.repeat(128)],
  ['of no known header: none', { 'x-other': 'd-1' }, undefined],
  ['that has the presented token: none', { 'webhook-id': `id-${secret}`, 'x-token': secret }, undefined],
  ['that is where a token is accepted: none', { 'x-token': 'd-1' }, undefined],
])('an id %s', (_, headers, expected) => {
  expect(refusedIdOf([{ in: 'header', name: 'x-token' } as never], request(headers))).toBe(expected);
});

const noon = new Date('2026-03-01T12:00:30.000Z');
const sample = { method: 'POST', sourceIp: '192.0.2.1', headers: [], faults: [] };
const range = { from: noon, to: noon };

async function refuse(connectionId: string, ids: readonly (string | undefined)[]): Promise<void> {
  const count = rejectionCounter(client, table, () => undefined);
  for (const deliveryId of ids) await count({ connectionId, reason: 'token_unknown', sample, deliveryId, at: noon });
}
const first = async (connectionId: string) =>
  (await rejectionReader(client, table).list(connectionId, { ...range, limit: 5, before: undefined })).items[0];

test('what was refused is found by its id, and only by that', async () => {
  await refuse('con_found', ['order-7', 'order-8', undefined]);
  const reader = rejectionReader(client, table);
  const found = await reader.lookThrough('con_found', (id) => id === 'order-7', range);
  expect(found).toEqual({
    found: [expect.objectContaining({ reason: 'token_unknown', count: 3 })],
    totals: { token_unknown: 3 },
    complete: true,
  });
  const none = await reader.lookThrough('con_found', (id) => id === 'order-9', range);
  expect(none.found).toEqual([]);
  const view = await first('con_found');
  expect(view?.deliveryIds).toEqual(['order-7', 'order-8']);
  expect(view).not.toHaveProperty('idsLeftOut');
});

test('twenty of a minute and reason are kept, and then it says that not all are', async () => {
  const count = rejectionCounter(client, table, () => undefined);
  const begin = Date.parse('2026-03-01T12:00:00.000Z');
  // One a second is written at once, so none of them is lost with what was not written.
  for (let second = 0; second < 30; second++) {
    const refused = {
      connectionId: 'con_many',
      reason: 'token_unknown',
      sample,
      deliveryId: `order-${second}`,
    } as const;
    await count({ ...refused, at: new Date(begin + second * 1_000) });
  }
  const view = await first('con_many');
  const firstTwenty = Array.from({ length: 20 }, (_, second) => `order-${second}`);
  expect(view?.deliveryIds).toEqual(firstTwenty.sort());
  expect(view?.idsLeftOut).toBe(true);
});

test('several instances keep no more than twenty together', async () => {
  for (const instance of ['a', 'b', 'c'])
    await refuse(
      'con_instances',
      Array.from({ length: 10 }, (_, at) => `${instance}-${at}`),
    );
  const view = await first('con_instances');
  const kept = view?.deliveryIds?.length ?? 0;
  expect([kept >= 10, kept <= 20]).toEqual([true, true]);
  expect(view?.idsLeftOut).toBe(true);
});

test('an id costs no write, and one without an id writes no place for it', async () => {
  const before = sent.length;
  await refuse('con_cost', ['order-7']);
  expect(sent.slice(before).map(({ name }) => name)).toEqual(['UpdateItem']);
  const without = sent.length;
  await refuse('con_none', [undefined]);
  expect(JSON.stringify(sent.slice(without))).not.toMatch(/id#|ids/);
  expect(await first('con_none')).not.toHaveProperty('deliveryIds');
});

test('a look through more than 2,000 items says how far back it came, and that its count is a lower bound', async () => {
  const minutes = 2_100;
  const at = (minute: number) => new Date(noon.getTime() - minute * 60_000);
  const count = rejectionCounter(client, table, () => undefined);
  for (let minute = 0; minute < minutes; minute++)
    await count({
      ...{ connectionId: 'con_far', reason: 'token_unknown', sample, at: at(minute) },
      deliveryId: minute === 2_050 ? 'order-far' : undefined,
    });
  const range = { from: at(minutes), to: noon };
  const looked = await rejectionReader(client, table).lookThrough('con_far', (id) => id === 'order-far', range);
  // The 2,000th minute before noon, counted from noon itself.
  expect(looked).toEqual({
    ...{ found: [], totals: { token_unknown: 2_000 }, complete: false },
    backTo: '2026-02-28T02:41:00.000Z',
  });
});
