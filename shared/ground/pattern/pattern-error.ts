/** A pattern that EventBridge would refuse too. */
export class PatternError extends Error {
  override name = 'PatternError';
  /** The place in the pattern, as a JSON pointer. */
  readonly pointer: string;
  /** What is wrong there. Continues a sentence that begins with the place. */
  readonly problem: string;

  constructor(pointer: string, problem: string) {
    super(`The event pattern${pointer === '' ? '' : ` at ${pointer}`} ${problem}`);
    this.pointer = pointer;
    this.problem = problem;
  }
}
