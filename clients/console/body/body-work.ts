/** Asks a worker about the text of a body, or works it out in the page if the text is short or there is no worker. */
import { answersOf, type BodyQuestion, type Reply } from './body-answers.ts';
import type { Comparison } from './json-difference.ts';
import type { ReadText } from './read-text.ts';
import type { Finds } from './search-lines.ts';

export interface BodyWork {
  /** Undefined if the text is in no language that has lines. */
  read(): Promise<ReadText | undefined>;
  search(query: string): Promise<Finds>;
  /** Undefined if one of the two is no JSON. */
  compare(before: string): Promise<Comparison | undefined>;
  end(): void;
}

type Ask = (question: BodyQuestion) => Promise<Reply>;

/** A text of so many characters is read faster than a worker starts. */
const mostInPage = 32 * 1024;

function inPage(text: string): Ask {
  const answer = answersOf(text);
  return async (question) => answer(question);
}

interface Waiting {
  question: BodyQuestion;
  resolve: (reply: Reply | Promise<Reply>) => void;
}

/** If the worker can't be loaded, such as after an update of the console, the page does its work. */
function inWorker(text: string): { ask: Ask; end: () => void } {
  const worker = new Worker(new URL('./body-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let instead: Ask | undefined;
  worker.addEventListener('message', ({ data }: MessageEvent<{ id: number; reply: Reply }>) => {
    waiting.get(data.id)?.resolve(data.reply);
    waiting.delete(data.id);
  });
  worker.addEventListener('error', () => {
    instead ??= inPage(text);
    for (const { question, resolve } of waiting.values()) resolve(instead(question));
    waiting.clear();
  });
  worker.postMessage({ text });
  return {
    ask: (question) => {
      if (instead) return instead(question);
      return new Promise((resolve) => {
        count += 1;
        waiting.set(count, { question, resolve });
        worker.postMessage({ id: count, question });
      });
    },
    end: () => worker.terminate(),
  };
}

export function workOn(text: string): BodyWork {
  const isShort = text.length <= mostInPage || typeof Worker === 'undefined';
  const { ask, end } = isShort ? { ask: inPage(text), end: () => {} } : inWorker(text);
  return {
    read: async () => (await ask({ ask: 'read' })) as ReadText | undefined,
    search: async (query) => ((await ask({ ask: 'search', query })) ?? new Uint32Array()) as Finds,
    compare: async (before) => (await ask({ ask: 'compare', before })) as Comparison | undefined,
    end,
  };
}
