/** A setting that can't be used. The operator can put it right, so it is shown as one line without a stack. */
export class SettingError extends Error {
  override name = 'SettingError';
}

/** Runs what reads the settings. A setting that can't be used ends the app with exit code 1. */
export function orExit<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    // A value may have line breaks in it.
    console.error(error.message.replace(/[\r\n]+/g, ' '));
    process.exit(1);
  }
}
