/** The data folder of a local runtime, which runs for the time of the command: its functions write the history and publish. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { holdsTables } from '../../../local/data-folder/foreign-folder.ts';
import { startRuntime } from '../../../local/runtime.ts';
import { resourcesOf } from '../../../local/start/runtime-resources.ts';
import { StartError } from '../../../local/start/start-error.ts';
import { CannotStart } from '../command-error.ts';
import { type Deployment, onlyNameIn } from './deployment.ts';

export interface LocalFolders {
  data: string;
  /** As `cdk synth` has written it. By default what `npm start` has written to the data folder, or else `cdk.out`. */
  app?: string | undefined;
  /** The stack, if the app has several. */
  stack?: string | undefined;
}

function assemblyOf({ data, app }: LocalFolders): string {
  const written = join(data, 'assembly');
  return resolve(app ?? (existsSync(join(written, 'manifest.json')) ? written : 'cdk.out'));
}

/** @throws CannotStart if no runtime has used the folder, or one uses it now, or if the app can't run */
export async function localDeployment(folders: LocalFolders): Promise<Deployment> {
  // Only this user may read the files that the runtime writes.
  process.umask(0o077);
  const [dataDir, assembly] = [resolve(folders.data), assemblyOf(folders)];
  // A start would make a new environment there.
  if (!holdsTables(dataDir))
    throw new CannotStart(`There is no data of a local runtime in ${dataDir}. Name its folder: --data FOLDER`);
  const options = { dataDir, assembly, stack: folders.stack, schedules: false };
  const runtime = await startRuntime(options).catch((error) => {
    throw error instanceof StartError ? new CannotStart(error.message, { cause: error }) : error;
  });
  const { url: endpoint, region, administrator: credentials } = runtime.aws;
  return {
    config: { endpoint, region, credentials },
    author: async () => 'local',
    nameOf: async (kind) => onlyNameIn(`in ${assembly}`, resourcesOf(runtime), kind),
    close: async () => {
      await runtime.settled();
      await runtime.close();
    },
  };
}
