/** The console in a page of jsdom, with a stand-in for the API, and the presses of its controls. */
import { afterEach, expect, jest } from '@jest/globals';
import { whilePressing } from './control-registry.ts';
import { type Answers, FakeApi, refusal } from './given-api.ts';
import { aTurnWithTimers, useRealClock } from './given-clock.ts';
import { prepare, SystemColours, type Told } from './given-page.ts';
import { admin, aTimeline, providers } from './given-records.ts';
import { aTab } from './given-tabs.ts';

export type Parts = typeof import('./console-parts.ts');
/** Loads the console anew for each name. Its libraries want this before the first test. */
export const loadConsole = async (name: string): Promise<Parts> => import(`${globalThis.consoleFile}?${name}`);

export const parts = await loadConsole('usual');
const { configure, userEvent, within } = parts;
// Nothing is hidden by a style here, so nothing has to be looked up for it.
configure({ defaultHidden: true, getElementError: (message) => new Error(message?.split('\n')[0]) });

export const origin = 'http://localhost';

/** What a press did. What is not named must not have happened, apart from `reads`, `rows`, `shows` and `hides`. */
export interface Did {
  /** The requests that do something. Each press that sends one is refused at first, and then works. */
  sent?: string[];
  /** Reads that are among the requests. */
  reads?: string[];
  copied?: string;
  /** The path of the console's page, if it is another one now. */
  page?: string;
  /** The address that the browser opens by itself. */
  opens?: string;
  saved?: { name: string; content: string };
  reloads?: boolean;
  /** What the control itself is now: ticked, chosen or open, or no longer so. */
  turns?: 'on' | 'off';
  /** The title of the dialog that is open now. Null if it was closed. */
  dialog?: string | null;
  /** Texts that were not there before. */
  shows?: string[];
  /** Texts that were there before, and are not now. */
  hides?: string[];
  /** The rows of the table, each by its link or its header. */
  rows?: string[];
}

type Role = 'button' | 'link' | 'tab' | 'radio' | 'checkbox' | 'menuitem' | 'menuitemcheckbox' | 'option';

/**
 * All texts, apart from what Cloudscape repeats for screen readers in elements at the end of the page: when it does so depends on how fast
 * the test is.
 */
const text = (): string => {
  const parts = [...document.body.children].filter((part) => !part.hasAttribute('aria-live'));
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value);
  return [...parts.map(({ textContent }) => textContent), ...fields].join('\n').replaceAll(/\s+/g, ' ');
};

/** Whether a session and the code of the page are there. */
const isCodeThere = (): boolean => !/Looking for a tab|Loading the page/.test(text());

const textOf = (element: Element | null): string => (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
/** What is said below a title. */
const aboutOf = (title: HTMLElement) => title.closest('[class*=awsui_root]')?.querySelector('p') ?? null;

const titleOf = (dialog: HTMLElement | undefined) => dialog?.querySelector('h2')?.textContent ?? null;
/** The dialog in front. A list that is open has the same role, but no title. */
const frontDialog = () =>
  [...document.querySelectorAll<HTMLElement>('[role=dialog]')].findLast((each) => titleOf(each) !== null);
const openDialog = () => titleOf(frontDialog());
const page = () => location.pathname + location.search;

const rows = (): string[] =>
  [...document.querySelectorAll('tbody tr')].map(
    (row) => (row.querySelector('a') ?? row.querySelector('th') ?? row).textContent ?? '',
  );

/** A console that somebody opened. */
export class OpenConsole {
  readonly api = new FakeApi();
  readonly user = userEvent.setup({ delay: null, pointerEventsCheck: 0 });
  readonly colours = new SystemColours();
  readonly told: Told = { copied: undefined, opens: undefined, saved: undefined, reloads: false };

  /** Where a press looks: the dialog that is open, or the page. */
  get #place() {
    return within(frontDialog() ?? document.body);
  }

  get text(): string {
    return text();
  }

  get rows(): string[] {
    return rows();
  }

  /** What the table shows: each row by its cells. */
  get cells(): string[][] {
    return all('tbody tr').map((row) => [...row.children].map(textOf));
  }

  /** What the page shows of a record: each label with its value. */
  get facts(): string[] {
    return all('dt').map((label) => `${textOf(label)}: ${textOf(label.nextElementSibling)}`);
  }

  /** The notices of the page. */
  get notices(): string[] {
    return all('[data-analytics-alert]').map(textOf);
  }

  /** What stands in the browser's tab, and above the page. */
  get titles(): string[] {
    return [document.title, ...all('h1').map((title) => `${textOf(title)} ${textOf(aboutOf(title))}`.trim())];
  }

  /** The way from the list to the page, such as `Connections > [shop]`, with the page itself in brackets. */
  get crumbs(): string {
    const items = all('nav[aria-label=Breadcrumb] > ol > li');
    return items
      .map((each) => (each.querySelector('[aria-current=page]') ? `[${textOf(each)}]` : textOf(each)))
      .join(' > ');
  }

  /** The buttons and links that can be used, apart from the bar at the top. */
  get offered(): string[] {
    return all('.page :is(button, a)')
      .filter((each) => !isDisabled(each))
      .map((each) => each.getAttribute('aria-label') ?? textOf(each));
  }

  /** Lets everything happen that is under way. */
  async settle(): Promise<void> {
    let quiet = 0;
    for (let turn = 0; turn < 200 && quiet < 4; turn++) {
      await aTurnWithTimers();
      quiet = this.api.isBusy ? 0 : quiet + 1;
    }
  }

  /** Waits until all of the page is there. */
  async loaded(): Promise<void> {
    await until(() => !text().includes('Loading'));
    await this.settle();
  }

  /** The control with this name. @throws if there is none, or more than one */
  control(role: Role, name: string | RegExp): HTMLElement {
    // The bar at the top has a second copy of itself, to measure it. Breadcrumbs have names that are elsewhere, too.
    const others = '[aria-hidden=true], nav[aria-label=Breadcrumb]';
    const found = this.#place.getAllByRole(role, { name }).filter((each) => !each.closest(others));
    expect([name, found.length]).toEqual([name, 1]);
    return found[0] as HTMLElement;
  }

  /** Follows a link of the breadcrumbs, and compares what that did. */
  async pressCrumb(name: string, did: Did): Promise<void> {
    const crumbs = within(this.#place.getByRole('navigation', { name: 'Breadcrumb' }));
    const link = crumbs.getByRole('link', { name });
    await this.does(did, () => this.user.click(link), link);
  }

  /** The field with this label, in the open dialog or on the page. */
  field(label: string | RegExp): HTMLInputElement {
    return this.#place.getByLabelText<HTMLInputElement>(label, { selector: 'input, textarea' });
  }

  /** Whether a control can be used now. */
  isOffered(role: Role, name: string | RegExp): boolean {
    return !isDisabled(this.control(role, name));
  }

  /** Lets a minute pass on a clock that stands, and comes back to the page, which then reads again what it shows. */
  async comeBack(): Promise<void> {
    jest.setSystemTime(Date.now() + 60_000);
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    await this.settle();
  }

  /** Lets seconds pass on a clock that runs by itself, one after the other, and each time everything happen that is due. */
  async passes(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      await jest.advanceTimersByTimeAsync(1_000);
      await this.settle();
    }
  }

  /** Goes to another page of the console without a link, as the browser's list of visited pages does. @param path behind `/console` */
  async goTo(path: string): Promise<void> {
    history.pushState(null, '', `/console${path}`);
    await this.settle();
    // React may leave the sign of loading for a moment, so that a page does not flicker.
    await until(isCodeThere);
    await this.settle();
  }

  /** Waits until a text is there. */
  async shows(awaited: string): Promise<void> {
    await until(() => text().includes(awaited));
    expect(text()).toContain(awaited);
  }

  /**
   * Presses a control, and compares what that did. If it sends something, the API refuses that at first: the console must say so, stay
   * where it is, and do it at the next press, after which it no longer says so. That one is a double click, which must not send it twice.
   */
  async press(role: Role, name: string | RegExp, did: Did): Promise<void> {
    if (did.sent && did.sent.length > 0) {
      this.api.refuseNext();
      await this.pressOnce(role, name, { sent: did.sent.slice(0, 1), shows: [refusal.detail] });
      const element = this.control(role, name);
      const hides = [...(did.hides ?? []), refusal.detail];
      return this.does({ ...did, hides }, () => this.user.dblClick(element), element);
    }
    return this.pressOnce(role, name, did);
  }

  /** Presses a control, and compares what that did. */
  async pressOnce(role: Role, name: string | RegExp, did: Did): Promise<void> {
    const element = this.control(role, name);
    expect([name, isDisabled(element)]).toEqual([name, false]);
    await this.does(did, () => this.user.click(element), element);
  }

  /** Does something, and compares what happened. @param element what is pressed, if its own state changes */
  async does(did: Did, act: () => Promise<void>, element?: HTMLElement): Promise<void> {
    if (Object.keys(did).length === 0) throw new Error('Say what the press did.');
    const before = {
      text: text(),
      page: page(),
      dialog: openDialog(),
      acts: this.api.acts.length,
      reads: this.api.reads.length,
      label: element?.textContent,
      href: element?.getAttribute('href') ?? null,
      isSignedIn: document.querySelector('.page') !== null,
    };
    Object.assign(this.told, { copied: undefined, opens: undefined, saved: undefined, reloads: false });
    const seen = (): Did => {
      const now = text();
      const reads = this.api.reads.slice(before.reads);
      const sent = this.api.acts.slice(before.acts);
      const dialog = openDialog();
      return {
        ...(sent.length > 0 && { sent }),
        ...(this.told.copied !== undefined && { copied: this.told.copied }),
        ...(this.told.opens !== undefined && { opens: this.told.opens }),
        ...(this.told.saved !== undefined && { saved: this.told.saved }),
        ...(this.told.reloads && { reloads: true }),
        ...(page() !== before.page && { page: page() }),
        ...(dialog !== before.dialog && { dialog }),
        ...(did.turns && element && { turns: stateOf(element) ? 'on' : 'off' }),
        ...(did.reads && { reads: did.reads.filter((each) => reads.includes(each)) }),
        ...(did.shows && { shows: did.shows.filter((each) => !before.text.includes(each) && now.includes(each)) }),
        ...(did.hides && { hides: did.hides.filter((each) => before.text.includes(each) && !now.includes(each)) }),
        ...(did.rows && { rows: rows() }),
      };
    };
    await whilePressing(async () => {
      await act();
      await this.settle();
      await until(() => isAsExpected(seen(), did));
      await this.settle();
    });
    expect(seen()).toEqual(did);
    const busy = this.api.busy.slice(before.acts);
    const isLink = before.href !== null && did.page !== undefined;
    expect({
      // The button says that it does something for as long as it does.
      busy: element ? busy : [],
      // In another tab, a link leads to the same page. What is behind # is part of that page.
      href: element && isLink ? (before.href?.split('#')[0] ?? null) : null,
      // The keyboard goes on where the person is, and a screen reader says where that is.
      losesFocus: element !== undefined && before.isSignedIn && nameOf(document.activeElement) === '',
    }).toEqual({
      busy: element ? busy.map(() => before.label) : [],
      href: element && isLink ? did.page : null,
      losesFocus: false,
    });
  }

  /** Replaces what is in a field. The field must then have it. */
  async enter(label: string | RegExp, value: string): Promise<void> {
    const field = this.field(label);
    // Nobody reads a secret over somebody's shoulder.
    const isSecret = /\bsecret\b|Operator token|Bearer token|Password|Value of the header/i.test(String(label));
    expect([label, field.type === 'password']).toEqual([label, isSecret]);
    await whilePressing(async () => {
      await this.user.clear(field);
      if (value !== '') {
        await this.user.click(field);
        await this.user.paste(value);
      }
    });
    expect([label, field.value]).toEqual([label, value]);
  }

  /** Chooses a time in the browser's own picker, which jsdom does not have. The field must then have it. */
  async pickTime(label: string, value: string): Promise<void> {
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    HTMLInputElement.prototype.showPicker = function showPicker() {
      setValue?.call(this, value);
      this.dispatchEvent(new Event('input', { bubbles: true }));
    };
    await whilePressing(() => this.user.click(this.control('button', `Choose the time: ${label}`)));
    expect([label, this.field(label).value]).toEqual([label, value]);
  }

  /** Types the beginning of a name, and chooses one that the field offers. The field must then have it. */
  async chooseName(label: string, typed: string, name: string): Promise<void> {
    await this.enter(label, typed);
    const option = document.querySelector(`[role=option] [data-value="${name}"]`);
    if (!option) throw new Error(`${name} is not offered.`);
    await whilePressing(() => this.user.click(option));
    expect([label, this.field(label).value]).toEqual([label, name]);
  }

  /** Chooses an option of a list. The list must then show it. */
  async choose(list: RegExp, option: string): Promise<void> {
    const button = this.control('button', list);
    await whilePressing(async () => {
      await this.user.click(button);
      await this.user.click(this.control('option', option));
    });
    expect(button.textContent).toContain(option);
  }

  /** Writes into the filter of events, and compares what that did. @param text such as `Type = order.paid`, or a text alone */
  async filter(text: string, did: Did): Promise<void> {
    const field = this.#place.getByRole('combobox', { name: /^Filter/ });
    await this.does(did, async () => {
      await this.user.click(field);
      await this.user.paste(text);
      // Cloudscape asks for the code of a key, which the library for presses leaves out.
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true }));
    });
  }

  /** Chooses one of the lengths of time that lead to now, or any time. The field must then show it. */
  async chooseTime(field: RegExp, length: string): Promise<void> {
    await whilePressing(async () => {
      await this.user.click(this.control('button', field));
      if (length !== 'Any time') await this.user.click(this.control('radio', length));
      await this.user.click(this.control('button', length === 'Any time' ? 'Clear and dismiss' : 'Apply'));
    });
    expect(this.control('button', field).textContent).toContain(length);
  }

  /** Adds an option of a list that takes several. It must then stand below the list. */
  async add(list: RegExp, option: string): Promise<void> {
    await whilePressing(async () => {
      await this.user.click(this.control('button', list));
      await this.user.click(this.control('option', option));
      await this.user.keyboard('{Escape}');
    });
    expect(this.#place.queryAllByRole('button', { name: `Remove ${option}` })).toHaveLength(1);
  }
}

/** As `toEqual` has it, which also takes `expect.stringMatching` and the like. */
function isAsExpected(seen: Did, did: Did): boolean {
  try {
    expect(seen).toEqual(did);
    return true;
  } catch {
    return false;
  }
}

/** What a screen reader says of the element that has the focus. The document has no name. */
function nameOf(element: Element | null): string {
  if (!element || element === document.body) return '';
  const labels = [...((element as HTMLInputElement).labels ?? [])];
  const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
  const named = [...ids.map((id) => document.getElementById(id)), ...labels].map(textOf).join(' ');
  return (element.getAttribute('aria-label') ?? (named || textOf(element))).trim();
}

/** Whether a control is ticked, chosen or open. */
const stateOf = (element: HTMLElement): boolean =>
  element.matches(':checked, [aria-checked=true], [aria-expanded=true], [aria-pressed=true], [aria-selected=true]');

/** Waits for a few seconds until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let wait = 0; wait < 100 && !holds(); wait++) await aTurnWithTimers(50);
}

const isDisabled = (element: HTMLElement): boolean =>
  element.matches(':disabled, [aria-disabled=true]') || element.closest('[aria-disabled=true]') !== null;

let close: (() => void) | undefined;
let current: OpenConsole | undefined;
/** What the pages of a test did not end when they were closed. */
const leftBehind: string[] = [];

afterEach(() => {
  close?.();
  jest.restoreAllMocks();
  useRealClock();
  const unknown = current?.api.unknown;
  current = undefined;
  localStorage.clear();
  expect(unknown ?? []).toEqual([]);
  expect(leftBehind.splice(0)).toEqual([]);
});

/** Opens a page of the console in which nobody is signed in. @param path behind `/console` */
export async function openSignedOut(
  path: string,
  answers: Answers = {},
  { App, createElement, createRoot } = parts,
): Promise<OpenConsole> {
  close?.();
  history.replaceState(null, '', `/console${path}`);
  current = new OpenConsole();
  const opened = current;
  opened.api.answer({
    'GET /v1/me': admin,
    'GET /v1/providers': { items: Object.values(providers) },
    'GET /v1/providers/{id}': ({ params }) => providers[params['id'] as keyof typeof providers],
    'GET /v1/operators/names': { items: [{ id: 'op_0', name: 'Zoe' }] },
    'GET /v1/connections': { items: [], nextCursor: null },
    'GET /v1/destinations': { items: [], nextCursor: null },
    'GET /v1/stats': { items: [] },
    'GET /v1/connections/{name}/stats': { items: [] },
    'GET /v1/connections/{name}/events': { items: [], nextCursor: null },
    'GET /v1/connections/{name}/replays': { items: [], nextCursor: null },
    'GET /v1/connections/{name}/routes': { version: 3, mode: 'all', rules: [] },
    'GET /v1/connections/{name}/events/{id}/deliveries': { items: [] },
    'GET /v1/deliveries': { items: [], incomplete: [] },
    'GET /v1/connections/{name}/events/{id}/timeline': aTimeline(),
    'GET /v1/destinations/{name}/redeliveries': { items: [], nextCursor: null },
    'GET /v1/destinations/{name}/health': { state: 'well', waiting: { count: 0, isMore: false } },
  });
  opened.api.answer(answers);
  const release = prepare(opened.told, opened.api, opened.colours);
  const root = createRoot(document.body.appendChild(document.createElement('div')), {
    // A page that fails is what a test may want, and it looks at it itself.
    onCaughtError: () => {},
  });
  close = () => {
    root.unmount();
    document.body.replaceChildren();
    leftBehind.push(...release());
    close = undefined;
  };
  root.render(createElement(App));
  await until(() => text() !== '' && isCodeThere());
  await opened.settle();
  return opened;
}

/** Opens a page of the console, to which another tab gives its session as an admin. @param path behind `/console` */
export async function openConsole(path: string, answers: Answers = {}, loaded = parts): Promise<OpenConsole> {
  const tab = aTab('hlo_the-operator-token', origin);
  try {
    return await openSignedOut(path, answers, loaded);
  } finally {
    tab.leave();
  }
}
