/** The third-party application. It sends what GitHub sends. */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { type Answered, checkStatus, type Sent, send } from './exchange.ts';
import type { Page } from './page.ts';

interface Example {
  name: string;
  examples: object[];
}

/** A payload with the exact bytes that are sent. */
export interface Payload {
  event: string;
  body: string;
}

/** A payload that GitHub once sent. Like GitHub's, its JSON has no spaces. */
export function payloadOf(event: string): Payload {
  const all = createRequire(import.meta.url)('@octokit/webhooks-examples') as Example[];
  const example = all.find(({ name }) => name === event)?.examples[0];
  if (!example) throw new Error(`@octokit/webhooks-examples has no example of ${event}`);
  return { event, body: JSON.stringify(example) };
}

/** Delivers a payload. Returns the answer. */
export type Deliver = (
  url: string,
  payload: Payload,
  status: number,
  headers?: Record<string, string>,
) => Promise<Answered>;

/** The sender. Shows each delivery on the page, and checks the status of the answer. */
export const sender =
  (page: Page): Deliver =>
  async (url, { event, body }, status, headers = {}) => {
    const size = `${Buffer.byteLength(body).toLocaleString('en')} bytes`;
    const shown = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    page.request(`POST ${url}`, [...shown, `${event} payload, ${size}: ${body.slice(0, 48)}…`]);
    const sent: Sent = {
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/demo',
        'x-github-event': event,
        'x-github-delivery': randomUUID(),
        ...headers,
      },
      body,
    };
    const answer = await send(sent);
    checkStatus(sent, answer, status);
    page.answer(answer.status, [answer.text]);
    return answer;
  };
