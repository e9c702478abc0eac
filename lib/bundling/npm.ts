import { spawnSync } from 'node:child_process';

/** The platform on which the packages will run. */
export interface InstallTarget {
  /** npm's name for the architecture. */
  readonly cpu: string;
  /** The Node.js major version. */
  readonly nodeVersion: string;
  readonly installScripts: boolean;
}

/** npm's message if it failed, otherwise undefined. */
export type NpmFailure = { readonly missing: boolean; readonly text: string } | undefined;

/** Settings of the package manager that runs the synthesis (`npm run synth`). They belong to its project. */
const OF_ANOTHER_PROJECT =
  /^npm_(?!config_)|^npm_config_(workspace|local_prefix|location|global|dry_run)/i;

/**
 * Installs from the package.json and package-lock.json in a folder, for Lambda instead of this machine.
 *
 * @param settings an `.npmrc` that replaces the user's own
 */
export function npmInstall(folder: string, target: InstallTarget, settings?: string): NpmFailure {
  const args = [
    'install',
    `--prefix=${folder}`,
    '--os=linux',
    `--cpu=${target.cpu}`,
    '--libc=glibc',
    '--omit=dev',
    '--include=optional',
    '--install-strategy=hoisted',
    `--ignore-scripts=${target.installScripts ? 'false' : 'true'}`,
    '--foreground-scripts',
    '--package-lock=true',
    '--engine-strict=false', // otherwise npm asks the Node.js of this machine
    '--audit=false',
    '--fund=false',
    '--update-notifier=false',
    '--loglevel=error',
    ...(settings === undefined ? [] : [`--userconfig=${settings}`]),
  ];
  const windows = process.platform === 'win32';
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    cwd: folder,
    encoding: 'utf8',
    env: environment(target),
    maxBuffer: 64 * 1024 * 1024,
    shell: windows, // Node.js starts .cmd files only with it
  });
  if (result.error !== undefined) {
    const missing = (result.error as NodeJS.ErrnoException).code === 'ENOENT';
    return { missing, text: result.error.message };
  }
  const text = [result.stderr, result.stdout].map((it) => it.trim()).join('\n');
  return result.status === 0 ? undefined : { missing: false, text: text.trim() };
}

/** Contains the variables by which `prebuild-install`, `node-gyp-build` and `node-pre-gyp` choose the binary to download. */
function environment({ cpu, nodeVersion, installScripts }: InstallTarget): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !OF_ANOTHER_PROJECT.test(name));
  const forScripts = {
    npm_config_platform: 'linux',
    npm_config_arch: cpu,
    npm_config_target: `${nodeVersion}.0.0`,
    npm_config_target_platform: 'linux',
    npm_config_target_arch: cpu,
    npm_config_target_libc: 'glibc',
  };
  return { ...Object.fromEntries(inherited), ...(installScripts ? forScripts : {}) };
}
