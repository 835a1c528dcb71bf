/**
 * The timeout of `ingest`, in s. An event's time of arrival is taken before the event is stored, so the event can be
 * stored, listed and published that much later. Readers of events and the state of a publication depend on it.
 */
export const ingestTimeoutSeconds = 10;
/**
 * The longest time from an event's arrival until it is in the list, in ms. `ingest` may use its whole timeout to store the
 * event. The rest is for the clocks of two functions, which may differ, and for the index, which follows the table.
 */
export const settlingMs = ingestTimeoutSeconds * 1000 + 5_000;
