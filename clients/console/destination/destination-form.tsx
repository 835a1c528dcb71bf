/** The frame of the form for a destination: its title, its buttons, and the question before it is left. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { isOld } from '../session/record-change.ts';
import { ChangedRecord } from '../shell/changed-meanwhile.tsx';
import { FormPage } from '../shell/form-page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { destinationFormText } from '../text/destination-settings.ts';
import { text } from '../text.ts';
import type { DestinationForm } from './destination-fields.ts';
import { DestinationFieldset } from './destination-fieldset.tsx';
import type { DestinationAnswer } from './destination-record.ts';

interface DestinationFormPageProps {
  title: string;
  form: DestinationForm;
  record: DestinationAnswer | undefined;
  submitLabel: string;
  isBusy: boolean;
  error: unknown;
  /** The record of somebody who was faster. */
  theirs?: DestinationAnswer | undefined;
  /** Where Cancel leads. */
  cancelTo: string;
  submit: () => void;
  /** The question of `useUnsaved`. */
  question: ReactNode;
}

export function DestinationFormPage(props: DestinationFormPageProps) {
  const { title, form, record, submitLabel, isBusy, error, theirs, cancelTo, submit, question } = props;
  const wasFaster = isOld(error) ? theirs : undefined;
  return (
    <FormPage
      title={title}
      description={destinationFormText.intro}
      cancelTo={cancelTo}
      buttons={
        <Button variant="primary" formAction="submit" loading={isBusy}>
          {submitLabel}
        </Button>
      }
      isRestored={form.isRestored}
      submit={() => form.check() && submit()}
    >
      <SpaceBetween size="l">
        {record?.managedBy && <Alert type="warning">{text.destination.managedElsewhere(record.managedBy)}</Alert>}
        <DestinationFieldset form={form} record={record} />
        {/* Above the buttons, where whoever pressed one looks. */}
        {wasFaster && <ChangedRecord what="destination" theirs={wasFaster} />}
        <ProblemAlert error={form.hasRefusedField || wasFaster ? undefined : error} />
        {question}
      </SpaceBetween>
    </FormPage>
  );
}
