/** The overview: what needs somebody, and what comes. */
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { OverviewTraffic } from '../charts/overview-traffic.tsx';
import { useTitle } from '../shell/use-title.ts';
import { NeedsSomebody } from './needs-somebody.tsx';
import { overviewText } from './overview-text.ts';

export default function OverviewPage() {
  useTitle(overviewText.title);
  return (
    <SpaceBetween size="l">
      <Header variant="h1">{overviewText.title}</Header>
      <NeedsSomebody />
      <OverviewTraffic />
    </SpaceBetween>
  );
}
