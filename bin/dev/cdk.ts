import * as path from 'node:path';
import { createRequire } from 'node:module';

export interface CdkProps {
  /** The folder of cdk.json. */
  readonly project: string;
  /** Context for the synthesis, in addition to that in cdk.json. */
  readonly context?: Readonly<Record<string, string>>;
  /** The environment for CDK processes. */
  readonly environment: NodeJS.ProcessEnv;
}

export interface Cdk {
  /** Loads what the next action needs, so that it starts immediately. */
  prepare(): void;
  /** Synthesizes into a folder. `deploys` says that a deployment is likely to follow; it is then prepared at the same time. */
  synth(output: string, deploys: boolean): Promise<void>;
  /** Deploys a cloud assembly, or one stack of it. */
  deploy(assembly: string, stack?: string): Promise<void>;
  bootstrap(environment: string, qualifier?: string): Promise<void>;
  /** Ends what was prepared but is not needed now. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

/** A failed CDK action, with its output. */
export class CdkError extends Error {}

/** A file of a package, if the project has that package. */
export function resolveIn(project: string, name: string): string | undefined {
  try {
    return createRequire(path.join(project, 'package.json')).resolve(name);
  } catch {
    return undefined;
  }
}
