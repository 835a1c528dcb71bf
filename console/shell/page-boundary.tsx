/** Stands in for a page that fails, or whose file does not load. Without it, the whole console would be blank. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Component, type ReactNode } from 'react';
import { text } from '../text.ts';
import { forgetFailedPages } from './lazy-page.tsx';

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

  // The failure is on the screen now, so the next try is a person's.
  override componentDidCatch() {
    forgetFailedPages();
  }

  override componentDidUpdate({ page }: PageBoundaryProps) {
    if (page !== this.props.page && this.state.hasFailed) this.setState({ hasFailed: false });
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    const { isWhole = false } = this.props;
    return (
      <SpaceBetween size="m">
        {isWhole && <Header variant="h1">{text.shell.pageFailed}</Header>}
        <Alert
          type="error"
          header={!isWhole && text.shell.pageFailed}
          action={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => this.setState({ hasFailed: false })}>{text.problem.retry}</Button>
              <NewTabButton />
            </SpaceBetween>
          }
        >
          {text.shell.pageFailedNext}
        </Alert>
      </SpaceBetween>
    );
  }
}

/**
 * Opens the same page in a new tab, which gets the token from this one. Some browsers keep a failed import until a reload, and after an
 * update of the console the file is gone; a reload of this tab would ask for the token again.
 */
const NewTabButton = () => (
  <Button href={window.location.href} target="_blank" iconName="external" iconAlign="right">
    {text.shell.openAnew}
  </Button>
);
