/** The way to a page that is below a list. */
import { useLocation } from 'wouter';
import { text } from '../text.ts';
import './breadcrumbs.css';
import { PageLink } from './page-link.tsx';
import { trailOf } from './page-paths.ts';

export function Breadcrumbs() {
  const [path] = useLocation();
  const trail = trailOf(path);
  if (trail.length === 0) return null;
  return (
    <nav aria-label={text.shell.breadcrumb} className="breadcrumbs">
      <ol>
        {trail.map(({ label, to }) => (
          <li key={label}>
            {to === undefined ? <span aria-current="page">{label}</span> : <PageLink to={to}>{label}</PageLink>}
          </li>
        ))}
      </ol>
    </nav>
  );
}
