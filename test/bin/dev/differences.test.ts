import type { AppModel, FunctionModel } from '../../../lib/model/app-model';
import { differencesOf } from '../../../bin/dev/differences';
import { CHANGES, deployedModel, functionModel, NIGHTLY, route } from '../support/models';

const OWN = `nodejs${process.versions.node.split('.')[0] ?? ''}.x`;
const model = (...functions: Array<Partial<FunctionModel> & Pick<FunctionModel, 'id'>>): AppModel =>
  deployedModel(
    functions.map((fn) => ({ ...functionModel(fn.id), runtime: OWN, entry: 'a.ts', ...fn })),
  );

test('an app that uses nothing of it has no differences', () => {
  expect(differencesOf(model({ id: 'A', triggers: [NIGHTLY, route('GET /a')] }))).toEqual([]);
});

test.each([
  [{ triggers: [CHANGES] }, 'repeat a failed batch as a whole'],
  [{ runtime: 'nodejs18.x' }, 'run on the Node.js of this machine'],
  [{ runtime: 'python3.13' }, 'run in the emulator'],
  [{ entry: undefined }, 'run in the emulator'],
  [{ reservedConcurrency: 2 }, 'does not limit them here'],
  [
    { triggers: [{ ...route('GET /a'), details: { ...route('GET /a').details, apiKey: true } }] },
    'quotas are not counted',
  ],
  [
    { triggers: [{ kind: 'functionUrl', source: 'A/Url', details: { stream: true } }] },
    'send a streamed response when it is complete',
  ],
  [
    {
      triggers: [{ kind: 'queueMessages', source: 'Q', details: { maxBatchingWindowSeconds: 5 } }],
    },
    'without the batching window',
  ],
  [{ triggers: [{ kind: 'webSocket', source: '$connect', details: {} }] }, 'never end'],
])('%j: %s', (fn, says) => {
  expect(differencesOf(model({ id: 'A', ...fn } as never))).toEqual([
    expect.stringMatching(new RegExp(`^A: .*${says}`)),
  ]);
});

test('many functions are not all named', () => {
  const many = ['A', 'B', 'C', 'D', 'E'].map((id) => ({ id, triggers: [CHANGES] }));

  expect(differencesOf(model(...many))).toEqual([expect.stringMatching(/^A, B, C and 2 more: /)]);
});
