/** The errors of the command line itself. Their messages are for people and contain no secret. */

/** The command can't run as it was typed or set up. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The local runtime can't start. The message can have several lines, and is about the operator's own app. */
export class CannotStart extends UsageError {
  override name = 'CannotStart';
}

/** The operator answered a question with no. */
export class Declined extends Error {
  override name = 'Declined';
}

/** The operator pressed Ctrl-C or Ctrl-D at a question. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** What a command wants to change can't be changed now. */
export class ConflictError extends Error {
  override name = 'ConflictError';
}

/** The operator's role does not get what the command asks for. */
export class ForbiddenError extends Error {
  override name = 'ForbiddenError';
}

/** The command did its work, and the result is bad, such as a failed test. The result is already printed. */
export class BadResult extends Error {
  override name = 'BadResult';
}

/** What the command waited for did not come in time. What came instead is already printed. */
export class TimedOut extends Error {
  override name = 'TimedOut';
}

/** A file that a command reads has mistakes. The message has a line for each, such as `file:3:5: what is wrong`, and quotes no value. */
export class FaultyFile extends UsageError {
  override name = 'FaultyFile';
}

/** A plan has differences. It is already printed. */
export class Differs extends Error {
  override name = 'Differs';
}

/** A command failed, and what it printed until then has the failure in it, so that it is one document. */
export class FailedWithAnswer extends Error {
  override name = 'FailedWithAnswer';
}
