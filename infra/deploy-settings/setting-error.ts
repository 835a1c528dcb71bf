/** A setting that can't be used. The operator can correct it, so the app shows one line without a stack. */
export class SettingError extends Error {
  override name = 'SettingError';
}

/** One value that can't be used. */
export class UnusableValue extends SettingError {
  readonly setting: string;
  /** What to use instead, as the end of a sentence. */
  readonly advice: string;

  /** @param advice what to use instead, as the end of a sentence */
  constructor(setting: string, value: unknown, advice: string) {
    super(`-c ${setting}=${String(value)} can't be used; ${advice}`);
    this.setting = setting;
    this.advice = advice;
  }
}

/** Runs code that reads settings. If a setting can't be used, prints one line and ends the app with exit code 1. */
export function orExit<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    // The message may quote a value that contains line breaks.
    console.error(error.message.replace(/[\r\n]+/g, ' '));
    process.exit(1);
  }
}
