import { serverlessApp, Template } from './support/synth';

test('an app synthesizes', () => {
  const { app, stack } = serverlessApp();

  app.onRequest('GET /', 'ok.ts');

  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 1);
});
