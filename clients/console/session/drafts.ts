/**
 * What was entered in forms when the API ended the session, until the form is shown again. It is in memory alone. A sign-out forgets it: whoever signs
 * out leaves nothing to the next operator.
 */
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';

/** What was entered. `secrets` are for whoever entered them alone: a form could send them anywhere. */
export interface Entered<Fields> {
  plain: Partial<Fields>;
  secrets: Partial<Fields>;
}

type AnyEntered = Entered<Record<string, unknown>>;

/** The forms that are open, by path. */
const open = new Map<string, () => AnyEntered>();
let drafts = new Map<string, AnyEntered & { operator: string }>();

/** Keeps what is entered now. @param operator the id of who entered it */
export function keepDrafts(operator: string): void {
  for (const [path, enteredIn] of open) {
    const entered = enteredIn();
    if (Object.keys({ ...entered.plain, ...entered.secrets }).length > 0) drafts.set(path, { ...entered, operator });
  }
}

export function forgetDrafts(): void {
  drafts = new Map();
}

function take(path: string, operator: string): Record<string, unknown> | undefined {
  const draft = drafts.get(path);
  drafts.delete(path);
  if (!draft) return undefined;
  return draft.operator === operator ? { ...draft.plain, ...draft.secrets } : draft.plain;
}

/**
 * @param operator the id of who is signed in
 * @returns what was entered in the form of this page before the session ended. The form shows it once.
 */
export function useDraft<Fields extends object>(operator: string): Partial<Fields> | undefined {
  const [path] = useLocation();
  const [draft] = useState(() => take(path, operator));
  return draft as Partial<Fields> | undefined;
}

/** Lets the end of the session keep what is entered. @param enteredIn gives it; nothing if the form is as it began */
export function useKeptDraft<Fields extends object>(enteredIn: () => Entered<Fields>): void {
  const [path] = useLocation();
  const last = useRef(enteredIn);
  last.current = enteredIn;
  useEffect(() => {
    open.set(path, () => last.current() as AnyEntered);
    return () => void open.delete(path);
  }, [path]);
}
