/**
 * Does what a new user does: packs the library, installs the tarball into an empty folder with the commands of the
 * README, writes the README's own files, compiles and synthesizes them. Needs a build. `npm run try-floor` does it with the oldest supported aws-cdk-lib.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** The release of aws-cdk-lib to use instead of the newest, for example the oldest supported one. */
const CDK = process.env.CDK_SERVERLESS_APP_TRY_CDK;

/** What a user needs; anything else in the tarball is a mistake. */
const PACKED =
  /^(\.jsii|package\.json|AGENTS\.md|llms\.txt|README\.md|LICENSE|CHANGELOG\.md|dist\/(index|later)\.js(\.map)?|dist\/esbuild-thread\.js|dist\/web-handler\.mjs|dist\/bin\/serverless-app\.js|dist\/bin\/dev\/[a-z_-]+\.(mjs|py|txt)|dist\/THIRD-PARTY-NOTICES\.txt|dist\/report\/(report-html\.js|page\.js|page\.css)|dist\/testing\/index\.js|dist\/.*\.d\.ts|schema\/(cli\/)?[^/]+\.json)$/;

/** A module with `fetch` that uses the types of the package. */
const WEB_MODULE = `import type { FetchContext, FetchModule } from 'cdk-serverless-app/fetch';

export const idOf = (context: FetchContext): string | undefined => context.lambda?.context.awsRequestId;

export default {
  fetch(request, env, context) {
    context.waitUntil(Promise.resolve());
    return Response.json({ url: request.url, id: idOf(context), name: env.NAME });
  },
} satisfies FetchModule<{ readonly NAME: string }>;
`;

/** A handler that uses the types of events. */
const EVENT_MODULE = `import type { AppEvent } from 'cdk-serverless-app/events';

export const handler = async ({ detail }: AppEvent<{ Placed: { id: string } }, 'Placed'>): Promise<string> => detail.id;
`;

function main(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'empty-app-'));
  try {
    const tarball = pack(folder);
    install(folder, tarball);
    writeReadmeApp(folder);
    fs.writeFileSync(path.join(folder, 'src', 'web.ts'), WEB_MODULE);
    fs.writeFileSync(path.join(folder, 'src', 'ship.ts'), EVENT_MODULE);
    say('compile');
    run(folder, 'npx', ['tsc']);
    say('import from an ES module');
    const esm = "import { ServerlessApp } from 'cdk-serverless-app'; ServerlessApp.name";
    run(folder, 'node', ['--input-type=module', '-e', esm]);
    say('import the part for tests');
    const testing = "import { httpEvent } from 'cdk-serverless-app/testing'; httpEvent('GET /');";
    run(folder, 'node', ['--input-type=module', '-e', testing]);
    say('synth');
    run(folder, 'npx', ['cdk', 'synth', '--quiet']);
    checkTemplate(path.join(folder, 'cdk.out', 'Hello.template.json'));
    say('the package works in an empty app');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function pack(folder: string): string {
  const output = run(ROOT, 'npm', ['pack', '--json', '--pack-destination', folder], 'pipe');
  const [packed] = JSON.parse(output) as [
    { filename: string; size: number; files: Array<{ path: string }> },
  ];
  const strangers = packed.files.map((file) => file.path).filter((file) => !PACKED.test(file));
  if (strangers.length > 0) {
    throw new Error(`the tarball contains files that no user needs: ${strangers.join(', ')}`);
  }
  say(`packed ${packed.files.length} files, ${Math.round(packed.size / 1024)} KB`);
  return path.join(folder, packed.filename);
}

function install(folder: string, tarball: string): void {
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "name": "empty-app", "private": true }\n');
  for (const command of readmeCommands()) {
    const [npm = '', ...args] = command.map((word) =>
      word === 'cdk-serverless-app' ? tarball : word,
    );
    say([npm, ...args].join(' '));
    run(folder, npm, [...args, '--no-audit', '--no-fund']);
  }
}

/** The two install commands of the quick start, as words. */
function readmeCommands(): string[][] {
  const lines = [...readme().matchAll(/^npm install .*$/gm)].map(([line]) => line);
  const commands = lines.map((line) => line.replaceAll('"', '').split(' '));
  return CDK === undefined
    ? commands
    : commands.map((words) =>
        words.map((word) => (word.startsWith('aws-cdk-lib') ? `aws-cdk-lib@${CDK}` : word)),
      );
}

function writeReadmeApp(folder: string): void {
  const blocks = [...readme().matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '');
  const find = (text: string): string => {
    const block = blocks.find((candidate) => candidate.includes(text));
    if (block === undefined) {
      throw new Error(`README.md has no block with ${text}`);
    }
    return block;
  };
  fs.mkdirSync(path.join(folder, 'src'));
  fs.writeFileSync(path.join(folder, 'app.ts'), find("new Stack(new App(), 'Hello')"));
  fs.writeFileSync(path.join(folder, 'src', 'hello.ts'), find('APIGatewayProxyHandlerV2 = async'));
  for (const file of ['cdk.json', 'tsconfig.json']) {
    const text = new RegExp(`^\`${file}\`: \`(.*)\`$`, 'm').exec(readme())?.[1];
    if (text === undefined) {
      throw new Error(`README.md does not say what ${file} holds`);
    }
    fs.writeFileSync(path.join(folder, file), text);
  }
}

function checkTemplate(file: string): void {
  const { Resources } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    Resources: Record<string, { Type: string }>;
  };
  const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  if (functions.length !== 1) {
    throw new Error(`the template must hold one function, got ${functions.length}`);
  }
}

function readme(): string {
  return fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
}

function run(
  cwd: string,
  command: string,
  args: string[],
  stdout: 'pipe' | 'inherit' = 'inherit',
): string {
  const output = execFileSync(command, args, {
    cwd,
    stdio: ['ignore', stdout, 'inherit'],
    encoding: 'utf8',
  });
  return stdout === 'pipe' ? output : '';
}

function say(text: string): void {
  process.stderr.write(`-- ${text}\n`);
}

main();
