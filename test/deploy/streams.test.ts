// Only a real account does these, since the emulator (MiniStack 1.5.33) does not; the templates are asserted in the unit tests:
// - the number of retries, splitting, partial batch responses and the failure bucket (it repeats a batch without end);
// - enhanced fan-out: CloudFormation of the emulator has no consumers.
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { invoke } from './support/drive';
import { eventually } from './support/eventually';
import { getRow } from './support/table-rows';
import { REAL_ACCOUNT } from './support/target';
import type { Click } from './fixtures/streams/src/click';

jest.setTimeout(TEST_TIMEOUT_MS);

const WAIT = { timeoutMs: REAL_ACCOUNT ? 120_000 : 45_000 };

describeDeployed(
  'an app with a Kinesis stream',
  { folder: 'test/deploy/fixtures/streams', stackName: 'Streams' },
  (app) => {
    const put = (clicks: readonly Click[], by = 'AppPut'): Promise<unknown> => {
      const { target, stack } = app();
      return invoke(target, stack.functionName(by), { clicks });
    };
    const row = (id: string): Promise<object | undefined> => {
      const { target, stack } = app();
      return getRow(target, stack.output('SeenTable'), { id });
    };
    const seen = (id: string, times = 1): Promise<object> =>
      eventually(
        `${id} seen ${times} times`,
        async () => {
          const found = (await row(id)) as { times: number } | undefined;
          return found !== undefined && found.times >= times && found;
        },
        WAIT,
      );

    describe.each(IAM_MODES)('%s', (mode) => {
      const name = mode.replaceAll(' ', '-');
      beforeAll(() => app().iam(mode), TEST_TIMEOUT_MS);

      test('records that a function puts reach the handler in order', async () => {
        const ids = ['1', '2', '3'].map((n) => `${name}-${n}`);

        expect(await put(ids.map((id) => ({ id, kind: 'click' })))).toBe('put');
        const rows = await Promise.all(ids.map((id) => seen(id)));

        expect(rows).toEqual(
          ids.map((id, i) => ({ id, times: 1, previous: i === 0 ? '' : ids[i - 1] })),
        );
      });
    });

    test('a function that may only read cannot put records', async () => {
      const mode = IAM_MODES.at(-1) ?? 'as the target does it';
      await app().iam(mode);

      expect(await put([{ id: 'forbidden', kind: 'click' }], 'AppPutNothing')).toBe(
        'AccessDeniedException',
      );
    });

    test('a record that the filter does not match does not reach the handler', async () => {
      await put([
        { id: 'skipped', kind: 'view' },
        { id: 'matches', kind: 'click' },
      ]);

      await seen('matches');
      expect(await row('skipped')).toBeUndefined();
    });

    test('a batch that fails comes again', async () => {
      await put([{ id: 'again', kind: 'click', fail: 'once' }]);

      expect(await seen('again', 2)).toMatchObject({ times: 2 });
    });
  },
);
