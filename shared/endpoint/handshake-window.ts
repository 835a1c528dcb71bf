/** The window that an operator opens for a sender to deliver its secret in, once. */
export interface HandshakeWindow {
  id: string;
  until: string;
}

/** Whether a sender may deliver its secret now. */
export const isWindowOpen = (window: HandshakeWindow | undefined, now: Date): boolean =>
  window !== undefined && now.getTime() < Date.parse(window.until);
