/** Stands in for a page that fails, or whose file does not load. Without it, the whole console would be blank. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';
import { text } from '../text.ts';

interface PageBoundaryProps {
  /** The page that is shown. Another page gets another chance. */
  page: string;
  children: ReactNode;
}

export class PageBoundary extends Component<PageBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError = () => ({ hasFailed: true });

  override componentDidUpdate({ page }: PageBoundaryProps) {
    if (page !== this.props.page && this.state.hasFailed) this.setState({ hasFailed: false });
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <Alert
        type="error"
        header={text.shell.pageFailed}
        action={<Button onClick={() => window.location.reload()}>{text.shell.loadAgain}</Button>}
      >
        {text.shell.pageFailedNext}
      </Alert>
    );
  }
}
