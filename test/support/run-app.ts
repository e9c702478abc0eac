import * as cdk from 'aws-cdk-lib';
import * as ts from 'typescript';

/** Runs an `app.ts`, which creates its own CDK app, and returns that app. The app gets these props in addition to its own. */
export function runApp(code: string, props: cdk.AppProps): cdk.App {
  const apps: cdk.App[] = [];
  class Recorded extends cdk.App {
    constructor(own: cdk.AppProps = {}) {
      super({ ...own, ...props });
      apps.push(this);
    }
  }
  exportsOf(code, { 'aws-cdk-lib': { ...cdk, App: Recorded } });
  const [app, ...others] = apps;
  if (app === undefined || others.length > 0) {
    throw new Error(`the program must create one app, got ${apps.length}`);
  }
  return app;
}

/** Runs a module of TypeScript, and returns its exports. Some modules that it imports can be replaced. */
export function exportsOf(
  code: string,
  replaced: Readonly<Record<string, object>> = {},
): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const load = (name: string): unknown => replaced[name] ?? jest.requireActual<object>(name);
  const module = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is that of our pages, examples and generator
  const program = new Function('require', 'exports', 'module', outputText) as (
    ...args: unknown[]
  ) => void;
  program(load, module.exports, module);
  return module.exports;
}
