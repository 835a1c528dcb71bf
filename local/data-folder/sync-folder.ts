import { closeSync, fsyncSync, openSync } from 'node:fs';

/** A rename or a removal is on the disk only when its folder is. */
export function syncFolder(folder: string): void {
  // Windows can't open folders, and needs no such thing.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
