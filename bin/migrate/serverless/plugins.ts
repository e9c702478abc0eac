import type { Note } from '../model';
import { isMap, listOf, mapOf, textOf, ValueMap } from '../value';

/** Plugins whose work the library or the CDK does. */
const REPLACED: Readonly<Record<string, string>> = {
  'serverless-esbuild': 'the library bundles with esbuild',
  'serverless-bundle': 'the library bundles with esbuild',
  'serverless-webpack': 'the library bundles with esbuild',
  'serverless-plugin-typescript': 'the library bundles TypeScript with esbuild',
  'serverless-plugin-optimize': 'the library bundles and minifies with esbuild',
  'serverless-iam-roles-per-function': 'every function has its own role',
  'serverless-plugin-common-excludes': 'a bundle contains only what the handler imports',
  'serverless-plugin-include-dependencies': 'a bundle contains only what the handler imports',
  'serverless-domain-manager':
    'the app uses the domain name, which must exist with its certificate and its records',
  'serverless-step-functions': 'the state machines are in the app',
  'serverless-pseudo-parameters': 'app.ts names the account and the region',
  'serverless-deployment-bucket': 'the CDK’s bootstrap bucket holds the assets',
  'serverless-apigw-binary': '`binaryMediaTypes` of the API',
  'serverless-plugin-tracing': '`tracing` of the functions',
  'serverless-plugin-log-retention':
    'the log group of the app keeps logs for 3 months in production; `logGroup` replaces it',
  'serverless-pseudo-params': 'app.ts names the account and the region',
  'serverless-export-env':
    'nothing replaces it; `npx serverless-app describe` shows what the functions get',
};

const DEV = '`npx serverless-app dev` runs the app on your machine';

/** Plugins that are left out, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'serverless-plugin-warmup':
    'a scheduled warm-up is not carried over: it keeps one environment warm and its calls are billed. `coldStart: ColdStart.provisioned({ min: 1, max: 5 })` keeps as many ready as you need',
  'serverless-dotenv-plugin': 'write `process.loadEnvFile()` at the top of app.ts',
  'serverless-offline': DEV,
  'serverless-offline-sqs': DEV,
  'serverless-dynamodb-local': DEV,
  'serverless-dynamodb': DEV,
  'serverless-localstack': 'the CDK deploys to an emulator if AWS_ENDPOINT_URL is set',
  'serverless-prune-plugin':
    'versions of functions are not published unless a function has an alias, so there is nothing to prune; `cdk gc` removes old assets',
  'serverless-python-requirements':
    'the library does not install Python packages: give `code` a folder that contains them',
  'serverless-s3-sync': 'write `app.addSite("folder")`, and run `npx serverless-app site deploy`',
  'serverless-finch': 'write `app.addSite("folder")`, and run `npx serverless-app site deploy`',
  'serverless-plugin-canary-deployments': 'write `rollout: Rollout.canary(…)` in the function',
  'serverless-plugin-aws-alerts': '`notify` in the app creates alarms; docs/alarms.md lists them',
  'serverless-plugin-split-stacks':
    '`sharding: Sharding.nestedStacks(…)` in the app, if it has more than 400 resources',
  'serverless-plugin-datadog': 'use Datadog’s CDK construct (`datadog-cdk-constructs-v2`)',
  'serverless-appsync-plugin':
    'the library has no AppSync API: write `new appsync.GraphqlApi(…)` with `fn.target` as its data source',
  'serverless-lift':
    'Lift constructs are not carried over: `app.addQueue`, `app.addBucket` and `app.addTable` do the same',
};

export function notePlugins(document: ValueMap, note: (note: Note) => void): void {
  const given = isMap(document.plugins)
    ? listOf(document.plugins.modules)
    : listOf(document.plugins);
  for (const one of given) {
    const name = textOf(one) ?? '';
    const replaced = REPLACED[name];
    const leftOut = LEFT_OUT[name];
    if (replaced !== undefined) {
      note({ kind: 'check', at: `plugins.${name}`, text: `no longer needed: ${replaced}` });
    } else if (leftOut !== undefined) {
      note({ kind: 'lost', at: `plugins.${name}`, text: leftOut });
    } else {
      note({
        kind: 'lost',
        at: `plugins.${name}`,
        text: 'the migration does not know this plugin, so its effects are not carried over',
      });
    }
  }
  const lift = mapOf(document.constructs);
  for (const name of Object.keys(lift)) {
    note({
      kind: 'lost',
      at: `constructs.${name}`,
      text: `the Lift construct \`${textOf(mapOf(lift[name]).type) ?? ''}\` is not carried over: \`app.addQueue\`, \`app.addBucket\` and \`app.addTable\` do the same`,
    });
  }
}

export function hasPlugin(document: ValueMap, name: string): boolean {
  const given = isMap(document.plugins)
    ? listOf(document.plugins.modules)
    : listOf(document.plugins);
  return given.includes(name);
}
