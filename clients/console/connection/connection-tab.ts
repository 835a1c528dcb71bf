/** The tabs of a connection's page, by the last part of their URLs. */
import { text } from '../text.ts';

export type ConnectionTab = keyof typeof text.connection.tabs;

export const tabs = Object.entries(text.connection.tabs) as [ConnectionTab, string][];

export const isTab = (name: string): name is ConnectionTab => Object.hasOwn(text.connection.tabs, name);
