import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Flushes a folder. A rename or a removal is on the disk only after its folder is flushed. */
export function syncFolder(folder: string): void {
  // Windows can't open folders and does not need the flush.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
