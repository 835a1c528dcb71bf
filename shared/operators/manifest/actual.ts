/** What a file is compared with. */
import type { DestinationView } from '../../deliveries/destination/destination-view.ts';
import type { ActualConnection } from './connection-case.ts';

/** What is there, by name: all that the file names, and all that it manages. Of destinations, all. */
export interface Actual {
  connections: ReadonlyMap<string, ActualConnection>;
  destinations: ReadonlyMap<string, DestinationView>;
  /** Whether the records show where secrets come from. They do to admins. */
  showsReferences: boolean;
}
