/** A window that an operator opens. In it, the sender may deliver its secret once. */
export interface HandshakeWindow {
  id: string;
  until: string;
}

/** Whether a sender may deliver its secret now. */
export const isWindowOpen = (window: HandshakeWindow | undefined, now: Date): boolean =>
  window !== undefined && now.getTime() < Date.parse(window.until);
