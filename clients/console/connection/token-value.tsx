/** The value of a token: masked, revealed at a click, and copied without being shown. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { CopyButton } from '../shell/copy-button.tsx';
import { text } from '../text.ts';

interface TokenValueProps {
  copyLabel: string;
  /** Reads the value. Undefined if that failed and something else tells why. */
  read: () => Promise<string | undefined>;
}

export function TokenValue({ copyLabel, read }: TokenValueProps) {
  const [shown, setShown] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  async function reveal() {
    setIsBusy(true);
    setShown(await read());
    setIsBusy(false);
  }

  return (
    <SpaceBetween size="xxs">
      <Box variant="code">{shown ?? text.token.masked}</Box>
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          formAction="none"
          iconName={shown === undefined ? 'lock-private' : 'unlocked'}
          loading={isBusy}
          onClick={() => (shown === undefined ? void reveal() : setShown(undefined))}
        >
          {shown === undefined ? text.token.reveal : text.token.hide}
        </Button>
        <CopyButton label={copyLabel} read={async () => shown ?? read()} />
      </SpaceBetween>
    </SpaceBetween>
  );
}
