/** A page of which nothing is read yet, or nothing could be read. It still has a title then. */
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { Loading } from './loading.tsx';
import { ProblemAlert } from './problem-alert.tsx';

interface UnreadPageProps {
  title: string;
  /** What the page waits for. */
  loading: string;
  error: unknown;
  retry: () => void;
  /** The way on from what is not there. By default it leads to the connections. */
  way?: ReactNode;
}

export const UnreadPage = ({ title, loading, ...problem }: UnreadPageProps) =>
  problem.error ? (
    <SpaceBetween size="m">
      <Header variant="h1">{title}</Header>
      <ProblemAlert {...problem} />
    </SpaceBetween>
  ) : (
    <Loading>{loading}</Loading>
  );
