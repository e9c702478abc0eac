#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { EVENTS } from './events.mjs';
import { projectFiles } from './project.mjs';

const DEFAULT_FOLDER = 'serverless-app';
const DEFAULT_EVENTS = ['http'];
const LIBRARY = '^0.1.0';

/** The user's mistake: one line, without a stack. */
class UserError extends Error {}

async function main() {
  const { values, positionals } = options();
  const given = {
    folder: positionals[0],
    events: values.events === undefined ? undefined : eventsIn(values.events),
    ci: values['no-ci'] === true ? false : undefined,
  };
  const chosen = values.yes === true ? given : await ask(given);
  const folder = path.resolve(chosen.folder ?? DEFAULT_FOLDER);
  requireEmpty(folder);
  const files = projectFiles({
    name: packageName(path.basename(folder)),
    events: chosen.events ?? DEFAULT_EVENTS,
    ci: chosen.ci ?? true,
    library: values.library ?? LIBRARY,
  });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  console.log(`created ${Object.keys(files).length} files in ${folder}`);
  if (values['no-install'] !== true) {
    install(folder);
  }
  console.log(`\nNext:\n  cd ${path.relative('', folder) || '.'}\n  npm test\n  npm run dev`);
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', short: 'y' },
        events: { type: 'string' },
        'no-ci': { type: 'boolean' },
        'no-install': { type: 'boolean' },
        library: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UserError(error.message);
  }
}

/** Asks for what the command line leaves open. */
async function ask({ folder, events, ci }) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const question = async (text, fallback) =>
    (await terminal.question(`${text} (${fallback}): `)).trim() || fallback;
  try {
    const list = Object.entries(EVENTS).map(([name, { title }]) => `  ${name.padEnd(9)} ${title}`);
    return {
      folder: folder ?? (await question('Folder', DEFAULT_FOLDER)),
      events:
        events ??
        eventsIn(await question(`Events, separated by commas\n${list.join('\n')}\nEvents`, 'http')),
      ci: ci ?? (await question('Add a workflow for GitHub Actions', 'yes')).startsWith('y'),
    };
  } finally {
    terminal.close();
  }
}

function eventsIn(text) {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(EVENTS, name));
  if (unknown !== undefined) {
    throw new UserError(
      `unknown event "${unknown}": choose from ${Object.keys(EVENTS).join(', ')}`,
    );
  }
  return [...new Set(names)];
}

function requireEmpty(folder) {
  if (fs.existsSync(folder) && fs.readdirSync(folder).some((name) => name !== '.git')) {
    throw new UserError(`${folder} is not empty: choose a new folder`);
  }
}

function packageName(text) {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? DEFAULT_FOLDER : name;
}

function install(folder) {
  const windows = process.platform === 'win32';
  const args = ['install', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit', shell: windows });
  if (status !== 0) {
    throw new UserError(
      `npm install failed in ${folder}: correct what npm reports, and run it again`,
    );
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof UserError ? `create-cdk-serverless-app: ${error.message}` : error);
  process.exitCode = error instanceof UserError ? 1 : 2;
}
