/** The fields for how a request proves who sends it. Each kind has its own. */
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { SecretField } from '../connection/secret-field.tsx';
import { text } from '../text.ts';
import type { AuthKind, DestinationFields } from './destination-fields.ts';
import type { Destination } from './destination-record.ts';
import type { DestinationForm } from './use-destination-form.ts';

const kinds = Object.entries(text.destinations.authKinds).map(([value, label]) => ({ value, label }));
const clientAuthentications = Object.entries(text.destinationForm.clientAuthentications).map(([value, label]) => ({
  value,
  label,
}));

type FieldsProps = Pick<DestinationForm, 'fields' | 'errors' | 'enter'>;

/** The names of the fields that are texts. */
type TextField = {
  [Key in keyof DestinationFields]: string extends DestinationFields[Key] ? Key : never;
}[keyof DestinationFields];

/** A field whose label has the name of the field. */
function PlainField({
  field,
  fields,
  errors,
  enter,
}: FieldsProps & { field: TextField & keyof typeof text.destinationForm }) {
  return (
    <FormField label={text.destinationForm[field] as string} errorText={errors[field]}>
      <Input value={fields[field]} spellcheck={false} onChange={({ detail }) => enter({ [field]: detail.value })} />
    </FormField>
  );
}

function HiddenField({
  field,
  fields,
  errors,
  enter,
}: FieldsProps & { field: TextField & keyof typeof text.destinationForm }) {
  return (
    <SecretField
      label={text.destinationForm[field] as string}
      error={errors[field]}
      value={fields[field]}
      setValue={(value) => enter({ [field]: value })}
    />
  );
}

function OAuthFields(props: FieldsProps) {
  const { clientAuthentication } = props.fields;
  return (
    <SpaceBetween size="l">
      <PlainField {...props} field="tokenUrl" />
      <PlainField {...props} field="clientId" />
      <HiddenField {...props} field="clientSecret" />
      <PlainField {...props} field="scope" />
      <FormField label={text.destinationForm.clientAuthentication}>
        <Select
          selectedOption={clientAuthentications.find(({ value }) => value === clientAuthentication) ?? null}
          options={clientAuthentications}
          onChange={({ detail }) =>
            props.enter({ clientAuthentication: detail.selectedOption.value === 'body' ? 'body' : 'basic' })
          }
        />
      </FormField>
    </SpaceBetween>
  );
}

/** @param record the destination whose credentials may stay as they are. Undefined for a new one */
export function CredentialsFields({ record, ...props }: FieldsProps & { record: Destination | undefined }) {
  const { authKind } = props.fields;
  const options = [
    ...(record
      ? [{ value: 'kept', label: text.destinationForm.authKept(text.destinations.authKinds[record.authKind]) }]
      : []),
    ...kinds,
  ];
  return (
    <SpaceBetween size="l">
      <FormField label={text.destinationForm.auth} description={text.destinationForm.authHint}>
        <Select
          selectedOption={options.find(({ value }) => value === authKind) ?? null}
          options={options}
          onChange={({ detail }) => props.enter({ authKind: detail.selectedOption.value as AuthKind | 'kept' })}
        />
      </FormField>
      {authKind === 'bearer' && <HiddenField {...props} field="token" />}
      {authKind === 'basic' && <PlainField {...props} field="username" />}
      {authKind === 'basic' && <HiddenField {...props} field="password" />}
      {authKind === 'header' && <PlainField {...props} field="headerName" />}
      {authKind === 'header' && <HiddenField {...props} field="headerValue" />}
      {authKind === 'oauth2' && <OAuthFields {...props} />}
    </SpaceBetween>
  );
}
