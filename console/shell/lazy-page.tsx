/** Pages in files of their own. A file that did not load, such as without a network, is loaded again at the next try. */
import { type ComponentType, lazy } from 'react';

const failed = new Set<() => void>();

/** Loads a page when it is shown for the first time. React's `lazy` alone would keep a failure for ever. */
export function lazyPage<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  const loaded = () =>
    lazy(() =>
      load().catch((error) => {
        failed.add(() => {
          Page = loaded();
        });
        throw error;
      }),
    );
  let Page = loaded();
  return (props: Props) => <Page {...props} />;
}

/** Lets the pages that did not load try again. Until this is called, they stay failed, or React would try without end. */
export function forgetFailedPages(): void {
  for (const forget of failed) forget();
  failed.clear();
}
