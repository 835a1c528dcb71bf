/** The fields for how a request proves who sends it. Each kind has its own. */
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { fieldEntry, type TextFieldOf } from '../shell/form-fields.ts';
import { SecretField, TextField } from '../shell/text-field.tsx';
import { destinationFormText } from '../text/destination-settings.ts';
import { text } from '../text.ts';
import type { AuthKind, DestinationFields, DestinationForm } from './destination-fields.ts';
import type { DestinationAnswer } from './destination-record.ts';

const kinds = Object.entries(text.destinations.authKinds).map(([value, label]) => ({ value, label }));
const clientAuthentications = Object.entries(destinationFormText.clientAuthentications).map(([value, label]) => ({
  value,
  label,
}));

interface FieldsProps {
  form: DestinationForm;
}

/** A field whose label has the same name. */
type NamedField = TextFieldOf<DestinationFields> & keyof typeof destinationFormText;

const PlainField = ({ field, form }: FieldsProps & { field: NamedField }) => (
  <TextField label={destinationFormText[field] as string} {...fieldEntry(form, field)} spellcheck={false} />
);

const HiddenField = ({ field, form }: FieldsProps & { field: NamedField }) => (
  <SecretField label={destinationFormText[field] as string} {...fieldEntry(form, field)} />
);

function OAuthFields({ form }: FieldsProps) {
  const { clientAuthentication } = form.fields;
  return (
    <SpaceBetween size="l">
      <PlainField form={form} field="tokenUrl" />
      <PlainField form={form} field="clientId" />
      <HiddenField form={form} field="clientSecret" />
      <PlainField form={form} field="scope" />
      <FormField label={destinationFormText.clientAuthentication}>
        <Select
          selectedOption={clientAuthentications.find(({ value }) => value === clientAuthentication) ?? null}
          options={clientAuthentications}
          onChange={({ detail }) =>
            form.enter({ clientAuthentication: detail.selectedOption.value === 'body' ? 'body' : 'basic' })
          }
        />
      </FormField>
    </SpaceBetween>
  );
}

/** @param record the destination whose credentials may stay as they are. Undefined for a new one */
export function CredentialsFields({ form, record }: FieldsProps & { record: DestinationAnswer | undefined }) {
  const { authKind } = form.fields;
  const options = [
    ...(record
      ? [{ value: 'kept', label: destinationFormText.authKept(text.destinations.authKinds[record.authKind]) }]
      : []),
    ...kinds,
  ];
  return (
    <SpaceBetween size="l">
      <FormField label={destinationFormText.auth} description={destinationFormText.authHint}>
        <Select
          selectedOption={options.find(({ value }) => value === authKind) ?? null}
          options={options}
          onChange={({ detail }) => form.enter({ authKind: detail.selectedOption.value as AuthKind | 'kept' })}
        />
      </FormField>
      {authKind === 'bearer' && <HiddenField form={form} field="token" />}
      {authKind === 'basic' && <PlainField form={form} field="username" />}
      {authKind === 'basic' && <HiddenField form={form} field="password" />}
      {authKind === 'header' && <PlainField form={form} field="headerName" />}
      {authKind === 'header' && <HiddenField form={form} field="headerValue" />}
      {authKind === 'oauth2' && <OAuthFields form={form} />}
    </SpaceBetween>
  );
}
