/** An error that the user can fix. The error is shown as one line, without a stack. */
export class StartError extends Error {
  override name = 'StartError';
}
