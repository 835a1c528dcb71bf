/** Who works out what is in a body: the page, a worker, or the page in place of a worker that is not there. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answersOf, type BodyQuestion } from '../../../../clients/console/body/body-answers.ts';
import { workOn } from '../../../../clients/console/body/body-work.ts';

type Message = { text: string } | { id: number; question: BodyQuestion };

/** A worker that answers in the order of its questions, or one whose file is gone. */
class FakeWorker extends EventTarget {
  static isGone = false;
  static made: FakeWorker[] = [];
  isEnded = false;
  #answer: ReturnType<typeof answersOf> | undefined;

  constructor() {
    super();
    FakeWorker.made.push(this);
    if (FakeWorker.isGone) setTimeout(() => this.dispatchEvent(new Event('error')));
  }

  postMessage(message: Message): void {
    if ('text' in message) this.#answer = answersOf(message.text);
    else if (!FakeWorker.isGone) {
      const data = { id: message.id, reply: this.#answer?.(message.question) };
      setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data })));
    }
  }

  terminate(): void {
    this.isEnded = true;
  }
}

beforeEach(() => {
  Object.assign(FakeWorker, { isGone: false, made: [] });
  Object.assign(globalThis, { Worker: FakeWorker });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'Worker');
});

const short = '{"a": "needle"}';
const long = JSON.stringify({ a: 'needle', b: 'x'.repeat(40_000) });

/** What is asked of a body, all at once. */
async function asked(text: string) {
  const work = workOn(text);
  const [read, finds, comparison] = await Promise.all([work.read(), work.search('NEEDLE'), work.compare('{"a": 1}')]);
  const again = await work.search('nothing');
  work.end();
  return [read?.language, [...finds], comparison?.differences[0]?.kind, [...again]];
}

describe('a body', () => {
  test.each([
    ['that is short is worked on in the page', short, false, []],
    ['that is long is worked on by a worker, which ends with it', long, false, [true]],
    ['that is long is worked on in the page if the worker is gone', long, true, [true]],
  ])('%s', async (_, text, isGone, ended) => {
    FakeWorker.isGone = isGone;
    expect(await asked(text)).toEqual(['json', [1], 'changed', []]);
    expect(FakeWorker.made.map(({ isEnded }) => isEnded)).toEqual(ended);
  });

  test('that is in no language has no finds, and no difference', async () => {
    const work = workOn('a=1');
    expect([await work.read(), [...(await work.search('a'))], await work.compare('{}')]).toEqual([
      undefined,
      [],
      undefined,
    ]);
  });
});
