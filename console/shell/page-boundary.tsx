/** Stands in for a page that fails, or whose file does not load. Without it, the whole console would be blank. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Component, type ReactNode } from 'react';
import { text } from '../text.ts';
import { forgetFailedPages } from './lazy-page.tsx';

interface PageBoundaryProps {
  /** The page that is shown. Another page gets another chance. */
  page: string;
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
    return (
      <Alert
        type="error"
        header={text.shell.pageFailed}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => this.setState({ hasFailed: false })}>{text.problem.retry}</Button>
            <Button onClick={() => window.location.reload()}>{text.shell.loadAgain}</Button>
          </SpaceBetween>
        }
      >
        {text.shell.pageFailedNext}
      </Alert>
    );
  }
}
