/** The frame of the form for a destination: its title, its buttons, and the question before it is left. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FormEvent, ReactNode } from 'react';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';
import { DestinationFieldset } from './destination-fieldset.tsx';
import type { Destination } from './destination-record.ts';
import type { DestinationForm } from './use-destination-form.ts';

interface DestinationFormPageProps {
  title: string;
  form: DestinationForm;
  record: Destination | undefined;
  submitLabel: string;
  isBusy: boolean;
  error: unknown;
  /** Where Cancel leads. */
  cancelTo: string;
  submit: () => void;
  /** The question of `useUnsaved`. */
  question: ReactNode;
}

export function DestinationFormPage(props: DestinationFormPageProps) {
  const { title, form, record, submitLabel, isBusy, error, cancelTo, submit, question } = props;
  const follow = useFollow();
  function send(event: FormEvent) {
    event.preventDefault();
    if (form.check()) submit();
  }
  return (
    <form onSubmit={send}>
      <Form
        header={
          <Header variant="h1" description={text.destinationForm.intro}>
            {title}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" href={hrefOf(cancelTo)} onFollow={follow}>
              {text.destinationForm.cancel}
            </Button>
            <Button variant="primary" formAction="submit" loading={isBusy}>
              {submitLabel}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {record?.managedBy && <Alert type="warning">{text.destination.managedElsewhere(record.managedBy)}</Alert>}
          <DestinationFieldset form={form} record={record} />
          {/* Above the buttons, where whoever pressed one looks. */}
          <ProblemAlert error={form.hasRefusedField ? undefined : error} />
          {question}
        </SpaceBetween>
      </Form>
    </form>
  );
}
