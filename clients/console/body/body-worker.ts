/** The worker that reads, searches and compares a large body, so that the page goes on meanwhile. */
import { answersOf, type BodyQuestion } from './body-answers.ts';

let answer: ReturnType<typeof answersOf> | undefined;

/** The first message has the text. Each other one is a question, and is answered by its number. */
self.addEventListener(
  'message',
  ({ data }: MessageEvent<{ text: string } | { id: number; question: BodyQuestion }>) => {
    if ('text' in data) answer = answersOf(data.text);
    else self.postMessage({ id: data.id, reply: answer?.(data.question) });
  },
);
