import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { invoke, upload } from './support/drive';
import { putRow } from './support/table-rows';

jest.setTimeout(TEST_TIMEOUT_MS);

const READS = 'read';
const WRITES = 'write';

describeDeployed(
  'access',
  { folder: 'test/deploy/fixtures/access', stackName: 'Access' },
  (app) => {
    beforeAll(async () => {
      const { target, stack } = app();
      for (const name of ['Given', 'Other']) {
        await putRow(target, stack.output(`${name}Table`), { id: 'there', kind: 'probe' });
      }
      for (const name of ['Files', 'OtherFiles']) {
        await upload(target, stack.output(`${name}Bucket`), 'there', 'x');
      }
      await app().iam(IAM_MODES.at(-1) ?? 'as the target does it');
    }, TEST_TIMEOUT_MS);

    const probe = async (functionId: string, table: string, bucket: string): Promise<object> => {
      const { target, stack } = app();
      const event = { table: stack.output(table), bucket: stack.output(bucket) };
      return (await invoke(target, stack.functionName(functionId), event)) as object;
    };

    /** All calls of these kinds allowed, all others denied. */
    const expected = (outcomes: object, kinds: readonly string[]): object =>
      Object.fromEntries(
        Object.keys(outcomes).map((call) => [
          call,
          kinds.some((kind) => call.startsWith(kind)) ? 'allowed' : 'denied',
        ]),
      );

    test.each([
      ['AppReader', [READS]],
      ['AppWriter', [WRITES]],
      ['AppReaderAndWriter', [READS, WRITES]],
      ['AppNeither', []],
    ])('%s has exactly the given permissions, and finds the given variables', async (id, kinds) => {
      const outcomes = await probe(id, 'GivenTable', 'FilesBucket');

      expect(Object.keys(outcomes)).toHaveLength(15);
      expect(outcomes).toEqual(expected(outcomes, kinds));
    });

    test('access that was not given is denied', async () => {
      const outcomes = await probe('AppReaderAndWriter', 'OtherTable', 'OtherFilesBucket');

      expect(outcomes).toEqual(expected(outcomes, []));
    });
  },
);
