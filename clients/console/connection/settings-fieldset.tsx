/** The fields for an endpoint's settings. */
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Link from '@cloudscape-design/components/link';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { fieldEntry } from '../shell/form-fields.ts';
import { useOpenAtError } from '../shell/open-at-error.ts';
import { TextField } from '../shell/text-field.tsx';
import { text } from '../text.ts';
import { placementOptions, type SettingsForm } from './settings-form.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((value) => ({ value, label: value }));

interface SettingsFieldsetProps {
  form: SettingsForm;
}

/** Where the sender puts the token. Shows nothing if webhooks carry no token. */
export function PlacesField({ form: { fields, errors, enter } }: SettingsFieldsetProps) {
  const { accept } = fields;
  if (!accept) return null;
  const places = placementOptions(accept);
  return (
    <Container>
      <FormField label={text.configure.accept} description={text.configure.acceptHint} errorText={errors.accept}>
        <Multiselect
          placeholder={text.configure.acceptChoose}
          selectedOptions={places.filter(({ value }) => accept.includes(value))}
          options={places}
          onChange={({ detail }) => enter({ accept: detail.selectedOptions.map(({ value }) => value ?? '') })}
        />
      </FormField>
    </Container>
  );
}

const MethodsField = ({ form: { fields, errors, enter } }: SettingsFieldsetProps) => (
  <FormField label={text.configure.methods} description={text.configure.methodsHint} errorText={errors.methods}>
    <Multiselect
      placeholder={text.configure.methodsChoose}
      selectedOptions={methods.filter(({ value }) => fields.methods.includes(value))}
      options={methods}
      onChange={({ detail }) => enter({ methods: detail.selectedOptions.map(({ value }) => value ?? '') })}
    />
  </FormField>
);

const RawField = ({ form: { fields, errors, enter } }: SettingsFieldsetProps) => (
  <FormField errorText={errors.raw}>
    <Checkbox
      checked={fields.raw}
      description={text.configure.rawHint}
      onChange={({ detail }) => enter({ raw: detail.checked })}
    >
      {text.configure.raw}
    </Checkbox>
  </FormField>
);

const JsonHint = () => (
  <>
    {text.configure.jsonHint}{' '}
    <Link external href="/docs" fontSize="inherit">
      {text.configure.jsonDocs}
    </Link>
    .
  </>
);

interface MoreSettingsProps extends SettingsFieldsetProps {
  /** Whether the provider has a place for the delivery id. */
  hasDeliveryId: boolean;
}

/** What rarely differs from the provider's defaults. */
export function MoreSettings({ form, hasDeliveryId }: MoreSettingsProps) {
  const [isOpen, setIsOpen] = useOpenAtError({ ...form, isInside: (field) => field !== 'accept' });
  return (
    <ExpandableSection
      variant="container"
      headerText={text.configure.more}
      expanded={isOpen}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
    >
      <SpaceBetween size="l">
        <TextField
          label={text.configure.allowFrom}
          description={text.configure.allowFromHint}
          {...fieldEntry(form, 'allowFrom')}
          rows={3}
          spellcheck={false}
        />
        <TextField
          label={text.configure.retentionDays}
          description={text.configure.retentionHint}
          {...fieldEntry(form, 'retentionDays')}
          inputMode="numeric"
        />
        <MethodsField form={form} />
        <TextField
          label={text.configure.dedupeHeader}
          description={text.configure.dedupeHint(hasDeliveryId)}
          {...fieldEntry(form, 'dedupeHeader')}
          spellcheck={false}
        />
        <RawField form={form} />
        <TextField
          stretch
          label={text.configure.json}
          description={<JsonHint />}
          {...fieldEntry(form, 'json')}
          rows={4}
          spellcheck={false}
        />
      </SpaceBetween>
    </ExpandableSection>
  );
}
