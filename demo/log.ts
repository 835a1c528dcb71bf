/** What the functions log, of which the demo looks for one line. */
const patience = 2_000;
const pause = 20;

export interface Log {
  /** Takes a line as Lambda writes it: JSON with the function's own object as `message`. */
  take(line: string): void;
  /** The reason of the first refusal after the last look, or undefined when none is written in time. */
  nextRefusal(): Promise<string | undefined>;
}

function reasonIn(line: string): string | undefined {
  const { message } = JSON.parse(line) as { message?: { outcome?: string; reason?: string } };
  return message?.outcome === 'refused' ? message.reason : undefined;
}

export function createLog(): Log {
  const reasons: string[] = [];
  return {
    take(line) {
      const reason = reasonIn(line);
      if (reason) reasons.push(reason);
    },
    async nextRefusal() {
      // A line may be written a moment after its answer.
      for (let waited = 0; reasons.length === 0 && waited < patience; waited += pause) {
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
      return reasons.splice(0)[0];
    },
  };
}
