/** A button that copies a text to the clipboard, and says that it did. The text may have to be read first. */
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useState } from 'react';
import { text } from '../text.ts';

/** The time for which the button says that it copied, in ms. */
const shownMs = 5_000;

interface CopyButtonProps {
  label: string;
  /** Reads the text. Undefined if that failed and something else tells why. */
  read: () => Promise<string | undefined>;
  variant?: ButtonProps.Variant;
}

export function CopyButton({ label, read, variant = 'normal' }: CopyButtonProps) {
  const [result, setResult] = useState<'busy' | 'copied' | 'failed'>();
  useEffect(() => {
    if (result !== 'copied') return undefined;
    const timer = setTimeout(() => setResult(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [result]);

  async function copy() {
    setResult('busy');
    const value = await read();
    if (value === undefined) return setResult(undefined);
    try {
      await navigator.clipboard.writeText(value);
      setResult('copied');
    } catch {
      setResult('failed');
    }
  }

  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <Button formAction="none" iconName="copy" variant={variant} loading={result === 'busy'} onClick={copy}>
        {label}
      </Button>
      {/* Only with a result: an empty part would still take a gap beside the button. */}
      {(result === 'copied' || result === 'failed') && (
        <LiveRegion>
          <StatusIndicator type={result === 'copied' ? 'success' : 'error'}>
            {result === 'copied' ? text.endpoint.copied : text.endpoint.copyFailed}
          </StatusIndicator>
        </LiveRegion>
      )}
    </SpaceBetween>
  );
}
