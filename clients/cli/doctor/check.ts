/** What `doctor` found out about one thing. */
export interface Check {
  check: string;
  outcome: 'passed' | 'warning' | 'failed' | 'skipped';
  detail: string;
}

export const passed = (check: string, detail: string): Check => ({ check, outcome: 'passed', detail });
export const warning = (check: string, detail: string): Check => ({ check, outcome: 'warning', detail });
export const failed = (check: string, detail: string): Check => ({ check, outcome: 'failed', detail });
export const skipped = (check: string, detail: string): Check => ({ check, outcome: 'skipped', detail });
