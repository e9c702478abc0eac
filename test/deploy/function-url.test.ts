// Only a real account does these, since the emulator (MiniStack 1.5.33) does not; the templates are asserted in the unit tests:
// - that Lambda requires `lambda:InvokeFunction` beside `lambda:InvokeFunctionUrl` (the emulator asks for the second alone), and that an open
//   URL needs its permissions;
// - streamed handlers (its Node.js has no `awslambda`), and CloudFront with its origin access control.
import { GetFunctionUrlConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { hostAt, HttpAnswer, HttpRequest, invoke, request } from './support/drive';
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { REAL_ACCOUNT } from './support/target';
import type { Call } from './fixtures/function-url/src/call';

jest.setTimeout(TEST_TIMEOUT_MS);

describeDeployed(
  'functions with a URL',
  { folder: 'test/deploy/fixtures/function-url', stackName: 'Urls' },
  (app) => {
    const send = (of: string, path = '', options: HttpRequest = {}): Promise<HttpAnswer> => {
      const { target, stack } = app();
      return request(target, `${stack.output(`${of}Url`)}${path}`, options);
    };
    const callBy = (functionId: string): Promise<unknown> => {
      const { target, stack } = app();
      const url = stack.output('SignedUrl');
      const endpoint = target.endpoint === undefined ? undefined : new URL(target.endpoint);
      const call: Call = {
        host: hostAt(endpoint, new URL(url).hostname),
        at: endpoint?.href ?? url,
      };
      return invoke(target, stack.functionName(functionId), call);
    };

    describe.each(IAM_MODES)('%s', (mode) => {
      beforeAll(() => app().iam(mode), TEST_TIMEOUT_MS);

      test('an open one answers everybody', async () => {
        const { status, headers, body } = await send('Open', 'orders?page=2', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"a":1}',
        });

        expect([status, headers['content-type']]).toEqual([201, 'application/json']);
        expect(JSON.parse(body)).toEqual({
          method: 'POST',
          path: '/orders',
          query: { page: '2' },
          body: '{"a":1}',
        });
      });

      test('one for signed requests refuses others', async () => {
        expect((await send('Signed')).status).toBe(403);
      });

      test('a function that may call it can, through the alias', async () => {
        expect(await callBy('AppCaller')).toBe(201);
      });
    });

    test('a function that may not call it cannot', async () => {
      await app().iam(IAM_MODES.at(-1) ?? 'as the target does it');

      expect(await callBy('AppStranger')).toBe(403);
    });

    test('the URL of a function that streams is for that', async () => {
      const { target, stack } = app();
      const { InvokeMode, AuthType } = await new LambdaClient(target.clientOptions).send(
        new GetFunctionUrlConfigCommand({ FunctionName: stack.functionName('AppStream') }),
      );

      expect([InvokeMode, AuthType]).toEqual(['RESPONSE_STREAM', 'NONE']);
    });

    (REAL_ACCOUNT ? test : test.skip)('a streamed response arrives whole', async () => {
      const { status, headers, body } = await send('Streamed');

      expect([status, headers['content-type'], body]).toEqual([200, 'text/plain', 'one two three']);
    });

    test('a browser learns which pages may call it', async () => {
      const { headers } = await send('Open', '', { headers: { origin: 'https://example.com' } });

      expect(headers['access-control-allow-origin']).toBe('https://example.com');
    });

    test('the caller sees that the handler failed', async () => {
      expect((await send('Open', 'fail')).status).toBe(502);
    });

    test('the URL belongs to the alias', async () => {
      const { target, stack } = app();
      const { FunctionUrl } = await new LambdaClient(target.clientOptions).send(
        new GetFunctionUrlConfigCommand({
          FunctionName: stack.functionName('AppSigned'),
          Qualifier: 'live',
        }),
      );

      expect(FunctionUrl).toBe(stack.output('SignedUrl'));
    });
  },
);
