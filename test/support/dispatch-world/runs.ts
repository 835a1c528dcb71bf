/** What a test runs in the world, with mistakes or without. */
export { type Backlog, backlog } from './backlog.ts';
export { deadlyEvent } from './deadly-event.ts';
export { flood, shareOf } from './flood.ts';
export { lateParks } from './late-park.ts';
export { busyOutage, type Outage, poisonousEvent, rareOutage, type Said } from './outage.ts';
export { profiles, runSeed } from './scenario.ts';
