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
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const load = (name: string): unknown =>
    name === 'aws-cdk-lib' ? { ...cdk, App: Recorded } : jest.requireActual<object>(name);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is that of our pages and examples
  const program = new Function('require', 'exports', outputText) as (...args: unknown[]) => void;
  program(load, {});
  const [app, ...others] = apps;
  if (app === undefined || others.length > 0) {
    throw new Error(`the program must create one app, got ${apps.length}`);
  }
  return app;
}
