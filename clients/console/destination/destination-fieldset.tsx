/** The fields of a destination, in the form that creates one and in the form that edits one. */
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { fieldEntry } from '../shell/form-fields.ts';
import { useOpenAtError } from '../shell/open-at-error.ts';
import { OptionalLabel, SecretField, TextField } from '../shell/text-field.tsx';
import { destinationFormText } from '../text/destination-settings.ts';
import { CredentialsFields } from './credentials-fields.tsx';
import { type DestinationForm, isFolded } from './destination-fields.ts';
import type { DestinationAnswer } from './destination-record.ts';

const methods: readonly DestinationAnswer['method'][] = ['POST', 'PUT', 'PATCH'];

interface FieldsetProps {
  form: DestinationForm;
  /** Undefined for a new destination. */
  record: DestinationAnswer | undefined;
}

/** What a new destination needs, and what can be changed of one that is there. */
function MainFields({ form, record }: FieldsetProps) {
  return (
    <SpaceBetween size="l">
      {!record && (
        <TextField
          label={destinationFormText.name}
          description={destinationFormText.nameHint}
          constraintText={destinationFormText.nameForm}
          {...fieldEntry(form, 'name')}
          autoFocus
          spellcheck={false}
        />
      )}
      <TextField
        label={destinationFormText.url}
        description={record ? destinationFormText.urlKept(record.origin) : destinationFormText.urlHint}
        {...fieldEntry(form, 'url')}
        spellcheck={false}
        autoComplete={false}
      />
      <TextField
        label={<OptionalLabel>{destinationFormText.description}</OptionalLabel>}
        {...fieldEntry(form, 'description')}
      />
    </SpaceBetween>
  );
}

function MethodField({ form: { fields, errors, enter } }: Pick<FieldsetProps, 'form'>) {
  const options = methods.map((value) => ({ value, label: value }));
  return (
    <FormField label={destinationFormText.method} errorText={errors.method}>
      <Select
        selectedOption={options.find(({ value }) => value === fields.method) ?? null}
        options={options}
        onChange={({ detail }) =>
          enter({ method: methods.find((each) => each === detail.selectedOption.value) ?? 'POST' })
        }
      />
    </FormField>
  );
}

/** The headers. Those that are there are never shown, so they stay or are replaced whole. */
function HeadersField({ form, record }: FieldsetProps) {
  const { fields, enter } = form;
  const names = record?.headerNames ?? [];
  return (
    <SpaceBetween size="s">
      {names.length > 0 && (
        <Checkbox
          checked={!fields.areHeadersKept}
          onChange={({ detail }) => enter({ areHeadersKept: !detail.checked })}
        >
          {destinationFormText.headersReplaced(names.join(', '))}
        </Checkbox>
      )}
      {!fields.areHeadersKept && (
        <TextField
          label={destinationFormText.headers}
          description={destinationFormText.headersHint}
          {...fieldEntry(form, 'headers')}
          rows={3}
          spellcheck={false}
          autoComplete={false}
        />
      )}
    </SpaceBetween>
  );
}

function RateField({ form: { fields, errors, enter } }: Pick<FieldsetProps, 'form'>) {
  const units = Object.entries(destinationFormText.rateUnits).map(([value, label]) => ({ value, label }));
  return (
    <FormField
      label={destinationFormText.rate}
      description={destinationFormText.rateHint}
      errorText={errors.rate}
      secondaryControl={
        <Select
          ariaLabel={destinationFormText.rateUnit}
          selectedOption={units.find(({ value }) => value === fields.rateUnit) ?? null}
          options={units}
          onChange={({ detail }) =>
            enter({ rateUnit: detail.selectedOption.value === 'perMinute' ? 'perMinute' : 'perSecond' })
          }
        />
      }
    >
      <Input value={fields.rate} inputMode="numeric" onChange={({ detail }) => enter({ rate: detail.value })} />
    </FormField>
  );
}

/** What rarely differs from the defaults. */
function MoreFields({ form, record }: FieldsetProps) {
  const [isOpen, setIsOpen] = useOpenAtError({ ...form, isInside: isFolded });
  /** A new destination takes the default of what is empty. */
  const hintOf = (hint: string, byDefault: string) => (record ? hint : `${hint} ${byDefault}`);
  return (
    <ExpandableSection
      variant="container"
      headerText={destinationFormText.more}
      expanded={isOpen}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
    >
      <SpaceBetween size="l">
        <MethodField form={form} />
        <HeadersField form={form} record={record} />
        <TextField
          label={destinationFormText.timeoutSeconds}
          description={hintOf(destinationFormText.timeoutHint, destinationFormText.timeoutDefault)}
          {...fieldEntry(form, 'timeoutSeconds')}
          inputMode="numeric"
        />
        <RateField form={form} />
        <TextField
          label={destinationFormText.concurrency}
          description={destinationFormText.concurrencyHint}
          {...fieldEntry(form, 'concurrency')}
          inputMode="numeric"
        />
        <TextField
          label={destinationFormText.giveUpAfterHours}
          description={hintOf(destinationFormText.giveUpHint, destinationFormText.giveUpDefault)}
          {...fieldEntry(form, 'giveUpAfterHours')}
          inputMode="numeric"
        />
        <TextField
          label={destinationFormText.schedule}
          description={destinationFormText.scheduleHint}
          {...fieldEntry(form, 'schedule')}
        />
        <TextField
          label={destinationFormText.retryOn}
          description={destinationFormText.retryOnHint}
          {...fieldEntry(form, 'retryOn')}
        />
        <TextField
          label={destinationFormText.forwardHeaders}
          description={destinationFormText.forwardHeadersHint}
          {...fieldEntry(form, 'forwardHeaders')}
        />
        {!record && (
          <SecretField
            label={destinationFormText.signingSecret}
            description={destinationFormText.signingSecretHint}
            {...fieldEntry(form, 'signingSecret')}
          />
        )}
      </SpaceBetween>
    </ExpandableSection>
  );
}

export const DestinationFieldset = ({ form, record }: FieldsetProps) => (
  <SpaceBetween size="l">
    <Container>
      <MainFields form={form} record={record} />
    </Container>
    <Container>
      <CredentialsFields form={form} record={record} />
    </Container>
    <MoreFields form={form} record={record} />
  </SpaceBetween>
);
