/** The frame of every page: the bar at the top, and the notices. */
import Alert from '@cloudscape-design/components/alert';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { type MouseEvent, type ReactNode, useCallback, useState } from 'react';
import { useLocation } from 'wouter';
import { useIsUnreachable } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { roleText, text } from '../text.ts';
import { type Appearance, useAppearance } from './appearance.ts';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { contentId, focusTitle } from './kept-focus.ts';
import { LaterDialog, type LaterDialogName } from './later-pages.tsx';
import { hrefOf, useFollow } from './page-link.tsx';
import { connectionsPath, destinationsPath, overviewPath } from './page-paths.ts';
import type { loadPages } from './pages-file.ts';
import './shell.css';
import { useFindings } from './use-findings.ts';
import { useHiddenTooltips } from './use-hidden-tooltips.ts';
import { useKeys } from './use-keys.ts';
import { usePaletteKey } from './use-palette-key.ts';
import { useTitleCount } from './use-title.ts';
import { goBy } from './use-unsaved.tsx';

function TopBar({ find }: { find: () => void }) {
  const { me, signOut } = useSession();
  const [appearance, setAppearance] = useAppearance();
  const follow = useFollow();
  const [, navigate] = useLocation();
  function goHome(event: CustomEvent) {
    event.preventDefault();
    navigate(overviewPath);
  }
  const choices = { light: text.shell.light, dark: text.shell.dark, system: text.shell.system };
  return (
    <TopNavigation
      identity={{ href: hrefOf(overviewPath), title: text.product, onFollow: goHome }}
      utilities={[
        { type: 'button', iconName: 'search', text: text.shell.goTo, onClick: find },
        { type: 'button', text: text.shell.overview, href: hrefOf(overviewPath), onFollow: follow },
        { type: 'button', text: text.shell.connections, href: hrefOf(connectionsPath), onFollow: follow },
        { type: 'button', text: text.shell.destinations, href: hrefOf(destinationsPath), onFollow: follow },
        { type: 'button', text: text.shell.jobs, href: hrefOf('/jobs'), onFollow: follow },
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
          onItemClick: () => goBy(signOut),
        },
      ]}
    />
  );
}

/** The first stop of the keyboard: past the bar, to the title of the page. */
function SkipLink() {
  function skip(event: MouseEvent) {
    event.preventDefault();
    focusTitle();
  }
  return (
    <a className="skip-link" href={`#${contentId}`} onClick={skip}>
      {text.shell.skip}
    </a>
  );
}

interface AppShellProps {
  load: typeof loadPages;
  children: ReactNode;
}

export function AppShell({ load, children }: AppShellProps) {
  const isUnreachable = useIsUnreachable();
  const [dialog, setDialog] = useState<LaterDialogName>();
  const dismiss = useCallback(() => setDialog(undefined), []);
  const find = useCallback(() => setDialog('Palette'), []);
  usePaletteKey(find);
  useKeys({ '?': () => setDialog('KeyList') });
  useTitleCount(useFindings());
  useHiddenTooltips();
  return (
    <>
      <SkipLink />
      <TopBar find={find} />
      {dialog && <LaterDialog load={load} name={dialog} dismiss={dismiss} />}
      {/* The components' own frame has drawers and panels that no page has, and is a sixth of what the first page loads. */}
      <main className="frame">
        {isUnreachable && (
          <div className="notices">
            <Alert type="warning">{text.shell.unreachable}</Alert>
          </div>
        )}
        <Breadcrumbs />
        <section id={contentId} tabIndex={-1} aria-label={text.shell.content} className="page">
          {children}
        </section>
      </main>
    </>
  );
}
