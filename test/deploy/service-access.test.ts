// The emulator (MiniStack 1.5.33) knows neither the resource of GetParametersByPath nor the condition of PutMetricData, so it denies both to
// everybody.
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { invoke } from './support/drive';
import { addressOf } from './support/sockets';
import { REAL_ACCOUNT } from './support/target';

jest.setTimeout(TEST_TIMEOUT_MS);

const UNKNOWN_TO_EMULATOR = ['get parameters', 'put metrics'];

describeDeployed(
  'access to services',
  { folder: 'test/deploy/fixtures/service-access', stackName: 'ServiceAccess' },
  (app) => {
    beforeAll(async () => {
      await app().iam(IAM_MODES.at(-1) ?? 'as the target does it');
    }, TEST_TIMEOUT_MS);

    const probe = async (id: string, which: 'given' | 'other'): Promise<Record<string, string>> => {
      const { target, stack } = app();
      const resources = JSON.parse(stack.output(`${which}Resources`)) as { sockets: string };
      const event = { ...resources, sockets: addressOf(target, resources.sockets) };
      return (await invoke(target, stack.functionName(id), event)) as Record<string, string>;
    };
    const allowed = (outcomes: Record<string, string>): string[] => {
      expect(
        Object.entries(outcomes).filter(([, each]) => each !== 'allowed' && each !== 'denied'),
      ).toEqual([]);
      return Object.keys(outcomes).filter((call) => outcomes[call] === 'allowed');
    };

    test('a function may do what its accesses grant, and nothing beyond', async () => {
      const granted = [
        'invoke',
        'put events',
        'publish',
        'send',
        'receive',
        'read stream',
        'write stream',
        'start execution',
        'get user',
        'get parameters',
        'put metrics',
        'send to a connection',
      ];

      expect(allowed(await probe('AppGranted', 'given'))).toEqual(
        granted.filter((call) => REAL_ACCOUNT || !UNKNOWN_TO_EMULATOR.includes(call)),
      );
    });

    test('another resource of each kind is denied', async () => {
      // The WebSocket API is the same one.
      expect(allowed(await probe('AppGranted', 'other'))).toEqual(['send to a connection']);
    });

    test.each([
      ['AppReader', ['read stream']],
      ['AppWriter', ['write stream']],
      ['AppNeither', []],
    ])('%s may do only what it was given', async (id, calls) => {
      expect(allowed(await probe(id, 'given'))).toEqual(calls);
    });
  },
);
