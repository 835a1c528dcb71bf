/** Finds the reasons of rejections in the log of the functions. */
const waitMs = 2_000;
const pollMs = 20;

export interface Log {
  /** Takes a line as Lambda writes it: JSON with the function's object as `message`. */
  take(line: string): void;
  /** The reason of the first rejection since the last call. Undefined if none is logged in time. */
  nextRejection(): Promise<string | undefined>;
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
    async nextRejection() {
      // Waits, because the functions may write a log line shortly after the answer.
      for (let waited = 0; reasons.length === 0 && waited < waitMs; waited += pollMs) {
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
      return reasons.splice(0)[0];
    },
  };
}
