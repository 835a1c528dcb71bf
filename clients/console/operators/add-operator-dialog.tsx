/** Adds an operator, and shows the token once. */
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { type Role, roles } from '../../../shared/ground/base/actor.ts';
import { useSend } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { CopyButton } from '../shell/copy-button.tsx';
import { TextField } from '../shell/text-field.tsx';
import { roleText, text } from '../text.ts';
import { type ExpiryChoice, expiryChoices, expiryOf } from './expiry-choice.ts';

interface Fields {
  name: string;
  role: Role;
  /** The value of the chosen expiry. */
  expiry: string;
}

function OperatorFields({
  fields,
  choices,
  isLimited,
  set,
  error,
}: {
  fields: Fields;
  choices: ExpiryChoice[];
  /** Whether this admin may not add operators that stay for ever. */
  isLimited: boolean;
  set: (change: Partial<Fields>) => void;
  error?: string | undefined;
}) {
  return (
    <SpaceBetween size="m">
      <TextField
        label={text.operators.name}
        description={text.operators.nameHint}
        error={error}
        value={fields.name}
        setValue={(name) => set({ name })}
      />
      <FormField label={text.operators.role}>
        <RadioGroup
          value={fields.role}
          items={roles.map((value) => ({
            value,
            label: roleText[value],
            description: text.operators.roleHints[value],
          }))}
          onChange={({ detail }) => set({ role: detail.value as Role })}
        />
      </FormField>
      <FormField label={text.operators.expiry} description={isLimited && text.operators.expiryLimited}>
        <Select
          selectedOption={choices.find(({ value }) => value === fields.expiry) ?? null}
          options={choices}
          onChange={({ detail }) => set({ expiry: detail.selectedOption.value ?? '' })}
        />
      </FormField>
    </SpaceBetween>
  );
}

interface AddOperatorDialogProps {
  /** Whether there is no operator yet. The first one has to be an admin, to end the bootstrap token. */
  isFirst: boolean;
  close: () => void;
}

export function AddOperatorDialog({ isFirst, close }: AddOperatorDialogProps) {
  const { me } = useSession();
  const { latestOperatorExpiry: latest } = me;
  const [choices] = useState(() => expiryChoices(latest, new Date()));
  const [fields, setFields] = useState<Fields>({
    name: '',
    role: isFirst ? 'connection_admin' : 'flow_designer',
    expiry: choices[0]?.value ?? '',
  });
  const [isChecked, setIsChecked] = useState(false);
  const name = fields.name.trim();
  const { mutate, isPending, error, data } = useSend((api) => {
    const expiresAt = expiryOf(fields.expiry, latest, new Date());
    const body = { name, role: fields.role, ...(expiresAt !== undefined && { expiresAt }) };
    return api.call('POST /v1/operators', { body });
  });
  const token = data?.token;

  function add() {
    setIsChecked(true);
    if (name !== '') mutate();
  }

  return (
    <ConfirmDialog
      title={text.operators.addTitle}
      {...(token === undefined ? { action: text.operators.add, confirm: add } : { closeLabel: text.operators.done })}
      dismiss={close}
      isBusy={isPending}
      isShownOnce={token !== undefined}
      error={error}
    >
      {token === undefined ? (
        <OperatorFields
          fields={fields}
          choices={choices}
          isLimited={latest !== undefined}
          set={(change) => setFields({ ...fields, ...change })}
          error={isChecked && name === '' ? text.operators.nameError : undefined}
        />
      ) : (
        <SpaceBetween size="m">
          <Alert type="warning">{text.operators.tokenOnce}</Alert>
          <FormField label={text.operators.token(name)}>
            <Input readOnly value={token} />
          </FormField>
          <CopyButton label={text.operators.copy} read={async () => token} />
        </SpaceBetween>
      )}
    </ConfirmDialog>
  );
}
