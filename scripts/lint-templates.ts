/**
 * `npm run lint:templates`: synthesizes the examples and apps with every option, and reads the templates with cfn-lint (all rules, all
 * regions), checkov, and AWS's service authorization reference. It fails on a finding without a reason in lint-templates/exceptions.ts, and
 * on a reason without a finding. Needs Python 3.10 or later.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { workFolder } from '../test/deploy/support/folders';
import { installedPython } from '../test/deploy/support/python';
import { synthesizeAll, templatesIn } from './lint-templates/apps';
import { EXCEPTIONS } from './lint-templates/exceptions';
import { Finding, judge } from './lint-templates/finding';
import { policyFindings } from './lint-templates/policies';
import { cfnLint, checkov } from './lint-templates/tools';

const REQUIREMENTS = path.join(__dirname, 'lint-templates', 'requirements.txt');

process.env.SERVERLESS_APP_ESTIMATE ??= 'off';

async function main(): Promise<void> {
  const started = Date.now();
  const python = await installedPython(REQUIREMENTS);
  const folder = workFolder('templates');
  try {
    const assemblies = synthesizeAll(folder);
    const templates = templatesIn(folder);
    say(`${templates.length} templates of ${assemblies.length} apps`, started);
    const found = await Promise.all([
      cfnLint(python, folder, templates),
      checkov(python, folder),
      policyFindings(assemblies, folder),
    ]);
    report(found.flat());
    say('done', started);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function report(findings: readonly Finding[]): void {
  const { open, stale } = judge(findings, EXCEPTIONS);
  for (const { tool, rule, template, id, type, message } of open) {
    console.error(`${tool} ${rule} ${template} ${id} ${type}: ${message}`);
  }
  for (const { tool, rule, type } of stale) {
    console.error(
      `the exception ${tool} ${rule} ${type.source} covers nothing: remove it from exceptions.ts`,
    );
  }
  const covered = findings.length - open.length;
  console.log(`${open.length} findings; ${covered} more with a reason in exceptions.ts`);
  if (open.length > 0 || stale.length > 0) {
    process.exitCode = 1;
  }
}

function say(what: string, started: number): void {
  console.log(`${what} (${Math.round((Date.now() - started) / 1000)} s)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
