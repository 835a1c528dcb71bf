/** What a picture of the console is of, and how a window gets there. */
import type { Page, Route } from 'playwright-core';

/** The states that every page is seen in. A page that cannot be in one says why in `shots.test.ts`. */
export const states = ['full', 'empty', 'loading', 'failing'] as const;
export type State = (typeof states)[number];

export interface Shot {
  name: string;
  /** Behind `/console`. */
  path: string;
  /** `full` by default. */
  state?: State;
  /** Does something on the page first. */
  act?: (page: Page) => Promise<unknown>;
  /** The component of the dialog that is open. */
  dialog?: string;
  /** What the page reads, and how that is answered here. */
  reads?: RegExp;
  answer?: (route: Route) => unknown;
  /** What is there before something is done. */
  ready?: string;
  /** What the page says once the picture can be taken. */
  says?: string;
  /** Whether only a wide window has this. */
  onlyWide?: boolean;
  /** Whether the page still waits for an answer then. */
  isWaiting?: boolean;
}

/** A page that reads something, and what it says while it waits, after a failure, and if there is nothing. */
export interface Reading extends Pick<Shot, 'name' | 'path' | 'act' | 'onlyWide'> {
  reads: RegExp;
  waiting: string;
  failed?: string;
  empty?: { answer: object; isCounted?: boolean; says: string };
}

export const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).filter({ visible: true }).first().click();

/** Chooses a segment. In a narrow window, the segments are a list that shows the one in force. */
export const chooseInsteadOf = (now: string, name: string) => async (page: Page) => {
  const segment = page.getByRole('button', { name, exact: true }).filter({ visible: true });
  if ((await segment.count()) > 0) return segment.click();
  await page.getByRole('button', { name: now }).filter({ visible: true }).click();
  await page.getByRole('option', { name }).click();
};

/** Presses one button after another. */
export const pressAll =
  (...names: string[]) =>
  async (page: Page) => {
    for (const name of names) await press(name)(page);
  };

/** So many minutes before the pictures are taken, because what is listed as of the last 30 days has to be from then. */
export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** An answer with a page of a list. */
export const list = { items: [], nextCursor: null };

export const answerWith = (json: object, headers?: Record<string, string>) => (route: Route) =>
  route.fulfill({ json, headers: { 'content-type': 'application/json', ...headers } });

/** An answer as API Gateway gives it when the function has failed. */
export const fail = (route: Route) =>
  route.fulfill({
    status: 500,
    headers: { 'apigw-requestid': 'JKJaXmPLvHcESHA=', 'content-type': 'application/json' },
    body: '{"message":"Internal Server Error"}',
  });

/** No answer at all. */
export const never = () => undefined;

/** Only requests of this method are answered so; the others go through. */
export const when =
  (method: string, answer: (route: Route) => unknown) =>
  (route: Route): unknown =>
    route.request().method() === method ? answer(route) : route.fallback();
