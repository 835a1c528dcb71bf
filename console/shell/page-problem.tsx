/** A page of which nothing could be read. It still has a title. */
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ProblemAlert } from './problem-alert.tsx';

export const PageProblem = ({ title, error, retry }: { title: string; error: unknown; retry: () => void }) => (
  <SpaceBetween size="m">
    <Header variant="h1">{title}</Header>
    <ProblemAlert error={error} retry={retry} />
  </SpaceBetween>
);
