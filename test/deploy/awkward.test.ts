import { FORMATS } from '../support/awkward-handlers';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { invoke } from './support/drive';
import { REAL_ACCOUNT } from './support/target';

jest.setTimeout(TEST_TIMEOUT_MS);

const folder = 'test/deploy/fixtures/awkward';

describeDeployed('an app of awkward handlers', { folder, stackName: 'Awkward' }, (app) => {
  describe.each(FORMATS)('as $name', ({ id: format, handlers }) => {
    const able = handlers.filter(({ needsFileModes = false }) => REAL_ACCOUNT || !needsFileModes);

    test.each(able.map((it) => [it.name, it] as const))(
      'a function %s answers',
      async (_name, { id, event = {}, answer }) => {
        const { target, stack } = app();

        expect(await invoke(target, stack.functionName(`${format}${id}`), event)).toEqual(answer);
      },
    );
  });
});
