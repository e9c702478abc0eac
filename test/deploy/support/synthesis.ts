import { Manifest } from 'aws-cdk-lib/cloud-assembly-schema';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { localAppCommand } from '../../../bin/dev/app-command';
import { EMULATED_ACCOUNT, EMULATED_REGION } from '../../../bin/dev/emulator-environment';
import { run } from '../../../bin/dev/supervised';

export interface Synthesis {
  /** The folder of the app's cdk.json. */
  readonly folder: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly assembly: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
}

/** What the CDK CLI tells each app. */
const CONTEXT_OF_THE_CLI = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': true,
  'aws:cdk:bundling-stacks': ['**'],
};

/**
 * Runs the app's command as the CDK CLI runs it for an emulator, without the CLI, which takes as long to load as the app takes to run.
 * An app that looks something up fails.
 */
export async function synthesizeApp(synthesis: Synthesis): Promise<void> {
  const { folder, assembly, environment, onLine } = synthesis;
  fs.rmSync(assembly, { recursive: true, force: true });
  await run('/bin/sh', ['-c', localAppCommand(folder)], {
    cwd: folder,
    env: {
      ...environment,
      CDK_OUTDIR: assembly,
      CDK_CONTEXT_JSON: JSON.stringify(contextOf(synthesis)),
      CDK_DEFAULT_ACCOUNT: EMULATED_ACCOUNT,
      CDK_DEFAULT_REGION: EMULATED_REGION,
      CDK_CLI_ASM_VERSION: Manifest.version(),
    },
    onLine,
  });
  const { missing = [] } = Manifest.loadAssemblyManifest(path.join(assembly, 'manifest.json'));
  if (missing.length > 0) {
    throw new Error(`${folder} looks up ${JSON.stringify(missing)}`);
  }
}

function contextOf({ folder, context }: Synthesis): Record<string, unknown> {
  const file = path.join(folder, 'cdk.json');
  const settings = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly context?: object };
  return { ...CONTEXT_OF_THE_CLI, ...settings.context, ...context };
}
