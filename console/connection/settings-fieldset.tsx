/** The fields for an endpoint's settings. */
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useOpenAtError } from '../shell/open-at-error.ts';
import { text } from '../text.ts';
import { type FieldErrors, methods, placementOptions, type SettingsFields } from './settings-form.ts';

interface SettingsFieldsetProps {
  fields: SettingsFields;
  errors: FieldErrors;
  setFields: (fields: SettingsFields) => void;
}

/** Where the sender puts the token. Shows nothing if webhooks carry no token. */
export function PlacesField({ fields, errors, setFields }: SettingsFieldsetProps) {
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
          onChange={({ detail }) =>
            setFields({ ...fields, accept: detail.selectedOptions.map(({ value }) => value ?? '') })
          }
        />
      </FormField>
    </Container>
  );
}

interface MoreSettingsProps extends SettingsFieldsetProps {
  /** How often a button tried to send the form. */
  attempts: number;
  /** Whether the provider has a place for the delivery id. */
  hasDeliveryId: boolean;
  /** Whether the API refused a field. */
  hasRefusedField: boolean;
}

/** What rarely differs from the provider's defaults. */
export function MoreSettings({
  fields,
  errors,
  setFields,
  attempts,
  hasRefusedField,
  hasDeliveryId,
}: MoreSettingsProps) {
  const [isOpen, setIsOpen] = useOpenAtError({
    errors,
    attempts,
    hasRefusedField,
    isInside: (field) => field !== 'accept',
  });
  const set = (change: Partial<SettingsFields>) => setFields({ ...fields, ...change });
  const methodOptions = methods.map((value) => ({ value, label: value }));
  return (
    <ExpandableSection
      variant="container"
      headerText={text.configure.more}
      expanded={isOpen}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
    >
      <SpaceBetween size="l">
        <FormField
          label={text.configure.allowFrom}
          description={text.configure.allowFromHint}
          errorText={errors.allowFrom}
        >
          <Textarea
            value={fields.allowFrom}
            rows={3}
            spellcheck={false}
            onChange={({ detail }) => set({ allowFrom: detail.value })}
          />
        </FormField>
        <FormField
          label={text.configure.retentionDays}
          description={text.configure.retentionHint}
          errorText={errors.retentionDays}
        >
          <Input
            value={fields.retentionDays}
            inputMode="numeric"
            onChange={({ detail }) => set({ retentionDays: detail.value })}
          />
        </FormField>
        <FormField label={text.configure.methods} description={text.configure.methodsHint} errorText={errors.methods}>
          <Multiselect
            placeholder={text.configure.methodsChoose}
            selectedOptions={methodOptions.filter(({ value }) => fields.methods.includes(value))}
            options={methodOptions}
            onChange={({ detail }) => set({ methods: detail.selectedOptions.map(({ value }) => value ?? '') })}
          />
        </FormField>
        <FormField
          label={text.configure.dedupeHeader}
          description={text.configure.dedupeHint(hasDeliveryId)}
          errorText={errors.dedupeHeader}
        >
          <Input
            value={fields.dedupeHeader}
            spellcheck={false}
            onChange={({ detail }) => set({ dedupeHeader: detail.value })}
          />
        </FormField>
        <FormField errorText={errors.raw}>
          <Checkbox
            checked={fields.raw}
            description={text.configure.rawHint}
            onChange={({ detail }) => set({ raw: detail.checked })}
          >
            {text.configure.raw}
          </Checkbox>
        </FormField>
        <FormField
          stretch
          label={text.configure.json}
          description={
            <>
              {text.configure.jsonHint}{' '}
              <Link external href="/docs" fontSize="inherit">
                {text.configure.jsonDocs}
              </Link>
              .
            </>
          }
          errorText={errors.json}
        >
          <Textarea
            value={fields.json}
            rows={4}
            spellcheck={false}
            onChange={({ detail }) => set({ json: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </ExpandableSection>
  );
}
