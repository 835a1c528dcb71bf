/** A section of a form that opens when something in it is wrong. */
import { useEffect, useState } from 'react';

interface Tried {
  /** What is wrong, by field. */
  errors: object;
  /** How often a button tried to send the form. */
  attempts: number;
  /** Whether the API refused a field. */
  hasRefusedField: boolean;
  /** Whether a field is in the section. */
  isInside: (field: string) => boolean;
  /** Whether the section is open at first. */
  isOpenAtFirst?: boolean;
}

/** Whether the section is open. A try that a field stops opens it, and leads to the first such field of the form. */
export function useOpenAtError({ errors, attempts, hasRefusedField, isInside, isOpenAtFirst = false }: Tried) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const [looks, setLooks] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only after a try, and not while a person types.
  useEffect(() => {
    const wrong = Object.keys(errors);
    if (attempts === 0 || wrong.length === 0) return;
    if (wrong.some(isInside)) setIsOpen(true);
    setLooks((count) => count + 1);
  }, [attempts, hasRefusedField]);
  // The section is open now, so the field can be focused.
  useEffect(() => {
    if (looks > 0) document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [looks]);
  return [isOpen, setIsOpen] as const;
}
