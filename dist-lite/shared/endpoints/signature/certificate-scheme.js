/** Whether verification by this scheme needs a secret of the connection. */
export const needsSecret = (scheme) => scheme.kind !== 'sns' && scheme.kind !== 'paypal';
/** PayPal retries for 3 days. One more day allows for late deliveries and clock differences. */
const paypalDays = 4;
export const paypalGuard = ({ toleranceDays = paypalDays }) => ({
    header: 'paypal-transmission-id',
    days: toleranceDays,
});
/** The replay guard of a scheme. Undefined if the scheme needs none. */
export const replayGuardOf = (scheme) => scheme.kind === 'paypal' ? paypalGuard(scheme) : undefined;
/**
 * The shortest retention of events that a replay guard allows, in days. This retention ensures that each delivery id is
 * remembered until its signature is no longer accepted.
 */
export const minRetentionDays = ({ days }) => days + 1;
