/** A form that is a page: its title, its buttons, and a way back that saves nothing. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FormEvent, ReactNode } from 'react';
import { text } from '../text.ts';
import { hrefOf, useFollow } from './page-link.tsx';

interface FormPageProps {
  title: string;
  description: string;
  /** Where Cancel leads. */
  cancelTo: string;
  /** The buttons that follow Cancel, the primary one last. */
  buttons: ReactNode;
  /** Whether the form has what was entered before the session ended. */
  isRestored: boolean;
  /** What the primary button does, and Enter in a field. */
  submit: () => void;
  children: ReactNode;
}

export function FormPage({ title, description, cancelTo, buttons, isRestored, submit, children }: FormPageProps) {
  const follow = useFollow();
  function send(event: FormEvent) {
    event.preventDefault();
    submit();
  }
  return (
    <form onSubmit={send}>
      <Form
        header={
          <Header variant="h1" description={description}>
            {title}
          </Header>
        }
        actions={
          // Where the buttons don't fit beside each other, they stay at the end of their lines.
          <div className="form-actions">
            <Button variant="link" formAction="none" href={hrefOf(cancelTo)} onFollow={follow}>
              {text.shell.cancel}
            </Button>
            {buttons}
          </div>
        }
      >
        <SpaceBetween size="l">
          {isRestored && <Alert type="info">{text.shell.restored}</Alert>}
          {children}
        </SpaceBetween>
      </Form>
    </form>
  );
}
