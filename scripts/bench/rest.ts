import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BenchOptions, Figure, Group, progress, Sides } from './figure';
import { medians, repeat } from './statistics';
import { ROOT, Workspace } from './workspace';

/** Routes of a REST API, against the CDK's `RestApi` and against routes of an HTTP API. Code is inline, so that nothing is bundled. */
export const REST: Group = { name: 'rest', figures, measure };

const RESOURCES = 'resources that one more route adds';

function figures({ functions: routes }: BenchOptions): Figure[] {
  return [
    {
      id: 'rest-synth',
      description: `synth of ${routes} routes of a REST API, all of one function, compared with the CDK’s \`RestApi\` (\`resourceForPath\`, \`addMethod\`)`,
      unit: 'ms',
      as: 'share',
      target: 1,
    },
    {
      id: 'rest-route',
      description: `${RESOURCES} to a REST API, for a function that has routes: here, compared with the CDK’s \`RestApi\``,
      unit: 'resources',
      as: 'share',
      target: 0.5,
    },
    {
      id: 'rest-route-http',
      description: `${RESOURCES} for a function that has routes: to a REST API, compared with an HTTP API`,
      unit: 'resources',
      as: 'share',
      target: 1,
    },
    {
      id: 'rest-function',
      description: `the same with a separate function: here, compared with the CDK’s \`RestApi\` and \`Function\`, which has neither log group nor retention`,
      unit: 'resources',
      as: 'share',
      target: 1,
    },
    {
      id: 'rest-function-http',
      description: 'the same: to a REST API, compared with an HTTP API',
      unit: 'resources',
      as: 'share',
      target: 1,
    },
  ];
}

const FUNCTION = `{
  code: Code.fromInline('exports.handler = async () => {}'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X,
}`;
const ours = (api: string): string => `
  const { ServerlessApp, Trigger } = require(${JSON.stringify(path.join(ROOT, 'dist'))});
  const app = new ServerlessApp(stack, 'App', { ${api}: {} });
  const addFunction = (id) => app.addFunction(id, ${FUNCTION});
  const addRoute = (fn, route) => fn.addTrigger(Trigger.http('GET ' + route));`;

/** The code of each side, in the same terms. */
const SIDES = {
  rest: ours('rest'),
  http: ours('http'),
  plain: `
  const { LambdaIntegration, RestApi } = require('aws-cdk-lib/aws-apigateway');
  const { Function: Fn } = require('aws-cdk-lib/aws-lambda');
  const api = new RestApi(stack, 'Api');
  const addFunction = (id) => new Fn(stack, id, ${FUNCTION});
  const addRoute = (fn, route) => api.root.resourceForPath(route).addMethod('GET', new LambdaIntegration(fn));`,
};

type Side = keyof typeof SIDES;

interface Synthesis {
  readonly ms: number;
  readonly resources: number;
}

function measure({ functions: routes, rounds }: BenchOptions): Record<string, Sides> {
  const workspace = new Workspace(0);
  try {
    const times = medians(
      repeat(rounds, (round) => {
        progress(`${routes} routes of a REST API, round ${round + 1} of ${rounds}`);
        return {
          ours: synthesize(workspace, 'rest', routes, false).ms,
          theirs: synthesize(workspace, 'plain', routes, false).ms,
        };
      }),
    );
    const more = (side: Side, ownFunctions: boolean): number =>
      synthesize(workspace, side, 3, ownFunctions).resources -
      synthesize(workspace, side, 2, ownFunctions).resources;
    const [route, ofFunction] = [false, true].map((own) => ({
      rest: more('rest', own),
      http: more('http', own),
      plain: more('plain', own),
    })) as [Record<Side, number>, Record<Side, number>];
    return {
      'rest-synth': { ours: times.ours, theirs: times.theirs },
      'rest-route': { ours: route.rest, theirs: route.plain },
      'rest-route-http': { ours: route.rest, theirs: route.http },
      'rest-function': { ours: ofFunction.rest, theirs: ofFunction.plain },
      'rest-function-http': { ours: ofFunction.rest, theirs: ofFunction.http },
    };
  } finally {
    workspace.remove();
  }
}

/** One synthesis in a fresh process. The time to load the CDK is not in it. */
function synthesize(
  { folder, cache }: Workspace,
  side: Side,
  routes: number,
  ownFunctions: boolean,
): Synthesis {
  const script = path.join(folder, `${side}.cjs`);
  fs.writeFileSync(
    script,
    `const { App, Stack } = require('aws-cdk-lib');
    const { Code, Runtime } = require('aws-cdk-lib/aws-lambda');
    const context = { '@aws-cdk/core:stackResourceLimit': 0 };
    require(${JSON.stringify(path.join(ROOT, 'dist'))}); require('aws-cdk-lib/aws-apigateway'); require('aws-cdk-lib/aws-apigatewayv2');
    const start = performance.now();
    const cdk = new App({ outdir: 'out-' + ${JSON.stringify(side)}, builtinCloudFormationValidation: false, context });
    const stack = new Stack(cdk, 'Stack');
    ${SIDES[side]}
    const shared = ${ownFunctions} ? undefined : addFunction('Shared');
    for (let i = 0; i < ${routes}; i++) {
      addRoute(shared ?? addFunction('F' + i), '/part' + i + '/{id}');
    }
    const { template } = cdk.synth().stacks[0];
    const ms = performance.now() - start;
    console.log(JSON.stringify({ ms, resources: Object.keys(template.Resources).length }));`,
  );
  fs.rmSync(path.join(folder, `out-${side}`), { recursive: true, force: true });
  const output = execFileSync(process.execPath, [script], {
    cwd: folder,
    env: { ...process.env, SERVERLESS_APP_CACHE: cache },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Synthesis;
}
