/** A file in a test: plans and applies it on a deployment in memory. */
import { type ApiClient, apiClient } from '../../../../shared/operators/api/api-client.ts';
import { applyPlan } from '../../../../shared/operators/manifest/apply-plan.ts';
import type { Plan, PlanOptions, Refused } from '../../../../shared/operators/manifest/plan.ts';
import { planManifest } from '../../../../shared/operators/manifest/plan-manifest.ts';
import { readSecrets } from '../../../../shared/operators/manifest/plan-secrets.ts';
import { readActual } from '../../../../shared/operators/manifest/read-actual.ts';
import { readManifest } from '../../../../shared/operators/manifest/read-manifest.ts';
import { aDeploymentInMemory } from './given-deployment.ts';

/** The secrets to which references of a test lead. */
export const secrets: Readonly<Record<string, string>> = {
  'env:ONE': 'a-secret-of-the-sender-1',
  'env:TWO': 'a-secret-of-the-sender-2',
  'env:URL': 'https://erp.example.com/in/a-secret-path',
};

const neither: PlanOptions = { prune: false, reopen: false };

/** Plans and applies files by an API. */
export function filesOn(api: ApiClient) {
  const planOf = async (file: object, options: Partial<PlanOptions> = {}): Promise<Plan | Refused> => {
    const manifest = readManifest(JSON.stringify(file), 'hooklatch.json');
    return planManifest(manifest, await readActual(api, manifest), { ...neither, ...options });
  };
  const applied: Plan[] = [];
  return {
    planOf,
    applied,
    /** Applies a file. @returns why it was refused; nothing if it was not */
    async apply(file: object, options: Partial<PlanOptions> = {}): Promise<string[]> {
      const plan = await planOf(file, options);
      if ('refused' in plan) return plan.refused;
      applied.push(plan);
      const values = await readSecrets(plan, async (reference) => secrets[reference] ?? `no secret ${reference}`);
      await applyPlan(plan, { api, values });
      return [];
    },
  };
}
export type FilesOnApi = ReturnType<typeof filesOn>;

/** A deployment, and files on it. */
export function aDeploymentWithFiles() {
  const world = aDeploymentInMemory();
  const api = apiClient({
    url: 'https://hooks.example.com',
    token: 'a-token',
    fetch: world.fetch,
    wait: async () => undefined,
    now: () => world.clock.now,
  });
  return { ...world, api, ...filesOn(api) };
}
export type DeploymentWithFiles = ReturnType<typeof aDeploymentWithFiles>;
