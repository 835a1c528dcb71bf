/** Links between the console's pages. They change the page without loading the console again. */
import Button from '@cloudscape-design/components/button';
import Link, { type LinkProps } from '@cloudscape-design/components/link';
import type { ReactNode, Ref } from 'react';
import { useLocation } from 'wouter';
import { text } from '../text.ts';
import { connectionsPath, destinationsPath } from './page-paths.ts';

const base = '/console';

/** Follows a link of a component, unless the browser should open it, such as in a new tab. */
export function useFollow(): (
  event: CustomEvent<{ href?: string | undefined; external?: boolean | undefined }>,
) => void {
  const [, navigate] = useLocation();
  return (event) => {
    const { href, external } = event.detail;
    if (external || !href?.startsWith(`${base}/`)) return;
    event.preventDefault();
    navigate(href.slice(base.length));
  };
}

/**
 * The address of a page, for a component's `href`.
 * @param path begins with a slash
 */
export const hrefOf = (path: string): string => `${base}${path}`;

/** Goes to the next page once something is done, unless the person has gone elsewhere in the meantime. */
export function useGoOn(): (to: string) => void {
  const [here, navigate] = useLocation();
  return (to) => {
    if (window.location.pathname === hrefOf(here)) navigate(to);
  };
}

export function PageLink({
  to,
  children,
  ...props
}: { to: string; children: ReactNode } & Omit<LinkProps, 'href'> & { ref?: Ref<LinkProps.Ref> }) {
  const follow = useFollow();
  return (
    <Link {...props} href={hrefOf(to)} onFollow={follow}>
      {children}
    </Link>
  );
}

/** The way on from a page that shows nothing. @param children says where to */
export function WayOn({ to, children }: { to: string; children: string }) {
  return (
    <Button href={hrefOf(to)} onFollow={useFollow()}>
      {children}
    </Button>
  );
}

export const ConnectionsButton = () => <WayOn to={connectionsPath}>{text.shell.toConnections}</WayOn>;

export const DestinationsButton = () => <WayOn to={destinationsPath}>{text.shell.toDestinations}</WayOn>;
