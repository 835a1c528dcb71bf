/** Says that what a person edits was changed in the meantime: by whom, when, and what becomes of what was entered. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { OperatorName } from '../session/operator-name.tsx';
import { text } from '../text.ts';
import { TimeAgo } from './time-ago.tsx';

interface ChangedMeanwhileProps {
  /** What was changed. */
  header: string;
  /** Who changed it, and when. */
  who: ReactNode;
  /** What becomes of what was entered. */
  kept: string;
  action?: ReactNode;
  children?: ReactNode;
}

export const ChangedMeanwhile = ({ header, who, kept, action, children }: ChangedMeanwhileProps) => (
  <Alert type="warning" header={header} action={action}>
    <SpaceBetween size="xs">
      {who}
      <Box>{kept}</Box>
      {children}
    </SpaceBetween>
  </Alert>
);

interface ChangedRecordProps {
  what: 'endpoint' | 'destination' | 'connection';
  /** As it is now. */
  theirs: { updatedAt: string; updatedBy: string };
}

/** The same of a record that has who changed it last. What this person did not touch is as it is now. */
export const ChangedRecord = ({ what, theirs: { updatedAt, updatedBy } }: ChangedRecordProps) => (
  <ChangedMeanwhile
    header={text.shell.changedMeanwhile(what)}
    who={
      <Box>
        <OperatorName id={updatedBy} />, <TimeAgo at={updatedAt} />
      </Box>
    }
    kept={text.shell.kept}
  />
);
