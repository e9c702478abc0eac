import { estimateOf } from '../../lib/cost/estimate';
import { describeTrigger, isOpen, triggerOfEvent } from '../../lib/kinds/trigger-kinds';
import { FUNCTION_URL_KIND } from '../../lib/kinds/function-url-kind';
import type { TriggerModel } from '../../lib/model/app-model';
import { loadOptions } from '../../lib/scaling/load-of-function';
import { simulateLoad } from '../../lib/scaling/simulate-load';
import { appModel, functionModel, functionUrl, http, socketRoute } from '../support/app-model';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

function billed(trigger: TriggerModel, responseBytes: number, price: string): number {
  const model = appModel({
    functions: [functionModel('F', { triggers: [trigger], usage: { responseBytes } })],
  });
  return estimateOf(model)
    .levels.moderate.parts.filter((part) => part.price === price)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

test.each([
  ['buffered', functionUrl(), 20 * MB, 0],
  ['streamed, 6 MB', functionUrl({ stream: true }), 6 * MB, 0],
  ['streamed, 7 MB', functionUrl({ stream: true }), 7 * MB, (1_000_000 * MB) / GB],
])('%s: only streamed bytes above 6 MB of a response cost', (_, trigger, bytes, gigabytes) => {
  expect(billed(trigger, bytes, 'lambda.streaming')).toBeCloseTo(gigabytes, 6);
  expect(billed(trigger, bytes, 'dataTransfer.out')).toBeCloseTo((1_000_000 * bytes) / GB, 6);
  expect(billed(trigger, bytes, 'apiGateway.httpRequests')).toBe(0);
});

test('says in words what runs the function, and whether anyone may', () => {
  expect(describeTrigger(functionUrl())).toBe('its own URL');
  expect(describeTrigger(functionUrl({ stream: true }))).toBe('its own URL (streamed)');
  expect(isOpen(functionUrl({ authorization: 'NONE' }))).toBe(true);
  expect(isOpen(functionUrl({ authorization: 'AWS_IAM' }))).toBe(false);
});

test('its events are told from those of the APIs', () => {
  const own = functionUrl();
  const others = [http('$default'), socketRoute('$default')];

  expect(triggerOfEvent([...others, own], FUNCTION_URL_KIND.sampleEvent(own))).toBe(own);
});

test('no throttle of API Gateway bounds it', () => {
  const model = appModel({
    functions: [functionModel('F', { triggers: [functionUrl()] })],
    http: { id: 'H', path: 'H', name: 'h', made: true, rateLimit: 1, burstLimit: 1 },
  });
  const options = loadOptions(model, 'F');

  expect(options).not.toHaveProperty('rateLimit');
  expect(simulateLoad(500, 100, options).limits).toEqual([]);
});
