import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Finding } from './finding';

const MOST_OUTPUT = 512 * 2 ** 20;
const CFN_LINT = 'import sys; from cfnlint.runner import main; sys.exit(main())';
/** The exit codes of a completed run: cfn-lint adds 2, 4 and 8 for errors, warnings and information. */
const FOUND = { 'cfn-lint': [0, 2, 4, 6, 8, 10, 12, 14], checkov: [0, 1] } as const;

interface CfnLintMatch {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path?: ReadonlyArray<string | number> };
  readonly Message: string;
}

interface CheckovReport {
  readonly results?: {
    readonly failed_checks?: ReadonlyArray<{
      readonly check_id: string;
      readonly check_name: string;
      readonly file_abs_path: string;
      readonly resource: string;
    }>;
    readonly parsing_errors?: readonly string[];
  };
}

/** All rules of cfn-lint, including the informational ones, against the schemas of all regions. */
export async function cfnLint(
  python: string,
  folder: string,
  templates: readonly string[],
): Promise<Finding[]> {
  const flags = ['-c', 'I', 'W', 'E', '-e', '--format', 'json', '-r', 'ALL_REGIONS', '--'];
  const output = await run('cfn-lint', python, ['-c', CFN_LINT, ...flags, ...templates], folder);
  return (JSON.parse(output) as CfnLintMatch[]).map(({ Filename, Rule, Location, Message }) => {
    const [section = '', id] = (Location.Path ?? []).map(String);
    return {
      tool: 'cfn-lint',
      rule: Rule.Id,
      template: path.relative(folder, Filename),
      id: id ?? section,
      type: section === 'Resources' && id !== undefined ? typeOf(Filename, id) : '',
      message: Message,
    };
  });
}

/** All checks of checkov that need no account of its vendor. */
export async function checkov(python: string, folder: string): Promise<Finding[]> {
  const flags = ['--framework', 'cloudformation', '--quiet', '--compact', '--output', 'json'];
  const args = ['-m', 'checkov.main', ...flags, '--skip-download', '--directory', folder];
  const { results } = JSON.parse(await run('checkov', python, args, folder)) as CheckovReport;
  const { failed_checks: failed, parsing_errors: unread = [] } = results ?? {};
  if (failed === undefined || unread.length > 0) {
    throw new Error(
      `checkov could not read ${failed === undefined ? 'any template' : unread.join(', ')}`,
    );
  }
  return failed.map(({ check_id: rule, check_name: message, file_abs_path: file, resource }) => {
    const [type = '', id = ''] = resource.split('.');
    return { tool: 'checkov', rule, template: path.relative(folder, file), id, type, message };
  });
}

function typeOf(template: string, id: string): string {
  const { Resources = {} } = JSON.parse(fs.readFileSync(template, 'utf8')) as {
    readonly Resources?: Readonly<Record<string, { readonly Type: string }>>;
  };
  return Resources[id]?.Type ?? '';
}

function run(
  tool: keyof typeof FOUND,
  python: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(python, args, { cwd, maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if ((FOUND[tool] as ReadonlyArray<unknown>).includes(code) && stdout !== '') {
        resolve(stdout);
      } else {
        reject(new Error(`${tool}: exit code ${String(code)}\n${stderr}`));
      }
    });
  });
}
