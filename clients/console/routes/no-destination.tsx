/** What is first without a destination: to make one. The form for it leads back to the routes of the connection. */
import { routesText } from '../routes-text.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';

export function NoDestination({ name }: { name: string }) {
  const follow = useFollow();
  return (
    <EmptyState title={routesText.none} next={routesText.noDestination}>
      <ReasonedButton
        label={routesText.createDestination}
        variant="primary"
        reason={undefined}
        href={hrefOf(`/create-destination?connection=${encodeURIComponent(name)}`)}
        onFollow={follow}
      />
    </EmptyState>
  );
}
