/** What the local runtime does if nobody says otherwise. */

/** The address at which it listens: nobody else reaches this machine there. */
export const defaultHost = '127.0.0.1';
export const defaultPort = '3000';
/** The folder for tables and secrets. */
export const defaultDataFolder = '.hooklatch';
