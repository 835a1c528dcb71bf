/** A window that an operator opens. In it, the sender may deliver its secret once. */
export interface HandshakeWindow {
  id: string;
  until: string;
}

/** How long a window may stay open, and how long it does unless an operator says otherwise, in minutes. */
export const windowMinutes = { most: 60, usual: 10 } as const;

/** Whether a sender may deliver its secret now. */
export const isWindowOpen = (window: HandshakeWindow | undefined, now: Date): boolean =>
  window !== undefined && now.getTime() < Date.parse(window.until);
