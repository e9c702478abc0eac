import { toBillItem } from '../../lib/cost/bill';
import { loadOf } from '../../lib/cost/events';
import { triggerItems } from '../../lib/cost/trigger-items';
import { FunctionModel } from '../../lib/model/app-model';
import { appModel, changesOf, functionModel, http, objectsOf } from '../support/app-model';

/** `<price> <resource>` to its quantity. */
function items(functions: FunctionModel[]): Array<[string, number]> {
  const model = appModel({ functions });
  return triggerItems(model, loadOf(model, 'moderate', {}).functions).map(
    ({ price, resource = '', quantity }) => [`${price} ${resource}`, quantity],
  );
}

describe('triggerItems', () => {
  test('counts an event that EventBridge delivers once, however many functions receive it', () => {
    const by = { by: 'eventBridge' };

    expect(
      items([
        functionModel('One', { triggers: [objectsOf('C', by), objectsOf('D')] }),
        functionModel('Two', {
          triggers: [objectsOf('C', { ...by, monthlyEvents: { moderate: 70_000 } })],
        }),
        functionModel('Three', { triggers: [objectsOf('C', by), changesOf('U', by)] }),
      ]),
    ).toEqual([['eventBridge.events C', 70_000]]);
  });

  test('keeps two buckets of one id apart', () => {
    const trigger = objectsOf('C', { by: 'eventBridge' });
    const elsewhere = { ...trigger, source: 'Other/App/C' };

    expect(items([functionModel('One', { triggers: [trigger, elsewhere] })])).toEqual([
      ['eventBridge.events C', 10_000],
      ['eventBridge.events C', 10_000],
    ]);
  });

  test('adds up the requests of all routes', () => {
    const functions = [
      functionModel('One', { triggers: [http('GET /'), http('POST /')] }),
      functionModel('Two', { triggers: [http('GET /two')] }),
    ];

    expect(items(functions)).toContainEqual(['apiGateway.httpRequests ', 3e6]);
  });
});

describe('toBillItem', () => {
  test('fails for a price that does not exist', () => {
    expect(() => toBillItem({ price: 'sqs.letters', quantity: 1 })).toThrow(
      'no price is called `sqs.letters`',
    );
  });
});
