import { EVENTS } from './events.mjs';

/**
 * The files of a project, by their path.
 *
 * @param {{ name: string, events: string[], ci: boolean, library: string }} options
 * @returns {Record<string, string>}
 */
export function projectFiles({ name, events, ci, library }) {
  const chosen = events.map((event) => EVENTS[event]);
  const files = Object.assign({}, ...chosen.map((it) => it.files));
  const tests = [...Object.keys(files).filter((it) => it.startsWith('test/')), 'test/app.test.ts'];
  const functions = Object.values(files).filter((text) => /^export const handler/m.test(text));
  return {
    'package.json': json(manifest({ name, chosen, tests, library })),
    'tsconfig.json': json({
      compilerOptions: {
        module: 'node16',
        strict: true,
        noEmit: true,
        esModuleInterop: true,
        skipLibCheck: true,
        types: ['node'],
      },
      include: ['app.ts', 'serverless-app-env.d.ts', 'src', 'test'],
    }),
    'cdk.json': json({
      app: 'node --liftoff-only --single-threaded-gc -r sucrase/register/ts app.ts',
    }),
    '.gitignore': 'node_modules/\ncdk.out/\n.serverless-app/\n.env\n',
    'README.md': readme(name, events),
    // As synthesis writes it, so that the handlers compile before the first one.
    'serverless-app-env.d.ts': environmentTypes(chosen),
    'app.ts': appFile(name, chosen, events.includes('http')),
    ...files,
    'test/app.test.ts': appTest(functions.length),
    ...(ci ? { '.github/workflows/ci.yml': WORKFLOW } : {}),
  };
}

function manifest({ name, chosen, tests, library }) {
  const sdk = [...new Set(chosen.flatMap(({ packages = [] }) => packages))].sort();
  return {
    name,
    version: '0.1.0',
    private: true,
    engines: { node: '>=20.11' },
    scripts: {
      check: 'tsc',
      test: `node -r sucrase/register/ts --test ${tests.sort().join(' ')}`,
      synth: 'cdk synth --quiet',
      deploy: 'cdk deploy',
      dev: 'serverless-app dev',
    },
    dependencies: {
      ...Object.fromEntries(sdk.map((it) => [it, '^3.0.0'])),
      'aws-cdk-lib': '^2.252.0',
      'cdk-serverless-app': library,
      constructs: '^10.5.0',
    },
    devDependencies: {
      '@types/aws-lambda': '^8.10.164',
      '@types/node': '^20.19.0',
      'aws-cdk': '^2.1148.1', // not `latest`, which is 3.0.0, published by accident
      sucrase: '^3.35.1',
      typescript: '~6.0.0',
    },
  };
}

function appFile(name, chosen, hasApi) {
  const imports = {
    'aws-cdk-lib': new Set(['App', 'Stack', ...(hasApi ? ['CfnOutput'] : [])]),
    ...(hasApi ? { 'aws-cdk-lib/aws-apigatewayv2': new Set(['HttpNoneAuthorizer']) } : {}),
    'cdk-serverless-app': new Set(['AppStage', 'ServerlessApp']),
  };
  for (const [module, names] of chosen.flatMap((it) => Object.entries(it.imports))) {
    imports[module] = new Set([...(imports[module] ?? []), ...names]);
  }
  const lines = Object.keys(imports)
    .sort()
    .map((module) => `import { ${[...imports[module]].sort().join(', ')} } from '${module}';`);
  const items = chosen.some(({ usesItems }) => usesItems === true);
  const declares = [
    ...(items ? ["const items = app.addTable('Items', { partitionKey: 'id' });"] : []),
    ...chosen.map((it) => it.declares),
  ];
  const indented = declares.join('\n').replace(/^/gm, '  ');
  return `${lines.join('\n')}

/** Creates the app, for the deployment and for the tests. */
export function makeApp(stack: Stack, stage = AppStage.PRODUCTION): ServerlessApp {
  const app = new ServerlessApp(stack, 'App', {
    stage,${hasApi ? '\n    http: { authorizer: new HttpNoneAuthorizer() }, // public: replace it with an authorizer' : ''}
    // notify: ['ops@example.com'], // who gets the alarms
  });
${indented}
  return app;
}

if (require.main === module) {
  const cdk = new App();
  const stage = cdk.node.tryGetContext('stage') === 'production' ? AppStage.PRODUCTION : AppStage.DEVELOPMENT;
  makeApp(new Stack(cdk, '${stackName(name)}'), stage);
}
`;
}

const TYPES_HEADER = `// The environment variables and the events of the app's functions. Written by cdk-serverless-app at synthesis, and by \`npx serverless-app types\`.
// Change the app, not this file: https://github.com/cdk-serverless-app/cdk-serverless-app/blob/main/docs/environment.md
/* eslint-disable */
`;

function environmentTypes(chosen) {
  const functions = Object.assign({}, ...chosen.map((it) => it.functions));
  const receives = Object.assign({}, ...chosen.map((it) => it.receives));
  const types = Object.keys(functions)
    .sort()
    .flatMap((id) => {
      const lines = functions[id].map((name) => `  readonly ${name}: string;\n`);
      const events = (receives[id] ?? []).map((name) => JSON.stringify(name)).join(' | ');
      return [
        `export type ${id}Env = {${lines.length === 0 ? '' : `\n${lines.join('')}`}};\n`,
        ...(events === '' ? [] : [`export type ${id}Receives = ${events};\n`]),
      ];
    });
  const names = [...new Set(Object.values(functions).flat())].sort();
  const all = names.map((name) => `      ${name}?: string;\n`).join('');
  const global =
    all === ''
      ? 'export {};\n'
      : `declare global {\n  namespace NodeJS {\n    interface ProcessEnv {\n${all}    }\n  }\n}\n`;
  return [TYPES_HEADER, ...types, global].join('\n');
}

function appTest(functions) {
  return `import assert from 'node:assert';
import { test } from 'node:test';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { makeApp } from '../app';

const stack = new Stack(new App(), 'Test');
const app = makeApp(stack);

test('has its functions, and no helper functions', () => {
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', ${functions});
});

test('has no open findings', () => {
  const open = app.findings().filter(({ acknowledged }) => acknowledged === undefined);
  assert.deepStrictEqual(open, []);
});

test('costs less than $20 a month', () => {
  app.estimate().assertMonthlyBelow(20);
});
`;
}

function readme(name, events) {
  return `# ${name}

Created by \`npm create cdk-serverless-app\` for these events: ${events.map((it) => EVENTS[it].title).join(', ')}.

\`\`\`sh
npm run check           # types
npm test                # the handlers and the template
npx cdk bootstrap       # once for each account and region
npm run deploy          # a development stage; \`npx cdk destroy\` removes all of it
npm run deploy -- -c stage=production
npm run dev             # the whole app on this machine, without an AWS account
npx serverless-app estimate
\`\`\`

\`cdk synth\` keeps \`serverless-app-env.d.ts\` up to date. The file contains a type for the environment variables of each function. Commit it.

Documentation: https://github.com/cdk-serverless-app/cdk-serverless-app. Rules for coding agents: \`node_modules/cdk-serverless-app/AGENTS.md\`.
`;
}

const WORKFLOW = `name: ci

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      - run: npm run check
      - run: npm test
      - run: npm run synth
      - run: npx serverless-app types --check
`;

/** `my-app` becomes `MyApp`. CloudFormation wants a letter first. */
function stackName(name) {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const text = words.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(text) ? text : `App${text}`;
}

function json(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
