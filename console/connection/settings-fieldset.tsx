/** The fields for an endpoint's settings. What rarely differs from the provider's default is folded. */
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { text } from '../text.ts';
import { type FieldErrors, methods, placementOptions, type SettingsFields } from './settings-form.ts';

interface SettingsFieldsetProps {
  fields: SettingsFields;
  errors: FieldErrors;
  setFields: (fields: SettingsFields) => void;
}

export function SettingsFieldset({ fields, errors, setFields }: SettingsFieldsetProps) {
  const set = (change: Partial<SettingsFields>) => setFields({ ...fields, ...change });
  const places = placementOptions(fields.accept ?? []);
  const methodOptions = methods.map((value) => ({ value, label: value }));
  return (
    <SpaceBetween size="l">
      {fields.accept && (
        <Container>
          <FormField label={text.configure.accept} description={text.configure.acceptHint}>
            <Multiselect
              selectedOptions={places.filter(({ value }) => fields.accept?.includes(value))}
              options={places}
              onChange={({ detail }) => set({ accept: detail.selectedOptions.map(({ value }) => value ?? '') })}
            />
          </FormField>
        </Container>
      )}
      <ExpandableSection variant="container" headerText={text.configure.more}>
        <SpaceBetween size="l">
          <FormField label={text.configure.allowFrom} description={text.configure.allowFromHint}>
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
          <FormField label={text.configure.methods}>
            <Multiselect
              selectedOptions={methodOptions.filter(({ value }) => fields.methods.includes(value))}
              options={methodOptions}
              onChange={({ detail }) => set({ methods: detail.selectedOptions.map(({ value }) => value ?? '') })}
            />
          </FormField>
          <FormField label={text.configure.dedupeHeader} description={text.configure.dedupeHint}>
            <Input
              value={fields.dedupeHeader}
              spellcheck={false}
              onChange={({ detail }) => set({ dedupeHeader: detail.value })}
            />
          </FormField>
          <FormField label={text.configure.json} description={text.configure.jsonHint} errorText={errors.json} stretch>
            <Textarea
              value={fields.json}
              rows={4}
              spellcheck={false}
              onChange={({ detail }) => set({ json: detail.value })}
            />
          </FormField>
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  );
}
