import { Load, ServerlessApp } from 'cdk-serverless-app';
import { AppModel } from '../../lib/model/app-model';
import { estimateOf } from '../../lib/cost/estimate';
import { crossingsOf } from '../../lib/report/crossing';
import { dollars } from '../../lib/report/cost-view';
import { NARROW, WIDE, wrap } from '../../lib/report/graph-shape';
import { graphSvg } from '../../lib/report/graph-svg';
import { layoutOf } from '../../lib/report/layout';
import { limitsOnTheWay } from '../../lib/report/limits-on-the-way';
import { eventsAt, LoadRange, stepOf } from '../../lib/report/load-range';
import { reportHtml } from '../../lib/report/report-html';
import { formatValue } from '../../lib/model/format-value';
import { formatInWords } from '../../lib/model/format-number';
import { shorten } from '../../lib/report/shorten';
import { around, topologyOf } from '../../lib/report/topology';
import { assemblyOf, manyFunctions, modelOf, sixFunctions } from '../support/report-apps';
import { fs, quickApp } from '../support/synth';

/** As `npm run build:report` makes them; here nothing is built. */
const FILES = { style: 'body{}', script: 'void 0' };

let model: AppModel;

beforeAll(() => {
  model = modelOf(sixFunctions);
});

describe('the page', () => {
  const page = (change: Partial<AppModel> = {}): string =>
    reportHtml({ model: { ...model, ...change } }, FILES);

  test('is the same for the same app', () => {
    expect(page()).toBe(page());
  });

  test('loads nothing, and runs only its own script', () => {
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page()) ?? [];

    expect(policy).toMatch(
      /^default-src &#39;none&#39;; script-src &#39;sha256-[\w+/=]+&#39;; style-src/,
    );
    expect(policy).not.toContain('unsafe');
    expect(page()).not.toMatch(/(src|href)="https?:(?!\/\/docs\.aws|\/\/github)/);
  });

  test('contains no markup from the model', () => {
    const evil = '</script><img src=x onerror=alert(1)>';
    const [first, ...others] = model.functions;
    const functions = first === undefined ? [] : [{ ...first, id: evil }, ...others];

    const text = page({ app: { ...model.app, id: evil }, functions });

    expect(text).not.toContain('<img');
    expect(text.match(/<\/script>/g)).toHaveLength(2);
  });

  test('shows values known only at deployment as expressions', () => {
    expect(page()).toContain('title="known only at deployment">${AWS::Region}</code>');
    expect(page()).not.toContain('[object Object]');
    const [seen] = page().split('<script');
    expect(seen).not.toContain('Fn::');
  });

  test('shows the guard findings and acknowledgements with their reasons', () => {
    const accepting = modelOf((app) => {
      sixFunctions(app);
      app.acknowledge('cdk-serverless-app:open-route', 'a shop window <b>');
    });

    const text = reportHtml({ model: accepting }, FILES);

    expect(accepting.guards?.acknowledged).not.toEqual([]);
    expect(text).toContain('a shop window &lt;b&gt;');
    expect(text).toContain('<span class="name">open-route</span>');
  });

  test('shows measured figures if they were requested, and no others', () => {
    const metrics = {
      from: '2026-11-01T00:00:00Z',
      to: '2026-11-08T00:00:00Z',
      dollars: 12.5,
      monthlyDollars: 54,
      functions: [
        { id: 'GetOrder', invocations: 12_345, errors: 7, throttles: 0, p99Milliseconds: 1234 },
        { id: 'CreateOrder', invocations: 0, errors: 0, throttles: 0 },
      ],
    };

    const text = reportHtml({ model, metrics }, FILES);

    expect(text).toContain('12,345');
    expect(text).toContain('1.23 s');
    expect(text).toContain('no data'); // of CreateOrder
    expect(text).not.toContain('Peak memory'); // of none
    expect(text).toContain('>2026-11-08 00:00 UTC</time>');
    expect(page()).not.toContain('id="metrics"');
  });

  test('shows the changed defaults with their places', () => {
    expect(page()).toContain('<code>functions.CreateOrder.coldStart</code> provisioned');
  });
});

describe('`report`', () => {
  const files = (declare: (app: ServerlessApp) => void, report?: boolean): string[] => {
    const { app } = quickApp({ report, estimate: { print: false } });
    declare(app);
    return fs.readdirSync(assemblyOf(app)).filter((file) => file.endsWith('.html'));
  };

  test('writes the page beside the template', () => {
    expect(files(sixFunctions, true)).toEqual(['Test.App.report.html']);
  });

  test.each([undefined, false])('of %s writes none', (report) => {
    expect(files(sixFunctions, report)).toEqual([]);
  });
});

describe('the graph', () => {
  test('shows events, functions, their resources and failure targets', () => {
    const { nodes, edges } = topologyOf(model);
    const named = (key: string): string =>
      nodes.find((node) => node.key === key)?.lines.join(', ') ?? '';

    expect(edges.map(({ from, to, kind }) => `${named(from)} ${kind} ${named(to)}`)).toEqual([
      'GET /orders/{id} runs GetOrder',
      'GET /orders runs ListOrders',
      'POST /orders runs CreateOrder',
      'changes of Orders runs ProjectOrder',
      'objects of Uploads (uploads/*.csv) runs ImportOrders',
      'rate(1 day) Etc/UTC runs CloseDay',
      'GetOrder read Orders',
      'ListOrders read Views',
      'CreateOrder write Orders',
      'ProjectOrder write Views',
      'ProjectOrder fails FailureBucket',
      'ImportOrders read Uploads',
      'ImportOrders write Orders',
      'ImportOrders fails FailureQueue',
      'CloseDay readWrite Views',
      'CloseDay fails FailureQueue',
      'FailureBucket tells FailureQueue',
    ]);
  });

  test('shows a queue or a topic that functions also write to as one node', () => {
    const { nodes, edges } = topologyOf(
      modelOf((app) => {
        const [jobs, news] = [app.addQueue('Jobs'), app.addTopic('News')];
        app.onMessage(jobs, 'ok.ts', { id: 'Work' }).publishes(news);
        app.onNotification(news, 'ok.ts', { id: 'Tell' }).sends(jobs);
      }),
    );

    const within = nodes.filter(({ lines }) => /Jobs|News/.test(lines.join()));
    expect(within.map(({ key, column, lines }) => [key, column, lines])).toEqual([
      ['resource:Test/App/Jobs', 'event', ['messages of Jobs']],
      ['resource:Test/App/News', 'event', ['messages of News']],
    ]);
    expect(edges.filter(({ kind }) => kind !== 'fails').map(Object.values)).toEqual([
      ['resource:Test/App/Jobs', 'function:Work', 'runs'],
      ['resource:Test/App/News', 'function:Tell', 'runs'],
      ['function:Work', 'resource:Test/App/News', 'touch'],
      ['function:Tell', 'resource:Test/App/Jobs', 'touch'],
    ]);
  });

  test('draws a line to the left from the left side of its function', () => {
    const topology = topologyOf(
      modelOf((app) => {
        app.onMessage(app.addQueue('Jobs'), 'ok.ts', { id: 'Work' }).sends(app.addQueue('Other'));
        app.onMessage(app.addQueue('Later'), 'ok.ts', { id: 'Again' });
      }),
    );
    const back = {
      ...topology,
      edges: [{ from: 'function:Work', to: 'resource:Test/App/Later', kind: 'touch' as const }],
    };
    const { nodes } = layoutOf(back, WIDE);

    const drawn = graphSvg(back, 'App', WIDE).source;
    const [, x1, x2] =
      /class="edge touch"[^>]*d="M([\d.]+) [^"]* ([\d.]+) [\d.]+"/.exec(drawn) ?? [];
    const [fn, queue] = [nodes.get('function:Work'), nodes.get('resource:Test/App/Later')];
    expect(Number(x1)).toBe(fn?.x);
    expect(Number(x2)).toBe((queue?.x ?? 0) + (queue?.width ?? 0));
  });

  test.each([
    ['short', 8, 3, ['short']],
    ['FifoFailureQueue', 12, 3, ['FifoFailure', 'Queue']],
    ['GET /orders/{id}', 12, 3, ['GET /orders/', '{id}']],
    ['OrderPlaced from shop on Shop', 13, 3, ['OrderPlaced', 'from shop on', 'Shop']],
    ['abcdefghijklmnopqrstuvwxyz', 6, 3, ['abcdef', 'ghijkl', 'mno…yz']],
    ['取得注文一覧', 7, 3, ['取得注', '文一覧']],
    ['GetOrders', 8, 1, ['GetO…ers']],
  ])('%s in lines of %i letters, at most %i, is %p', (text, letters, rows, lines) => {
    expect(wrap(text, letters, rows)).toEqual(lines);
  });

  test.each(
    [1, 6, 41, 150, 400].flatMap((many) => [WIDE, NARROW].map((shape) => [many, shape] as const)),
  )('of %i functions has no overlapping nodes', (many, shape) => {
    const { nodes, height } = layoutOf(topologyOf(manyFunctions(model, many)), shape);
    const placed = [...nodes.values()];

    const upon = placed.flatMap((a, i) =>
      placed
        .slice(i + 1)
        .filter((b) => a.x === b.x && a.y < b.y + b.height + 4 && b.y < a.y + a.height + 4),
    );

    expect(upon).toEqual([]);
    expect(placed.filter(({ y, height: own }) => y < 0 || y + own > height)).toEqual([]);
  });

  test('around a table shows the functions that use it, and what runs them', () => {
    const whole = topologyOf(model);
    const near = around(whole, new Set(['resource:Test/App/Uploads']));

    expect(near.nodes.map(({ lines }) => lines[0])).toEqual(
      [
        'objects of Uploads (uploads/*.csv)',
        'ImportOrders',
        'Orders',
        'Uploads',
        'FailureQueue',
      ].sort((a, b) => order(whole.nodes, a) - order(whole.nodes, b)),
    );
  });

  test.each([
    ['GetOrder', 8, 'GetOrder'],
    ['GetOrders', 8, 'GetO…ers'],
    ['取得注文一覧', 7, '取得…覧'],
  ])('%s in %i letters is %s', (text, letters, expected) => {
    expect(shorten(text, letters)).toBe(expected);
  });
});

describe('an app at any load', () => {
  test.each(['low', 'moderate', 'high'] as const)(
    'at the level %s costs the same as in the estimate',
    (level) => {
      const range = new LoadRange(model);

      expect(range.estimateAt(range.levels[level])).toEqual(estimateOf(model).levels[level]);
    },
  );

  test.each([1e4, 123_456, 5e6, 1e9])('of %d events receives that many from outside', (events) => {
    const loads = new LoadRange(model).loadAt(events).functions;
    const outside = loads.flatMap(({ triggers }) => triggers.filter((each) => each.outside));

    expect(outside.reduce((sum, each) => sum + each.events, 0)).toBeCloseTo(events, 3);
  });

  test('costs more with each step', () => {
    const range = new LoadRange(model);
    const all = Array.from(
      { length: 101 },
      (_, i) => range.estimateAt(eventsAt(i * 5)).monthlyDollars,
    );

    expect([...all].sort((a, b) => a - b)).toEqual(all);
  });

  test('that only runs on schedules has one load', () => {
    const clock = { ...model, functions: model.functions.filter(({ id }) => id === 'CloseDay') };

    expect(new LoadRange(clock).varies).toBe(false);
    expect(reportHtml({ model: clock }, FILES)).toContain('this app only runs on schedules');
  });

  test('the steps of the slider go from ten thousand to a billion', () => {
    expect([eventsAt(0), eventsAt(500)].map(Math.round)).toEqual([1e4, 1e9]);
    expect([1, 1e4, 3e6, 1e9, 1e12].map(stepOf)).toEqual([0, 0, 248, 500, 500]);
  });
});

describe('provisioned concurrency', () => {
  test('pays from the load at which the environments are busy 60 % of the time', () => {
    const [has, would] = crossingsOf(model);
    // Two environments, a third of the requests, 100 ms each.
    const events = (3.01 * 0.6 * 2 * 730 * 3600) / 0.1;

    expect(has).toMatchObject({ functionId: 'CreateOrder', ready: '2 to 20', has: true });
    expect((has?.fromEvents ?? 0) / events).toBeCloseTo(1, 1);
    expect(would).toMatchObject({ ready: '1', has: false });
  });
});

describe('a limit', () => {
  test('is the app’s throttle, if the busiest second brings more than it admits', () => {
    const [first] = limitsOnTheWay(model, 30);
    const ofRoutes = 3 / 3.01;
    const rps = (((first?.fromEvents ?? 0) * ofRoutes) / (730 * 3600)) * 30;
    const options = { rateLimit: 1000, burstLimit: 2000, concurrencyLimit: 1e9 };

    expect(first?.name).toBe('the app’s own throttle');
    expect(Load.simulate(rps, 1, options).limits).not.toEqual([]);
    expect(Load.simulate(rps * 0.95, 1, options).limits).toEqual([]);
  });

  test('is reached earlier if the peak is higher, and never if it is low', () => {
    const firsts = [10, 30, 100].map((peak) => limitsOnTheWay(model, peak)[0]?.fromEvents ?? 0);

    expect([...firsts].sort((a, b) => b - a)).toEqual(firsts);
    expect(limitsOnTheWay(model, 1)).toEqual([]);
  });
});

describe('text', () => {
  test.each([
    [{ Ref: 'AWS::Region' }, '${AWS::Region}'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, '${Table.Arn}'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'B' }]] }, 'a-${B}'],
    [{ 'Fn::Sub': '${A}/x' }, '${A}/x'],
    [
      { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'Id' }] }] },
      '${Select(2, ${Split(/, ${Id})})}',
    ],
    ['plain', 'plain'],
    [12, '12'],
  ])('%j reads %s', (value, expected) => {
    expect(formatValue(value)).toBe(expected);
  });

  test.each([
    [9990, '9,990'],
    [10_000, '10 thousand'],
    [999_999, '1 million'],
    [2_514_000, '2.51 million'],
    [1e9, '1 billion'],
  ])('%d is %s', (value, expected) => {
    expect(formatInWords(value)).toBe(expected);
  });

  test.each([
    [0, '$0.00'],
    [0.004, '<$0.01'],
    [1234.567, '$1,234.57'],
  ])('%d dollars are %s', (value, expected) => {
    expect(dollars(value)).toBe(expected);
  });
});

function order(nodes: ReturnType<typeof topologyOf>['nodes'], line: string): number {
  return nodes.findIndex(({ lines }) => lines[0] === line);
}
