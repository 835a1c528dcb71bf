/** Pages in files of their own. A file that did not load, such as without a network, is loaded again at the next try. */
import { type ComponentType, lazy } from 'react';

/** The file of a page did not load. */
export class PageLoadError extends Error {
  /** Whether it failed before. Some browsers keep a failed import: the same URL then fails without a request until a reload. */
  readonly isRepeated: boolean;

  constructor(cause: unknown, isRepeated: boolean) {
    super('the file of a page did not load', { cause });
    this.isRepeated = isRepeated;
  }
}

const failed = new Set<() => void>();

/** Loads a page when it is shown for the first time. React's `lazy` alone would keep a failure for ever. */
export function lazyPage<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  const loaded = (isRepeated: boolean) =>
    lazy(() =>
      load().catch((error) => {
        failed.add(() => {
          Page = loaded(true);
        });
        throw new PageLoadError(error, isRepeated);
      }),
    );
  let Page = loaded(false);
  return (props: Props) => <Page {...props} />;
}

/** Lets the pages that did not load try again. Until this is called, they stay failed, or React would try without end. */
export function forgetFailedPages(): void {
  for (const forget of failed) forget();
  failed.clear();
}
