/** A button that is disabled for a reason, and says it. */
import Button, { type ButtonProps } from '@cloudscape-design/components/button';

type LookProps = Pick<ButtonProps, 'variant' | 'loading' | 'onFollow' | 'formAction'>;

export interface ReasonedButtonProps extends LookProps {
  label: string;
  /** Why the button is disabled. Undefined if it is not. */
  reason: string | undefined;
  href?: string;
  onClick?: () => void;
}

/** Inside of a form it sends nothing, unless its `formAction` says so. */
export function ReasonedButton({ label, reason, href, onClick, formAction = 'none', ...look }: ReasonedButtonProps) {
  const isDisabled = reason !== undefined;
  return (
    <Button
      {...look}
      formAction={formAction}
      {...(href !== undefined && !isDisabled && { href })}
      {...(onClick && { onClick })}
      {...(isDisabled && { disabled: true, disabledReason: reason })}
    >
      {label}
    </Button>
  );
}
