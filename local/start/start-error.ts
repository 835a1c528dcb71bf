/** What a user can put right: shown as one clear line, without a stack. */
export class StartError extends Error {
  override name = 'StartError';
}
