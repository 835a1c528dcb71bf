/** A request with its answer: sent, told on the page, and checked. */
import { masked, type Page, spaced } from './page.ts';

/** A request as it goes out. */
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

/** What went otherwise than the demo says it must. */
export class Unexpected extends Error {
  override name = 'Unexpected';
}

const timeout = 20_000;

/** Sends a request. A URL's user and password go into the header, as every sender does that is given such a URL. */
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
    signal: AbortSignal.timeout(timeout),
  });
  return { status: response.status, text: await response.text() };
}

/** @throws Unexpected when a condition that the demo shows does not hold */
export function check(holds: boolean, expected: string, found: string): void {
  if (!holds) throw new Unexpected(masked(`Expected ${expected}, found ${found}`));
}

/** @throws Unexpected when the answer has another status */
export function checkStatus({ method, url }: Sent, answer: Answered, expected: number): void {
  const found = `${answer.status} ${answer.text.slice(0, 300)}`;
  check(answer.status === expected, `${expected} from ${method} ${url}`, found);
}

/** What of an answer is shown, one line for each. */
export type Shown<T> = (body: T) => readonly string[];

/** Asks the operators' API; answers the parsed body. */
export type Ask = <T>(
  method: string,
  path: string,
  body: object | undefined,
  status: number,
  show: Shown<T>,
) => Promise<T>;

/** The operator: each request is told on the page and its status checked. */
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
