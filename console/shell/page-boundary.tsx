/** Stands in for a page that fails, or whose file does not load. Without it, the whole console would be blank. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Component, type ContextType, type ReactNode } from 'react';
import { SessionContext } from '../session/session.tsx';
import { text } from '../text.ts';
import { canReload } from './can-reload.ts';
import { forgetFailedPages, PageLoadError } from './lazy-page.tsx';

interface PageBoundaryProps {
  /** The page that is shown. Another page gets another chance. */
  page: string;
  /** Whether nothing else is on the page, so that the failure is its title. */
  isWhole?: boolean;
  children: ReactNode;
}

export class PageBoundary extends Component<PageBoundaryProps, { hasFailed: boolean }> {
  static override contextType = SessionContext;
  declare context: ContextType<typeof SessionContext>;
  override state = { hasFailed: false };
  isGone = false;

  static getDerivedStateFromError = () => ({ hasFailed: true });

  override componentDidMount() {
    this.isGone = false;
  }

  // The failure is on the screen now, so the next try is a person's.
  override componentDidCatch(error: unknown) {
    forgetFailedPages();
    if (error instanceof PageLoadError && error.isRepeated) void this.reloadIfPossible();
  }

  override componentWillUnmount() {
    this.isGone = true;
  }

  /**
   * Reloads a console whose file failed twice: the browser keeps the failure, or an update of the console removed the file. A person
   * who went on meanwhile may have entered something, so then nothing happens.
   */
  async reloadIfPossible() {
    const isPossible = await canReload(window.location.href, (input, init) => fetch(input, init));
    if (isPossible && this.state.hasFailed && !this.isGone) this.reload();
  }

  reload() {
    if (this.context) this.context.reload();
    else window.location.reload();
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
              <Button onClick={() => this.reload()}>{text.shell.loadAgain}</Button>
            </SpaceBetween>
          }
        >
          {text.shell.pageFailedNext}
        </Alert>
      </SpaceBetween>
    );
  }
}
