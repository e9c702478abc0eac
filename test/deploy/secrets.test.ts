import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { invoke } from './support/drive';

jest.setTimeout(TEST_TIMEOUT_MS);

describeDeployed(
  'secrets, parameters, queues and topics',
  { folder: 'test/deploy/fixtures/secrets', stackName: 'Secrets' },
  (app) => {
    beforeAll(async () => {
      await app().iam(IAM_MODES.at(-1) ?? 'as the target does it');
    }, TEST_TIMEOUT_MS);

    const probe = async (id: string, prefix: string, more: object = {}): Promise<object> => {
      const { target, stack } = app();
      const event = {
        secret: stack.output(`${prefix}Secret`),
        parameter: stack.output(`${prefix}Parameter`),
        queue: stack.output(`${prefix}Queue`),
        topic: stack.output(`${prefix}Topic`),
        otherFunction: stack.functionName('AppNeither'),
        logGroup: stack.output('LogGroup'),
        ...more,
      };
      return (await invoke(target, stack.functionName(id), event)) as object;
    };

    /** All calls of this kind allowed, all others denied. */
    const expected = (outcomes: object, kind?: string): object =>
      Object.fromEntries(
        Object.keys(outcomes).map((call) => [
          call,
          kind !== undefined && call.startsWith(`${kind}:`) ? 'allowed' : 'denied',
        ]),
      );

    test.each([
      ['AppKeeper', 'secret'],
      ['AppReader', 'parameter'],
      ['AppSender', 'queue'],
      ['AppPublisher', 'topic'],
      ['AppNeither', undefined],
    ])('%s has exactly the given permissions (%s)', async (id, kind) => {
      const outcomes = await probe(id, '');

      expect(Object.keys(outcomes)).toHaveLength(20);
      expect(outcomes).toEqual(expected(outcomes, kind));
    });

    test.each(['AppKeeper', 'AppReader', 'AppSender', 'AppPublisher'])(
      '%s has no access to another one',
      async (id) => {
        const outcomes = await probe(id, 'Other', { useEvent: true });

        expect(outcomes).toEqual(expected(outcomes));
      },
    );
  },
);
