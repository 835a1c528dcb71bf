/** The secret with which requests to a destination are signed. */
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { TokenValue } from '../connection/token-value.tsx';
import { graces } from '../durations.ts';
import { absoluteTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { ChangeDialog } from '../shell/change-dialog.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { Section } from '../shell/section.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { text } from '../text.ts';
import { type ChangeOfDestination, type DestinationAnswer, useDestinationChange } from './destination-record.ts';
import { useWhyNot } from './why-not.ts';

/** Replaces the secret. If a grace runs, it ends with this, and the dialog says so. */
function RotateSecretDialog({ record, close }: { record: DestinationAnswer; close: () => void }) {
  const { name, signing } = record;
  const [grace, setGrace] = useState(graces[0]?.value ?? '');
  const isInGrace = signing.previousUntil !== undefined;
  const body = { graceSeconds: Number(grace), ...(isInGrace && { force: true }) };
  return (
    <ChangeDialog
      change={useDestinationChange(name)}
      title={text.destination.secret.rotate}
      action={text.destination.secret.rotate}
      send={(api) => api.call('POST /v1/destinations/{name}/secret/rotate', { params: { name }, body })}
      close={close}
    >
      <div>{text.destination.secret.rotateNote}</div>
      {isInGrace && <Alert type="warning">{text.destination.secret.force}</Alert>}
      <FormField label={text.destination.secret.graceLabel}>
        <Select
          selectedOption={graces.find(({ value }) => value === grace) ?? null}
          options={graces}
          onChange={({ detail }) => setGrace(detail.selectedOption.value ?? '')}
        />
      </FormField>
    </ChangeDialog>
  );
}

export function SigningSecretPanel({ record, change }: { record: DestinationAnswer; change: ChangeOfDestination }) {
  const { name, signing } = record;
  const [isRotating, setIsRotating] = useState(false);
  const reason = useWhyNot();
  const { title, purpose, revealNote, rotate, created, previous, copy } = text.destination.secret;
  async function read() {
    const secrets = await change.run(text.token.reveal, (api) =>
      api.call('GET /v1/destinations/{name}/secret', { params: { name } }),
    );
    return secrets?.secret;
  }
  return (
    <Section
      title={title}
      description={reason === undefined ? `${purpose} ${revealNote}` : purpose}
      actions={<ReasonedButton label={rotate} reason={reason} onClick={() => setIsRotating(true)} />}
    >
      <SpaceBetween size="s">
        {/* A key, so that an earlier secret is never shown as this one. */}
        {reason === undefined && <TokenValue key={signing.createdAt} copyLabel={copy} read={read} />}
        <KeyValuePairs
          columns={1}
          items={[
            {
              label: created,
              value: (
                <>
                  <TimeAgo at={signing.createdAt} /> {text.destination.by} <OperatorName id={signing.createdBy} />
                </>
              ),
            },
            ...(signing.previousUntil ? [{ label: previous, value: absoluteTime(signing.previousUntil) }] : []),
          ]}
        />
      </SpaceBetween>
      {isRotating && <RotateSecretDialog record={record} close={() => setIsRotating(false)} />}
    </Section>
  );
}
