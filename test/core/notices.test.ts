import { Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppStage, ColdStart, ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { quickApp, warnings } from '../support/synth';

const OPEN = 'cdk-serverless-app:open-route';

/** An app with three functions, of which each has a route. */
function threeRoutes(props: ServerlessAppProps = {}): { app: ServerlessApp; stack: Stack } {
  const made = quickApp(props);
  ['A', 'B', 'C'].forEach((id) => made.app.onRequest(`GET /${id}`, 'ok.ts', { id }));
  return made;
}

test('six open routes are one warning', () => {
  const { app, stack } = threeRoutes();
  app.onRequests(['POST /a', 'POST /b', 'POST /c'], 'ok.ts');

  expect(warnings(stack)).toEqual([
    expect.stringMatching(
      /must say who may call `GET \/A` .* \(the same holds for `GET \/B`, `GET \/C`, `POST \/a`, `POST \/b` and `POST \/c`\)/,
    ),
  ]);
});

test('a runtime shared by all functions is one warning', () => {
  const { app, stack } = quickApp({ functionDefaults: { runtime: lambda.Runtime.NODEJS_20_X } });
  Array.from({ length: 19 }, (_, i) => app.addFunction(`F${i}`, { entry: 'ok.ts' }));

  expect(warnings(stack).filter((text) => text.includes('runtime'))).toEqual([
    expect.stringMatching(/`functions\.F0\.runtime`.*and 10 more\)/),
  ]);
});

test('a warning about one function is attached to it, one about several to the app', () => {
  const one = quickApp();
  one.app.onRequest('GET /', 'ok.ts');

  const [alone] = Annotations.fromStack(one.stack).findWarning('*', Match.anyValue());
  const [folded] = Annotations.fromStack(threeRoutes().stack).findWarning('*', Match.anyValue());

  expect([alone?.id, folded?.id]).toEqual(['/Test/App/Ok', '/Test/App']);
});

test('acknowledging it for one function removes that function', () => {
  const { app, stack } = threeRoutes();
  const [a = app] = app.functions;

  Validations.of(a).acknowledge({ id: OPEN, reason: 'a public page' });

  expect(warnings(stack)).toEqual([
    expect.stringMatching(/`GET \/B`.*\(the same holds for `GET \/C`\)/),
  ]);
  expect(app.findings().map(({ acknowledged }) => acknowledged)).toEqual([
    'a public page',
    undefined,
    undefined,
  ]);
});

test('acknowledging it for the app removes all functions', () => {
  const { app, stack } = threeRoutes();

  app.acknowledge(OPEN, 'public pages');

  expect(warnings(stack)).toEqual([]);
});

test('a second synthesis does not repeat it', () => {
  const { stack } = threeRoutes();

  warnings(stack);

  expect(warnings(stack)).toHaveLength(1);
});

test('information is folded too', () => {
  const coldStart = ColdStart.provisioned({ min: 1 });
  const { stack } = threeRoutes({
    stage: AppStage.DEVELOPMENT,
    functionDefaults: { coldStart },
  });

  expect(Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp('coldStart'))).toEqual([
    expect.objectContaining({ id: '/Test/App' }),
  ]);
});

test('the probe for acknowledgements leaves no construct behind', () => {
  const { app, stack } = threeRoutes();

  warnings(stack);

  expect(app.node.findAll().filter(({ node }) => node.id === 'Notice')).toEqual([]);
});
