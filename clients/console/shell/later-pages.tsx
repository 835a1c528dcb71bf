/** The pages behind the first one: their file is loaded ahead, or when one of them is opened. */
import { useIsFetching } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useRead } from '../session/queries.tsx';
import { text } from '../text.ts';
import { Loading } from './loading.tsx';
import { PageFailure } from './page-boundary.tsx';
import { type loadPages, ReplacedError } from './pages-file.ts';
import { useWhenIdle } from './when-idle.ts';

interface LaterPagesProps {
  load: typeof loadPages;
}

const useFile = (load: typeof loadPages, isWanted = true) => useRead(['pages'], load, { isWanted });

/** Shows the page that the URL names. If its file can't be reached, it is shown once that can be. */
export function LaterPages({ load }: LaterPagesProps) {
  const { data, error: now, refetch } = useFile(load);
  // A read that is repeated has no error until it fails again. Meanwhile the page says what it said.
  const last = useRef(now);
  last.current = now ?? last.current;
  const error = last.current;
  if (data) return <data.Pages />;
  if (!error) return <Loading>{text.shell.loading}</Loading>;
  // What was replaced does not come back.
  const again = !(error instanceof ReplacedError) && { retry: () => void refetch() };
  return <PageFailure isWhole reason={error.message} {...again} />;
}

/** A dialog that every page can open, by what shows it. */
export type LaterDialogName = 'Palette' | 'KeyList';

interface LaterDialogProps extends LaterPagesProps {
  name: LaterDialogName;
  dismiss: () => void;
}

/** Shows a dialog of the later file. Where that can't be reached, the page of the search says so instead of the palette, and tries again. */
export function LaterDialog({ load, name, dismiss }: LaterDialogProps) {
  const { data, error } = useFile(load);
  const [, navigate] = useLocation();
  useEffect(() => {
    if (!error) return;
    dismiss();
    if (name === 'Palette') navigate('/search');
  }, [error, name, dismiss, navigate]);
  const Dialog = data?.[name];
  return Dialog && <Dialog dismiss={dismiss} />;
}

/** Loads the file of the later pages once the shown page has read what it shows and the browser is idle, so that an outage after that hides none. */
export function PagesAhead({ load }: LaterPagesProps) {
  const isReading = useIsFetching() > 0;
  const [isWanted, setIsWanted] = useState(false);
  useWhenIdle(() => setIsWanted(true), !isReading && !isWanted);
  useFile(load, isWanted);
  return null;
}
