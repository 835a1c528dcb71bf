/**
 * The timeout of `ingest`, in s. An event's time of arrival is taken before the event is stored, so the event can be
 * stored, listed and published that much later. Readers of events and the state of a publication depend on it.
 */
export const ingestTimeoutSeconds = 10;
