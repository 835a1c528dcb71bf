/** The frame of every page: the bar at the top, and the notices. */
import Alert from '@cloudscape-design/components/alert';
import AppLayout from '@cloudscape-design/components/app-layout';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useIsUnreachable } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { roleText, text } from '../text.ts';
import { type Appearance, useAppearance } from './appearance.ts';
import { home, hrefOf, useFollow } from './page-link.tsx';
import './shell.css';
import { useHiddenTooltips } from './use-hidden-tooltips.ts';
import { useKeptFocus } from './use-kept-focus.ts';

function TopBar() {
  const { me, signOut } = useSession();
  const [appearance, setAppearance] = useAppearance();
  const follow = useFollow();
  const [, navigate] = useLocation();
  function goHome(event: CustomEvent) {
    event.preventDefault();
    navigate(home);
  }
  const choices = { light: text.shell.light, dark: text.shell.dark, system: text.shell.system };
  return (
    <TopNavigation
      identity={{ href: hrefOf(home), title: text.product, onFollow: goHome }}
      utilities={[
        { type: 'button', text: text.shell.connections, href: hrefOf(home), onFollow: follow },
        { type: 'button', text: text.shell.operators, href: hrefOf('/operators'), onFollow: follow },
        {
          type: 'menu-dropdown',
          iconName: 'settings',
          ariaLabel: text.shell.appearance,
          title: text.shell.appearance,
          items: Object.entries(choices).map(([id, label]) => ({
            id,
            text: label,
            itemType: 'checkbox',
            checked: id === appearance,
          })),
          onItemClick: ({ detail }) => setAppearance(detail.id as Appearance),
        },
        {
          type: 'menu-dropdown',
          text: me.name,
          description: roleText[me.role],
          iconName: 'user-profile',
          items: [{ id: 'sign-out', text: text.shell.signOut }],
          onItemClick: signOut,
        },
      ]}
    />
  );
}

export function Shell({ children }: { children: ReactNode }) {
  const isUnreachable = useIsUnreachable();
  const page = useKeptFocus();
  useHiddenTooltips();
  return (
    <>
      <div id="top-bar">
        <TopBar />
      </div>
      <AppLayout
        headerSelector="#top-bar"
        toolsHide
        navigationHide
        notifications={isUnreachable && <Alert type="warning">{text.shell.unreachable}</Alert>}
        content={
          <div ref={page} tabIndex={-1} className="page">
            {children}
          </div>
        }
      />
    </>
  );
}
