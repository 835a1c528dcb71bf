/** A button for a verb of the connection. If the verb is not allowed now, the button is disabled and says why. */
import type { Verb } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import { useSession } from '../session/session.tsx';
import { ReasonedButton, type ReasonedButtonProps } from '../shell/reasoned-button.tsx';
import type { ConnectionAnswer } from './connection-record.ts';
import { whyDisabled } from './why-disabled.ts';

export function VerbButton({
  record,
  verb,
  ...props
}: { record: ConnectionAnswer; verb: Verb } & Omit<ReasonedButtonProps, 'reason'>) {
  return <ReasonedButton {...props} reason={whyDisabled(record, useSession().me.role, verb)} />;
}
