import type { AppModel, FunctionModel } from '../../../lib/model/app-model';
import { differencesOf } from '../../../bin/dev/differences';
import { CHANGES, deployedModel, functionModel, NIGHTLY, route } from '../support/models';

const OWN = `nodejs${process.versions.node.split('.')[0] ?? ''}.x`;
const model = (...functions: Array<Partial<FunctionModel> & Pick<FunctionModel, 'id'>>): AppModel =>
  deployedModel(
    functions.map((fn) => ({ ...functionModel(fn.id), runtime: OWN, entry: 'a.ts', ...fn })),
  );

test('an app that uses nothing of it has no differences', () => {
  const keyed = { ...route('GET /b'), details: { ...route('GET /b').details, apiKey: true } };

  expect(differencesOf(model({ id: 'A', triggers: [NIGHTLY, route('GET /a'), keyed] }))).toEqual(
    [],
  );
});

test.each([
  [{ triggers: [CHANGES] }, 'repeat a failed batch as a whole'],
  [{ runtime: 'nodejs18.x' }, 'run on the Node.js of this machine'],
  [{ runtime: 'python3.13' }, 'run in the emulator'],
  [{ entry: undefined }, 'run in the emulator'],
  [{ reservedConcurrency: 2 }, 'does not limit them here'],
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
  [
    { triggers: [{ ...NIGHTLY, details: { ...NIGHTLY.details, timeWindowSeconds: 900 } }] },
    'not within their flexible time window',
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

const API = { id: 'Api', path: 'Shop/Orders/Api', name: 'abcd1234', made: true };
const AWS_URL = 'https://abcd1234.execute-api.us-east-1.amazonaws.com/';
const LOG = { ...API, id: 'AccessLog' };

test.each([
  [{ http: { ...API, url: AWS_URL } }, undefined],
  [{ http: { ...API, rateLimit: 5 } }, 'the HTTP API of Orders: does not throttle requests'],
  [{ http: { ...API, type: 'rest', rateLimit: 5, burstLimit: 5 } }, undefined],
  [{ http: { ...API, accessLog: LOG } }, 'the HTTP API of Orders: writes no access log'],
  [{ http: { ...API, type: 'rest', cacheGb: 0.5 } }, 'the REST API of Orders: caches no answers'],
  [
    { http: { ...API, burstLimit: 5, accessLog: LOG, url: 'https://api.example.com/v1/' } },
    'the HTTP API of Orders: does not throttle requests; writes no access log; is not reached at api.example.com, only at the address above',
  ],
  [
    { webSocket: { ...API, rateLimit: 5, url: AWS_URL.replace('https', 'wss') } },
    'the WebSocket API of Orders: does not throttle requests',
  ],
])('%j: %s', (api, says) => {
  const found = differencesOf({ ...model(), ...api } as never);

  expect(found).toEqual(says === undefined ? [] : [says]);
});
