/**
 * A dialog with a button that does something, and one that closes it. The focus begins in its first field, and Enter there is the
 * first button. Escape and the cross are the second one, unless something is shown only
 * once: then they say which button closes it.
 */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, type MouseEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { text } from '../text.ts';
import { ProblemAlert } from './problem-alert.tsx';

interface ConfirmDialogProps {
  title: string;
  /** The label of the button that does it. Without it, the dialog can only be closed. */
  action?: string | undefined;
  /** The label of the button that closes the dialog. Default: Cancel. */
  closeLabel?: string;
  children: ReactNode;
  isBusy: boolean;
  /** Whether something must be entered before it can be done. */
  isBlocked?: boolean;
  /** Whether it shows what nobody can see again. Then only a button closes it. */
  isShownOnce?: boolean;
  error?: unknown;
  confirm?: () => void;
  dismiss: () => void;
}

/**
 * Keeps the second click of a double click from a button. The first click may have put this button where another one was, and the
 * dialog would be closed before anybody has read it.
 */
const onlyFirstClick = (event: MouseEvent) => event.detail > 1 && event.stopPropagation();

const fields = 'textarea, input:not([type=checkbox], [type=radio])';

export function ConfirmDialog({
  title,
  action,
  closeLabel = text.shell.cancel,
  children,
  isBusy,
  isBlocked = false,
  isShownOnce = false,
  error,
  confirm,
  dismiss,
}: ConfirmDialogProps) {
  const form = useId();
  const [isKept, setIsKept] = useState(false);
  useEffect(() => {
    // The dialog takes the focus first, and remembers who had it.
    const frame = requestAnimationFrame(() =>
      document.getElementById(form)?.querySelector<HTMLElement>(fields)?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [form]);

  function submit(event: FormEvent) {
    event.preventDefault();
    // React would hand it on to the form of the page that asks.
    event.stopPropagation();
    if (!isBlocked && !isBusy) confirm?.();
  }
  return (
    <Modal
      visible
      header={title}
      onDismiss={() => (isShownOnce ? setIsKept(true) : dismiss())}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <span onClickCapture={onlyFirstClick}>
              <Button variant="link" onClick={dismiss}>
                {closeLabel}
              </Button>
            </span>
            {action !== undefined && confirm && (
              <Button variant="primary" form={form} loading={isBusy} disabled={isBlocked}>
                {action}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <form id={form} onSubmit={submit}>
        <SpaceBetween size="m">
          <ProblemAlert error={error} />
          {children}
          <LiveRegion>{isKept && <Alert type="info">{text.shownOnce(closeLabel)}</Alert>}</LiveRegion>
        </SpaceBetween>
      </form>
    </Modal>
  );
}
