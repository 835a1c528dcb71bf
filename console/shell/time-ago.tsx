/** A time, relative to now, with the exact time as its tooltip. Counts up by itself. */
import { useEffect, useState } from 'react';
import { absoluteTime, relativeTime } from '../relative-time.ts';

export function TimeAgo({ at }: { at: string }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={absoluteTime(at)}>
      {relativeTime(at, now)}
    </time>
  );
}
