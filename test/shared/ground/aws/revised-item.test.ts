import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Revised, type RevisedStore, revise, unchanged } from '../../../../shared/ground/aws/revised-item.ts';

/** One value in memory. `before` runs before each write, and may write itself. */
function aStore(value?: number, before: (store: { found: Revised<number> | undefined }) => void = () => undefined) {
  const state = { found: value === undefined ? undefined : ({ value, revision: 1 } as Revised<number> | undefined) };
  const reads = { count: 0 };
  const store: RevisedStore<string, number> = {
    async read() {
      reads.count += 1;
      return state.found;
    },
    async write(_, next, replaced) {
      before(state);
      if (state.found?.revision !== replaced) return false;
      state.found = next === undefined ? undefined : { value: next, revision: (replaced ?? 0) + 1 };
      return true;
    },
  };
  return { store, state, reads };
}

test('a value is made, changed and removed', async () => {
  const { store, state } = aStore();
  expect(await revise(store, 'k', (value) => (value ?? 0) + 1)).toEqual({ value: 1, written: true });
  expect(await revise(store, 'k', (value) => (value ?? 0) + 1)).toEqual({ value: 2, written: true });
  expect(state.found).toEqual({ value: 2, revision: 2 });
  expect(await revise(store, 'k', () => undefined)).toEqual({ value: undefined, written: true });
  expect(state.found).toBeUndefined();
});

test('a change that is not made writes nothing, and says what is there', async () => {
  const { store, state } = aStore(7);
  expect(await revise(store, 'k', () => unchanged)).toEqual({ value: 7, written: false });
  expect(state.found).toEqual({ value: 7, revision: 1 });
});

test('what was read a moment ago is not read again', async () => {
  const { store, reads } = aStore(7);
  await revise(store, 'k', (value) => (value ?? 0) + 1, { found: { value: 7, revision: 1 } });
  expect(reads.count).toBe(0);
  await revise(store, 'k', (value) => (value ?? 0) + 1, { found: { value: 7, revision: 1 } });
  expect(reads.count).toBe(1);
});

test('if another write comes first, the change is decided again for its value', async () => {
  let others = 3;
  const { store, state } = aStore(0, (state) => {
    if (others === 0) return;
    others -= 1;
    state.found = { value: 100 * others, revision: (state.found?.revision ?? 0) + 1 };
  });
  const seen: unknown[] = [];
  await revise(store, 'k', (value) => {
    seen.push(value);
    return (value ?? 0) + 1;
  });
  expect(seen).toEqual([0, 200, 100, 0]);
  expect(state.found?.value).toBe(1);
});

test('a change that always comes too late fails', async () => {
  const { store } = aStore(0, (state) => {
    state.found = { value: 0, revision: (state.found?.revision ?? 0) + 1 };
  });
  await expect(revise(store, 'k', () => 1)).rejects.toThrow('others change this value all the time');
});

test('no addition is lost, whoever adds at the same time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 6 }), async (scheduler, adders) => {
      const { store, state } = aStore();
      const late: RevisedStore<string, number> = {
        read: scheduler.scheduleFunction(store.read),
        write: scheduler.scheduleFunction(store.write),
      };
      const adding = Array.from({ length: adders }, () => revise(late, 'k', (value) => (value ?? 0) + 1));
      await scheduler.waitFor(Promise.all(adding));
      expect(state.found?.value).toBe(adders);
    }),
  );
});
