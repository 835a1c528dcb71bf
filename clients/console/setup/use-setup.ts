/** Does the steps that are left, one after the other, and stops at the first that does not work. */
import { useEffect, useRef, useState } from 'react';
import { type ConnectionAnswer, connectionIn, type RevealedToken, useChange } from '../connection/connection-record.ts';
import type { ProviderAnswer } from '../connection/provider.ts';
import { requestOf, type SetupStep, stepsLeft } from './setup-steps.ts';
import { setupText } from './setup-text.ts';

/** @param isBegun whether to begin at once, because a person has just asked for it */
export function useSetup(record: ConnectionAnswer, provider: ProviderAnswer, isBegun: boolean) {
  const { name } = record;
  const change = useChange(name);
  const [failed, setFailed] = useState<SetupStep>();
  const [running, setRunning] = useState<SetupStep>();
  /** What to enter at the sender, if the token was made here and now. */
  const [made, setMade] = useState<RevealedToken>();

  /** @returns the record after the step, or undefined if it did not work */
  async function take(step: SetupStep, label: string): Promise<ConnectionAnswer | undefined> {
    setRunning(step);
    const answer = await change.run(label, (api) => requestOf(step, api, name));
    if (!answer) setFailed(step);
    return answer && connectionIn(answer);
  }

  async function run() {
    setFailed(undefined);
    let hasMade = false;
    for (let left = stepsLeft(record, provider), now = record; left[0] !== undefined; left = stepsLeft(now, provider)) {
      const [step] = left;
      const next = await take(step, setupText.goOn);
      if (!next) return setRunning(undefined);
      hasMade ||= step === 'generate';
      now = next;
    }
    // The URL has its token only once it is active. As with a token that anybody reveals, the history says so.
    if (hasMade)
      setMade(
        await change.run(setupText.goOn, (api) =>
          api.call('GET /v1/connections/{name}/endpoint/token', { params: { name } }),
        ),
      );
    setRunning(undefined);
  }

  const hasBegun = useRef(!isBegun);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page begins.
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void run();
  }, []);

  return { run, failed, running, made, error: change.error, change, left: stepsLeft(record, provider) };
}
