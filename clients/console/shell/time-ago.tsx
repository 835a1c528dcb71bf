/** A time, relative to now, with the time itself as its tooltip. Counts up by itself. */
import { useEffect, useState } from 'react';
import { absoluteMinute, absoluteTime, relativeMinute, relativeTime } from '../relative-time.ts';

/** @param isMinute whether `at` is the beginning of a minute, and the time anywhere in it */
export function TimeAgo({ at, isMinute = false }: { at: string; isMinute?: boolean }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={isMinute ? absoluteMinute(at) : absoluteTime(at)}>
      {isMinute ? relativeMinute(at, now) : relativeTime(at, now)}
    </time>
  );
}
