/** Sends requests, shows them with their answers on the page, and checks the answers. */
import { withoutTokens } from '../../shared/endpoints/credential/token.ts';
import { type Page, spaced } from './page.ts';

/** A request as it is sent. */
export interface Sent {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Answered {
  status: number;
  text: string;
}

/** An answer that differs from what the demo expects. */
export class Unexpected extends Error {
  override name = 'Unexpected';
}

const timeoutMs = 20_000;

/** Sends a request. If the URL has a user and a password, puts them into the `authorization` header, as senders do. */
export async function send({ method, url, headers = {}, body }: Sent): Promise<Answered> {
  const target = new URL(url);
  const { username, password } = target;
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  target.username = '';
  target.password = '';
  const response = await fetch(target, {
    method,
    headers: { ...headers, ...(username ? { authorization: `Basic ${basic}` } : {}) },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: response.status, text: await response.text() };
}

/** @throws Unexpected when a condition that the demo shows does not hold */
export function check(holds: boolean, expected: string, found: string): void {
  if (!holds) throw new Unexpected(withoutTokens(`Expected ${expected}, found ${found}`));
}

/** @throws Unexpected when the answer has another status */
export function checkStatus({ method, url }: Sent, answer: Answered, expected: number): void {
  const found = `${answer.status} ${answer.text.slice(0, 300)}`;
  check(answer.status === expected, `${expected} from ${method} ${url}`, found);
}

/** Returns what the page shows of an answer's body, as lines. */
export type Shown<T> = (body: T) => readonly string[];

/** Sends a request to the operators' API. Returns the parsed body. */
export type Ask = <T>(
  method: string,
  path: string,
  body: object | undefined,
  status: number,
  show: Shown<T>,
) => Promise<T>;

/** The operator. Shows each request on the page, and checks the status of the answer. */
export const operator =
  (url: string, token: string, page: Page): Ask =>
  async <T>(method: string, path: string, body: object | undefined, status: number, show: Shown<T>) => {
    page.request(`${method} ${path}`, body && [spaced(body)]);
    const sent: Sent = {
      method,
      url: `${url}${path}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const answer = await send(sent);
    checkStatus(sent, answer, status);
    const parsed = JSON.parse(answer.text) as T;
    page.answer(answer.status, show(parsed));
    return parsed;
  };
