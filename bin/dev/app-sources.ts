import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { appCommand } from './app-command';

const SOURCE = /\.[cm]?[jt]sx?$/;
/** The files that may belong to the CDK app, if it is unknown which files the app reads. */
const MAY_CONCERN = /\.([cm]?[jt]sx?|json|ya?ml|py|java|cs|go)$/;
/** Sources and dependencies of functions that only a synthesis builds: those in Python and Go. */
const BUILT_AT_SYNTHESIS = /\.(py|go)$|(^|[\\/])(requirements[^\\/]*\.txt|uv\.lock|go\.(mod|sum))$/;
/** Files that concern every app. `cdk.context.json` is written by the synthesis itself. */
const ALWAYS = ['cdk.json', 'package.json', 'tsconfig.json'];

/** The source that the command runs, if it names one. */
export function appEntry(project: string, command = appCommand(project)): string | undefined {
  return command
    .split(/\s+/)
    .map((word) => path.resolve(project, word.replaceAll(/["']/g, '')))
    .find((file) => SOURCE.test(file) && fs.existsSync(file));
}

/** The source files that define the infrastructure. */
export class AppSources {
  private files?: ReadonlySet<string>;

  constructor(
    private readonly builder: typeof esbuild | undefined,
    private readonly project: string,
  ) {}

  get all(): readonly string[] {
    return [...(this.files ?? [])];
  }

  /** Reads which files the CDK app imports. If it does not compile, the last result stays. */
  async read(): Promise<void> {
    const entry = appEntry(this.project);
    if (entry === undefined || this.builder === undefined) {
      return;
    }
    try {
      const { metafile } = await this.builder.build({
        absWorkingDir: this.project,
        entryPoints: [entry],
        bundle: true,
        packages: 'external',
        platform: 'node',
        format: 'esm',
        metafile: true,
        write: false,
        logLevel: 'silent',
        outdir: 'out',
      });
      this.files = new Set(
        Object.keys(metafile.inputs).map((name) => path.resolve(this.project, name)),
      );
    } catch {
      // The synthesis reports the error.
    }
  }

  /** Whether a changed file concerns the infrastructure, or a function that a synthesis builds. */
  concerns(file: string, isHandler: boolean): boolean {
    if (ALWAYS.some((name) => file === path.join(this.project, name))) {
      return true;
    }
    if (BUILT_AT_SYNTHESIS.test(file)) {
      return true;
    }
    return this.files === undefined
      ? !isHandler && MAY_CONCERN.test(file) && path.basename(file) !== 'cdk.context.json'
      : this.files.has(file);
  }
}
