/**
 * Which controls were used by a press, and which were not. The code of the console calls `__control` wherever it passes a callback, see
 * `control-list.ts`. So a control counts only if its own callback ran, within a press whose effect a test compares.
 */
import { expect } from '@jest/globals';

declare global {
  /** The path of the console as one file. */
  var consoleFile: string;
  /** The names of all controls in the source. */
  var allControls: string[];
  /** The names of the controls in a source that is not the console's. */
  var controlsIn: (source: string) => string[];
  /** Whether all tests of the file run. */
  var isWholeRun: boolean;
  /** Called when the page is loaded again, which jsdom can't do. */
  var onReload: () => void;
  var setTimeZone: (zone: string) => void;
  var __control: (name: string, callback: unknown, choices?: () => unknown) => unknown;
  var __controls: (name: string, props: unknown) => unknown;
}

type Callback = (...args: unknown[]) => unknown;

/** The choices of components that were shown, such as the items of a menu. They are controls too. */
const shown = new Set<string>();
/** The test that pressed a control. */
const pressedBy = new Map<string, string>();
let isPressing = false;

/** Runs a press. Only what is called meanwhile counts. */
export async function whilePressing(press: () => Promise<void>): Promise<void> {
  isPressing = true;
  try {
    await press();
  } finally {
    isPressing = false;
  }
}

function note(name: string): void {
  if (isPressing && !pressedBy.has(name)) pressedBy.set(name, expect.getState().currentTestName ?? '');
}

/** What was chosen, as Cloudscape's components tell it. */
function choiceIn(event: unknown): unknown {
  const detail = (event as { detail?: Record<string, unknown> } | undefined)?.detail ?? {};
  const { id, selectedId, activeTabId, value, selectedOption } = detail;
  return id ?? selectedId ?? activeTabId ?? value ?? (selectedOption as { value?: string } | undefined)?.value;
}

const idOf = ({ id, value }: { id?: string; value?: string }): string | undefined => id ?? value;

globalThis.__control = (name, callback, choices) => {
  if (typeof callback !== 'function') return callback;
  const ids = ((choices?.() ?? []) as { id?: string; value?: string }[]).map(idOf);
  for (const id of ids) shown.add(`${name} = ${id}`);
  return (...args: unknown[]) => {
    note(name);
    const id = choiceIn(args[0]);
    if (ids.includes(id as string)) note(`${name} = ${id}`);
    return (callback as Callback)(...args);
  };
};

globalThis.__controls = (name, props) => {
  const isObject = typeof props === 'object' && props !== null;
  return Object.fromEntries(
    Object.entries(isObject ? props : {}).map(([prop, value]) => {
      if (typeof value !== 'function' || !/^on[A-Z]|^(send|setSecret|setValue)$/.test(prop)) return [prop, value];
      shown.add(`${name} ${prop}`);
      return [prop, globalThis.__control(`${name} ${prop}`, value)];
    }),
  );
};

/** Every control, with the test that pressed it first, or undefined. */
export const pressedControls = (): [control: string, test: string | undefined][] =>
  [...new Set([...globalThis.allControls, ...shown])].sort().map((control) => [control, pressedBy.get(control)]);
