/** The traffic of a connection. Each number leads to the events or the rejections of its time. */
import { Traffic } from './traffic.tsx';
import { linksOf } from './traffic-links.ts';
import { useTrafficView } from './traffic-view.ts';

export function TrafficTab({ name, createdAt }: { name: string; createdAt: string }) {
  const [view, show] = useTrafficView();
  return <Traffic name={name} createdAt={createdAt} view={view} show={show} linkOf={linksOf(name)} />;
}
