import { spawnSync } from 'node:child_process';

/** A program that installs Python packages. */
export interface PythonInstaller {
  readonly name: 'uv' | 'pip';
  /** The program with its first arguments. */
  readonly command: readonly string[];
  /** The version that it reports, with that of its Python, on which environment markers depend. */
  readonly version: string;
}

/** The platform on which the packages will run. */
export interface PythonTarget {
  /** For example `3.14`. */
  readonly version: string;
  /** The name of the architecture in wheel tags. */
  readonly machine: 'aarch64' | 'x86_64';
}

export interface InstallResult {
  readonly ok: boolean;
  /** What the program printed. */
  readonly text: string;
}

/** The installer to use: uv if it is installed, otherwise pip, preferably that of the function's Python version. */
export function findInstaller(pythonVersion: string): PythonInstaller | undefined {
  const pips = [`python${pythonVersion}`, 'python3', 'python'].map(
    (python) => ['pip', [python, '-m', 'pip']] as const,
  );
  for (const [name, command] of [['uv', ['uv']] as const, ...pips]) {
    const { ok, text } = run([...command, '--version']);
    if (ok) {
      return { name, command, version: text };
    }
  }
  return undefined;
}

/** The exact list of packages in a uv.lock, with hashes. This does not contact a registry. */
export function exportLock({ command }: PythonInstaller, folder: string): InstallResult {
  const options = ['--frozen', '--no-dev', '--no-emit-project', '--no-editable'];
  const format = ['--no-header', '--no-annotate', '--format=requirements-txt', '--quiet'];
  return run([...command, 'export', ...options, ...format], folder);
}

/** Installs what a requirements file lists into a folder, from wheels only: nothing is compiled, and no script runs. */
export function installWheels(
  installer: PythonInstaller,
  file: string,
  folder: string,
  target: PythonTarget,
  project: string,
): InstallResult {
  const to = [`--target=${folder}`, '--requirement', file, '--only-binary=:all:', '--quiet'];
  const options = installer.name === 'uv' ? uvOptions(target) : pipOptions(target);
  const command = installer.name === 'uv' ? [...installer.command, 'pip'] : installer.command;
  return run([...command, 'install', ...to, ...options], project);
}

function uvOptions({ version, machine }: PythonTarget): string[] {
  const platform = `${machine}-manylinux_2_${glibc(version) === NEW_GLIBC ? NEW_GLIBC : 17}`;
  return [`--python-version=${version}`, `--python-platform=${platform}`, '--no-python-downloads'];
}

function pipOptions({ version, machine }: PythonTarget): string[] {
  const newest = glibc(version);
  const tags = Array.from({ length: newest - 16 }, (_, i) => `manylinux_2_${newest - i}`);
  return [
    `--python-version=${version}`,
    '--implementation=cp',
    ...[...tags, 'manylinux2014'].map((tag) => `--platform=${tag}_${machine}`),
    '--no-compile',
    '--no-input',
    '--disable-pip-version-check',
  ];
}

const NEW_GLIBC = 34;
const OLD_GLIBC = 26;

/** Amazon Linux 2023 from Python 3.12 on: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
function glibc(version: string): number {
  return Number(version.split('.')[1]) >= 12 ? NEW_GLIBC : OLD_GLIBC;
}

function run([program = '', ...args]: readonly string[], cwd?: string): InstallResult {
  const result = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // // A target of the user's own would be a second one.
    env: { ...process.env, PIP_TARGET: undefined, PIP_USER: undefined, PIP_PREFIX: undefined },
  });
  // // Null, despite its type, if the program is missing.
  const [out, err] = [result.stdout, result.stderr].map((it: string | null) => it?.trim() ?? '');
  const ok = result.status === 0;
  return { ok, text: ok ? (out ?? '') : [out, err].filter((it) => it !== '').join('\n') };
}
