/** The overview: what needs somebody, what this month costs so far, and what comes. */
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { OverviewTraffic } from '../charts/overview-traffic.tsx';
import { eventsText } from '../events-text.ts';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { useTitle } from '../shell/use-title.ts';
import { MonthLine } from './month-line.tsx';
import { NeedsSomebody } from './needs-somebody.tsx';
import { overviewText } from './overview-text.ts';

export function OverviewPage() {
  useTitle(overviewText.title);
  const follow = useFollow();
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          <Button iconName="search" href={hrefOf('/search')} onFollow={follow}>
            {eventsText.all.title}
          </Button>
        }
      >
        {overviewText.title}
      </Header>
      <NeedsSomebody />
      <MonthLine />
      <OverviewTraffic />
    </SpaceBetween>
  );
}
