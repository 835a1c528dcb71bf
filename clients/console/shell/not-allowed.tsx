/** A page whose form this operator may not send. It says so before anything is entered. */
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

export const NotAllowed = ({ title, reason, children }: { title: string; reason: string; children: ReactNode }) => (
  <SpaceBetween size="m">
    <Header variant="h1">{title}</Header>
    <Alert type="info" action={children}>
      {reason}
    </Alert>
  </SpaceBetween>
);
