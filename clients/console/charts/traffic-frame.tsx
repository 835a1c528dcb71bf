/** The part of a page that shows traffic: its time, whether it is a chart or a table, and what it is before it was read. */
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { Loading } from '../shell/loading.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { chartsText } from './charts-text.ts';
import type { RangeName } from './periods.ts';
import type { ShownAs, TrafficView } from './traffic-view.ts';

const choicesOf = <Name extends string>(names: Record<Name, string>) =>
  Object.entries<string>(names).map(([id, label]) => ({ id, text: label }));

/** The choice whether numbers are shown as a chart or as a table. */
export const ChartOrTable = ({ as, show }: { as: ShownAs; show: (next: ShownAs) => void }) => (
  <SegmentedControl
    label={chartsText.as}
    selectedId={as}
    options={choicesOf(chartsText.ways)}
    onChange={({ detail }) => show(detail.selectedId as ShownAs)}
  />
);

interface TrafficFrameProps {
  title: string;
  description: string;
  view: TrafficView;
  show: (next: TrafficView) => void;
  /** What is said until it is read. */
  loading: string;
  error: unknown;
  retry: () => void;
  /** What was read. */
  children: ReactNode;
}

export const TrafficFrame = ({
  title,
  description,
  view,
  show,
  loading,
  error,
  retry,
  children,
}: TrafficFrameProps) => (
  <Section
    title={title}
    description={description}
    actions={
      <SpaceBetween direction="horizontal" size="xs">
        <SegmentedControl
          label={chartsText.range}
          selectedId={view.range}
          options={choicesOf(chartsText.ranges)}
          onChange={({ detail }) => show({ as: view.as, range: detail.selectedId as RangeName })}
        />
        <ChartOrTable as={view.as} show={(as) => show({ ...view, as })} />
      </SpaceBetween>
    }
  >
    {children || (error ? <ProblemAlert error={error} retry={retry} /> : <Loading>{loading}</Loading>)}
  </Section>
);
