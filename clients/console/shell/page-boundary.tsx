/** Stands in for a page that fails. Without it, the whole console would be blank. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Component, type ReactNode } from 'react';
import { text } from '../text.ts';

interface PageBoundaryProps {
  /** The page that is shown. Another page gets another chance. */
  page: string;
  /** Whether nothing else is on the page, so that the failure is its title. */
  isWhole?: boolean;
  children: ReactNode;
}

export class PageBoundary extends Component<PageBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError = () => ({ hasFailed: true });

  override componentDidUpdate({ page }: PageBoundaryProps) {
    if (page !== this.props.page && this.state.hasFailed) this.setState({ hasFailed: false });
  }

  override render() {
    const { isWhole = false, children } = this.props;
    if (!this.state.hasFailed) return children;
    const retry = () => this.setState({ hasFailed: false });
    return <PageFailure isWhole={isWhole} reason={text.shell.pageFailedNext} retry={retry} />;
  }
}

interface PageFailureProps {
  isWhole: boolean;
  /** Why, and what to do. */
  reason: string;
  /** Absent if another try can't help. */
  retry?: () => void;
}

/** Says that a page could not be shown, and what to do. */
export const PageFailure = ({ isWhole, reason, retry }: PageFailureProps) => (
  <SpaceBetween size="m">
    {isWhole && <Header variant="h1">{text.shell.pageFailed}</Header>}
    <Alert
      type="error"
      header={!isWhole && text.shell.pageFailed}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          {retry && <Button onClick={retry}>{text.problem.retry}</Button>}
          <NewTabButton />
        </SpaceBetween>
      }
    >
      {reason}
    </Alert>
  </SpaceBetween>
);

/** Opens the same page in a new tab, which gets the token from this one. A reload of this tab would ask for the token again. */
const NewTabButton = () => (
  <Button href={window.location.href} target="_blank" iconName="external" iconAlign="right">
    {text.shell.openAnew}
  </Button>
);
