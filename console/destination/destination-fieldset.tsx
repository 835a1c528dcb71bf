/** The fields of a destination, in the form that creates one and in the form that edits one. */
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import type { ReactNode } from 'react';
import { SecretField } from '../connection/secret-field.tsx';
import { useOpenAtError } from '../shell/open-at-error.ts';
import { text } from '../text.ts';
import { CredentialsFields } from './credentials-fields.tsx';
import { isFolded, methods } from './destination-fields.ts';
import type { Destination } from './destination-record.ts';
import type { DestinationForm } from './use-destination-form.ts';

interface FieldsetProps {
  form: DestinationForm;
  /** Undefined for a new destination. */
  record: Destination | undefined;
}

const optionalLabel = (label: string): ReactNode => (
  <>
    {label} <i>– {text.destinationForm.optional}</i>
  </>
);

/** What a new destination needs, and what can be changed of one that is there. */
function MainFields({ form: { fields, errors, enter }, record }: FieldsetProps) {
  return (
    <SpaceBetween size="l">
      {!record && (
        <FormField
          label={text.destinationForm.name}
          description={text.destinationForm.nameHint}
          constraintText={text.destinationForm.nameForm}
          errorText={errors.name}
        >
          <Input
            value={fields.name}
            autoFocus
            spellcheck={false}
            onChange={({ detail }) => enter({ name: detail.value })}
          />
        </FormField>
      )}
      <FormField
        label={text.destinationForm.url}
        description={record ? text.destinationForm.urlKept(record.origin) : text.destinationForm.urlHint}
        errorText={errors.url}
      >
        <Input
          value={fields.url}
          spellcheck={false}
          autoComplete={false}
          onChange={({ detail }) => enter({ url: detail.value })}
        />
      </FormField>
      <FormField label={optionalLabel(text.destinationForm.description)} errorText={errors.description}>
        <Input value={fields.description} onChange={({ detail }) => enter({ description: detail.value })} />
      </FormField>
    </SpaceBetween>
  );
}

/** The headers. Those that are there are never shown, so they stay or are replaced whole. */
function HeadersField({ form: { fields, errors, enter }, record }: FieldsetProps) {
  const names = record?.headerNames ?? [];
  return (
    <SpaceBetween size="s">
      {names.length > 0 && (
        <Checkbox
          checked={!fields.areHeadersKept}
          onChange={({ detail }) => enter({ areHeadersKept: !detail.checked })}
        >
          {text.destinationForm.headersReplaced(names.join(', '))}
        </Checkbox>
      )}
      {!fields.areHeadersKept && (
        <FormField
          label={text.destinationForm.headers}
          description={text.destinationForm.headersHint}
          errorText={errors.headers}
        >
          <Textarea
            value={fields.headers}
            rows={3}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => enter({ headers: detail.value })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}

function RateField({ fields, errors, enter }: DestinationForm) {
  const units = Object.entries(text.destinationForm.rateUnits).map(([value, label]) => ({ value, label }));
  return (
    <FormField
      label={text.destinationForm.rate}
      description={text.destinationForm.rateHint}
      errorText={errors.rate}
      secondaryControl={
        <Select
          ariaLabel={text.destinationForm.rateUnit}
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
  const { fields, errors, enter } = form;
  const [isOpen, setIsOpen] = useOpenAtError({ ...form, isInside: isFolded });
  /** A new destination takes the default of what is empty. */
  const hintOf = (hint: string, byDefault: string) => (record ? hint : `${hint} ${byDefault}`);
  const methodOptions = methods.map((value) => ({ value, label: value }));
  return (
    <ExpandableSection
      variant="container"
      headerText={text.destinationForm.more}
      expanded={isOpen}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
    >
      <SpaceBetween size="l">
        <FormField label={text.destinationForm.method} errorText={errors.method}>
          <Select
            selectedOption={methodOptions.find(({ value }) => value === fields.method) ?? null}
            options={methodOptions}
            onChange={({ detail }) =>
              enter({ method: methods.find((each) => each === detail.selectedOption.value) ?? 'POST' })
            }
          />
        </FormField>
        <HeadersField form={form} record={record} />
        <FormField
          label={text.destinationForm.timeoutSeconds}
          description={hintOf(text.destinationForm.timeoutHint, text.destinationForm.timeoutDefault)}
          errorText={errors.timeoutSeconds}
        >
          <Input
            value={fields.timeoutSeconds}
            inputMode="numeric"
            onChange={({ detail }) => enter({ timeoutSeconds: detail.value })}
          />
        </FormField>
        <RateField {...form} />
        <FormField
          label={text.destinationForm.concurrency}
          description={text.destinationForm.concurrencyHint}
          errorText={errors.concurrency}
        >
          <Input
            value={fields.concurrency}
            inputMode="numeric"
            onChange={({ detail }) => enter({ concurrency: detail.value })}
          />
        </FormField>
        <FormField
          label={text.destinationForm.giveUpAfterHours}
          description={hintOf(text.destinationForm.giveUpHint, text.destinationForm.giveUpDefault)}
          errorText={errors.giveUpAfterHours}
        >
          <Input
            value={fields.giveUpAfterHours}
            inputMode="numeric"
            onChange={({ detail }) => enter({ giveUpAfterHours: detail.value })}
          />
        </FormField>
        <FormField
          label={text.destinationForm.schedule}
          description={text.destinationForm.scheduleHint}
          errorText={errors.schedule}
        >
          <Input value={fields.schedule} onChange={({ detail }) => enter({ schedule: detail.value })} />
        </FormField>
        <FormField
          label={text.destinationForm.retryOn}
          description={text.destinationForm.retryOnHint}
          errorText={errors.retryOn}
        >
          <Input value={fields.retryOn} onChange={({ detail }) => enter({ retryOn: detail.value })} />
        </FormField>
        {!record && (
          <SecretField
            label={text.destinationForm.signingSecret}
            description={text.destinationForm.signingSecretHint}
            error={errors.signingSecret}
            value={fields.signingSecret}
            setValue={(signingSecret) => enter({ signingSecret })}
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
      <CredentialsFields fields={form.fields} errors={form.errors} enter={form.enter} record={record} />
    </Container>
    <MoreFields form={form} record={record} />
  </SpaceBetween>
);
