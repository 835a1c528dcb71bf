/**
 * The program of a fresh context: one check or one evaluation, with the objects of that context alone. `transform-handler.ts` starts it, and
 * a bundle carries it as text. Nothing else may import this file, because it changes the language around it.
 */
import { base64Decoded, base64Encoded } from './base64.ts';
import { checkExpression, evaluateExpression } from './jsonata-expression.ts';
import type { CheckAnswer, TransformAnswer, TransformRequest } from './transform.ts';

/** What the context is given, and what it gives back: JSON texts. */
const { request } = globalThis as unknown as { request: string };
const answerWith = (answer: CheckAnswer | TransformAnswer): void => {
  Object.assign(globalThis, { answer: JSON.stringify(answer) });
};

/**
 * Makes every new date that of the event. So whatever way an expression finds to the clock, each attempt sends the same. `Date.now` goes on,
 * because JSONata's own bound needs it; no expression can reach it.
 */
function stopClock(at: string): void {
  globalThis.Date = new Proxy(Date, {
    construct: (date, parts, target) => Reflect.construct(date, parts.length === 0 ? [at] : parts, target),
  });
}

async function answerTo(asked: TransformRequest): Promise<CheckAnswer | TransformAnswer> {
  if ('check' in asked) return checkExpression(asked.check);
  stopClock(asked.at);
  return evaluateExpression(asked.expression, asked.input, asked.isDryRun);
}

// JSONata takes these two from there if it does not run in Node.js.
Object.assign(globalThis, { window: { btoa: base64Encoded, atob: base64Decoded } });
// An expression can make something fail that no JSONata code expects. It then has no answer.
answerTo(JSON.parse(request)).then(answerWith, () => undefined);
