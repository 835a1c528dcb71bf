/** A page of which nothing could be read. It still has a title. */
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';

interface PageProblemProps {
  title: string;
  error: unknown;
  retry: () => void;
  /** The way on from what is not there. By default it leads to the connections. */
  way?: ReactNode;
}

export const PageProblem = ({ title, ...problem }: PageProblemProps) => (
  <SpaceBetween size="m">
    <Header variant="h1">{title}</Header>
    <ProblemAlert {...problem} />
  </SpaceBetween>
);
