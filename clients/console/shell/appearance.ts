/** Light or dark: as the operator chose in this browser, otherwise as the system has it. */
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useEffect, useState } from 'react';

export type Appearance = 'light' | 'dark' | 'system';

const key = 'hooklatch-appearance';
const systemIsDark = () => window.matchMedia('(prefers-color-scheme: dark)');

const chosen = (): Appearance => {
  const value = localStorage.getItem(key);
  return value === 'light' || value === 'dark' ? value : 'system';
};

/** Applies the appearance, and follows the system while nothing else is chosen. */
export function useAppearance(): [Appearance, (appearance: Appearance) => void] {
  const [appearance, setAppearance] = useState(chosen);
  useEffect(() => {
    const system = systemIsDark();
    const apply = () =>
      applyMode(appearance === 'dark' || (appearance === 'system' && system.matches) ? Mode.Dark : Mode.Light);
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [appearance]);
  return [
    appearance,
    (next) => {
      localStorage.setItem(key, next);
      setAppearance(next);
    },
  ];
}
