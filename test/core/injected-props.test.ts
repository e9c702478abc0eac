import { App, IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { InlineCode, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Pass, StateMachine, DefinitionBody } from 'aws-cdk-lib/aws-stepfunctions';
import { AppFunction, AppSite, AppStage, AppWorkflow, ServerlessApp } from 'cdk-serverless-app';
import { only, quickCdkApp, resources, tempFolder } from '../support/synth';

/** Adds props to those of each construct of a class, and takes notes. */
class Adds implements IPropertyInjector {
  readonly ids: string[] = [];

  constructor(
    readonly constructUniqueId: string,
    private readonly added: object,
  ) {}

  inject(props: object, { id }: { readonly id: string }): object {
    this.ids.push(id);
    return { ...this.added, ...props };
  }
}

const CODE = {
  code: new InlineCode('x'),
  handler: 'index.handler',
  runtime: Runtime.NODEJS_24_X,
};

function cdkWith(...injectors: IPropertyInjector[]): App {
  const cdk = quickCdkApp();
  PropertyInjectors.of(cdk).add(...injectors);
  return cdk;
}

test('the app’s props are those that the injector of the nearest scope gives', () => {
  const far = new Adds(ServerlessApp.PROPERTY_INJECTION_ID, { stage: AppStage.PRODUCTION });
  const near = new Adds(ServerlessApp.PROPERTY_INJECTION_ID, { stage: AppStage.DEVELOPMENT });
  const stack = new Stack(cdkWith(far), 'Test');
  PropertyInjectors.of(stack).add(near);

  const app = new ServerlessApp(stack, 'App');

  expect(app.stage).toBe(AppStage.DEVELOPMENT);
  expect([far.ids, near.ids]).toEqual([[], ['App']]);
});

test('a function’s props too, whichever way it is added, and its own props come last', () => {
  const injector = new Adds(AppFunction.PROPERTY_INJECTION_ID, {
    memorySize: 256,
    description: 'injected',
  });
  const stack = new Stack(cdkWith(injector), 'Test');
  const app = new ServerlessApp(stack, 'App');

  app.addFunction('F', { ...CODE, description: 'own' });

  expect(only(stack, 'AWS::Lambda::Function')).toMatchObject({
    MemorySize: 256,
    Description: 'own',
  });
  expect(injector.ids).toEqual(['F']);
});

test('what an injector gives is checked like any other prop', () => {
  const injector = new Adds(AppFunction.PROPERTY_INJECTION_ID, { memorySize: 1 });
  const app = new ServerlessApp(new Stack(cdkWith(injector), 'Test'), 'App');

  expect(() => app.addFunction('F', CODE)).toThrow('`functions.F.memorySize` must be');
});

test('a site’s props and a workflow’s options too', () => {
  const site = new Adds(AppSite.PROPERTY_INJECTION_ID, { bucketOptions: { versioned: true } });
  const workflow = new Adds(AppWorkflow.PROPERTY_INJECTION_ID, {});
  const stack = new Stack(cdkWith(site, workflow), 'Test');
  const app = new ServerlessApp(stack, 'App', {
    root: tempFolder({ 'web/index.html': '' }),
    stage: AppStage.DEVELOPMENT,
  });

  app.addFunction('F', CODE);
  app.addSite('web');
  const definitionBody = DefinitionBody.fromChainable(new Pass(stack, 'Pass'));
  app.addWorkflow('Work', new StateMachine(stack, 'Machine', { definitionBody }));

  expect(Object.values(resources(stack, 'AWS::S3::Bucket'))).toContainEqual(
    expect.objectContaining({
      Properties: expect.objectContaining({
        VersioningConfiguration: { Status: 'Enabled' },
      }) as unknown,
    }),
  );
  expect(site.ids).toEqual(['Site']);
  expect(workflow.ids).toEqual(['Work']);
});
