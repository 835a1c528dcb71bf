/** The history without the first half of a change whose second half is in it too. */

/** A change in two writes has two entries with the same request id: `begin`, and one without a step. */
interface Entry {
  requestId?: string | undefined;
  verb: string;
  step?: string | undefined;
}

/** The entries to show. What began and never ended stays, because nobody else tells of it. */
export function finishedChanges<Line extends Entry>(entries: readonly Line[]): Line[] {
  const keyOf = ({ requestId, verb }: Entry) => `${requestId} ${verb}`;
  const ended = new Set(entries.filter(({ step }) => step === undefined).map(keyOf));
  return entries.filter((entry) => entry.step !== 'begin' || !ended.has(keyOf(entry)));
}
